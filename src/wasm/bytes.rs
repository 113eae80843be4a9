//! The bytes of the input, read through an object of JavaScript.

use std::cell::RefCell;

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::contents::{ReadError, ReadErrorKind, Source};
use crate::tree::InputId;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** Gives the core its bytes. Both calls are synchronous: FileReaderSync in a worker, fs in Node. */
export interface Source {
    /** Up to `length` bytes from `offset`; throws `{ code: "changed" | "missing" | "denied", path }`. */
    read(file: number, offset: number, length: number): Uint8Array;
    /** Says that these small files are read next, so that they can be fetched together. */
    prefetch(files: Uint32Array): void;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// An object with the methods of `Source`.
    #[wasm_bindgen(typescript_type = "Source")]
    pub type JsSource;

    #[wasm_bindgen(method, catch)]
    fn read(this: &JsSource, file: u32, offset: f64, length: f64) -> Result<Uint8Array, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn prefetch(this: &JsSource, files: &[u32]) -> Result<(), JsValue>;
}

/// The files of the input behind a `Source` of JavaScript.
pub(super) struct Files {
    source: JsSource,
    names: RefCell<Vec<String>>,
}

impl Files {
    pub(super) fn new(source: JsSource) -> Self {
        Self { source, names: RefCell::default() }
    }

    pub(super) fn set_names(&self, names: Vec<String>) {
        self.names.replace(names);
    }

    pub(super) fn add_names(&self, names: impl Iterator<Item = String>) {
        self.names.borrow_mut().extend(names);
    }

    pub(super) fn set_name(&self, number: u32, name: &str) {
        let (mut names, place) = (self.names.borrow_mut(), number as usize);
        if names.len() <= place {
            names.resize(place + 1, String::new());
        }
        if let Some(own) = names.get_mut(place) {
            name.clone_into(own);
        }
    }

    fn error(&self, id: InputId, thrown: &JsValue) -> ReadError {
        let text = |key: &str| Reflect::get(thrown, &key.into()).ok().and_then(|value| value.as_string());
        let name = || self.names.borrow().get(id.0 as usize).cloned().unwrap_or_default();
        let kind = match text("code").as_deref() {
            Some("changed") => ReadErrorKind::Changed,
            Some("missing") => ReadErrorKind::Missing,
            _ => ReadErrorKind::Denied,
        };
        ReadError { path: text("path").unwrap_or_else(name), kind }
    }
}

impl Source for Files {
    fn read(&self, id: InputId, offset: u64, length: u64) -> Result<Vec<u8>, ReadError> {
        #[expect(clippy::cast_precision_loss, reason = "no file is larger than 2^53 bytes")]
        let bytes = self.source.read(id.0, offset as f64, length as f64);
        bytes.map(|bytes| bytes.to_vec()).map_err(|thrown| self.error(id, &thrown))
    }

    fn prefetch(&self, ids: &[InputId]) {
        let ids: Vec<u32> = ids.iter().map(|id| id.0).collect();
        // Only a hint: what is wrong with a file shows when it is read.
        let _ = self.source.prefetch(&ids);
    }
}
