//! Lets JavaScript read ahead what the first report of a ZIP looks at.

use wasm_bindgen::prelude::*;

use super::error::Failure;
use super::{Answer, Session, convert};

#[wasm_bindgen]
impl Session {
    /// The pieces of the ZIP, file 0, that the next check reads, when it reads any: where each begins, and
    /// behind it where it ends. They go to `putAhead`, in this order.
    pub fn ahead(&mut self) -> Answer<Vec<f64>> {
        let pieces = self.session()?.ahead().map_err(Failure::from)?;
        Ok(pieces.into_iter().flat_map(|(from, to)| [from, to]).map(convert::number).collect())
    }

    /// Takes the next piece. What does not come is read when it is looked at.
    #[wasm_bindgen(js_name = putAhead)]
    pub fn put_ahead(&mut self, from: f64, bytes: Vec<u8>) -> Answer<()> {
        Ok(self.session()?.put_ahead(convert::bytes(from), bytes).map_err(Failure::from)?)
    }
}
