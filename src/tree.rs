//! The file tree: every input becomes one, and every stage hands one on.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::rc::Rc;

use crate::path::{PackagePath, PathProblem};

/// A file of the input, by its number in the list that the caller gave, or by its number in the
/// directory of the ZIP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InputId(pub u32);

/// A date and time as a ZIP keeps it: local time, two seconds apart, 1980 to 2107.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// Year, month and day, packed as in a ZIP.
    pub date: u16,
    /// Hour, minute and second, packed as in a ZIP.
    pub time: u16,
}

impl Timestamp {
    /// 1980-01-01 00:00:00, the earliest.
    pub const MIN: Self = Self { date: 0x21, time: 0 };

    /// From the milliseconds that a clock on the wall would show since 1970-01-01 00:00.
    #[must_use]
    pub fn from_local_millis(millis: f64) -> Self {
        if !(315_532_800_000.0..4_354_819_200_000.0).contains(&millis) {
            return Self::MIN;
        }
        #[expect(clippy::cast_possible_truncation, reason = "the range above fits")]
        let seconds = (millis / 1000.0) as i64;
        let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        // Howard Hinnant, "chrono-compatible low-level date algorithms": civil_from_days.
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_index = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_index + 2) / 5 + 1;
        let month = if month_index < 10 { month_index + 3 } else { month_index - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        let pack = |value: i64| u16::try_from(value).unwrap_or(0);
        Self {
            date: pack(((year - 1980) << 9) | (month << 5) | day),
            time: pack(((second / 3600) << 11) | ((second / 60 % 60) << 5) | ((second % 60) / 2)),
        }
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (date, time) = (self.date, self.time);
        write!(f, "{:04}-{:02}-{:02} ", 1980 + (date >> 9), date >> 5 & 15, date & 31)?;
        write!(f, "{:02}:{:02}:{:02}", time >> 11, time >> 5 & 63, (time & 31) * 2)
    }
}

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

/// An entry as an input names it, before anything is believed.
#[derive(Clone, Debug)]
pub struct RawEntry {
    /// The name to the letter, separators and all.
    pub name: String,
    /// Whether it is a folder.
    pub folder: bool,
    /// In bytes.
    pub size: u64,
    /// When it was last changed.
    pub modified: Option<Timestamp>,
    /// Its number in the input.
    pub id: InputId,
}

/// What is odd about the names of an input; rules report it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the line of each variant says what its fields are")]
pub enum Oddity {
    /// The name cannot be a path; the entry is not in the tree.
    Unusable { name: String, problem: PathProblem },
    /// `\` stands between segments; the tree has the path with `/`.
    Backslash { name: String, path: PackagePath },
    /// The name stands twice; the tree has the first.
    Duplicate { name: String, path: PackagePath },
    /// The name is a file and also a folder; the tree has the folder.
    FileAndFolder { name: String, path: PackagePath },
}

/// Files and folders by path, in tree order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileTree {
    entries: BTreeMap<PackagePath, Entry>,
    oddities: Vec<Oddity>,
}

impl FileTree {
    /// Builds a tree of what an input lists; whatever is odd about a name is kept as an oddity.
    #[must_use]
    pub fn from_raw(raw: Vec<RawEntry>) -> Self {
        let mut tree = Self::default();
        for entry in raw {
            let path = match PackagePath::new(&entry.name) {
                Ok(path) => path,
                // `./` is the root itself, which some packers list.
                Err(PathProblem::Empty) if entry.folder && !entry.name.is_empty() => continue,
                Err(problem) => {
                    tree.oddities.push(Oddity::Unusable { name: entry.name, problem });
                    continue;
                }
            };
            if entry.name.contains('\\') {
                tree.oddities.push(Oddity::Backslash { name: entry.name.clone(), path: path.clone() });
            }
            let known = tree.entries.get(&path).map(|first| first.folder);
            if let Some(folder) = known {
                let (name, path) = (entry.name, path.clone());
                let same = folder == entry.folder;
                let odd = if same { Oddity::Duplicate { name, path } } else { Oddity::FileAndFolder { name, path } };
                tree.oddities.push(odd);
            }
            // The first stays, but a folder takes the place of a file.
            if known.is_none_or(|folder| !folder && entry.folder) {
                let (folder, size, modified) = (entry.folder, entry.size, entry.modified);
                let origin = Origin::Input(entry.id);
                tree.insert(Entry { path, folder, size, modified, origin });
            }
        }
        tree.drop_files_that_are_folders();
        tree
    }

    fn drop_files_that_are_folders(&mut self) {
        let files: Vec<PackagePath> = self.files().map(|entry| entry.path.clone()).collect();
        for path in files {
            if self.children(&path).next().is_some() {
                self.entries.remove(&path);
                self.oddities.push(Oddity::FileAndFolder { name: path.as_str().to_owned(), path });
            }
        }
    }

    /// The entries in tree order.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
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
        self.entries.is_empty()
    }

    /// The entry at a path.
    #[must_use]
    pub fn get(&self, path: &PackagePath) -> Option<&Entry> {
        self.entries.get(path)
    }

    /// The file at a path, by text.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&Entry> {
        self.get(&PackagePath::new(path).ok()?).filter(|entry| !entry.folder)
    }

    /// The file that Windows would find at a path.
    #[must_use]
    pub fn file_ignoring_case(&self, path: &str) -> Option<&Entry> {
        self.file(path).or_else(|| self.files().find(|entry| entry.path.same(path)))
    }

    /// Everything below a folder, whether or not the folder itself is listed.
    pub fn children<'a>(&'a self, folder: &'a PackagePath) -> impl Iterator<Item = &'a Entry> {
        self.entries
            .range(folder.clone()..)
            .skip_while(move |(path, _)| *path == folder)
            .map_while(move |(path, entry)| path.strip(folder).map(|_| entry))
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
        self.folders().into_iter().find(|own| own.same(folder.as_str()))
    }

    /// Every folder, listed or only as part of a path.
    #[must_use]
    pub fn folders(&self) -> BTreeSet<PackagePath> {
        let mut folders = BTreeSet::new();
        for entry in self.entries() {
            let mut next = if entry.folder { Some(entry.path.clone()) } else { entry.path.parent() };
            while let Some(folder) = next {
                next = folder.parent();
                if !folders.insert(folder) {
                    break;
                }
            }
        }
        folders
    }

    /// The names at the root, each once, in order.
    #[must_use]
    pub fn top(&self) -> Vec<PackagePath> {
        let mut top: Vec<PackagePath> = Vec::new();
        for path in self.entries.keys() {
            if top.last().is_none_or(|last| last.as_str() != path.first())
                && let Ok(first) = PackagePath::new(path.first())
            {
                top.push(first);
            }
        }
        top
    }

    /// Adds a file, or gives one other bytes.
    pub fn write(&mut self, path: &PackagePath, bytes: Vec<u8>) {
        let size = bytes.len() as u64;
        let origin = Origin::Written(bytes.into());
        self.entries.insert(path.clone(), Entry { path: path.clone(), folder: false, size, modified: None, origin });
    }

    /// Adds an empty folder.
    pub fn add_folder(&mut self, path: &PackagePath) {
        let origin = Origin::Written(Vec::new().into());
        self.insert(Entry { path: path.clone(), folder: true, size: 0, modified: None, origin });
    }

    /// Adds an entry as it is.
    pub fn insert(&mut self, entry: Entry) {
        self.entries.insert(entry.path.clone(), entry);
    }

    /// Takes out a file, or a folder with everything below it.
    pub fn remove(&mut self, path: &PackagePath) {
        self.entries.retain(|key, _| key != path && key.strip(path).is_none());
    }

    /// Takes out one entry, and nothing below it.
    pub fn remove_entry(&mut self, path: &PackagePath) {
        self.entries.remove(path);
    }

    /// Gives a file, or a folder with everything below it, another path.
    pub fn rename(&mut self, from: &PackagePath, to: &PackagePath) {
        let moved = |path: &PackagePath| match path.strip(from) {
            Some(rest) => Some(rest.below(to)),
            None => (path == from).then(|| to.clone()),
        };
        let entries = std::mem::take(&mut self.entries);
        for (path, mut entry) in entries {
            entry.path = moved(&path).unwrap_or(path);
            self.entries.insert(entry.path.clone(), entry);
        }
    }

    /// Makes a folder the root; what lies outside it is dropped.
    pub fn lift(&mut self, folder: &PackagePath) {
        let entries = std::mem::take(&mut self.entries);
        for (path, mut entry) in entries {
            if let Some(rest) = path.strip(folder) {
                entry.path = rest;
                self.entries.insert(entry.path.clone(), entry);
            }
        }
    }

    /// Puts everything below a folder.
    #[must_use]
    pub fn below(&self, folder: &PackagePath) -> Self {
        let mut tree = Self { entries: BTreeMap::new(), oddities: self.oddities.clone() };
        for entry in self.entries() {
            tree.insert(Entry { path: entry.path.below(folder), ..entry.clone() });
        }
        tree
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

    #[test]
    fn packs_times_as_a_zip_does() {
        assert_eq!(Timestamp::from_local_millis(1_795_424_399_000.0).to_string(), "2026-11-23 08:59:58");
        assert_eq!(Timestamp::from_local_millis(0.0), Timestamp::MIN);
        assert_eq!(Timestamp::from_local_millis(f64::NAN), Timestamp::MIN);
        assert_eq!(Timestamp::from_local_millis(951_782_400_000.0).to_string(), "2000-02-29 00:00:00");
    }
}
