//! Whether bytes are worth compressing.

/// Below this too little is known to tell; such files are small anyway.
const SAMPLE: u64 = 4096;

/// Whether some bytes are more frequent than others. In a picture, a film or an archive all are
/// about equally frequent, and deflate would only cost time: such files are stored.
///
/// With n bytes the squares of the 256 counts add up to n²/256 + n for noise, and to n²/64 or
/// more for text and programs; n²/220 tells them apart. Whole numbers, so that every machine
/// decides alike.
pub(super) fn compressing(bytes: &[u8]) -> bool {
    let mut counts = [0_u64; 256];
    for &byte in bytes {
        if let Some(count) = counts.get_mut(usize::from(byte)) {
            *count += 1;
        }
    }
    let length = bytes.len() as u64;
    length < SAMPLE || counts.iter().map(|count| count * count).sum::<u64>() * 220 > length * length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_noise_from_text() {
        let mut state = 1_u32;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state.to_le_bytes()[2]
        })
        .take(5000)
        .collect();
        assert!(!compressing(&noise));
        assert!(compressing(include_bytes!("worth.rs").repeat(4).as_slice()));
        assert!(compressing(b""));
    }
}
