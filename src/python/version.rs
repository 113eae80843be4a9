//! Versions of Python.

use std::fmt;

/// A version of Python as far as it matters to a source: `3.4`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// 2 or 3.
    pub major: u8,
    /// What follows the first dot.
    pub minor: u8,
}

impl Version {
    /// A version.
    #[must_use]
    pub const fn new(major: u8, minor: u8) -> Self {
        Self { major, minor }
    }

    /// Reads `3`, `3.4`, `3.4.1`, `3.12.0rc1`; what follows the second number does not matter.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().split('.');
        let major = parts.next()?.trim().parse().ok()?;
        let minor = match parts.next() {
            None | Some("*") => 0,
            Some(part) => {
                let digits = part.find(|c: char| !c.is_ascii_digit()).map_or(part, |end| part.get(..end).unwrap_or(""));
                digits.parse().ok()?
            }
        };
        Some(Self { major, minor })
    }

    /// The version after it that adds features: 3.5 after 3.4.
    #[must_use]
    pub const fn next(self) -> Self {
        Self { major: self.major, minor: self.minor.saturating_add(1) }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        for (text, version) in [("3.4.1", (3, 4)), ("2", (2, 0)), (" 3.12rc1 ", (3, 12)), ("3.*", (3, 0))] {
            assert_eq!(Version::parse(text), Some(Version::new(version.0, version.1)), "{text}");
        }
        assert_eq!(Version::parse("x"), None);
        assert_eq!(Version::parse(""), None);
        assert!(Version::new(3, 10) > Version::new(3, 9));
    }
}
