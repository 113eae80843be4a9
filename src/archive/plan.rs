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
    date_folders(tree, &mut items);
    if items.len() > limits::PACKAGE_ENTRIES {
        return Err(WriteError::TooManyEntries(items.len()));
    }
    match items.iter().find(|item| item.name.len() > limits::NAME_BYTES) {
        Some(item) => Err(WriteError::LongName(item.name.to_string())),
        None => Ok(items),
    }
}

/// A folder for which the input has no time takes that of the first file of the input in it: it is the
/// same however often the package is built, and known before all files are.
fn date_folders(tree: &FileTree, items: &mut [Item]) {
    let dated = |name: &str| {
        let path = PackagePath::new(name.trim_end_matches('/')).ok();
        path.and_then(|path| tree.get(&path)).is_some_and(|entry| entry.modified.is_some_and(is_valid))
    };
    let mut first: Option<(Rc<str>, Timestamp)> = None;
    for item in items.iter_mut().rev() {
        match item.body {
            Body::Input(_) => first = Some((Rc::clone(&item.name), item.time)),
            Body::Written(_) => {}
            Body::Folder => {
                let inside = first.as_ref().filter(|(name, _)| name.starts_with(&*item.name));
                if let Some((_, time)) = inside.filter(|_| !dated(&item.name)) {
                    item.time = *time;
                }
            }
        }
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
    fn a_folder_without_a_time_takes_that_of_the_first_file_in_it() {
        let time = |day: u16| Timestamp { date: 0x5820 + day, time: 0 };
        let entry = |path: &str, folder, modified| Entry {
            path: PackagePath::new(path).unwrap(),
            folder,
            size: 0,
            modified,
            origin: Origin::Input(InputId(0)),
        };
        let mut tree = FileTree::default();
        tree.insert(entry("app", true, Some(time(1))));
        tree.insert(entry("app/empty", true, None));
        tree.insert(entry("app/sub", true, None));
        tree.insert(entry("app/sub/b.txt", false, Some(time(3))));
        tree.insert(entry("app/sub/in/c.txt", false, Some(time(4))));
        tree.write(&PackagePath::new("app/sub/a.txt").unwrap(), Vec::new());
        let days: Vec<(String, u16)> = plan(&tree, time(9))
            .unwrap()
            .iter()
            .filter(|item| matches!(item.body, Body::Folder))
            .map(|item| (item.name.to_string(), item.time.date - 0x5820))
            .collect();
        let expected = [("app/", 1), ("app/empty/", 9), ("app/sub/", 3), ("app/sub/in/", 4)];
        assert_eq!(days, expected.map(|(name, day)| (name.to_owned(), day)));
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
