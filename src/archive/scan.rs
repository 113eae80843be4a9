//! The strict walk over a ZIP: one pass over its headers, from the first byte to the last.
//!
//! Programs find the entries of a ZIP in three ways: through the directory, through the headers
//! that stand before the data, or by looking for the end record from either side. They see one
//! package only when all of these agree and no byte is left over. Whatever does not agree is a
//! problem here, with its place; nothing of the data is read.

mod extra;
mod header;
mod tail;

use super::directory::{self, CENTRAL, CENTRAL_LENGTH, Member};
use super::end::End;
use super::le::{u16_at, u32_at};
use super::local::Local;
use super::ranges::Ranges;
use crate::contents::ReadError;
use header::Kind;

/// How many problems are kept: a report shows a few of each kind.
const PROBLEMS: usize = 2_000;

/// The latest version of the format is 6.3; programs refuse what needs a later one.
const LATEST: u8 = 63;

/// What a walk found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// In the order of the walk; at most some thousands.
    pub problems: Vec<ScanProblem>,
}

/// Something that a program may see otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScanProblem {
    /// Where in the file.
    pub offset: u64,
    /// The entry that is concerned, by its name in the directory.
    pub entry: Option<String>,
    /// What is wrong.
    pub kind: ScanKind,
}

/// What a walk can find.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the line of each variant says what its field is")]
pub enum ScanKind {
    /// Bytes before the first entry.
    Prefix { bytes: u64 },
    /// Bytes that belong to nothing.
    Gap { bytes: u64 },
    /// Bytes after the end.
    Trailing { bytes: u64 },
    /// An entry that lies over another or over the directory.
    Overlap,
    /// There is no entry where the directory says.
    NoEntry,
    /// The header of an entry and the directory say different things: which.
    Differs { what: &'static str },
    /// What follows the data is not what the directory says about it.
    DescriptorDiffers,
    /// The end record says other than the directory is: what.
    EndDiffers { what: &'static str },
    /// What stands in Zip64 fields is not what they are for, or contradicts the rest.
    Zip64Differs,
    /// Another end record, which a program may take for the end.
    ExtraEnd,
    /// A second name, which some programs take for the name.
    OtherName { name: String },
    /// A name that is marked as UTF-8 and is not.
    NotUtf8,
    /// A folder that has bytes, or a folder without a slash.
    HalfFolder,
    /// An extra field that cannot be read, or stands twice.
    BrokenExtra,
    /// An entry that is said to lie in another part of the ZIP.
    OtherPart,
    /// An entry that needs a version of the format that there is not.
    UnknownVersion,
    /// A comment of the ZIP.
    Comment { bytes: u64 },
    /// A comment of an entry.
    EntryComment,
    /// Sizes that follow data that is not compressed: its end cannot be told without the directory.
    OpenEnded,
    /// Only one of the two headers says that the sizes follow the data.
    HalfMarked,
    /// Sizes that follow the data; that is all.
    Descriptor,
    /// A Zip64 field or record; whether it is needed is not said.
    Zip64,
}

impl Scan {
    fn note(&mut self, offset: u64, entry: Option<&Member>, kind: ScanKind) {
        if self.problems.len() < PROBLEMS {
            self.problems.push(ScanProblem { offset, entry: entry.map(|member| member.name.clone()), kind });
        }
    }
}

/// A walk over a ZIP whose directory was read; it can rest after any entry.
#[derive(Debug)]
pub(super) struct Walk {
    /// The entries that are left, in the order of the file.
    left: std::iter::Peekable<std::vec::IntoIter<usize>>,
    /// Where the last one ended.
    reach: u64,
    scan: Scan,
}

impl Walk {
    /// Before the first entry.
    pub(super) fn new(members: &[Member]) -> Self {
        let left = directory::in_order_of_file(members).into_iter().peekable();
        Self { left, reach: 0, scan: Scan::default() }
    }

    /// Looks at entries up to one, or at all; `locals` takes what there is of each before its data.
    pub(super) fn entries(
        &mut self,
        ranges: &Ranges,
        members: &[Member],
        end: &End,
        count: usize,
        locals: &mut [Local],
    ) -> Result<(), ReadError> {
        for _ in 0..count {
            let Some(index) = self.left.next() else { break };
            let Some(member) = members.get(index) else { continue };
            // What lies over another is not read: many entries could share one long header.
            if member.header < self.reach || member.header >= end.start {
                self.scan.note(member.header, Some(member), ScanKind::Overlap);
                continue;
            }
            gap(self.reach, member.header, &mut self.scan);
            let next = self.left.peek().and_then(|&index| members.get(index));
            let next = next.map_or(end.start, |next| next.header).min(end.start);
            let mut local = Local::default();
            self.reach = header::check(ranges, member, next, &mut local, &mut self.scan)?;
            if let Some(place) = locals.get_mut(index) {
                *place = local;
            }
        }
        Ok(())
    }

    /// The rest of the ZIP behind the last entry.
    pub(super) fn end(mut self, ranges: &Ranges, members: &[Member], end: &End) -> Result<Scan, ReadError> {
        if self.reach > end.start {
            self.scan.note(end.start, None, ScanKind::Overlap);
        }
        gap(self.reach, end.start, &mut self.scan);
        let used = directory(ranges, members, end, &mut self.scan)?;
        tail::check(ranges, members.len() as u64, end, end.start + used, &mut self.scan)?;
        Ok(self.scan)
    }
}

/// Bytes of nobody.
fn gap(from: u64, to: u64, scan: &mut Scan) {
    if let Some(bytes) = to.checked_sub(from).filter(|&bytes| bytes > 0) {
        scan.note(from, None, if from == 0 { ScanKind::Prefix { bytes } } else { ScanKind::Gap { bytes } });
    }
}

/// The records of the directory; gives how long it is.
fn directory(ranges: &Ranges, members: &[Member], end: &End, scan: &mut Scan) -> Result<u64, ReadError> {
    let bytes = ranges.take(end.start, usize::try_from(end.length).unwrap_or(usize::MAX))?;
    let mut at = 0;
    for member in members {
        let Some(record) = bytes.get(at..).filter(|record| u32_at(record, 0) == Some(CENTRAL)) else { break };
        let [name, extra, comment] = [28, 30, 32].map(|at| usize::from(u16_at(record, at).unwrap_or(0)));
        let offset = end.start + at as u64;
        let fields = record.get(CENTRAL_LENGTH + name..CENTRAL_LENGTH + name + extra).unwrap_or(&[]);
        let long = |at| u32_at(record, at).unwrap_or(0);
        let narrow = [long(24), long(20), long(42)];
        extra::check(fields, member, &Kind::Central { narrow, disk: u16_at(record, 34) }, offset, scan);
        if !matches!(u16_at(record, 34), Some(0 | u16::MAX)) {
            scan.note(offset, Some(member), ScanKind::OtherPart);
        }
        if member.version_needed.to_le_bytes()[0] > LATEST {
            scan.note(offset, Some(member), ScanKind::UnknownVersion);
        }
        if comment > 0 {
            scan.note(offset, Some(member), ScanKind::EntryComment);
        }
        name_and_kind(member, offset, scan);
        at += CENTRAL_LENGTH + name + extra + comment;
    }
    Ok(at as u64)
}

/// What a name and the attributes say about each other.
fn name_and_kind(member: &Member, offset: u64, scan: &mut Scan) {
    if member.utf8() && std::str::from_utf8(&member.name_bytes).is_err() {
        scan.note(offset, Some(member), ScanKind::NotUtf8);
    }
    let slash = member.folder();
    let marked = member.attributes & 0x10 != 0 || directory::unix_type(member) == Some(directory::UNIX_FOLDER);
    if slash && member.size > 0 || !slash && marked {
        scan.note(offset, Some(member), ScanKind::HalfFolder);
    }
}
