//! A file that is too large for a batch: compressed a chunk at a time, its header last.

use std::cell::RefCell;
use std::io::{self, Seek, SeekFrom, Write};
use std::rc::Rc;

use zip::ZipWriter;
use zip::result::ZipError;

use super::batch;
use super::plan::Item;
use super::splice::{self, LOCAL_LENGTH, Record};
use super::write::WriteError;

/// A file that is being compressed.
pub(super) struct Stream {
    zip: Option<ZipWriter<Sink>>,
    state: Rc<RefCell<State>>,
}

/// What comes of a file when it is done.
pub(super) struct Done {
    /// The rest of the data.
    pub(super) data: Vec<u8>,
    /// What the directory says about it; its offset is 0.
    pub(super) record: Record,
}

impl Stream {
    /// Begins an entry; `head` is the first chunk of the file.
    pub(super) fn begin(item: &Item, head: &[u8]) -> Result<Self, WriteError> {
        let header = LOCAL_LENGTH + item.name.len();
        let state = Rc::new(RefCell::new(State { header, ..State::default() }));
        let mut zip = ZipWriter::new(Sink { state: Rc::clone(&state), at: 0 });
        zip.start_file(&*item.name, batch::options(item.time, head)).map_err(|error| failed(&error))?;
        Ok(Self { zip: Some(zip), state })
    }

    /// Compresses the next bytes; gives the data that is ready, which may be none.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<Vec<u8>, WriteError> {
        if let Some(zip) = &mut self.zip {
            zip.write_all(bytes).map_err(|error| failed(&error.into()))?;
        }
        Ok(self.state.borrow_mut().hand_on())
    }

    /// Ends the entry.
    pub(super) fn finish(&mut self) -> Result<Done, WriteError> {
        if let Some(zip) = self.zip.take() {
            zip.finish().map_err(|error| failed(&error))?;
        }
        let mut state = self.state.borrow_mut();
        let before = state.header as u64 + state.handed;
        let odd = || WriteError::Zip("a large file is not as it was asked for".to_owned());
        let batch = splice::cut(state.hand_on(), before).ok_or_else(odd)?;
        let data = batch.bytes;
        let record = batch.central.into_iter().next().ok_or_else(odd)?;
        // The header that the crate wrote must be as long as ours, or the data would not fit.
        let lengths = state.head.get(26..LOCAL_LENGTH);
        if lengths.is_none() || lengths != record.local().get(26..LOCAL_LENGTH) {
            return Err(odd());
        }
        Ok(Done { data, record })
    }
}

fn failed(error: &ZipError) -> WriteError {
    WriteError::Zip(error.to_string())
}

/// What the `zip` crate wrote: the header, which it comes back to, and the data behind it.
#[derive(Default)]
struct State {
    header: usize,
    head: Vec<u8>,
    data: Vec<u8>,
    handed: u64,
}

impl State {
    fn hand_on(&mut self) -> Vec<u8> {
        self.handed += self.data.len() as u64;
        std::mem::take(&mut self.data)
    }

    fn end(&self) -> u64 {
        self.head.len() as u64 + self.handed + self.data.len() as u64
    }

    /// Takes bytes at `at`: into the header, or at the very end.
    fn put(&mut self, at: u64, bytes: &[u8]) -> io::Result<usize> {
        if at >= self.header as u64 {
            if at != self.end() {
                return Err(io::ErrorKind::Unsupported.into());
            }
            self.data.extend(bytes);
            return Ok(bytes.len());
        }
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        let count = bytes.len().min(self.header - at);
        if self.head.len() < at + count {
            self.head.resize(at + count, 0);
        }
        let into = self.head.get_mut(at..at + count).unwrap_or(&mut []);
        into.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        Ok(count)
    }
}

/// Writes into a [`State`]; only the header can be written twice.
struct Sink {
    state: Rc<RefCell<State>>,
    at: u64,
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.state.borrow_mut().put(self.at, bytes)?;
        self.at += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Sink {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.state.borrow().end().checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}
