//! Deflate with one engine for many files: making an engine costs as much as compressing a small file.

use flate2::{Compress, Compression, FlushCompress, Status};

use super::error::WriteError;

/// The level that zlib and the Windows Explorer use; 9 takes three times as long for one part in
/// a hundred.
const LEVEL: u32 = 6;

/// How much room there is at least before the engine is asked.
const ROOM: usize = 4096;

pub(super) struct Deflater(Compress);

impl Deflater {
    pub(super) fn new() -> Self {
        Self(Compress::new(Compression::new(LEVEL), false))
    }

    /// Before the first byte of a file.
    pub(super) fn begin(&mut self) {
        self.0.reset();
    }

    /// Compresses the next bytes of a file, behind what `out` has; `last` when no more follow.
    pub(super) fn put(&mut self, bytes: &[u8], last: bool, out: &mut Vec<u8>) -> Result<(), WriteError> {
        let flush = if last { FlushCompress::Finish } else { FlushCompress::None };
        let mut rest = bytes;
        loop {
            out.reserve(rest.len() / 2 + ROOM);
            let before = self.0.total_in();
            let status = self.0.compress_vec(rest, out, flush).map_err(|error| WriteError::Zip(error.to_string()))?;
            let used = usize::try_from(self.0.total_in() - before).unwrap_or(usize::MAX);
            rest = rest.get(used..).unwrap_or(&[]);
            let full = out.len() == out.capacity();
            if status == Status::StreamEnd || !last && rest.is_empty() && !full {
                return Ok(());
            }
        }
    }
}
