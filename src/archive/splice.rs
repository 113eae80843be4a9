//! The headers of entries, and one directory for all of them.
//!
//! Every header is written from a [`Record`], so the package has one profile whoever made the
//! data: the one of the packages that Microsoft's own tools make (host DOS, version 2.0, no
//! extra fields, no comments, no descriptors, no Zip64). Between threads records go as the
//! directory has them.

use super::le::{u16_at, u32_at};
use super::local::{LOCAL, LOCAL_LENGTH};
use crate::limits;
use crate::tree::Timestamp;

const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const CENTRAL_LENGTH: usize = 46;
const END_LENGTH: usize = 22;

/// From this size on, data that is stored is a part of the person's own file: it is not copied. Below
/// it a copy costs less than one more part.
const REFERENCE_BYTES: u32 = 64 * 1024;

/// The version of the format that knows folders and deflate, and the host DOS in its high byte.
const VERSION: u16 = 20;

/// DOS attributes. Web Deploy takes an entry without the first for a file.
const FOLDER: u32 = 0x10;
const ARCHIVE: u32 = 0x20;

/// What the two headers of an entry say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) name: String,
    pub(super) method: u16,
    pub(super) time: Timestamp,
    pub(super) crc: u32,
    pub(super) compressed: u32,
    pub(super) size: u32,
    /// Where the local header begins.
    pub(super) offset: u32,
}

impl Record {
    /// An entry without data.
    pub(super) const fn empty(name: String, time: Timestamp, offset: u32) -> Self {
        Self { name, method: 0, time, crc: 0, compressed: 0, size: 0, offset }
    }

    /// Whether the data is taken from the file itself.
    pub(super) const fn by_reference(&self) -> bool {
        self.method == 0 && self.size >= REFERENCE_BYTES
    }

    /// How long the local header is.
    pub(super) const fn header_length(&self) -> u64 {
        (LOCAL_LENGTH + self.name.len()) as u64
    }

    /// Adds the local header with the name.
    pub(super) fn put_local(&self, out: &mut Vec<u8>) {
        out.extend(LOCAL.to_le_bytes());
        self.put_common(out);
        out.extend(self.name.as_bytes());
    }

    /// Adds the record of the directory.
    pub(super) fn put_central(&self, out: &mut Vec<u8>) {
        out.extend(CENTRAL.to_le_bytes());
        out.extend(VERSION.to_le_bytes());
        self.put_common(out);
        // No comment, the first disk, and nothing known of the content.
        out.extend([0; 6]);
        let attributes = if self.name.ends_with('/') { FOLDER } else { ARCHIVE };
        out.extend(attributes.to_le_bytes());
        out.extend(self.offset.to_le_bytes());
        out.extend(self.name.as_bytes());
    }

    /// What both headers have, from the version needed to the length of the extra field.
    fn put_common(&self, out: &mut Vec<u8>) {
        for short in [VERSION, flags(&self.name), self.method, self.time.time, self.time.date] {
            out.extend(short.to_le_bytes());
        }
        for long in [self.crc, self.compressed, self.size] {
            out.extend(long.to_le_bytes());
        }
        let name = u16::try_from(self.name.len()).unwrap_or(u16::MAX);
        out.extend(name.to_le_bytes());
        out.extend([0; 2]);
    }

    /// Reads a record of a directory, and how long it is.
    fn read(record: &[u8]) -> Option<(Self, usize)> {
        let length = CENTRAL_LENGTH + usize::from(u16_at(record, 28)?);
        let read = Self {
            name: str::from_utf8(record.get(CENTRAL_LENGTH..length)?).ok()?.to_owned(),
            method: u16_at(record, 10)?,
            time: Timestamp { time: u16_at(record, 12)?, date: u16_at(record, 14)? },
            crc: u32_at(record, 16)?,
            compressed: u32_at(record, 20)?,
            size: u32_at(record, 24)?,
            offset: u32_at(record, 42)?,
        };
        (u32_at(record, 0)? == CENTRAL).then_some((read, length))
    }
}

/// Whether a local header, of which `short` gives the numbers, has the version, the flags, the time and the extra
/// fields, which are none, that are written for an entry.
pub(super) fn is_common(name: &str, time: Timestamp, short: impl Fn(usize) -> u16) -> bool {
    short(4) == VERSION && short(6) == flags(name) && short(10) == time.time && short(12) == time.date && short(28) == 0
}

/// A name that is more than ASCII is marked as UTF-8.
const fn flags(name: &str) -> u16 {
    if name.is_ascii() { 0 } else { 0x800 }
}

/// The records of a directory of ours; nothing when it is none.
pub(super) fn records(mut directory: &[u8]) -> Option<Vec<Record>> {
    let mut list = Vec::new();
    while !directory.is_empty() {
        let (record, length) = Record::read(directory)?;
        directory = directory.get(length..)?;
        list.push(record);
    }
    Some(list)
}

/// The package so far: how long it is, and its directory.
#[derive(Debug, Default)]
pub(super) struct Splice {
    length: u64,
    entries: u16,
    central: Vec<u8>,
}

/// The package is longer than a ZIP without Zip64 can be.
#[derive(Debug)]
pub(super) struct TooLong;

impl Splice {
    /// Adds an entry at the end.
    pub(super) fn add(&mut self, mut record: Record) -> Result<(), TooLong> {
        record.offset = u32::try_from(self.length).map_err(|_| TooLong)?;
        self.length += record.header_length() + u64::from(record.compressed);
        record.put_central(&mut self.central);
        self.entries = self.entries.checked_add(1).ok_or(TooLong)?;
        Ok(())
    }

    /// The directory and the end record.
    pub(super) fn end(&mut self) -> Result<Vec<u8>, TooLong> {
        let mut out = std::mem::take(&mut self.central);
        let whole = self.length + out.len() as u64 + END_LENGTH as u64;
        if whole > limits::PACKAGE_BYTES {
            return Err(TooLong);
        }
        let (size, offset) = (u32::try_from(out.len()), u32::try_from(self.length));
        let (size, offset) = (size.map_err(|_| TooLong)?, offset.map_err(|_| TooLong)?);
        out.extend(END.to_le_bytes());
        out.extend([0; 4]);
        out.extend([self.entries.to_le_bytes(), self.entries.to_le_bytes()].concat());
        out.extend([size.to_le_bytes(), offset.to_le_bytes()].concat());
        out.extend([0; 2]);
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(compressed: u32) -> Record {
        Record { compressed, ..Record::empty("a/".to_owned(), Timestamp::MIN, 0) }
    }

    #[test]
    fn counts_offsets_and_refuses_what_does_not_fit() {
        let mut splice = Splice::default();
        for data in [0, 8, 0] {
            splice.add(folder(data)).unwrap();
        }
        let end = splice.end().unwrap();
        let offsets: Vec<Option<u32>> = (0..3).map(|index| u32_at(&end, index * 48 + 42)).collect();
        assert_eq!(offsets, [Some(0), Some(32), Some(72)]);
        assert_eq!((u16_at(&end, 144 + 10), u32_at(&end, 144 + 16)), (Some(3), Some(104)));
        splice.add(folder(u32::MAX)).unwrap();
        assert!(splice.add(folder(0)).is_err());
        assert!(splice.end().is_err());
    }

    #[test]
    fn records_survive_the_way_between_threads() {
        let sent = [folder(7), Record::empty("é".to_owned(), Timestamp::MIN, 9)];
        let mut directory = Vec::new();
        for record in &sent {
            record.put_central(&mut directory);
        }
        assert_eq!(records(&directory).unwrap(), sent);
        for length in 1..directory.len() {
            assert!(length == 48 || records(&directory[..length]).is_none());
        }
    }
}
