//! The directory of a ZIP, entry by entry and to the letter.
//!
//! The `zip` crate keeps one of two entries with the same name without a word, and rules must see
//! both; so this walk is ours.

use super::cp437;
use super::le::{u16_at, u32_at, u64_at};
use super::read::OpenError;
use crate::tree::{InputId, RawEntry, Timestamp};

pub(super) const CENTRAL: u32 = 0x0201_4b50;
pub(super) const CENTRAL_LENGTH: usize = 46;
pub(super) const ZIP64_EXTRA: u16 = 1;
const UNIX: u8 = 3;

const UNIX_FILE: u32 = 0o100_000;
pub(super) const UNIX_FOLDER: u32 = 0o040_000;

/// What the directory of an input ZIP says about an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The name as text: UTF-8 when the entry says so, else code page 437.
    pub name: String,
    /// The bytes of the name.
    pub name_bytes: Vec<u8>,
    /// The system that made it: 0 is DOS, 3 is Unix.
    pub host: u8,
    /// The version of the format that it needs, times ten.
    pub version_needed: u16,
    /// The general purpose flags.
    pub flags: u16,
    /// How it is compressed: 0 is not at all, 8 is deflate.
    pub method: u16,
    /// Date and time; all zero bits when its writer did not know.
    pub modified: Timestamp,
    /// The check sum of the unpacked bytes.
    pub crc: u32,
    /// How many bytes it has in the ZIP.
    pub compressed: u64,
    /// How many bytes it unpacks to.
    pub size: u64,
    /// Attributes: DOS in the low byte, Unix mode in the high half.
    pub attributes: u32,
    /// Where its local header begins in the file.
    pub header: u64,
    /// Whether a size or offset stands in a Zip64 field.
    pub zip64: bool,
    /// Whether it carries a comment.
    pub comment: bool,
    /// Whether its bytes are also those of another entry or of the directory.
    pub overlaps: bool,
}

impl Member {
    /// Whether it is a folder: its name ends with a separator.
    #[must_use]
    pub fn folder(&self) -> bool {
        self.name.ends_with(['/', '\\'])
    }

    /// Whether its data is encrypted.
    #[must_use]
    pub const fn encrypted(&self) -> bool {
        self.flags & 1 != 0 || self.method == 99
    }

    /// Whether its name is marked as UTF-8.
    #[must_use]
    pub const fn utf8(&self) -> bool {
        self.flags & 0x800 != 0
    }

    /// Whether its sizes follow its data instead of standing before it.
    #[must_use]
    pub const fn descriptor(&self) -> bool {
        self.flags & 8 != 0
    }

    /// Whether it is a symbolic link.
    #[must_use]
    pub fn symlink(&self) -> bool {
        unix_type(self) == Some(0o120_000)
    }

    /// Whether it is a device, a pipe or a socket of Unix.
    #[must_use]
    pub fn special(&self) -> bool {
        unix_type(self).is_some_and(|kind| !matches!(kind, 0 | UNIX_FILE | UNIX_FOLDER | 0o120_000))
    }

    /// How its method is called.
    #[must_use]
    pub fn method_name(&self) -> String {
        match self.method {
            0 => "stored",
            1 => "Shrink",
            2..=5 => "Reduce",
            6 | 10 => "Implode",
            8 => "Deflate",
            9 => "Deflate64",
            12 => "bzip2",
            14 => "LZMA",
            20 | 93 => "zstd",
            95 => "xz",
            98 => "PPMd",
            99 => "AES encryption",
            other => return format!("number {other}"),
        }
        .to_owned()
    }

    /// The entry as a tree takes it.
    pub(super) fn raw_entry(&self, index: usize) -> RawEntry {
        let folder = self.folder();
        RawEntry {
            name: self.name.clone(),
            folder,
            size: if folder { 0 } else { self.size },
            modified: Some(self.modified).filter(|time| is_valid(*time)),
            id: InputId(u32::try_from(index).unwrap_or(u32::MAX)),
        }
    }
}

/// What kind of file the mode of Unix says that it is.
pub(super) fn unix_type(member: &Member) -> Option<u32> {
    // macOS is 19.
    matches!(member.host, UNIX | 19).then_some((member.attributes >> 16) & 0o170_000)
}

/// Whether a time is one that a calendar has.
pub(super) fn is_valid(time: Timestamp) -> bool {
    zip::DateTime::try_from_msdos(time.date, time.time).is_ok()
}

/// Reads `entries` records; `prefix` is how many bytes stand before the archive.
pub(super) fn walk(bytes: &[u8], entries: u64, prefix: u64) -> Result<Vec<Member>, OpenError> {
    let mut members = Vec::new();
    let mut rest = bytes;
    for number in 1..=entries {
        let Some((member, length)) = member(rest, prefix) else {
            return Err(OpenError::Damaged(format!("entry {number} of its directory cannot be read")));
        };
        // Bit 13: the directory is encrypted, and the names are masked.
        if member.flags & 0x2000 != 0 {
            return Err(OpenError::EncryptedDirectory);
        }
        members.push(member);
        rest = rest.get(length..).unwrap_or(&[]);
    }
    if u32_at(rest, 0) == Some(CENTRAL) {
        return Err(OpenError::Damaged("its directory has more entries than it says".to_owned()));
    }
    Ok(members)
}

/// One record and how long it is.
fn member(record: &[u8], prefix: u64) -> Option<(Member, usize)> {
    if u32_at(record, 0)? != CENTRAL {
        return None;
    }
    let (name_length, extra_length, comment_length) = (u16_at(record, 28)?, u16_at(record, 30)?, u16_at(record, 32)?);
    let extra_at = CENTRAL_LENGTH + usize::from(name_length);
    let comment_at = extra_at + usize::from(extra_length);
    let length = comment_at + usize::from(comment_length);
    let name_bytes = record.get(CENTRAL_LENGTH..extra_at)?.to_vec();
    let extra = record.get(extra_at..comment_at)?;
    record.get(comment_at..length)?;

    let flags = u16_at(record, 8)?;
    let (mut compressed, mut size) = (u64::from(u32_at(record, 20)?), u64::from(u32_at(record, 24)?));
    let mut header = u64::from(u32_at(record, 42)?);
    let zip64 = widen(extra, [&mut size, &mut compressed, &mut header])?;
    let name =
        if flags & 0x800 == 0 { cp437::decode(&name_bytes) } else { String::from_utf8_lossy(&name_bytes).into_owned() };
    let member = Member {
        name,
        name_bytes,
        host: u16_at(record, 4)?.to_le_bytes()[1],
        version_needed: u16_at(record, 6)?,
        flags,
        method: u16_at(record, 10)?,
        modified: Timestamp { time: u16_at(record, 12)?, date: u16_at(record, 14)? },
        crc: u32_at(record, 16)?,
        compressed,
        size,
        attributes: u32_at(record, 38)?,
        header: header.checked_add(prefix)?,
        zip64,
        comment: comment_length > 0,
        overlaps: false,
    };
    Some((member, length))
}

/// Puts the Zip64 field, which has only the values that do not fit, in their order, in place of
/// the values that are all ones. Nothing when the field is too short.
fn widen(extra: &[u8], values: [&mut u64; 3]) -> Option<bool> {
    let Some(mut field) = extra_field(extra, ZIP64_EXTRA) else { return Some(false) };
    for value in values {
        if *value == u64::from(u32::MAX) {
            *value = u64_at(field, 0)?;
            field = field.get(8..)?;
        }
    }
    Some(true)
}

fn extra_field(mut extra: &[u8], wanted: u16) -> Option<&[u8]> {
    loop {
        let end = 4 + usize::from(u16_at(extra, 2)?);
        if u16_at(extra, 0)? == wanted {
            return extra.get(4..end);
        }
        extra = extra.get(end..)?;
    }
}

/// The numbers of the entries as they lie in the file.
pub(super) fn in_order_of_file(members: &[Member]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_by_key(|&index| members.get(index).map(|member| member.header));
    order
}

/// Marks entries whose bytes run into the next entry or into the directory: a few bytes that many
/// entries share are how a small ZIP unpacks to terabytes.
pub(super) fn mark_overlaps(members: &mut [Member], directory: u64) {
    let order = in_order_of_file(members);
    let mut marked = vec![false; members.len()];
    let (mut reach, mut reached_by) = (0, None);
    for index in order {
        let Some(member) = members.get(index) else { continue };
        let end = member.header.saturating_add(30 + member.name_bytes.len() as u64).saturating_add(member.compressed);
        let overlaps = member.header < reach;
        for both in [Some(index).filter(|_| overlaps || end > directory), reached_by.filter(|_| overlaps)] {
            if let Some(mark) = both.and_then(|index| marked.get_mut(index)) {
                *mark = true;
            }
        }
        if end > reach {
            (reach, reached_by) = (end, Some(index));
        }
    }
    for (member, overlaps) in members.iter_mut().zip(marked) {
        member.overlaps = overlaps;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A record with all sizes of ones and a Zip64 field of `values`.
    fn record(name: &[u8], flags: u16, values: &[u64]) -> Vec<u8> {
        let extra: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        let lengths = [name.len(), if values.is_empty() { 0 } else { extra.len() + 4 }, 1];
        let mut out = CENTRAL.to_le_bytes().to_vec();
        out.extend([45, UNIX, 45, 0]);
        out.extend(flags.to_le_bytes());
        out.extend([0; 10]);
        out.extend([0xff; 8]);
        out.extend(lengths.iter().flat_map(|&length| u16::try_from(length).unwrap().to_le_bytes()));
        out.extend([0; 4]);
        out.extend((0o120_777_u32 << 16).to_le_bytes());
        out.extend([0xff; 4]);
        out.extend(name);
        if !values.is_empty() {
            out.extend([1, 0, u8::try_from(extra.len()).unwrap(), 0]);
            out.extend(extra);
        }
        out.push(b'c');
        out
    }

    #[test]
    fn reads_what_stands_in_zip64_fields() {
        let bytes = [record(b"\x81/", 0, &[5 << 32, 3 << 32, 7]), record("ü".as_bytes(), 0x800, &[])].concat();
        let members = walk(&bytes, 2, 100).unwrap();
        let [first, second] = members.as_slice() else { panic!("{members:?}") };
        assert_eq!((&*first.name, first.size, first.compressed, first.header), ("ü/", 5 << 32, 3 << 32, 107));
        assert!(first.folder() && first.zip64 && first.symlink() && first.comment && !first.utf8());
        assert_eq!((&*second.name, second.size, second.zip64), ("ü", u64::from(u32::MAX), false));
        assert_eq!(second.raw_entry(1).modified, None, "all zero is no time");
    }

    #[test]
    fn refuses_a_directory_that_is_cut_off_or_longer_than_it_says() {
        let bytes = record(b"a", 0, &[1, 1, 1]);
        for length in 0..bytes.len() {
            assert!(walk(&bytes[..length], 1, 0).is_err(), "{length}");
        }
        assert!(walk(&record(b"a", 0, &[1, 1]), 1, 0).is_err(), "a Zip64 field without the offset");
        assert!(walk(&[&*bytes, &*bytes].concat(), 1, 0).is_err());
        assert_eq!(walk(&record(b"a", 0x2001, &[]), 1, 0), Err(OpenError::EncryptedDirectory));
    }

    #[test]
    fn sees_entries_that_share_bytes() {
        let at = |header, compressed| {
            let (mut member, _) = member(&record(b"a", 0, &[0, compressed, header]), 0).unwrap();
            member.name_bytes.clear();
            member
        };
        let mut members = [at(0, 10), at(240, 10), at(40, 100), at(60, 10), at(170, 1), at(300, 1)];
        mark_overlaps(&mut members, 320);
        let marked: Vec<bool> = members.iter().map(|member| member.overlaps).collect();
        assert_eq!(marked, [false, false, true, true, false, true]);
    }
}
