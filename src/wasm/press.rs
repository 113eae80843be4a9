//! What a worker that compresses gets of the core.

use tsify::Ts;
use wasm_bindgen::prelude::*;

use super::error::Failure;
use super::{Answer, convert, to_ts, types};
use crate::archive;

/// Compresses files for a package. It knows nothing of the package, so there may be many.
#[wasm_bindgen]
pub struct Press(archive::Press);

#[wasm_bindgen]
impl Press {
    /// One for many jobs.
    #[wasm_bindgen(constructor)]
    #[expect(clippy::new_without_default, reason = "JavaScript has no Default")]
    pub fn new() -> Self {
        Self(archive::Press::default())
    }

    /// Compresses the small files of a job, whose bytes come one after another.
    pub fn pack(&mut self, records: &[u8], bytes: &[u8]) -> Answer<Ts<types::Pressed>> {
        to_ts(&convert::pressed(self.0.pack(records, bytes).map_err(Failure::from)?))
    }

    /// Begins the large file of a job; `head` is its first chunk, which is put as well.
    pub fn start(&mut self, records: &[u8], head: &[u8]) -> Answer<()> {
        Ok(self.0.start(records, head).map_err(Failure::from)?)
    }

    /// Takes the next chunk; gives data that is ready.
    pub fn put(&mut self, chunk: &[u8]) -> Answer<Vec<u8>> {
        Ok(self.0.put(chunk).map_err(Failure::from)?)
    }

    /// Ends the file: its header, which belongs before the data.
    pub fn finish(&mut self) -> Answer<Ts<types::Pressed>> {
        to_ts(&convert::pressed(self.0.finish().map_err(Failure::from)?))
    }
}
