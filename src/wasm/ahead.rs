//! Lets JavaScript read ahead what the first report of a ZIP looks at.

use wasm_bindgen::prelude::*;

use super::error::Failure;
use super::{Answer, Session, convert};

#[wasm_bindgen]
impl Session {
    /// The pieces of the ZIP, file 0, that the next check reads, when it reads any: three numbers for each, its
    /// first byte, the one behind its last, and how many entries are in it.
    pub fn ahead(&mut self) -> Answer<Vec<f64>> {
        let pieces = self.session()?.ahead().map_err(Failure::from)?;
        let numbers = pieces.into_iter().flat_map(|piece| [piece.from, piece.to, piece.entries as u64]);
        Ok(numbers.map(convert::number).collect())
    }

    /// Takes the next piece. What does not come is read when it is looked at.
    #[wasm_bindgen(js_name = putAhead)]
    pub fn put_ahead(&mut self, from: f64, bytes: Vec<u8>, entries: u32) -> Answer<()> {
        let put = self.session()?.put_ahead(convert::bytes(from), bytes, entries as usize);
        Ok(put.map_err(Failure::from)?)
    }
}
