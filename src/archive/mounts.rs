//! Where the bytes of a package come from: what was dropped, what was added to it, and the ZIPs
//! that lie among these files.
//!
//! Every file has one id, whichever of them it comes from:
//! * below [`ADDED`]: the files of the folder, or the entries of the ZIP, that was dropped;
//! * from [`ADDED`]: files that were added later, by the number that the caller gave them;
//! * from [`MOUNTED`]: the entries of ZIPs that were mounted, such as wheels.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use super::read::{OpenError, RawData, ZipInput};
use crate::contents::{ReadError, ReadErrorKind, Source};
use crate::limits;
use crate::tree::{InputId, RawEntry};

/// No folder that is listed and no ZIP that is opened has so many files.
const ADDED: u32 = 1 << 30;
const MOUNTED: u32 = 1 << 31;

/// A source of everything that can go into a package.
pub struct Mounts {
    /// The files that the caller has numbered.
    outer: Rc<dyn Source>,
    /// The ZIP that was dropped; nothing when it was a folder.
    base: Option<Rc<ZipInput>>,
    /// In the order of their first ids.
    mounted: RefCell<Vec<Mounted>>,
    /// How many bytes of mounted ZIPs are in memory.
    in_memory: Cell<u64>,
}

/// A ZIP among the files whose entries can be packed too.
#[derive(Clone)]
pub struct Mounted {
    first: u32,
    zip: Rc<ZipInput>,
}

/// An entry that can go into a package as the compressed bytes that it is.
#[derive(Clone)]
pub struct Raw {
    /// The ZIP that it lies in.
    pub zip: Rc<ZipInput>,
    /// Where in it.
    pub data: RawData,
    /// Its number there.
    pub(super) entry: InputId,
    /// Whether the header before it is the one that we would write.
    pub(super) ours: bool,
}

/// Where the bytes of an id are.
enum Place {
    File(InputId),
    Entry(Rc<ZipInput>, InputId),
}

impl fmt::Debug for Mounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mounts").field("mounted", &self.mounted.borrow().len()).finish_non_exhaustive()
    }
}

impl Mounts {
    /// The files of a folder.
    pub const fn folder(outer: Rc<dyn Source>) -> Self {
        Self { outer, base: None, mounted: RefCell::new(Vec::new()), in_memory: Cell::new(0) }
    }

    /// The entries of a ZIP, which is one of the caller's files.
    pub const fn zip(outer: Rc<dyn Source>, zip: Rc<ZipInput>) -> Self {
        Self { outer, base: Some(zip), mounted: RefCell::new(Vec::new()), in_memory: Cell::new(0) }
    }

    /// The files that the caller has numbered.
    pub fn outer(&self) -> &dyn Source {
        &*self.outer
    }

    /// The ZIP that was dropped.
    pub const fn base(&self) -> Option<&Rc<ZipInput>> {
        self.base.as_ref()
    }

    /// Whether an id is of an entry of the ZIP that was dropped.
    pub const fn is_base(&self, id: InputId) -> bool {
        self.base.is_some() && id.0 < ADDED
    }

    /// The id of a file that was added later, which the caller calls by a number.
    #[must_use]
    pub const fn added(number: u32) -> InputId {
        InputId(ADDED | number)
    }

    /// The number that the caller gave to a file; nothing for an entry of a ZIP.
    pub fn number(&self, id: InputId) -> Option<InputId> {
        match self.place(id)? {
            Place::File(number) => Some(number),
            Place::Entry(..) => None,
        }
    }

    /// Opens a file as a ZIP and gives its entries ids. One that lies compressed in another ZIP is
    /// unpacked into memory.
    pub fn mount(&self, id: InputId, name: &str, size: u64) -> Result<Mounted, OpenError> {
        let zip = match self.place(id) {
            Some(Place::File(number)) => ZipInput::open(Rc::clone(&self.outer), number, name, size)?,
            Some(Place::Entry(zip, entry)) => match zip.raw(entry).filter(|raw| raw.method == 0) {
                Some(raw) => zip.within(&raw, name)?,
                None => self.unpacked(&zip, entry, name, size)?,
            },
            None => return Err(ReadError { path: name.to_owned(), kind: ReadErrorKind::Missing }.into()),
        };
        let mut list = self.mounted.borrow_mut();
        let first = list.last().map_or(MOUNTED, Mounted::end);
        if u64::from(first) + zip.members().len() as u64 > u64::from(u32::MAX) {
            return Err(OpenError::TooMany);
        }
        let mounted = Mounted { first, zip: Rc::new(zip) };
        list.push(mounted.clone());
        Ok(mounted)
    }

    /// Opens a ZIP that lies compressed in another one.
    fn unpacked(&self, outer: &ZipInput, entry: InputId, name: &str, size: u64) -> Result<ZipInput, OpenError> {
        let together = self.in_memory.get().saturating_add(size);
        if size > limits::NESTED_BYTES || together > limits::NESTED_TOTAL {
            return Err(OpenError::TooLargeInside);
        }
        let zip = ZipInput::in_memory(outer.read(entry, 0, size)?, name)?;
        self.in_memory.set(together);
        Ok(zip)
    }

    /// The compressed bytes of an entry, when they can go into a package as they are; of a folder there are none.
    pub fn raw(&self, id: InputId) -> Option<Raw> {
        match self.place(id)? {
            Place::File(_) => None,
            Place::Entry(zip, entry) => {
                let (data, ours) = zip.raw_behind(entry, zip.member(entry)?)?;
                Some(Raw { zip, data, entry, ours })
            }
        }
    }

    fn place(&self, id: InputId) -> Option<Place> {
        if id.0 >= MOUNTED {
            let list = self.mounted.borrow();
            let after = list.partition_point(|mounted| mounted.first <= id.0);
            let Mounted { first, zip } = list.get(after.checked_sub(1)?)?;
            return Some(Place::Entry(Rc::clone(zip), InputId(id.0 - first)));
        }
        Some(match &self.base {
            _ if id.0 >= ADDED => Place::File(InputId(id.0 - ADDED)),
            Some(zip) => Place::Entry(Rc::clone(zip), id),
            None => Place::File(id),
        })
    }
}

impl Mounted {
    /// The ZIP itself.
    pub const fn zip(&self) -> &Rc<ZipInput> {
        &self.zip
    }

    /// Its entries in the order of the directory, duplicates and all.
    pub fn list(&self) -> Vec<RawEntry> {
        let shifted = |entry: RawEntry| RawEntry { id: InputId(self.first + entry.id.0), ..entry };
        self.zip.list().into_iter().map(shifted).collect()
    }

    fn end(&self) -> u32 {
        u32::try_from(self.zip.members().len()).unwrap_or(u32::MAX).saturating_add(self.first)
    }
}

impl Source for Mounts {
    fn read(&self, id: InputId, offset: u64, length: u64) -> Result<Vec<u8>, ReadError> {
        match self.place(id) {
            Some(Place::File(number)) => self.outer.read(number, offset, length),
            Some(Place::Entry(zip, entry)) => zip.read(entry, offset, length),
            None => Ok(Vec::new()),
        }
    }

    fn prefetch(&self, ids: &[InputId]) {
        let files: Vec<InputId> = ids.iter().filter_map(|id| self.number(*id)).collect();
        if !files.is_empty() {
            self.outer.prefetch(&files);
        }
    }
}
