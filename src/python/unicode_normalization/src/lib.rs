//! Stands in for the tables of normal forms; see `[patch.crates-io]` in the root's Cargo.toml.
//! An identifier keeps the form that it is written in.

/// The one form that the parser asks for.
pub trait UnicodeNormalization {
    /// The characters as they are.
    fn nfkc(&self) -> impl Iterator<Item = char>;
}

impl UnicodeNormalization for str {
    fn nfkc(&self) -> impl Iterator<Item = char> {
        self.chars()
    }
}
