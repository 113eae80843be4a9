//! What a package will hold, in order, and whether Web Deploy can take it.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::directory::is_valid;
use super::error::WriteError;
use super::splice::Record;
use crate::limits;
use crate::path::PackagePath;
use crate::tree::{Entry, FileTree, InputId, Origin, Timestamp};

/// The files that the gallery and Web Deploy look for first.
const FIRST: [&str; 2] = ["Manifest.xml", "Parameters.xml"];

/// An entry of the package.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// `/` between segments, and at the end of a folder.
    pub(super) name: Rc<str>,
    pub(super) size: u64,
    pub(super) time: Timestamp,
    pub(super) body: Body,
}

impl Item {
    /// What is known of the entry before its data is.
    pub(super) fn record(&self) -> Result<Record, WriteError> {
        let size = u32::try_from(self.size).map_err(|_| WriteError::TooLarge(self.size))?;
        Ok(Record { size, ..Record::empty(self.name.to_string(), self.time, 0) })
    }
}

/// What is in an entry.
#[derive(Clone, Debug)]
pub(super) enum Body {
    Folder,
    Written(Rc<[u8]>),
    Input(InputId),
}

/// The entries in the order of the package: the two root files, then the tree, every folder
/// before what it holds, also a folder that no input named.
pub(super) fn plan(tree: &FileTree, built: Timestamp) -> Result<Vec<Item>, WriteError> {
    check(tree)?;
    let built = if is_valid(built) { built } else { Timestamp::MIN };
    let mut items = Vec::new();
    for first in FIRST {
        items.extend(tree.files().filter(|entry| entry.path.same(first)).map(|entry| item(entry, built)));
    }
    let mut folders = BTreeSet::new();
    let mut last: Option<PackagePath> = None;
    for entry in tree.entries() {
        if !entry.folder && FIRST.iter().any(|first| entry.path.same(first)) {
            continue;
        }
        // The folder that holds this entry mostly held the one before as well.
        if !last.as_ref().is_some_and(|last| entry.path.is_in(last)) {
            for folder in ancestors(&entry.path) {
                if folders.insert(folder.clone()) {
                    items.push(folder_item(&folder, built));
                }
            }
            last = entry.path.parent();
        }
        if !entry.folder || folders.insert(entry.path.clone()) {
            items.push(item(entry, built));
        }
    }
    if items.len() > limits::PACKAGE_ENTRIES {
        return Err(WriteError::TooManyEntries(items.len()));
    }
    match items.iter().find(|item| item.name.len() > limits::NAME_BYTES) {
        Some(item) => Err(WriteError::LongName(item.name.to_string())),
        None => Ok(items),
    }
}

fn check(tree: &FileTree) -> Result<(), WriteError> {
    if let Some(entry) = tree.files().find(|entry| entry.size > limits::FILE_BYTES) {
        return Err(WriteError::FileTooLarge { path: entry.path.to_string(), size: entry.size });
    }
    let files = tree.files().count();
    if files > limits::PACKAGE_FILES {
        return Err(WriteError::TooManyFiles(files));
    }
    // Before compression, so that nobody waits for gigabytes to be read and then refused.
    let total = tree.files().map(|entry| entry.size).fold(0, u64::saturating_add);
    if total > limits::PACKAGE_BYTES {
        return Err(WriteError::TooLarge(total));
    }
    Ok(())
}

fn ancestors(path: &PackagePath) -> Vec<PackagePath> {
    let mut folders: Vec<PackagePath> = std::iter::successors(path.parent(), PackagePath::parent).collect();
    folders.reverse();
    folders
}

fn folder_item(path: &PackagePath, time: Timestamp) -> Item {
    Item { name: format!("{path}/").into(), size: 0, time, body: Body::Folder }
}

fn item(entry: &Entry, built: Timestamp) -> Item {
    let time = entry.modified.filter(|time| is_valid(*time)).unwrap_or(built);
    if entry.folder {
        return folder_item(&entry.path, time);
    }
    let body = match &entry.origin {
        Origin::Input(id) => Body::Input(*id),
        Origin::Written(bytes) => Body::Written(Rc::clone(bytes)),
    };
    Item { name: entry.path.as_str().into(), size: entry.size, time, body }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_every_folder_once_before_what_it_holds() {
        let mut tree = FileTree::default();
        for path in ["app/a/b.txt", "app/a/c/d.txt", "app-2/x", "PARAMETERS.XML", "manifest.xml", "app/manifest.xml"] {
            tree.write(&PackagePath::new(path).unwrap(), Vec::new());
        }
        let items = plan(&tree, Timestamp::MIN).unwrap();
        let names: Vec<&str> = items.iter().map(|item| &*item.name).collect();
        let expected = "manifest.xml PARAMETERS.XML app/ app/a/ app/a/b.txt app/a/c/ app/a/c/d.txt app/manifest.xml \
                        app-2/ app-2/x";
        assert_eq!(names.join(" "), expected);
    }

    #[test]
    fn refuses_what_web_deploy_refuses() {
        let entry = |index: usize, size| Entry {
            path: PackagePath::new(&format!("f{index}")).unwrap(),
            folder: false,
            size,
            modified: None,
            origin: Origin::Input(InputId(0)),
        };
        let refused = |count: usize, size| {
            let mut tree = FileTree::default();
            (0..count).for_each(|index| tree.insert(entry(index, size)));
            plan(&tree, Timestamp::MIN).err()
        };
        assert_eq!(refused(1, limits::FILE_BYTES), None);
        let too_large = WriteError::FileTooLarge { path: "f0".to_owned(), size: 1 << 31 };
        assert_eq!(refused(1, 1 << 31), Some(too_large));
        assert_eq!(refused(3, limits::FILE_BYTES), Some(WriteError::TooLarge(6_442_450_941)));
        assert_eq!(refused(65_535, 0), None);
        assert_eq!(refused(65_536, 0), Some(WriteError::TooManyEntries(65_536)));
        assert_eq!(refused(65_537, 0), Some(WriteError::TooManyFiles(65_537)));
    }
}
