//! Stub until the room arrives.

/// How it starts.
#[derive(Debug, Default)]
pub struct Detection {
    /// Best first.
    pub candidates: Vec<()>,
}

/// Looks.
#[must_use]
pub fn detect(_contents: &crate::contents::Contents<'_>) -> Detection {
    Detection::default()
}
