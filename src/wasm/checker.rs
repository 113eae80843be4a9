//! What a worker that checks every byte of a ZIP gets of the core.

use wasm_bindgen::prelude::*;

use super::convert;
use crate::archive::{self, Check};

/// Unpacks the entries of an order. It asks for the bytes that it needs.
#[wasm_bindgen]
pub struct Checker {
    inner: archive::Checker,
    /// What is needed, from a byte to another.
    needs: Option<(u64, u64)>,
}

#[wasm_bindgen]
impl Checker {
    /// One for many orders.
    #[wasm_bindgen(constructor)]
    #[expect(clippy::new_without_default, reason = "JavaScript has no Default")]
    pub fn new() -> Self {
        Self { inner: archive::Checker::default(), needs: None }
    }

    /// Begins an order on a file of `size` bytes.
    pub fn begin(&mut self, records: &[u8], size: f64) {
        self.inner.begin(records, convert::bytes(size));
        self.needs = None;
    }

    /// Does some more; whether the order is done.
    pub fn step(&mut self) -> bool {
        let check = self.inner.step();
        self.needs = if let Check::Needs(from, to) = check { Some((from, to)) } else { None };
        check == Check::Done
    }

    /// The first byte of the file that is needed to go on; nothing when none is.
    #[wasm_bindgen(getter)]
    pub fn from(&self) -> Option<f64> {
        self.needs.map(|(from, _)| convert::number(from))
    }

    /// Behind the last.
    #[wasm_bindgen(getter)]
    pub fn to(&self) -> Option<f64> {
        self.needs.map(|(_, to)| convert::number(to))
    }

    /// Takes bytes of the file that begin at `from`.
    pub fn put(&mut self, from: f64, bytes: Vec<u8>) {
        self.inner.put(convert::bytes(from), bytes);
    }

    /// How many bytes were unpacked for the order.
    #[wasm_bindgen(getter)]
    pub fn bytes(&self) -> f64 {
        convert::number(self.inner.bytes())
    }

    /// What `verifyDone` is told.
    pub fn faults(&self) -> Vec<u8> {
        self.inner.faults()
    }
}
