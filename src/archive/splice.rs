//! Puts batches together: cuts off the directory of each, and writes one for all.
//!
//! Every header is written from a [`Record`], so the package has one profile whoever made the
//! data: the one of the packages that Microsoft's own tools make (host DOS, version 2.0, no
//! extra fields, no comments, no descriptors, no Zip64).

use super::le::{u16_at, u32_at};
use crate::limits;
use crate::tree::Timestamp;

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const CENTRAL_LENGTH: usize = 46;
const END_LENGTH: usize = 22;
pub(super) const LOCAL_LENGTH: usize = 30;

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

    /// The local header with the name.
    pub(super) fn local(&self) -> Vec<u8> {
        let mut out = LOCAL.to_le_bytes().to_vec();
        self.put_common(&mut out);
        out.extend(self.name.as_bytes());
        out
    }

    fn put_central(&self, out: &mut Vec<u8>) {
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
        let flags = if self.name.is_ascii() { 0_u16 } else { 0x800 };
        for short in [VERSION, flags, self.method, self.time.time, self.time.date] {
            out.extend(short.to_le_bytes());
        }
        for long in [self.crc, self.compressed, self.size] {
            out.extend(long.to_le_bytes());
        }
        let name = u16::try_from(self.name.len()).unwrap_or(u16::MAX);
        out.extend(name.to_le_bytes());
        out.extend([0; 2]);
    }

    /// Reads a record of a directory that the `zip` crate wrote, and how long it is.
    fn read(record: &[u8]) -> Option<(Self, usize)> {
        let length = CENTRAL_LENGTH + usize::from(u16_at(record, 28)?);
        let plain = u32_at(record, 0)? == CENTRAL && u16_at(record, 30)? == 0 && u16_at(record, 32)? == 0;
        let read = Self {
            name: str::from_utf8(record.get(CENTRAL_LENGTH..length)?).ok()?.to_owned(),
            method: u16_at(record, 10)?,
            time: Timestamp { time: u16_at(record, 12)?, date: u16_at(record, 14)? },
            crc: u32_at(record, 16)?,
            compressed: u32_at(record, 20)?,
            size: u32_at(record, 24)?,
            offset: u32_at(record, 42)?,
        };
        plain.then_some((read, length))
    }
}

/// Entries one after another, and what the directory will say about them; their offsets count
/// from the first byte.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Batch {
    pub(super) bytes: Vec<u8>,
    pub(super) central: Vec<Record>,
}

/// Takes the directory off a ZIP that the `zip` crate wrote. `before` is how many of its first
/// bytes are not in `zip`. Nothing when it is not as it was asked for.
pub(super) fn cut(mut zip: Vec<u8>, before: u64) -> Option<Batch> {
    let end = zip.get(zip.len().checked_sub(END_LENGTH)?..)?;
    let (entries, offset) = (u16_at(end, 10)?, u32_at(end, 16)?);
    if u32_at(end, 0)? != END {
        return None;
    }
    let start = usize::try_from(u64::from(offset).checked_sub(before)?).ok()?;
    let mut directory = zip.get(start..)?;
    let mut central = Vec::with_capacity(entries.into());
    for _ in 0..entries {
        let (record, length) = Record::read(directory)?;
        directory = directory.get(length..)?;
        central.push(record);
    }
    zip.truncate(start);
    Some(Batch { bytes: zip, central })
}

/// Gives every entry of a batch a local header of our profile. Nothing when one has another
/// length than ours, as with an extra field.
pub(super) fn clean(batch: &mut Batch) -> Option<()> {
    for record in &batch.central {
        let at = usize::try_from(record.offset).ok()?;
        let header = record.local();
        let lengths = batch.bytes.get(at + 26..at + LOCAL_LENGTH)?;
        if lengths != header.get(26..LOCAL_LENGTH)? {
            return None;
        }
        batch.bytes.get_mut(at..at + header.len())?.copy_from_slice(&header);
    }
    Some(())
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
    /// How many bytes the package has.
    pub(super) const fn length(&self) -> u64 {
        self.length
    }

    /// Adds entries whose bytes are `length` long; gives where they belong.
    pub(super) fn add(&mut self, central: Vec<Record>, length: u64) -> Result<u64, TooLong> {
        let base = self.length;
        self.length += length;
        for mut record in central {
            let offset = base + u64::from(record.offset);
            record.offset = u32::try_from(offset).map_err(|_| TooLong)?;
            record.put_central(&mut self.central);
            self.entries = self.entries.checked_add(1).ok_or(TooLong)?;
        }
        Ok(base)
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

    #[test]
    fn shifts_offsets_and_refuses_what_does_not_fit() {
        let record = |offset| Record::empty("a/".to_owned(), Timestamp::MIN, offset);
        let mut splice = Splice::default();
        assert_eq!(splice.add(vec![record(0), record(7)], 40).unwrap(), 0);
        assert_eq!(splice.add(vec![record(5)], 9).unwrap(), 40);
        let end = splice.end().unwrap();
        let offsets: Vec<Option<u32>> = (0..3).map(|index| u32_at(&end, index * 48 + 42)).collect();
        assert_eq!(offsets, [Some(0), Some(7), Some(45)]);
        assert_eq!((u16_at(&end, 144 + 10), u32_at(&end, 144 + 16)), (Some(3), Some(49)));
        splice.add(Vec::new(), limits::PACKAGE_BYTES).unwrap();
        assert!(splice.add(vec![record(0)], 1).is_err());
        assert!(splice.end().is_err());
    }

    #[test]
    fn cuts_only_what_it_knows() {
        assert_eq!(cut(Vec::new(), 0), None);
        let mut splice = Splice::default();
        splice.add(vec![Record::empty("é".to_owned(), Timestamp::MIN, 0)], 0).unwrap();
        let zip = splice.end().unwrap();
        assert_eq!(cut(zip.clone(), 0).unwrap().central.len(), 1);
        for length in 0..zip.len() {
            assert_eq!(cut(zip[..length].to_vec(), 0), None);
        }
    }
}
