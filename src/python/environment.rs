//! The Python of a server, as far as packages have to fit it.

use std::fmt;

use super::Version;

/// The Python of a server. It always is one of Windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Environment {
    /// Its version.
    pub version: Version,
    /// How wide its addresses are; nothing when a site may have either.
    pub bits: Option<Bits>,
}

/// What a process can load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bits {
    /// Libraries of 32 bits.
    X86,
    /// Libraries of 64 bits.
    X64,
}

impl Bits {
    /// What packages call the platform.
    #[must_use]
    pub const fn platform(self) -> &'static str {
        match self {
            Self::X86 => "win32",
            Self::X64 => "win_amd64",
        }
    }
}

impl Environment {
    /// What packages call the platform; that of 64 bits where it may be either.
    #[must_use]
    pub const fn platform(self) -> &'static str {
        match self.bits {
            Some(bits) => bits.platform(),
            None => Bits::X64.platform(),
        }
    }

    /// `cp312`.
    #[must_use]
    pub fn python_tag(self) -> String {
        format!("cp{}{}", self.version.major, self.version.minor)
    }

    /// `cp312-win_amd64`.
    #[must_use]
    pub fn tag(self) -> String {
        format!("{}-{}", self.python_tag(), self.platform())
    }
}

impl fmt::Display for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Python {}", self.version)?;
        match self.bits {
            Some(Bits::X86) => f.write_str(" (32 bits)"),
            Some(Bits::X64) => f.write_str(" (64 bits)"),
            None => Ok(()),
        }
    }
}
