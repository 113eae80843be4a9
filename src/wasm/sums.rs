//! Check sums of the finished package.

use js_sys::Uint8Array;
use sha2::{Digest as _, Sha256};
use wasm_bindgen::prelude::*;

use crate::report::sha1::Sha1;

/// SHA-1 of bytes that come in parts, which the gallery's form asks for.
#[wasm_bindgen]
pub struct GalleryDigest(Sha1);

#[wasm_bindgen]
impl GalleryDigest {
    /// Of nothing yet.
    #[wasm_bindgen(constructor)]
    #[expect(clippy::new_without_default, reason = "JavaScript has no Default")]
    pub fn new() -> Self {
        Self(Sha1::default())
    }

    /// Adds a part.
    pub fn update(&mut self, bytes: &Uint8Array) {
        self.0.update(&bytes.to_vec());
    }

    /// The sum as hexadecimal digits.
    pub fn finish(self) -> String {
        self.0.finish()
    }
}

/// SHA-256 of bytes that come in parts.
#[wasm_bindgen]
pub struct Digest(Sha256);

#[wasm_bindgen]
impl Digest {
    /// Of nothing yet.
    #[wasm_bindgen(constructor)]
    #[expect(clippy::new_without_default, reason = "JavaScript has no Default")]
    pub fn new() -> Self {
        Self(Sha256::new())
    }

    /// Adds a part.
    pub fn update(&mut self, bytes: &Uint8Array) {
        self.0.update(bytes.to_vec());
    }

    /// The sum as hexadecimal digits.
    pub fn finish(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
