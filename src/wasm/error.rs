//! Errors as JavaScript gets them: an `Error` with a `code` and, where one is to blame, a `path`.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

use crate::archive::{OpenError, WriteError};
use crate::contents::{ReadError, ReadErrorKind};
use crate::pipeline::UnknownAnswer;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What `code` says of an error that a `Session` throws. */
export type ErrorCode =
    | "changed" | "missing" | "denied" | "damaged" | "not-a-zip" | "empty"
    | "too-large" | "too-many" | "unknown-answer" | "internal";
/** What a `Session` throws. */
export interface PackagerError extends Error { code: ErrorCode; path?: string }
"#;

/// Why a call failed.
pub(super) struct Failure {
    code: &'static str,
    message: String,
    path: Option<String>,
}

impl Failure {
    fn new(code: &'static str, message: String) -> Self {
        Self { code, message, path: None }
    }

    /// There is nothing in the input.
    pub(super) fn empty(name: &str) -> Self {
        Self::new("empty", format!("there is no file in `{name}`"))
    }

    /// A file cannot be opened as a ZIP.
    pub(super) fn zip(name: &str, error: OpenError) -> Self {
        match error {
            OpenError::Read(error) => error.into(),
            other => Self { code: "not-a-zip", message: format!("`{name}`: {other}"), path: Some(name.to_owned()) },
        }
    }

    /// An answer means nothing here.
    pub(super) fn answer(message: String) -> Self {
        Self::new("unknown-answer", message)
    }

    /// A call that our own code must not make.
    pub(super) fn internal(message: &str) -> Self {
        Self::new("internal", message.to_owned())
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        let code = match error.kind {
            ReadErrorKind::Changed => "changed",
            ReadErrorKind::Missing => "missing",
            ReadErrorKind::Denied => "denied",
            ReadErrorKind::Damaged(_) => "damaged",
        };
        Self { code, message: error.to_string(), path: Some(error.path) }
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        let code = match error {
            WriteError::Read(error) => return error.into(),
            WriteError::FileTooLarge { .. } | WriteError::TooLarge(_) | WriteError::LongName(_) => "too-large",
            WriteError::TooManyFiles(_) | WriteError::TooManyEntries(_) => "too-many",
            WriteError::Zip(_) => "internal",
        };
        Self::new(code, error.to_string())
    }
}

impl From<UnknownAnswer> for Failure {
    fn from(error: UnknownAnswer) -> Self {
        Self::answer(error.0)
    }
}

impl From<Failure> for JsValue {
    fn from(failure: Failure) -> Self {
        let error = js_sys::Error::new(&failure.message);
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&error, &"code".into(), &failure.code.into());
        if let Some(path) = failure.path {
            let _ = Reflect::set(&error, &"path".into(), &path.into());
        }
        error.into()
    }
}
