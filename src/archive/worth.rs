//! Whether bytes are worth compressing.

/// Below this too little is known to tell; such files are small anyway.
const SAMPLE: usize = 4096;

/// Of more bytes than this only windows are looked at, each by itself.
const WHOLE: usize = 64 * 1024;
const WINDOWS: usize = 16;

/// A film begins with a table, a picture with a palette: one window of sixteen is not enough.
const FEW: usize = 2;

/// Whether it pays to deflate these bytes, which are a file or its beginning.
pub(super) fn compressing(bytes: &[u8]) -> bool {
    if bytes.len() <= WHOLE {
        return uneven(bytes);
    }
    let windows = bytes.chunks(bytes.len() / WINDOWS).filter_map(|part| part.get(..SAMPLE));
    windows.filter(|window| uneven(window)).take(FEW).count() == FEW
}

/// Whether some bytes are more frequent than others. In a picture, a film or an archive all are
/// about equally frequent, and deflate would only cost time: such files are stored.
///
/// With n bytes the squares of the 256 counts add up to n²/256 + n for noise, and to n²/64 or
/// more for text and programs; n²/220 tells them apart. Whole numbers, so that every machine
/// decides alike.
fn uneven(bytes: &[u8]) -> bool {
    let mut counts = [0_u64; 256];
    for &byte in bytes {
        if let Some(count) = counts.get_mut(usize::from(byte)) {
            *count += 1;
        }
    }
    let length = bytes.len() as u64;
    bytes.len() < SAMPLE || counts.iter().map(|count| count * count).sum::<u64>() * 220 > length * length
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(length: usize) -> Vec<u8> {
        let mut state = 1_u32;
        let next = std::iter::repeat_with(|| {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state.to_le_bytes()[2]
        });
        next.take(length).collect()
    }

    #[test]
    fn tells_noise_from_text() {
        let text = include_bytes!("worth.rs");
        assert!(!compressing(&noise(5000)));
        assert!(compressing(text.repeat(4).as_slice()));
        assert!(compressing(b""));
        // A film begins with a table, and a program may carry one picture.
        let mut film = vec![0; 10_000];
        film.extend(noise(4_000_000));
        assert!(!compressing(&film));
        let mut program = noise(100_000);
        program.extend(text.repeat(30));
        assert!(compressing(&program));
    }
}
