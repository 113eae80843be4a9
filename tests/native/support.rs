//! Trees and bytes for tests.

use std::fs;
use std::path::{Path, PathBuf};

use gallery_packager::contents::{ReadError, ReadErrorKind, Source};
use gallery_packager::tree::{FileTree, InputId, RawEntry, Timestamp};

/// The project's folder.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Files in memory, numbered in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Files {
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

impl Files {
    /// Reads a folder; nothing when it is absent.
    pub(crate) fn read(folder: &Path) -> Self {
        let mut files = Self::default();
        files.add(folder, folder);
        files
    }

    fn add(&mut self, base: &Path, folder: &Path) {
        let Ok(listing) = fs::read_dir(folder) else { return };
        let mut paths: Vec<PathBuf> = listing.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                self.add(base, &path);
            } else {
                let name = path.strip_prefix(base).unwrap().to_str().unwrap().replace('\\', "/");
                self.set(&name, fs::read(&path).unwrap());
            }
        }
    }

    /// Adds a file or gives one other bytes.
    pub(crate) fn set(&mut self, name: &str, bytes: Vec<u8>) {
        match self.files.iter_mut().find(|(own, _)| own == name) {
            Some(file) => file.1 = bytes,
            None => self.files.push((name.to_owned(), bytes)),
        }
    }

    /// The listing; a name that ends in a separator is a folder.
    pub(crate) fn raw(&self) -> Vec<RawEntry> {
        let raw = self.files.iter().zip(0..).map(|((name, bytes), id)| RawEntry {
            name: name.clone(),
            folder: name.ends_with(['/', '\\']),
            size: bytes.len() as u64,
            modified: Some(Timestamp::MIN),
            id: InputId(id),
        });
        raw.collect()
    }

    /// The tree of them.
    pub(crate) fn tree(&self) -> FileTree {
        FileTree::from_raw(self.raw())
    }
}

impl Source for Files {
    fn read(&self, id: InputId, offset: u64, length: u64) -> Result<Vec<u8>, ReadError> {
        let Some((_, bytes)) = self.files.get(id.0 as usize) else {
            return Err(ReadError { path: format!("file {}", id.0), kind: ReadErrorKind::Missing });
        };
        let start = usize::try_from(offset).unwrap().min(bytes.len());
        let end = bytes.len().min(start + usize::try_from(length).unwrap());
        Ok(bytes[start..end].to_vec())
    }
}

/// The material beside the project, or where the variable `SHARED` says, when it is there.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let place = std::env::var_os("SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let path = place.join(path);
    path.exists().then_some(path)
}
