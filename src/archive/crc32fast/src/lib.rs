//! Stands in for the crate of this name; see `[patch.crates-io]` in the root's Cargo.toml. The check
//! sums are those of `zlib-rs`, whose tables are there anyhow; the crate's own are 16 KB of noise.

use zlib_rs::crc32::{crc32, crc32_combine};

/// The CRC-32 of bytes.
pub fn hash(bytes: &[u8]) -> u32 {
    crc32(0, bytes)
}

/// A CRC-32 in the making.
#[derive(Clone, Debug, Default)]
pub struct Hasher {
    crc: u32,
    length: u64,
}

impl Hasher {
    /// Of nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Goes on from the sum of bytes that are not counted.
    pub fn new_with_initial(crc: u32) -> Self {
        Self::new_with_initial_len(crc, 0)
    }

    /// Goes on from the sum of `length` bytes.
    pub fn new_with_initial_len(crc: u32, length: u64) -> Self {
        Self { crc, length }
    }

    /// Adds bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.crc = crc32(self.crc, bytes);
        self.length += bytes.len() as u64;
    }

    /// Adds what another has seen.
    pub fn combine(&mut self, other: &Self) {
        self.crc = crc32_combine(self.crc, other.crc, other.length);
        self.length += other.length;
    }

    /// The sum.
    pub fn finalize(self) -> u32 {
        self.crc
    }

    /// Begins again.
    pub fn reset(&mut self) {
        *self = Self::default();
    }
}
