//! What a package will hold, in order, and whether Web Deploy can take it.

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
    /// With its number in the input, and whether that says when it was changed.
    Folder {
        id: Option<InputId>,
        dated: bool,
    },
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
    // The folder of the entry before, and those around it, from the outside in: what lies in a folder follows it.
    let mut around: Vec<PackagePath> = Vec::new();
    for entry in tree.entries() {
        if !entry.folder && FIRST.iter().any(|first| entry.path.same(first)) {
            continue;
        }
        while around.last().is_some_and(|folder| !entry.path.is_below(folder)) {
            around.pop();
        }
        let known = around.len();
        if !around.last().is_some_and(|folder| entry.path.is_in(folder)) {
            let parents = std::iter::successors(entry.path.parent(), PackagePath::parent);
            around.extend(parents.take(entry.path.depth() - 1 - known));
            let new = around.get_mut(known..).unwrap_or(&mut []);
            new.reverse();
            items.extend(new.iter().map(|folder| folder_item(folder, built, None, false)));
        }
        items.push(item(entry, built));
        if entry.folder {
            around.push(entry.path.clone());
        }
    }
    date_folders(&mut items);
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
fn date_folders(items: &mut [Item]) {
    let mut first: Option<(Rc<str>, Timestamp)> = None;
    for item in items.iter_mut().rev() {
        match item.body {
            Body::Input(_) => first = Some((Rc::clone(&item.name), item.time)),
            Body::Written(_) | Body::Folder { dated: true, .. } => {}
            Body::Folder { .. } => {
                if let Some((_, time)) = first.as_ref().filter(|(name, _)| name.starts_with(&*item.name)) {
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

fn folder_item(path: &PackagePath, time: Timestamp, id: Option<InputId>, dated: bool) -> Item {
    let name = [path.as_str(), "/"].concat().into();
    Item { name, size: 0, time, body: Body::Folder { id, dated } }
}

fn item(entry: &Entry, built: Timestamp) -> Item {
    let dated = entry.modified.filter(|time| is_valid(*time));
    let time = dated.unwrap_or(built);
    let body = match &entry.origin {
        Origin::Input(id) if entry.folder => return folder_item(&entry.path, time, Some(*id), dated.is_some()),
        Origin::Written(_) if entry.folder => return folder_item(&entry.path, time, None, dated.is_some()),
        Origin::Input(id) => Body::Input(*id),
        Origin::Written(bytes) => Body::Written(Rc::clone(bytes)),
    };
    Item { name: entry.path.shared(), size: entry.size, time, body }
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
            .filter(|item| matches!(item.body, Body::Folder { .. }))
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
