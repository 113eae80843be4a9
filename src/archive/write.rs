//! A tree as a ZIP, piece by piece.

use std::fmt;
use std::rc::Rc;

use super::inputs::{Inputs, Way};
use super::large::Large;
use super::mounts::Mounts;
use super::plan::{self, Body, Item};
use super::splice::{Splice, TooLong};
use crate::contents::ReadError;
use crate::limits;
use crate::tree::{FileTree, Timestamp};

/// A part of the package. Laid at their offsets, all of them are the ZIP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it belongs; the header of a large file comes after its data.
    pub offset: u64,
    /// May be empty while a file that compresses well is read.
    pub bytes: Vec<u8>,
    /// How many files are done.
    pub files: u32,
    /// How many bytes of files are done, before compression.
    pub read: u64,
}

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

/// Writes a package; gives a piece at a time, so that nothing holds it whole.
pub struct Writer {
    items: std::vec::IntoIter<Item>,
    inputs: Inputs,
    splice: Splice,
    large: Option<Large>,
    files: u32,
    read: u64,
    ended: bool,
}

impl Writer {
    /// Checks what Web Deploy cannot take; reads nothing yet. `built` is the time of what has none.
    pub fn new(tree: &FileTree, source: Rc<Mounts>, built: Timestamp) -> Result<Self, WriteError> {
        let items = plan::plan(tree, built)?.into_iter();
        let (inputs, splice) = (Inputs { source }, Splice::default());
        Ok(Self { items, inputs, splice, large: None, files: 0, read: 0, ended: false })
    }

    /// The next piece; nothing after the last. After an error there is no package.
    #[expect(clippy::should_implement_trait, reason = "an iterator would go on after an error")]
    pub fn next(&mut self) -> Result<Option<Piece>, WriteError> {
        if let Some(large) = self.large.take() {
            return self.go_on(large).map(Some);
        }
        if self.items.as_slice().is_empty() {
            return self.end();
        }
        let group = self.group();
        if let [(item, way)] = group.as_slice()
            && way.large(item)
        {
            let large = Large::begin(item.clone(), way.clone(), &self.inputs)?;
            return self.go_on(large).map(Some);
        }
        let taken = group.iter().any(|(_, way)| way.taken() == Some(true));
        let batch = if taken { self.inputs.lay(&group) } else { self.inputs.pack(&group) }?;
        for (item, _) in group.iter().filter(|(item, _)| !matches!(item.body, Body::Folder)) {
            self.done(item.size);
        }
        let offset = self.splice.add(batch.central, batch.bytes.len() as u64)?;
        Ok(Some(self.piece(offset, batch.bytes, 0)))
    }

    /// Small entries that are all to be compressed, or all to be taken over; or one large file.
    fn group(&mut self) -> Vec<(Item, Way)> {
        let mut group = Vec::new();
        let (mut total, mut taken) = (0, None);
        while let Some(item) = self.items.as_slice().first() {
            let way = self.inputs.way(item);
            let other = way.taken().is_some_and(|this| *taken.get_or_insert(this) != this);
            total += way.weight(item);
            let full = total > limits::CHUNK_BYTES as u64 || group.len() == limits::BATCH_FILES;
            if !group.is_empty() && (other || full) {
                break;
            }
            group.extend(self.items.next().map(|item| (item, way)));
            if full {
                break;
            }
        }
        group
    }

    fn go_on(&mut self, mut large: Large) -> Result<Piece, WriteError> {
        let part = large.next(&self.inputs)?;
        let offset = self.splice.length() + part.offset;
        let Some((record, length)) = part.done else {
            self.large = Some(large);
            return Ok(self.piece(offset, part.bytes, part.read));
        };
        self.splice.add(vec![record], length)?;
        self.done(part.read);
        Ok(self.piece(offset, part.bytes, 0))
    }

    fn end(&mut self) -> Result<Option<Piece>, WriteError> {
        if std::mem::replace(&mut self.ended, true) {
            return Ok(None);
        }
        let bytes = self.splice.end()?;
        Ok(Some(self.piece(self.splice.length(), bytes, 0)))
    }

    const fn done(&mut self, size: u64) {
        self.files += 1;
        self.read += size;
    }

    /// A piece; `reading` is how much of an unfinished file is done.
    const fn piece(&self, offset: u64, bytes: Vec<u8>, reading: u64) -> Piece {
        Piece { offset, bytes, files: self.files, read: self.read + reading }
    }
}
