//! Why a package cannot be written.

use std::fmt;

use super::splice::TooLong;
use crate::contents::ReadError;
use crate::limits;

/// Why there is no package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteError {
    /// Bytes of the input could not be had.
    Read(ReadError),
    /// A file is larger than Web Deploy takes.
    FileTooLarge {
        /// The file.
        path: String,
        /// In bytes.
        size: u64,
    },
    /// There are more files than Web Deploy takes.
    TooManyFiles(usize),
    /// There are more files and folders than a ZIP can count.
    TooManyEntries(usize),
    /// All files together are larger than Web Deploy takes.
    TooLarge(u64),
    /// A path is longer than a ZIP can name.
    LongName(String),
    /// The writer failed; a fault of ours.
    Zip(String),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (file, count, package) = (limits::FILE_BYTES, limits::PACKAGE_FILES, limits::PACKAGE_BYTES);
        match self {
            Self::Read(error) => error.fmt(f),
            Self::FileTooLarge { path, size } => write!(
                f,
                "`{path}` has {size} bytes, and Web Deploy refuses a package with a file of more than {file}: leave \
                 the file out and let the application fetch it"
            ),
            Self::TooManyFiles(files) => write!(
                f,
                "there are {files} files, and Web Deploy refuses a package of more than {count}: leave out what the \
                 application does not need"
            ),
            Self::TooManyEntries(entries) => write!(
                f,
                "there are {entries} files and folders, and a ZIP that Web Deploy reads counts at most {}: leave out \
                 what the application does not need",
                limits::PACKAGE_ENTRIES
            ),
            Self::TooLarge(u64::MAX) => write!(
                f,
                "the package gets longer than {package} bytes, and Web Deploy answers it with \
                 ERROR_PACKAGE_TOO_LARGE: leave out what the application does not need"
            ),
            Self::TooLarge(bytes) => write!(
                f,
                "the files have {bytes} bytes together, and Web Deploy answers more than {package} with \
                 ERROR_PACKAGE_TOO_LARGE: leave out what the application does not need"
            ),
            Self::LongName(path) => {
                let start: String = path.chars().take(80).collect();
                write!(f, "the path that begins with `{start}` is longer than a ZIP can name: shorten it")
            }
            Self::Zip(why) => write!(f, "the ZIP could not be written: {why}"),
        }
    }
}

impl std::error::Error for WriteError {}

impl From<ReadError> for WriteError {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

impl From<TooLong> for WriteError {
    fn from(_: TooLong) -> Self {
        Self::TooLarge(u64::MAX)
    }
}
