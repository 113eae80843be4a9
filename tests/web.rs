//! The boundary in a real browser.
fn main() {}
