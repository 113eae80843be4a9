//! What is looked up in a tree again and again, made once when somebody first asks.

use std::cell::OnceCell;

use crate::path::{PackagePath, same_hash};
use crate::sorted::Map;
use crate::tree::Entry;

/// The folders of a tree, and its files and folders by what Windows takes for the same name.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    folders: OnceCell<Vec<PackagePath>>,
    files_by_hash: OnceCell<Vec<(u64, PackagePath)>>,
    folders_by_hash: OnceCell<Vec<(u64, PackagePath)>>,
}

type Entries = Map<PackagePath, Entry>;

impl Index {
    /// Every folder in tree order, listed or only as part of a path.
    pub(super) fn folders(&self, entries: &Entries) -> &[PackagePath] {
        self.folders.get_or_init(|| folders(entries.values()))
    }

    /// The files that are the same to Windows, in tree order.
    pub(super) fn files_like<'a>(
        &'a self,
        entries: &Entries,
        path: &str,
    ) -> impl Iterator<Item = &'a PackagePath> + use<'a> {
        find(self.files_by_hash(entries), path)
    }

    /// The folders that are the same to Windows, in tree order.
    pub(super) fn folders_like<'a>(
        &'a self,
        entries: &Entries,
        path: &str,
    ) -> impl Iterator<Item = &'a PackagePath> + use<'a> {
        find(self.folders_by_hash(entries), path)
    }

    /// The files that are the same to Windows as others, each with the first of them, in tree order.
    pub(super) fn same_files(&self, entries: &Entries) -> Vec<(&PackagePath, &PackagePath)> {
        same(self.files_by_hash(entries))
    }

    /// The folders that are the same to Windows as others, each with the first of them, in tree order.
    pub(super) fn same_folders(&self, entries: &Entries) -> Vec<(&PackagePath, &PackagePath)> {
        same(self.folders_by_hash(entries))
    }

    fn files_by_hash(&self, entries: &Entries) -> &[(u64, PackagePath)] {
        let files = || entries.values().filter(|entry| !entry.folder).map(|entry| &entry.path);
        self.files_by_hash.get_or_init(|| by_hash(files()))
    }

    fn folders_by_hash(&self, entries: &Entries) -> &[(u64, PackagePath)] {
        self.folders_by_hash.get_or_init(|| by_hash(self.folders(entries).iter()))
    }
}

/// In tree order: what lies in a folder follows it, so only those that the entry before does not lie
/// in are new.
fn folders<'a>(entries: impl Iterator<Item = &'a Entry>) -> Vec<PackagePath> {
    let mut folders: Vec<PackagePath> = Vec::new();
    // The folder of the entry before, and those around it, from the outside in.
    let mut around: Vec<PackagePath> = Vec::new();
    for entry in entries {
        while around.last().is_some_and(|folder| !entry.path.is_below(folder)) {
            around.pop();
        }
        let known = around.len();
        let mut next = if entry.folder { Some(entry.path.clone()) } else { entry.path.parent() };
        while let Some(folder) = next.filter(|folder| around.get(known.wrapping_sub(1)) != Some(folder)) {
            next = folder.parent();
            around.push(folder);
        }
        if let Some(new) = around.get_mut(known..) {
            new.reverse();
            folders.extend_from_slice(new);
        }
    }
    folders
}

/// The sort is stable, so that the first in tree order is found.
fn by_hash<'a>(paths: impl Iterator<Item = &'a PackagePath>) -> Vec<(u64, PackagePath)> {
    let mut list: Vec<(u64, PackagePath)> = paths.map(|path| (same_hash(path.as_str()), path.clone())).collect();
    list.sort_by_key(|(hash, _)| *hash);
    list
}

fn find<'a>(list: &'a [(u64, PackagePath)], path: &str) -> impl Iterator<Item = &'a PackagePath> + use<'a> {
    let hash = same_hash(path);
    let first = list.partition_point(|(own, _)| *own < hash);
    let rest = list.get(first..).unwrap_or(&[]);
    let alike = rest.iter().take_while(|(own, _)| *own == hash).map(|(_, own)| own);
    // Others rarely have the same number, so most of the time this is the one that is looked for.
    let found: Vec<&PackagePath> = alike.filter(|own| own.same(path)).collect();
    found.into_iter()
}

fn same(list: &[(u64, PackagePath)]) -> Vec<(&PackagePath, &PackagePath)> {
    let mut pairs = Vec::new();
    for alike in list.chunk_by(|(one, _), (other, _)| one == other).filter(|alike| alike.len() > 1) {
        let paths = || alike.iter().map(|(_, path)| path);
        let first = |path: &PackagePath| paths().find(|first| first.same(path.as_str()));
        pairs.extend(paths().filter_map(|path| Some((first(path)?, path))).filter(|(first, path)| first != path));
    }
    pairs.sort_by_key(|(_, path)| *path);
    pairs
}

#[cfg(test)]
mod tests {
    use crate::path::PackagePath;
    use crate::tree::FileTree;
    use crate::tree::tests::tree;

    #[test]
    fn lists_each_folder_once_in_tree_order() {
        let tree = tree(&["b/c/d/x", "a-b/x", "a/b/c/1", "a/b/2", "a/b-c/3", "a/b/c/", "e/", "f"]);
        let folders: Vec<&str> = tree.folders().iter().map(PackagePath::as_str).collect();
        assert_eq!(folders, ["a", "a/b", "a/b/c", "a/b-c", "a-b", "b", "b/c", "b/c/d", "e"]);
        assert!(tree.folders().is_sorted());
    }

    #[test]
    fn finds_what_windows_takes_for_the_same() {
        let mut tree = tree(&["App/README", "App/readme", "APP/Ärger.py", "b/\u{212a}.py"]);
        let found = |tree: &FileTree, path: &str| tree.file_ignoring_case(path).map(|entry| entry.path.to_string());
        assert_eq!(found(&tree, "app/ReadMe").as_deref(), Some("App/README"), "the first");
        assert_eq!(found(&tree, "App/readme").as_deref(), Some("App/readme"), "the one that is spelled so");
        assert_eq!(found(&tree, "app/äRGER.PY").as_deref(), Some("APP/Ärger.py"));
        assert_eq!(found(&tree, "B/k.py").as_deref(), Some("b/\u{212a}.py"), "the sign for Kelvin");
        assert_eq!(found(&tree, "app"), None);
        let folder = |tree: &FileTree, path: &str| tree.folder_ignoring_case(&PackagePath::new(path).unwrap());
        assert_eq!(folder(&tree, "aPP").map(|path| path.to_string()).as_deref(), Some("APP"));
        tree.remove(&PackagePath::new("APP").unwrap());
        assert_eq!(
            folder(&tree, "aPP").map(|path| path.to_string()).as_deref(),
            Some("App"),
            "what is gone is not found"
        );
    }

    #[test]
    fn names_what_is_the_same_to_windows_with_the_first_of_it() {
        let tree = tree(&["A/x", "a/X", "a/x", "b/y"]);
        let pairs = |list: Vec<(&PackagePath, &PackagePath)>| {
            list.into_iter().map(|(first, other)| format!("{first} {other}")).collect::<Vec<_>>()
        };
        assert_eq!(pairs(tree.same_files()), ["A/x a/X", "A/x a/x"]);
        assert_eq!(pairs(tree.same_folders()), ["A a"]);
    }

    #[test]
    fn shares_what_copies_have_until_one_is_changed() {
        let one = tree(&["a/x", "b/y"]);
        let mut other = one.clone();
        other.write(&PackagePath::new("c/z").unwrap(), Vec::new());
        assert_eq!((one.folders().len(), other.folders().len()), (2, 3));
    }
}
