//! A ZIP as an input: what it lists, and the bytes of its entries.

use std::cell::{OnceCell, RefCell};
use std::fmt;
use std::rc::Rc;

use super::ahead::{self, Piece};
use super::directory::{self, Member};
use super::end::{self, End};
use super::entry::{EntryStream, damaged};
use super::local::{self, LOCAL_LENGTH, Local};
use super::magic;
use super::ranges::{RangeReader, Ranges};
use super::scan::{Scan, Walk};
use super::unpack::Fault;
use crate::contents::{ReadError, Source};
use crate::limits;
use crate::tree::{InputId, RawEntry};

/// The end record with the longest comment, rounded up.
const TAIL: u64 = 128 * 1024;

/// An open ZIP. The id of an entry is its number in the directory.
pub struct ZipInput {
    ranges: Rc<Ranges>,
    in_memory: bool,
    members: Vec<Member>,
    end: End,
    scan: OnceCell<Rc<Scan>>,
    /// The walk before it ended.
    walk: RefCell<Option<Walk>>,
    /// The headers that were read, by the number of the entry.
    locals: RefCell<Vec<Local>>,
    /// The entry that was read last, where reading goes on.
    stream: RefCell<Option<(InputId, EntryStream)>>,
}

/// Where the compressed bytes of an entry lie in the file, to be taken over as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawData {
    /// The first of them.
    pub offset: u64,
    /// How many there are.
    pub compressed: u64,
    /// How many bytes they unpack to.
    pub size: u64,
    /// The check sum of the unpacked bytes, as the directory says.
    pub crc: u32,
    /// 0 is stored, 8 is deflate.
    pub method: u16,
}

/// Why a file cannot be opened as a ZIP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// Its bytes could not be had.
    Read(ReadError),
    /// It does not end as a ZIP does.
    NotAZip,
    /// It is something else, which its first bytes tell.
    Other(&'static str),
    /// It begins as a ZIP does and has no end.
    Truncated,
    /// It is one of several parts.
    MultiDisk,
    /// The names of its entries are encrypted.
    EncryptedDirectory,
    /// Its directory is larger than any package needs.
    TooMany,
    /// It lies compressed in another ZIP, and is too large to be unpacked into memory, by itself or with
    /// those that are there already.
    TooLargeInside,
    /// Its directory contradicts itself; says how.
    Damaged(String),
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => error.fmt(f),
            Self::NotAZip => f.write_str("the file is not a ZIP: it has no directory of files at its end"),
            Self::Other(what) => write!(f, "the file is {what}, not a ZIP"),
            Self::Truncated => {
                f.write_str("the ZIP is cut off: its end is missing, as after a download that broke off")
            }
            Self::MultiDisk => {
                f.write_str("the ZIP is one part of several: join the parts, or zip the files again as one")
            }
            Self::EncryptedDirectory => {
                f.write_str("the ZIP has an encrypted list of files: zip the files again without a password")
            }
            Self::TooMany => f.write_str("the ZIP lists more files than a package can have: zip fewer of them"),
            Self::TooLargeInside => write!(
                f,
                "the ZIP lies compressed in another ZIP and is larger than {} MB, or those before it have {} MB \
                 together: add it as a file by itself",
                limits::NESTED_BYTES / 1024 / 1024,
                limits::NESTED_TOTAL / 1024 / 1024
            ),
            Self::Damaged(why) => write!(f, "the ZIP is damaged: {why}"),
        }
    }
}

impl std::error::Error for OpenError {}

impl From<ReadError> for OpenError {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

impl ZipInput {
    /// Reads the directory of a ZIP, which is file `id` of `source` and is called `name`.
    pub fn open(source: Rc<dyn Source>, id: InputId, name: &str, size: u64) -> Result<Self, OpenError> {
        Self::of(Ranges::new(source, id, name, size), false)
    }

    /// Opens a ZIP that lies in this one without compression.
    pub(super) fn within(&self, raw: &RawData, name: &str) -> Result<Self, OpenError> {
        Self::of(self.ranges.within(raw.offset, raw.size, name), self.in_memory)
    }

    /// Opens a ZIP of bytes.
    pub(super) fn in_memory(bytes: Vec<u8>, name: &str) -> Result<Self, OpenError> {
        let size = bytes.len() as u64;
        Self::of(Ranges::new(Rc::new(Memory(bytes)), InputId(0), name, size), true)
    }

    fn of(ranges: Ranges, in_memory: bool) -> Result<Self, OpenError> {
        let ranges = Rc::new(ranges);
        let end = end::locate(&ranges).map_err(|error| match error {
            OpenError::NotAZip => magic::of(&ranges).map_or(error, OpenError::Other),
            _ => error,
        })?;
        // With what stands behind it, for the `zip` crate reads both once more.
        let length = ranges.size().saturating_sub(end.start).min(end.length + TAIL);
        let bytes = ranges.take(end.start, usize::try_from(length).unwrap_or(usize::MAX))?;
        let own = usize::try_from(end.length).ok().and_then(|length| bytes.get(..length));
        let mut members = directory::walk(own.unwrap_or(&bytes), end.entries, end.prefix)?;
        ranges.put(end.start, bytes);
        let start = opened_by_zip(&ranges)?;
        if end.entries > 0 && start != end.start {
            return Err(OpenError::Damaged("it has two directories, and programs differ on which counts".to_owned()));
        }
        directory::mark_overlaps(&mut members, end.start);
        let locals = RefCell::new(vec![Local::default(); members.len()]);
        let (scan, walk, stream) = (OnceCell::new(), RefCell::default(), RefCell::default());
        Ok(Self { ranges, in_memory, members, end, scan, walk, locals, stream })
    }

    /// The name of the file.
    pub fn name(&self) -> &str {
        self.ranges.name()
    }

    /// How many bytes it has.
    pub fn size(&self) -> u64 {
        self.ranges.size()
    }

    /// The caller's file that it is or lies in, and where in that it begins; nothing when it was
    /// unpacked into memory.
    pub fn place(&self) -> Option<(InputId, u64)> {
        (!self.in_memory).then(|| self.ranges.place())
    }

    /// The entries in the order of the directory, duplicates and all.
    pub fn list(&self) -> Vec<RawEntry> {
        self.members.iter().enumerate().map(|(index, member)| member.raw_entry(index)).collect()
    }

    /// What the directory says about each entry, in its order.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// What the directory says about an entry.
    pub fn member(&self, id: InputId) -> Option<&Member> {
        self.members.get(usize::try_from(id.0).ok()?)
    }

    /// What other programs would see otherwise, or not at all; walked once, when first asked for.
    pub fn scan(&self) -> Result<Rc<Scan>, ReadError> {
        if let Some(scan) = self.scan.get() {
            return Ok(Rc::clone(scan));
        }
        let mut walk = self.walk();
        self.go_on(&mut walk, usize::MAX)?;
        let scan = Rc::new(walk.end(&self.ranges, &self.members, &self.end)?);
        Ok(Rc::clone(self.scan.get_or_init(|| scan)))
    }

    /// The pieces of the file that [`ZipInput::scan`] reads first, for who can read several at once: they go to
    /// [`ZipInput::put_ahead`] in this order. None when it was asked for before.
    pub fn ahead(&self) -> Vec<Piece> {
        if self.scan.get().is_some() { Vec::new() } else { ahead::pieces(&self.members, self.end.start) }
    }

    /// Takes the next piece and looks at the headers in it. What does not come is read when it is looked at.
    pub fn put_ahead(&self, from: u64, bytes: Vec<u8>, entries: usize) -> Result<(), ReadError> {
        self.ranges.put(from, bytes);
        let mut walk = self.walk();
        self.go_on(&mut walk, entries)?;
        self.walk.replace(Some(walk));
        Ok(())
    }

    /// The walk over the headers, where it rests.
    fn walk(&self) -> Walk {
        self.walk.take().unwrap_or_else(|| Walk::new(&self.members))
    }

    fn go_on(&self, walk: &mut Walk, entries: usize) -> Result<(), ReadError> {
        walk.entries(&self.ranges, &self.members, &self.end, entries, &mut self.locals.borrow_mut())
    }

    /// Where the compressed bytes of an entry lie, when they can go into a package as they are.
    pub fn raw(&self, id: InputId) -> Option<RawData> {
        let member = self.member(id).filter(|member| !member.folder())?;
        self.raw_behind(id, member).map(|(raw, _)| raw)
    }

    /// The same of a file or a folder, and whether the header before it is the one that we would write.
    pub(super) fn raw_behind(&self, id: InputId, member: &Member) -> Option<(RawData, bool)> {
        if member.encrypted() || member.overlaps {
            return None;
        }
        let (compressed, size, crc, method) = (member.compressed, member.size, member.crc, member.method);
        let plausible = method == 8 && size > 0 || method == 0 && size == compressed;
        let local = self.local(id, member)?;
        let offset = member.header.checked_add(local.length())?;
        let inside = offset.checked_add(compressed)? <= self.ranges.size();
        let data = RawData { offset, compressed, size, crc, method };
        (plausible && inside && local.agrees()).then_some((data, local.is_ours()))
    }

    /// The header before the data of an entry.
    fn local(&self, id: InputId, member: &Member) -> Option<Local> {
        let index = usize::try_from(id.0).ok()?;
        if let Some(known) = self.locals.borrow().get(index).and_then(|local| local.known()) {
            return Some(known);
        }
        let bytes = self.ranges.take(member.header, LOCAL_LENGTH + member.name_bytes.len()).ok()?;
        let local = Local::read(member, &bytes)?;
        if let Some(place) = self.locals.borrow_mut().get_mut(index) {
            *place = local;
        }
        Some(local)
    }

    /// Compressed bytes of an entry, from `at`.
    pub(super) fn raw_bytes(&self, raw: &RawData, at: u64, length: usize) -> Result<Vec<u8>, ReadError> {
        let left = usize::try_from(raw.compressed.saturating_sub(at)).unwrap_or(usize::MAX);
        self.ranges.take(raw.offset.saturating_add(at), length.min(left))
    }

    pub(super) const fn ranges(&self) -> &Rc<Ranges> {
        &self.ranges
    }

    pub(super) fn start(&self, member: &Member) -> Result<EntryStream, ReadError> {
        let local = self.ranges.take(member.header, LOCAL_LENGTH)?;
        let offset = data_offset(member.header, &local).ok_or_else(|| damaged(member, Fault::NoEntry))?;
        EntryStream::new(member, offset)
    }
}

impl Source for ZipInput {
    fn read(&self, id: InputId, offset: u64, length: u64) -> Result<Vec<u8>, ReadError> {
        let Some(member) = self.member(id).filter(|member| !member.folder()) else { return Ok(Vec::new()) };
        let cached = self.stream.take().filter(|(last, stream)| *last == id && stream.at() <= offset);
        let mut stream = match cached {
            Some((_, stream)) => stream,
            None => self.start(member)?,
        };
        stream.skip_to(&self.ranges, member, offset)?;
        let bytes = stream.read(&self.ranges, member, usize::try_from(length).unwrap_or(usize::MAX))?;
        *self.stream.borrow_mut() = Some((id, stream)).filter(|(_, stream)| stream.at() < member.size);
        Ok(bytes)
    }
}

/// A ZIP that was unpacked.
struct Memory(Vec<u8>);

impl Source for Memory {
    fn read(&self, _: InputId, offset: u64, length: u64) -> Result<Vec<u8>, ReadError> {
        let range = usize::try_from(offset).ok().zip(usize::try_from(offset.saturating_add(length)).ok());
        let bytes = range.and_then(|(from, to)| self.0.get(from..to.min(self.0.len())));
        Ok(bytes.unwrap_or_default().to_vec())
    }
}

/// Lets the `zip` crate open the archive; gives where it found the directory.
fn opened_by_zip(ranges: &Rc<Ranges>) -> Result<u64, OpenError> {
    let opened = zip::ZipArchive::new(RangeReader { ranges: Rc::clone(ranges), at: 0 });
    if let Some(error) = ranges.failure() {
        return Err(OpenError::Read(error));
    }
    opened.map(|archive| archive.central_directory_start()).map_err(|error| OpenError::Damaged(plain(&error)))
}

fn plain(error: &zip::result::ZipError) -> String {
    use zip::result::ZipError;
    match error {
        // Some reasons name a type of the crate.
        ZipError::InvalidArchive(why) if !why.contains("::") => format!("its directory cannot be read ({why})"),
        ZipError::UnsupportedArchive(why) => format!("its directory is of a kind that is not read here ({why})"),
        _ => "its directory cannot be read".to_owned(),
    }
}

/// Where the data begins, after the local header; nothing when there is none.
pub(super) fn data_offset(header: u64, local: &[u8]) -> Option<u64> {
    header.checked_add(local::length(local)? as u64)
}
