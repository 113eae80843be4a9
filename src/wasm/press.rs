//! What a worker that compresses gets of the core.

use wasm_bindgen::prelude::*;

use super::Answer;
use super::error::Failure;
use crate::archive;

/// Compresses files for a package. It knows nothing of the package, so there may be many.
///
/// What it made is looked at where it lies, `madeLength` bytes at `madeAt` of the [`core_memory`], until
/// the next call: a copy of every batch would be rubbish that a browser collects late.
#[wasm_bindgen]
pub struct Press {
    press: archive::Press,
    made: Vec<u8>,
}

#[wasm_bindgen]
impl Press {
    /// One for many jobs.
    #[wasm_bindgen(constructor)]
    #[expect(clippy::new_without_default, reason = "JavaScript has no Default")]
    pub fn new() -> Self {
        Self { press: archive::Press::default(), made: Vec::new() }
    }

    /// Compresses the small files of a job, whose bytes come one after another; makes their headers
    /// and data, and gives what `jobDone` is told.
    pub fn pack(&mut self, records: &[u8], bytes: &[u8]) -> Answer<Vec<u8>> {
        let pressed = self.press.pack(records, bytes).map_err(Failure::from)?;
        Ok(self.keep(pressed))
    }

    /// Begins the large file of a job; `head` is its first chunk, which is put as well.
    pub fn start(&mut self, records: &[u8], head: &[u8]) -> Answer<()> {
        Ok(self.press.start(records, head).map_err(Failure::from)?)
    }

    /// Takes the next chunk; makes data that is ready.
    pub fn put(&mut self, chunk: &[u8]) -> Answer<()> {
        self.made = self.press.put(chunk).map_err(Failure::from)?;
        Ok(())
    }

    /// Ends the file: makes its header, which belongs before the data, and gives what `jobDone` is
    /// told.
    pub fn finish(&mut self) -> Answer<Vec<u8>> {
        let pressed = self.press.finish().map_err(Failure::from)?;
        Ok(self.keep(pressed))
    }

    /// Where in the memory begins what the last call made.
    #[wasm_bindgen(getter, js_name = madeAt)]
    pub fn made_at(&self) -> usize {
        self.made.as_ptr().expose_provenance()
    }

    /// How many bytes the last call made.
    #[wasm_bindgen(getter, js_name = madeLength)]
    pub fn made_length(&self) -> usize {
        self.made.len()
    }

    fn keep(&mut self, pressed: archive::Pressed) -> Vec<u8> {
        self.made = pressed.bytes;
        pressed.records
    }
}

/// The memory that the core works in. It grows: a view of it counts until the next call only.
#[wasm_bindgen(js_name = coreMemory, unchecked_return_type = "WebAssembly.Memory")]
pub fn core_memory() -> JsValue {
    wasm_bindgen::memory()
}
