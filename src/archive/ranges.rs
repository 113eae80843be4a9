//! A file of a source as something to read and seek in, a chunk at a time.

use std::cell::{Cell, RefCell};
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

use crate::contents::{ReadError, ReadErrorKind, Source};
use crate::tree::InputId;

/// What is read at once: an end record with the longest comment, or the headers of many small
/// entries, and little enough to throw away when only one header was wanted.
const CHUNK: u64 = 64 * 1024;

/// What is read at once of a file that is read from one chunk to the next: each reading costs a
/// round trip to the browser's own process.
const MOST: u64 = 1024 * 1024;

/// The ranges of one file. Only the last chunk is kept.
pub(super) struct Ranges {
    source: Rc<dyn Source>,
    id: InputId,
    /// Where in the file they begin.
    base: u64,
    name: String,
    size: u64,
    chunk_at: Cell<u64>,
    chunk: RefCell<Vec<u8>>,
    failure: RefCell<Option<ReadError>>,
}

impl Ranges {
    pub(super) fn new(source: Rc<dyn Source>, id: InputId, name: &str, size: u64) -> Self {
        let (chunk_at, chunk, failure) = (Cell::default(), RefCell::default(), RefCell::default());
        Self { source, id, base: 0, name: name.to_owned(), size, chunk_at, chunk, failure }
    }

    /// A part of the file as if it were a file by itself.
    pub(super) fn within(&self, at: u64, size: u64, name: &str) -> Self {
        let base = self.base.saturating_add(at);
        Self { base, ..Self::new(Rc::clone(&self.source), self.id, name, size) }
    }

    /// The number of the file, and where in it the first of these bytes is.
    pub(super) const fn place(&self) -> (InputId, u64) {
        (self.id, self.base)
    }

    pub(super) const fn size(&self) -> u64 {
        self.size
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The bytes from `offset`, fewer only at the end of the file.
    pub(super) fn take(&self, offset: u64, length: usize) -> Result<Vec<u8>, ReadError> {
        let left = usize::try_from(self.size.saturating_sub(offset)).unwrap_or(usize::MAX);
        let length = length.min(left);
        if length as u64 > CHUNK {
            return self.load(offset, length as u64);
        }
        let mut bytes = vec![0; length];
        let mut filled = 0;
        while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.copy(offset + filled as u64, rest)? {
                0 => break,
                count => filled += count,
            }
        }
        bytes.truncate(filled);
        Ok(bytes)
    }

    /// Copies what the chunk around `offset` has of `into`; 0 only at the end of the file.
    fn copy(&self, offset: u64, into: &mut [u8]) -> Result<usize, ReadError> {
        if offset >= self.size {
            return Ok(0);
        }
        let (at, length) = (self.chunk_at.get(), self.chunk.borrow().len() as u64);
        if !(at..at + length).contains(&offset) {
            let start = offset - offset % CHUNK;
            let goes_on = length > 0 && start == at + length;
            let next = if goes_on { MOST.min(length * 4) } else { CHUNK };
            *self.chunk.borrow_mut() = self.load(start, next.min(self.size - start))?;
            self.chunk_at.set(start);
        }
        let chunk = self.chunk.borrow();
        let from = usize::try_from(offset - self.chunk_at.get()).ok().and_then(|at| chunk.get(at..)).unwrap_or(&[]);
        let count = from.len().min(into.len());
        if let (Some(into), Some(from)) = (into.get_mut(..count), from.get(..count)) {
            into.copy_from_slice(from);
        }
        Ok(count)
    }

    /// Takes bytes that somebody read ahead, in place of the last chunk.
    pub(super) fn put(&self, at: u64, bytes: Vec<u8>) {
        self.chunk_at.set(at);
        self.chunk.replace(bytes);
    }

    fn load(&self, offset: u64, length: u64) -> Result<Vec<u8>, ReadError> {
        let bytes = self.source.read(self.id, self.base.saturating_add(offset), length)?;
        if bytes.len() as u64 == length {
            return Ok(bytes);
        }
        Err(ReadError { path: self.name.clone(), kind: ReadErrorKind::Changed })
    }

    /// What went wrong while somebody else was reading through a [`RangeReader`].
    pub(super) fn failure(&self) -> Option<ReadError> {
        self.failure.borrow_mut().take()
    }
}

/// Reads and seeks as the `zip` crate wants it.
pub(super) struct RangeReader {
    pub(super) ranges: Rc<Ranges>,
    pub(super) at: u64,
}

impl Read for RangeReader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self.ranges.copy(self.at, into) {
            Ok(count) => {
                self.at += count as u64;
                Ok(count)
            }
            Err(error) => {
                self.ranges.failure.borrow_mut().get_or_insert(error);
                Err(io::ErrorKind::Other.into())
            }
        }
    }
}

impl Seek for RangeReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.ranges.size.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes that tell where they are, and what was read of them.
    #[derive(Default)]
    struct Counted(RefCell<Vec<(u64, u64)>>);

    impl Source for Counted {
        fn read(&self, _: InputId, offset: u64, length: u64) -> Result<Vec<u8>, ReadError> {
            self.0.borrow_mut().push((offset, length));
            Ok((offset..offset + length).map(|at| at.to_le_bytes()[2]).collect())
        }
    }

    #[test]
    fn reads_larger_pieces_of_what_is_read_from_end_to_end() {
        let (source, size) = (Rc::new(Counted::default()), 3 * MOST + 5);
        let ranges = Ranges::new(Rc::clone(&source) as Rc<dyn Source>, InputId(0), "x", size);
        for at in (0..size).step_by(1000) {
            let bytes = ranges.take(at, 30).unwrap();
            let expected: Vec<u8> = (at..size.min(at + 30)).map(|at| at.to_le_bytes()[2]).collect();
            assert_eq!(bytes, expected, "{at}");
        }
        let read = source.0.take();
        assert!(read.len() < 8 && read.iter().all(|(_, length)| *length <= MOST), "{read:?}");
        ranges.take(CHUNK + 1, 30).unwrap();
        assert_eq!(source.0.take(), [(CHUNK, CHUNK)], "going back is no reading on");
    }
}
