//! What is said about the wheels that came with an application.

/// A wheel that came with an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WheelItem {
    /// As the input names it.
    pub file: String,
    /// The project, as the name of the file spells it; empty when that says nothing.
    pub project: String,
    /// Its version.
    pub version: String,
    /// Whether it was added on top, so that it can be taken away again.
    pub added: bool,
    /// How many files were unpacked.
    pub files: usize,
    /// Why it was not unpacked; a clause.
    pub problem: Option<String>,
}
