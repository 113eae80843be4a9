//! What is in the files of a tree: read once, when somebody asks, and kept while it is small.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use crate::limits;
use crate::path::PackagePath;
use crate::python;
use crate::secret::{self, Flavour, Secret};
use crate::sorted::Map;
use crate::text::Text;
use crate::tree::{Entry, FileTree, InputId, Origin};
use crate::xml;

/// The bytes of an input, as the caller can give them.
///
/// The one door through which bytes come in: a folder's files, or the entries of a ZIP.
pub trait Source {
    /// Up to `length` bytes of a file from `offset`; fewer only at its end.
    fn read(&self, id: InputId, offset: u64, length: u64) -> Result<Vec<u8>, ReadError>;

    /// Says that these small files will be read next, so that they can be fetched together.
    fn prefetch(&self, _ids: &[InputId]) {}
}

/// Why bytes of the input could not be had.
///
/// The work stops, for a package without them would be wrong; only what is damaged is known not to
/// come back: it is remembered, and stops nothing but the writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// The file, as the input names it.
    pub path: String,
    /// What happened to it.
    pub kind: ReadErrorKind,
}

/// What happened to a file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadErrorKind {
    /// Its size or time is not what it was when it was added.
    Changed,
    /// It is gone.
    Missing,
    /// The system refuses to open it.
    Denied,
    /// It is an entry of a ZIP whose data cannot be unpacked; says why.
    Damaged(String),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = &self.path;
        match &self.kind {
            ReadErrorKind::Changed => write!(f, "`{path}` changed after it was added"),
            ReadErrorKind::Missing => write!(f, "`{path}` disappeared after it was added"),
            ReadErrorKind::Denied => write!(f, "`{path}` cannot be opened"),
            ReadErrorKind::Damaged(why) => write!(f, "`{path}` cannot be unpacked: {why}"),
        }
    }
}

impl std::error::Error for ReadError {}

/// A tree together with the bytes of its files.
pub struct Contents<'a> {
    tree: &'a FileTree,
    source: &'a dyn Source,
    read: Rc<Cache>,
    written: Cache,
    failure: RefCell<Option<ReadError>>,
}

/// What was read of an input. Trees of the same input share one, so that nothing is read twice.
#[derive(Default)]
pub struct Cache {
    texts: Kept<Text>,
    documents: Kept<xml::Document>,
    modules: Kept<python::Module>,
    secrets: Kept<Vec<Secret>>,
    damaged: Kept<String>,
}

impl Cache {
    /// Remembers that a file cannot be unpacked.
    pub fn note_damage(&self, id: InputId, why: &str) {
        self.damaged.borrow_mut().insert(Key::Input(id), Some(Rc::new(why.to_owned())));
    }

    /// Whether a file is known not to come out whole.
    pub fn is_damaged(&self, id: InputId) -> bool {
        self.damaged.borrow().contains_key(&Key::Input(id))
    }

    /// How many files cannot be unpacked, as far as they were read.
    pub fn damages(&self) -> usize {
        self.damaged.borrow().len()
    }
}

type Kept<T> = RefCell<Map<Key, Option<Rc<T>>>>;

/// A file of the input is the same in every tree; one that we wrote is known by its path.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Input(InputId),
    Written(PackagePath),
}

impl<'a> Contents<'a> {
    /// Nothing is read yet.
    #[must_use]
    pub fn new(tree: &'a FileTree, source: &'a dyn Source) -> Self {
        Self::with_cache(tree, source, Rc::default())
    }

    /// What was read of the same input before is known.
    #[must_use]
    pub fn with_cache(tree: &'a FileTree, source: &'a dyn Source, cache: Rc<Cache>) -> Self {
        Self { tree, source, read: cache, written: Cache::default(), failure: RefCell::default() }
    }

    /// The tree that this is of.
    #[must_use]
    pub const fn tree(&self) -> &'a FileTree {
        self.tree
    }

    /// The first file that could not be had; the caller stops with it. Damage is no failure.
    #[must_use]
    pub fn failure(&self) -> Option<ReadError> {
        self.failure.borrow().clone()
    }

    /// Why a file cannot be unpacked, when that was seen.
    #[must_use]
    pub fn damage(&self, entry: &Entry) -> Option<Rc<String>> {
        let Origin::Input(id) = entry.origin else { return None };
        self.read.damaged.borrow().get(&Key::Input(id)).cloned().flatten()
    }

    /// Says that these files will be read next.
    pub fn prefetch<'e>(&self, entries: impl Iterator<Item = &'e Entry>) {
        let ids: Vec<InputId> = entries
            .filter(|entry| entry.size <= limits::TEXT_BYTES)
            .filter_map(|entry| match entry.origin {
                Origin::Input(id) => Some(id),
                Origin::Written(_) => None,
            })
            .collect();
        self.source.prefetch(&ids);
    }

    /// The first bytes of a file, at most `length`.
    #[must_use]
    pub fn head(&self, path: &PackagePath, length: u64) -> Option<Vec<u8>> {
        let entry = self.tree.get(path).filter(|entry| !entry.folder)?;
        match &entry.origin {
            Origin::Written(bytes) => {
                Some(bytes.iter().copied().take(usize::try_from(length).unwrap_or(usize::MAX)).collect())
            }
            Origin::Input(id) => match self.source.read(*id, 0, length.min(entry.size)) {
                Ok(bytes) => Some(bytes),
                Err(ReadError { kind: ReadErrorKind::Damaged(why), .. }) => {
                    self.read.note_damage(*id, &why);
                    None
                }
                Err(error) => {
                    self.failure.borrow_mut().get_or_insert(error);
                    None
                }
            },
        }
    }

    /// The text of a file; nothing when there is none, or when it is too large to be one.
    #[must_use]
    pub fn text(&self, path: &PackagePath) -> Option<Rc<Text>> {
        let size = self.tree.get(path).map(|entry| entry.size).filter(|size| *size <= limits::TEXT_BYTES)?;
        self.kept(path, |cache| &cache.texts, || Some(Text::decode(&self.head(path, size)?)))
    }

    /// The XML tree of a file.
    #[must_use]
    pub fn xml(&self, path: &PackagePath) -> Option<Rc<xml::Document>> {
        self.kept(path, |cache| &cache.documents, || Some(xml::read(self.text(path)?.as_str())))
    }

    /// What a Python module binds.
    #[must_use]
    pub fn python(&self, path: &PackagePath) -> Option<Rc<python::Module>> {
        self.kept(path, |cache| &cache.modules, || Some(python::read(self.text(path)?.as_str())))
    }

    /// What is written out in a file that ought to be secret; nothing for a file that is not looked
    /// into. Its text is not kept for that.
    #[must_use]
    pub fn secrets(&self, path: &PackagePath) -> Option<Rc<Vec<Secret>>> {
        let flavour = Flavour::of(path.name())?;
        let size = self.tree.get(path).map(|entry| entry.size).filter(|size| *size <= limits::SECRET_BYTES)?;
        let find = |text: &Text| secret::find(text.as_str(), flavour);
        self.kept(
            path,
            |cache| &cache.secrets,
            || match self.known_text(path) {
                Some(text) => Some(find(&text)),
                None => Some(find(&Text::decode(&self.head(path, size)?))),
            },
        )
    }

    /// The text of a file, when it was read before.
    fn known_text(&self, path: &PackagePath) -> Option<Rc<Text>> {
        let (cache, key) = match self.tree.get(path)?.origin {
            Origin::Input(id) => (&*self.read, Key::Input(id)),
            Origin::Written(_) => (&self.written, Key::Written(path.clone())),
        };
        cache.texts.borrow().get(&key).cloned().flatten()
    }

    fn kept<T>(
        &self,
        path: &PackagePath,
        which: impl Fn(&Cache) -> &Kept<T>,
        make: impl FnOnce() -> Option<T>,
    ) -> Option<Rc<T>> {
        let (cache, key) = match self.tree.get(path)?.origin {
            Origin::Input(id) => (which(&self.read), Key::Input(id)),
            Origin::Written(_) => (which(&self.written), Key::Written(path.clone())),
        };
        if let Some(known) = cache.borrow().get(&key) {
            return known.clone();
        }
        let value = make().map(Rc::new);
        if value.is_none() && self.failure.borrow().is_some() {
            return None; // it may be there the next time
        }
        cache.borrow_mut().insert(key, value.clone());
        value
    }
}
