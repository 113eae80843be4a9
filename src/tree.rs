//! The file tree: every input becomes one, and every stage hands one on.

mod index;
mod listed;
mod timestamp;

use std::rc::Rc;

use crate::path::PackagePath;
use crate::sorted::Map;
use index::Index;

pub use listed::{Oddity, RawEntry};
pub use timestamp::Timestamp;

/// A file of the input, by its number in the list that the caller gave, or by its number in the
/// directory of the ZIP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InputId(pub u32);

/// Where the bytes of a file are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// In the input, untouched.
    Input(InputId),
    /// Made or changed by us.
    Written(Rc<[u8]>),
}

/// A file or a folder of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it lies.
    pub path: PackagePath,
    /// A folder has no bytes; one is listed only when the input names it.
    pub folder: bool,
    /// In bytes.
    pub size: u64,
    /// When it was last changed; nothing when the input does not say, or when we wrote it.
    pub modified: Option<Timestamp>,
    /// Where its bytes are.
    pub origin: Origin,
}

impl Entry {
    /// The same at another path, as a tree keeps it.
    fn at(&self, path: PackagePath) -> (PackagePath, Self) {
        (path.clone(), Self { path, origin: self.origin.clone(), ..*self })
    }
}

/// Files and folders by path, in tree order. Copies share what they have until one is changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileTree {
    listed: Rc<Listed>,
    oddities: Rc<Vec<Oddity>>,
}

#[derive(Clone, Debug, Default)]
struct Listed {
    entries: Map<PackagePath, Entry>,
    index: Index,
}

impl PartialEq for Listed {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl Eq for Listed {}

impl FileTree {
    fn of(entries: Map<PackagePath, Entry>, oddities: Rc<Vec<Oddity>>) -> Self {
        Self { listed: Rc::new(Listed { entries, index: Index::default() }), oddities }
    }

    fn entries_mut(&mut self) -> &mut Map<PackagePath, Entry> {
        let listed = Rc::make_mut(&mut self.listed);
        listed.index = Index::default();
        &mut listed.entries
    }

    /// The entries in tree order.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.listed.entries.values()
    }

    /// The files in tree order.
    pub fn files(&self) -> impl Iterator<Item = &Entry> {
        self.entries().filter(|entry| !entry.folder)
    }

    /// What was odd about the names.
    #[must_use]
    pub fn oddities(&self) -> &[Oddity] {
        &self.oddities
    }

    /// Whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.listed.entries.is_empty()
    }

    /// The entry at a path.
    #[must_use]
    pub fn get(&self, path: &PackagePath) -> Option<&Entry> {
        self.listed.entries.get(path)
    }

    /// The file at a path, by text.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&Entry> {
        self.get(&PackagePath::new(path).ok()?).filter(|entry| !entry.folder)
    }

    /// The file that Windows would find at a path.
    #[must_use]
    pub fn file_ignoring_case(&self, path: &str) -> Option<&Entry> {
        self.file(path).or_else(|| self.get(self.first_file_ignoring_case(path)?))
    }

    /// The first file in tree order that Windows takes for this one, also when another is spelled so.
    #[must_use]
    pub fn first_file_ignoring_case(&self, path: &str) -> Option<&PackagePath> {
        self.listed.index.files_like(&self.listed.entries, path).next()
    }

    /// The files that Windows takes for this one, in tree order.
    pub fn files_like<'a>(&'a self, path: &str) -> impl Iterator<Item = &'a PackagePath> + use<'a> {
        self.listed.index.files_like(&self.listed.entries, path)
    }

    /// The files that are the same to Windows as others, each with the first of them, in tree order.
    #[must_use]
    pub fn same_files(&self) -> Vec<(&PackagePath, &PackagePath)> {
        self.listed.index.same_files(&self.listed.entries)
    }

    /// Everything below a folder, whether or not the folder itself is listed.
    pub fn children<'a>(&'a self, folder: &'a PackagePath) -> impl Iterator<Item = &'a Entry> {
        let entries = self.listed.entries.after(folder);
        entries.map(|(_, entry)| entry).take_while(|entry| entry.path.is_below(folder))
    }

    /// Whether there is a folder, listed or only as part of a path.
    #[must_use]
    pub fn has_folder(&self, folder: &PackagePath) -> bool {
        self.get(folder).is_some_and(|entry| entry.folder) || self.children(folder).next().is_some()
    }

    /// The folder that Windows would find at a path, as it is spelled.
    #[must_use]
    pub fn folder_ignoring_case(&self, folder: &PackagePath) -> Option<PackagePath> {
        if self.has_folder(folder) {
            return Some(folder.clone());
        }
        self.folders_like(folder.as_str()).next().cloned()
    }

    /// The folders that Windows takes for this one, in tree order.
    pub fn folders_like<'a>(&'a self, folder: &str) -> impl Iterator<Item = &'a PackagePath> + use<'a> {
        self.listed.index.folders_like(&self.listed.entries, folder)
    }

    /// The folders that are the same to Windows as others, each with the first of them, in tree order.
    #[must_use]
    pub fn same_folders(&self) -> Vec<(&PackagePath, &PackagePath)> {
        self.listed.index.same_folders(&self.listed.entries)
    }

    /// Every folder in tree order, listed or only as part of a path.
    #[must_use]
    pub fn folders(&self) -> &[PackagePath] {
        self.listed.index.folders(&self.listed.entries)
    }

    /// The names at the root, each once, in order.
    #[must_use]
    pub fn top(&self) -> Vec<PackagePath> {
        self.first_of_each().filter_map(|entry| PackagePath::new(entry.path.first()).ok()).collect()
    }

    /// A file right at the root, by its name in any case.
    #[must_use]
    pub fn root_file(&self, name: &str) -> Option<&PackagePath> {
        let mut files = self.first_of_each().filter(|entry| !entry.folder).map(|entry| &entry.path);
        files.find(|path| path.same(name))
    }

    /// The first entry of each name at the root; what else lies in a folder is passed without a look.
    fn first_of_each(&self) -> impl Iterator<Item = &Entry> {
        let entries = &self.listed.entries;
        std::iter::successors(entries.values().next(), move |last| {
            let first = last.path.first();
            // The last character there is: what begins with it is passed one by one.
            let end = PackagePath::new(&format!("{first}/\u{10ffff}")).ok()?;
            entries.after(&end).find(|(path, _)| path.first() != first).map(|(_, entry)| entry)
        })
    }

    /// Adds a file, or gives one other bytes.
    pub fn write(&mut self, path: &PackagePath, bytes: Vec<u8>) {
        let size = bytes.len() as u64;
        let origin = Origin::Written(bytes.into());
        self.insert(Entry { path: path.clone(), folder: false, size, modified: None, origin });
    }

    /// Adds an empty folder.
    pub fn add_folder(&mut self, path: &PackagePath) {
        let origin = Origin::Written(Vec::new().into());
        self.insert(Entry { path: path.clone(), folder: true, size: 0, modified: None, origin });
    }

    /// Adds an entry as it is.
    pub fn insert(&mut self, entry: Entry) {
        self.entries_mut().insert(entry.path.clone(), entry);
    }

    /// Takes out a file, or a folder with everything below it.
    pub fn remove(&mut self, path: &PackagePath) {
        let gone: Vec<PackagePath> = self.children(path).map(|entry| entry.path.clone()).collect();
        for path in gone.iter().chain([path]) {
            self.remove_entry(path);
        }
    }

    /// Takes out one entry, and nothing below it.
    pub fn remove_entry(&mut self, path: &PackagePath) {
        if self.get(path).is_some() {
            self.entries_mut().remove(path);
        }
    }

    /// Gives a file, or a folder with everything below it, another path.
    pub fn rename(&mut self, from: &PackagePath, to: &PackagePath) {
        let moved = |path: &PackagePath| match path.strip(from) {
            Some(rest) => Some(rest.below(to)),
            None => (path == from).then(|| to.clone()),
        };
        let entries = std::mem::take(self.entries_mut());
        for (path, mut entry) in entries {
            entry.path = moved(&path).unwrap_or(path);
            self.insert(entry);
        }
    }

    /// Makes a folder the root; what lies outside it is dropped.
    pub fn lift(&mut self, folder: &PackagePath) {
        let lifted = self.children(folder).filter_map(|entry| Some(entry.at(entry.path.strip(folder)?)));
        *self = Self::of(lifted.collect(), Rc::clone(&self.oddities));
    }

    /// Puts everything below a folder.
    #[must_use]
    pub fn below(&self, folder: &PackagePath) -> Self {
        let moved = self.entries().map(|entry| entry.at(entry.path.below(folder)));
        Self::of(moved.collect(), Rc::clone(&self.oddities))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn tree(names: &[&str]) -> FileTree {
        let raw = names.iter().zip(0..).map(|(name, id)| RawEntry {
            name: (*name).to_owned(),
            folder: name.ends_with('/'),
            size: 0,
            modified: None,
            id: InputId(id),
        });
        FileTree::from_raw(raw.collect())
    }

    fn paths(tree: &FileTree) -> Vec<&str> {
        tree.entries().map(|entry| entry.path.as_str()).collect()
    }

    #[test]
    fn keeps_what_is_odd_about_names() {
        let tree = tree(&["../x", r"a\b", "c", "c", "d", "d/", "e", "e/f"]);
        assert_eq!(paths(&tree), ["a/b", "c", "d", "e/f"]);
        assert_eq!(tree.oddities().len(), 5);
        let folders: Vec<String> = tree.folders().iter().map(ToString::to_string).collect();
        assert_eq!(folders, ["a", "d", "e"]);
        assert!(!tree.get(&PackagePath::new("c").unwrap()).unwrap().folder);
    }

    #[test]
    fn what_is_listed_later_is_as_if_it_had_been_listed_at_once() {
        let mut grown = tree(&["app.py", "lib", "odd/", "twice"]);
        let later = ["lib/x.py", "odd", "twice", "venv/y.py", "../x"];
        let raw = |(name, id): (&&str, u32)| RawEntry {
            name: (*name).to_owned(),
            folder: false,
            size: 0,
            modified: None,
            id: InputId(id),
        };
        grown.extend(later.iter().zip(4..).map(raw).collect());
        let all = tree(&["app.py", "lib", "odd/", "twice", "lib/x.py", "odd", "twice", "venv/y.py", "../x"]);
        assert_eq!(grown, all);
        assert_eq!(paths(&grown), ["app.py", "lib/x.py", "odd", "twice", "venv/y.py"]);
        assert_eq!(grown.folders().len(), 3, "what was found about the tree before counts no more");
    }

    #[test]
    fn takes_the_root_itself_for_nothing() {
        let tree = tree(&["./", "./a"]);
        assert_eq!((paths(&tree), tree.oddities().len()), (vec!["a"], 0));
    }

    #[test]
    fn lists_what_is_below_a_folder_and_nothing_beside_it() {
        let tree = tree(&["a", "app/x", "app/y/z", "app-2/x", "b/"]);
        let app = PackagePath::new("app").unwrap();
        let below: Vec<&str> = tree.children(&app).map(|entry| entry.path.as_str()).collect();
        assert_eq!(below, ["app/x", "app/y/z"]);
        assert_eq!(tree.root_file("A").map(PackagePath::as_str), Some("a"));
        assert_eq!(tree.root_file("x").or(tree.root_file("b")), None, "one is deeper, one a folder");
        let top: Vec<String> = tree.top().iter().map(ToString::to_string).collect();
        assert_eq!(top, ["a", "app", "app-2", "b"]);
    }

    #[test]
    fn moves_a_folder_with_everything_in_it() {
        let mut tree = tree(&["app/x", "app/y/", "b"]);
        tree.rename(&PackagePath::new("app").unwrap(), &PackagePath::new("web/app").unwrap());
        assert_eq!(paths(&tree), ["b", "web/app/x", "web/app/y"]);
        tree.lift(&PackagePath::new("web/app").unwrap());
        assert_eq!(paths(&tree), ["x", "y"]);
    }
}
