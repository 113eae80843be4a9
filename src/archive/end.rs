//! The end of a ZIP, which says where its directory lies.

use super::le::{u16_at, u32_at, u64_at};
use super::ranges::Ranges;
use super::read::OpenError;
use crate::limits;

pub(super) const END: u32 = 0x0605_4b50;
pub(super) const LOCATOR_64: u32 = 0x0706_4b50;
pub(super) const END_64: u32 = 0x0606_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const LOCAL: u32 = 0x0403_4b50;
/// The record before a directory that is encrypted as a whole.
const ARCHIVE_EXTRA_DATA: u32 = 0x0806_4b50;

pub(super) const END_LENGTH: usize = 22;
pub(super) const LOCATOR_LENGTH: u64 = 20;
pub(super) const END_64_LENGTH: usize = 56;

/// Where the directory lies.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct End {
    /// Its first byte in the file.
    pub(super) start: u64,
    /// How many bytes it may have.
    pub(super) length: u64,
    /// How many entries it says that it has.
    pub(super) entries: u64,
    /// How many bytes stand before the archive; offsets in it count from there.
    pub(super) prefix: u64,
    /// Where the end record itself begins.
    pub(super) record: u64,
}

/// What an end record says, before anything is believed.
struct Claim {
    at: u64,
    entries: u64,
    size: u64,
    offset: u64,
}

pub(super) fn locate(ranges: &Ranges) -> Result<End, OpenError> {
    let tail_length = END_LENGTH + usize::from(u16::MAX);
    let tail_at = ranges.size().saturating_sub(tail_length as u64);
    let tail = ranges.take(tail_at, tail_length)?;
    let Some(at) = (0..tail.len()).rev().find(|&at| is_end(&tail, at)) else {
        return Err(if signature(ranges, 0)? == Some(LOCAL) { OpenError::Truncated } else { OpenError::NotAZip });
    };
    let claim = claim(ranges, tail.get(at..).unwrap_or(&[]), tail_at + at as u64)?;
    if claim.entries > limits::INPUT_ENTRIES || claim.size > limits::DIRECTORY_BYTES {
        return Err(OpenError::TooMany);
    }
    let record = tail_at + at as u64;
    place(ranges, &claim).map(|end| End { record, ..end })
}

/// An end record whose comment does not reach past the end of the file.
fn is_end(tail: &[u8], at: usize) -> bool {
    u32_at(tail, at) == Some(END)
        && u16_at(tail, at + 20).is_some_and(|comment| at + END_LENGTH + usize::from(comment) <= tail.len())
}

fn claim(ranges: &Ranges, record: &[u8], at: u64) -> Result<Claim, OpenError> {
    let short = |offset| u16_at(record, offset).unwrap_or(0);
    let long = |offset| u32_at(record, offset).unwrap_or(0);
    let (disk, directory_disk, here, entries) = (short(4), short(6), short(8), short(10));
    let (size, offset) = (long(12), long(16));
    let saturated = entries == u16::MAX || size == u32::MAX || offset == u32::MAX;
    if saturated && let Some(claim) = claim_64(ranges, at)? {
        return Ok(claim);
    }
    if disk != 0 || directory_disk != 0 || here != entries {
        return Err(OpenError::MultiDisk);
    }
    Ok(Claim { at, entries: entries.into(), size: size.into(), offset: offset.into() })
}

/// The claim of the Zip64 end record, when a locator stands before the end record.
fn claim_64(ranges: &Ranges, end_at: u64) -> Result<Option<Claim>, OpenError> {
    let Some(locator_at) = end_at.checked_sub(LOCATOR_LENGTH) else { return Ok(None) };
    if signature(ranges, locator_at)? != Some(LOCATOR_64) {
        return Ok(None);
    }
    let locator = ranges.take(locator_at, 20)?;
    if u32_at(&locator, 16).unwrap_or(0) > 1 {
        return Err(OpenError::MultiDisk);
    }
    // With bytes before the archive the offset is short by as many; then it stands right before.
    let named = u64_at(&locator, 8).unwrap_or(0);
    let abutting = locator_at.saturating_sub(END_64_LENGTH as u64);
    for at in [named, abutting] {
        if at < locator_at && signature(ranges, at)? == Some(END_64) {
            let record = ranges.take(at, END_64_LENGTH)?;
            let long = |offset| u64_at(&record, offset).unwrap_or(u64::MAX);
            let (here, entries, size, offset) = (long(24), long(32), long(40), long(48));
            if u32_at(&record, 16) != Some(0) || here != entries {
                return Err(OpenError::MultiDisk);
            }
            return Ok(Some(Claim { at, entries, size, offset }));
        }
    }
    Err(OpenError::Damaged("the Zip64 end record is not where its locator says".to_owned()))
}

/// Finds the directory: right before the end record, or else where the record says.
fn place(ranges: &Ranges, claim: &Claim) -> Result<End, OpenError> {
    let outside = || OpenError::Damaged("the directory lies outside of the file".to_owned());
    let abutting = claim.at.checked_sub(claim.size).filter(|&start| start >= claim.offset);
    if claim.entries == 0 {
        return Ok(End { start: abutting.ok_or_else(outside)?, length: 0, entries: 0, prefix: 0, record: 0 });
    }
    if claim.offset >= claim.at {
        return Err(outside());
    }
    for start in [abutting, Some(claim.offset)].into_iter().flatten() {
        match signature(ranges, start)? {
            Some(CENTRAL) => {
                let length = (claim.at - start).min(limits::DIRECTORY_BYTES);
                return Ok(End { start, length, entries: claim.entries, prefix: start - claim.offset, record: 0 });
            }
            Some(ARCHIVE_EXTRA_DATA) => return Err(OpenError::EncryptedDirectory),
            _ => {}
        }
    }
    Err(OpenError::Damaged("the directory is not where the end of the file says".to_owned()))
}

fn signature(ranges: &Ranges, at: u64) -> Result<Option<u32>, OpenError> {
    Ok(u32_at(&ranges.take(at, 4)?, 0))
}
