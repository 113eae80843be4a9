//! Text <-> tree with spans. The only room that names `quick-xml`.

/// A document.
#[derive(Debug, Default)]
pub struct Document;

/// Reads; never fails.
#[must_use]
pub fn read(_text: &str) -> Document {
    Document
}
