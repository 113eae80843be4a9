//! Reading Python without running it. The only room that names the Python parser.

/// A module.
#[derive(Debug, Default)]
pub struct Module;

/// Reads; never fails.
#[must_use]
pub fn read(_text: &str) -> Module {
    Module
}
