//! What a worker does: files become entries of a ZIP. It knows nothing of the package that they go
//! into, so any number of workers give the same bytes.

use std::fmt;

use crc32fast::Hasher;

use super::deflate::Deflater;
use super::error::WriteError;
use super::splice::{self, Record};
use super::worth;
use crate::limits;

/// Entries that are ready, one after another, each behind its header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pressed {
    /// Headers and data; of what is taken by reference the header alone.
    pub bytes: Vec<u8>,
    /// What the directory will say about them, as it says it.
    pub records: Vec<u8>,
}

/// Compresses files; one engine for all of them.
pub struct Press {
    deflater: Deflater,
    large: Option<Large>,
}

/// A file that comes in chunks.
struct Large {
    record: Record,
    crc: Hasher,
    read: u64,
    written: u64,
}

impl fmt::Debug for Press {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Press").finish_non_exhaustive()
    }
}

impl Default for Press {
    fn default() -> Self {
        Self { deflater: Deflater::new(), large: None }
    }
}

impl Press {
    /// Compresses small files. `records` tell their names, times and sizes, `bytes` are the files one
    /// after another.
    pub fn pack(&mut self, records: &[u8], bytes: &[u8]) -> Result<Pressed, WriteError> {
        let mut rest = bytes;
        let mut pressed = Pressed::default();
        for record in splice::records(records).ok_or_else(unclear)? {
            let (own, others) = rest.split_at_checked(record.size as usize).ok_or_else(unclear)?;
            rest = others;
            self.add(record, own, true, &mut pressed)?;
        }
        Ok(pressed)
    }

    /// Adds an entry. `refer` leaves out the data of what can be taken by reference.
    pub(super) fn add(
        &mut self,
        mut record: Record,
        bytes: &[u8],
        refer: bool,
        out: &mut Pressed,
    ) -> Result<Record, WriteError> {
        let start = out.bytes.len();
        record.offset = u32::try_from(start).map_err(|_| WriteError::TooLarge(u64::MAX))?;
        record.crc = crc32fast::hash(bytes);
        record.method = method(bytes);
        // The header is written over when the sizes are known.
        record.put_local(&mut out.bytes);
        let data = out.bytes.len();
        if record.method != 0 {
            self.deflater.begin();
            self.deflater.put(bytes, true, &mut out.bytes)?;
            record.compressed = short(out.bytes.len() - data)?;
            if record.compressed >= record.size {
                // A few bytes of noise, too few for the probe to tell.
                out.bytes.truncate(data);
                record.method = 0;
            }
        }
        if record.method == 0 {
            record.compressed = record.size;
            if !(refer && record.by_reference()) {
                out.bytes.extend_from_slice(bytes);
            }
        }
        let mut header = Vec::with_capacity(data - start);
        record.put_local(&mut header);
        if let Some(place) = out.bytes.get_mut(start..data) {
            place.copy_from_slice(&header);
        }
        record.put_central(&mut out.records);
        Ok(record)
    }

    /// Begins a large file that comes in chunks. `records` tell its name, time and size, and `head` is
    /// its first chunk, which says whether compressing pays.
    pub fn start(&mut self, records: &[u8], head: &[u8]) -> Result<(), WriteError> {
        let record = splice::records(records).and_then(|list| list.into_iter().next()).ok_or_else(unclear)?;
        self.begin(record, head);
        Ok(())
    }

    pub(super) fn begin(&mut self, record: Record, head: &[u8]) {
        self.deflater.begin();
        let record = Record { method: method(head), ..record };
        self.large = Some(Large { record, crc: Hasher::new(), read: 0, written: 0 });
    }

    /// Whether the file is stored as it is.
    pub(super) fn stores(&self) -> bool {
        self.large.as_ref().is_some_and(|large| large.record.method == 0)
    }

    /// Takes the next chunk; gives data that is ready, which is none for a file that is taken by
    /// reference. What comes of a file depends on how it is cut: always at `limits::CHUNK_BYTES`.
    pub fn put(&mut self, chunk: &[u8]) -> Result<Vec<u8>, WriteError> {
        let Some(large) = &mut self.large else { return Err(unclear()) };
        large.crc.update(chunk);
        large.read += chunk.len() as u64;
        let mut out = Vec::new();
        if large.record.method != 0 {
            self.deflater.put(chunk, large.read >= u64::from(large.record.size), &mut out)?;
            large.written += out.len() as u64;
        }
        Ok(out)
    }

    /// Ends the file; gives its header, which belongs before its data.
    pub fn finish(&mut self) -> Result<Pressed, WriteError> {
        let record = self.end()?;
        let mut pressed = Pressed::default();
        record.put_local(&mut pressed.bytes);
        record.put_central(&mut pressed.records);
        Ok(pressed)
    }

    pub(super) fn end(&mut self) -> Result<Record, WriteError> {
        let Large { mut record, crc, read, written } = self.large.take().ok_or_else(unclear)?;
        if read != u64::from(record.size) {
            return Err(unclear());
        }
        record.crc = crc.finalize();
        record.compressed = match record.method {
            0 => record.size,
            _ => u32::try_from(written).map_err(|_| WriteError::TooLarge(written))?,
        };
        Ok(record)
    }
}

/// Deflate or stored, by all bytes of a file or the first of them.
fn method(bytes: &[u8]) -> u16 {
    let stored = bytes.is_empty() || !worth::compressing(bytes);
    if stored { 0 } else { 8 }
}

/// Whether a file goes into a batch with others.
pub(super) const fn small(size: u64) -> bool {
    size <= limits::CHUNK_BYTES as u64
}

fn short(length: usize) -> Result<u32, WriteError> {
    u32::try_from(length).map_err(|_| WriteError::TooLarge(u64::MAX))
}

fn unclear() -> WriteError {
    WriteError::Zip("a batch is not as it was asked for".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Timestamp;

    fn asked(name: &str, size: usize) -> Vec<u8> {
        let size = u32::try_from(size).unwrap();
        let record = Record { size, ..Record::empty(name.to_owned(), Timestamp::MIN, 0) };
        let mut out = Vec::new();
        record.put_central(&mut out);
        out
    }

    #[test]
    fn an_entry_does_not_depend_on_its_neighbours() {
        let text = include_bytes!("press.rs").repeat(3);
        let mut press = Press::default();
        let alone = press.pack(&asked("a.py", text.len()), &text).unwrap();
        let both = [asked("b/", 0), asked("a.py", text.len())].concat();
        let together = press.pack(&both, &text).unwrap();
        assert!(together.bytes.ends_with(&alone.bytes));
        press.start(&asked("a.py", text.len()), &text).unwrap();
        let data = press.put(&text).unwrap();
        let end = press.finish().unwrap();
        assert!([end.bytes, data].concat() == alone.bytes);
        assert_eq!(end.records, alone.records);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut press = Press::default();
        assert!(press.pack(b"no records", b"").is_err());
        assert!(press.pack(&asked("a", 5), b"four").is_err());
        assert!(press.put(b"x").is_err());
        press.start(&asked("a", 5), b"four").unwrap();
        press.put(b"four").unwrap();
        assert!(press.finish().is_err());
    }
}
