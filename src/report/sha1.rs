//! SHA-1, which the gallery's form asks for. Nothing is protected by it.

/// SHA-1 of bytes that come in parts.
#[derive(Debug)]
pub struct Sha1 {
    state: [u32; 5],
    block: Vec<u8>,
    length: u64,
}

impl Default for Sha1 {
    fn default() -> Self {
        let state = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];
        Self { state, block: Vec::with_capacity(64), length: 0 }
    }
}

impl Sha1 {
    /// Adds a part.
    pub fn update(&mut self, bytes: &[u8]) {
        self.length += bytes.len() as u64;
        let mut rest = bytes;
        while !rest.is_empty() {
            let (taken, left) = rest.split_at(rest.len().min(64 - self.block.len()));
            self.block.extend_from_slice(taken);
            rest = left;
            if self.block.len() == 64 {
                self.state = compress(self.state, &self.block);
                self.block.clear();
            }
        }
    }

    /// The sum as hexadecimal digits.
    #[must_use]
    pub fn finish(mut self) -> String {
        let bits = self.length * 8;
        self.update(&[0x80]);
        while self.block.len() != 56 {
            self.update(&[0]);
        }
        self.update(&bits.to_be_bytes());
        self.state.iter().map(|word| format!("{word:08x}")).collect()
    }
}

fn compress(state: [u32; 5], block: &[u8]) -> [u32; 5] {
    let mut words = [0_u32; 80];
    for (word, bytes) in words.iter_mut().zip(block.chunks_exact(4)) {
        *word = bytes.iter().fold(0, |word, byte| word << 8 | u32::from(*byte));
    }
    for index in 16..80 {
        let back = |by: usize| words.get(index - by).copied().unwrap_or(0);
        let next = (back(3) ^ back(8) ^ back(14) ^ back(16)).rotate_left(1);
        if let Some(word) = words.get_mut(index) {
            *word = next;
        }
    }
    let [mut one, mut two, mut three, mut four, mut five] = state;
    for (word, round) in words.iter().zip(0..) {
        let (mix, constant) = match round {
            0..20 => (two & three | !two & four, 0x5a82_7999),
            20..40 => (two ^ three ^ four, 0x6ed9_eba1),
            40..60 => (two & three | two & four | three & four, 0x8f1b_bcdc),
            _ => (two ^ three ^ four, 0xca62_c1d6_u32),
        };
        let next = one.rotate_left(5).wrapping_add(mix).wrapping_add(five).wrapping_add(constant).wrapping_add(*word);
        (one, two, three, four, five) = (next, one, two.rotate_left(30), three, four);
    }
    let mut out = state;
    for (own, new) in out.iter_mut().zip([one, two, three, four, five]) {
        *own = own.wrapping_add(new);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_as_the_standard_says() {
        for (text, expected) in [
            ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
            ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            ("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1"),
        ] {
            let mut sum = Sha1::default();
            sum.update(text.as_bytes());
            assert_eq!(sum.finish(), expected);
        }
        let mut sum = Sha1::default();
        for _ in 0..10_000 {
            sum.update(&[b'a'; 100]);
        }
        assert_eq!(sum.finish(), "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
    }
}
