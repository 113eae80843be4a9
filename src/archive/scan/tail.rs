//! What stands behind the directory: the Zip64 records, the end record, its comment.

use super::{Scan, ScanKind, gap};
use crate::archive::end::{END, END_64, END_64_LENGTH, END_LENGTH, End, LOCATOR_64, LOCATOR_LENGTH};
use crate::archive::le::{u16_at, u32_at, u64_at};
use crate::archive::ranges::Ranges;
use crate::contents::ReadError;

/// `from` is where the records of the directory end.
pub(super) fn check(ranges: &Ranges, entries: u64, end: &End, from: u64, scan: &mut Scan) -> Result<(), ReadError> {
    let record = ranges.take(end.record, END_LENGTH)?;
    let short = |at| u16_at(&record, at).unwrap_or(0);
    let long = |at| u32_at(&record, at).unwrap_or(0);
    let claims = [
        ("the number of entries", u64::from(short(10)), u64::from(u16::MAX), entries),
        ("the number of entries in this part", u64::from(short(8)), u64::from(u16::MAX), entries),
        ("the length of the directory", u64::from(long(12)), u64::from(u32::MAX), from - end.start),
        ("the place of the directory", u64::from(long(16)), u64::from(u32::MAX), end.start - end.prefix),
    ];
    let mut saturated = false;
    for (what, claim, most, real) in claims {
        saturated |= claim == most;
        if claim != real && claim != most {
            scan.note(end.record, None, ScanKind::EndDiffers { what });
        }
    }
    if !matches!((short(4), short(6)), (0 | u16::MAX, 0 | u16::MAX)) {
        scan.note(end.record, None, ScanKind::OtherPart);
    }
    let zip64 = zip64(ranges, entries, end, from, scan)?;
    let needed = entries > u64::from(u16::MAX) - 1 || end.start >= u64::from(u32::MAX);
    if saturated && zip64.is_none() && !needed {
        scan.note(end.record, None, ScanKind::Zip64Differs);
    }
    gap(from, zip64.unwrap_or(end.record), scan);
    let comment = u64::from(short(20));
    let after = end.record + END_LENGTH as u64;
    if comment > 0 {
        scan.note(after, None, ScanKind::Comment { bytes: comment });
    }
    if let Some(bytes) = ranges.size().checked_sub(after + comment).filter(|&bytes| bytes > 0) {
        scan.note(after + comment, None, ScanKind::Trailing { bytes });
    }
    other_ends(ranges, end, scan)
}

/// The Zip64 records before the end record, when they are there; gives where they begin.
fn zip64(ranges: &Ranges, entries: u64, end: &End, from: u64, scan: &mut Scan) -> Result<Option<u64>, ReadError> {
    let Some(at) = end.record.checked_sub(LOCATOR_LENGTH) else { return Ok(None) };
    let locator = ranges.take(at, 20)?;
    if u32_at(&locator, 0) != Some(LOCATOR_64) {
        return Ok(None);
    }
    let Some(start) = at.checked_sub(END_64_LENGTH as u64) else { return Ok(None) };
    let record = ranges.take(start, END_64_LENGTH)?;
    let long = |offset| u64_at(&record, offset);
    let as_it_is = u32_at(&locator, 4) == Some(0)
        && u64_at(&locator, 8) == Some(start - end.prefix.min(start))
        && u32_at(&locator, 16) == Some(1)
        && u32_at(&record, 0) == Some(END_64)
        && long(4) == Some(END_64_LENGTH as u64 - 12)
        && long(16) == Some(0)
        && [long(24), long(32)] == [Some(entries); 2]
        && long(40) == Some(from - end.start)
        && long(48) == Some(end.start - end.prefix);
    scan.note(start, None, if as_it_is { ScanKind::Zip64 } else { ScanKind::Zip64Differs });
    Ok(Some(start))
}

/// Other end records: those that come after ours, those within the directory, and those whose
/// comment ends where the file does.
fn other_ends(ranges: &Ranges, end: &End, scan: &mut Scan) -> Result<(), ReadError> {
    let length = END_LENGTH + usize::from(u16::MAX);
    let tail_at = ranges.size().saturating_sub(length as u64);
    let tail = ranges.take(tail_at, length)?;
    for at in (0..tail.len()).filter(|&at| u32_at(&tail, at) == Some(END)) {
        let offset = tail_at + at as u64;
        let to_the_end =
            u16_at(&tail, at + 20).is_some_and(|comment| at + END_LENGTH + usize::from(comment) == tail.len());
        if offset != end.record && (offset >= end.start || to_the_end) {
            scan.note(offset, None, ScanKind::ExtraEnd);
        }
    }
    Ok(())
}
