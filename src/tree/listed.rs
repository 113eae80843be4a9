//! What an input lists, and what is odd about its names.

use std::rc::Rc;

use super::{Entry, FileTree, InputId, Origin, Timestamp};
use crate::path::{PackagePath, PathProblem};
use crate::sorted::Map;

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

impl FileTree {
    /// Builds a tree of what an input lists; whatever is odd about a name is kept as an oddity.
    #[must_use]
    pub fn from_raw(raw: Vec<RawEntry>) -> Self {
        let mut tree = Self::default();
        tree.extend(raw);
        tree
    }

    /// Adds what an input lists besides; of a name that is there already, the first stays.
    pub fn extend(&mut self, raw: Vec<RawEntry>) {
        let mut oddities = (*self.oddities).clone();
        let entries = self.entries_mut();
        for entry in raw {
            let path = match PackagePath::new(&entry.name) {
                Ok(path) => path,
                // `./` is the root itself, which some packers list.
                Err(PathProblem::Empty) if entry.folder && !entry.name.is_empty() => continue,
                Err(problem) => {
                    oddities.push(Oddity::Unusable { name: entry.name, problem });
                    continue;
                }
            };
            if entry.name.contains('\\') {
                oddities.push(Oddity::Backslash { name: entry.name.clone(), path: path.clone() });
            }
            let RawEntry { name, folder, size, modified, id } = entry;
            let new = Entry { path: path.clone(), folder, size, modified, origin: Origin::Input(id) };
            let Some((new, known)) = entries.add(path, new) else { continue };
            let path = known.path.clone();
            let same = known.folder == folder;
            oddities.push(if same { Oddity::Duplicate { name, path } } else { Oddity::FileAndFolder { name, path } });
            // The first stays, but a folder takes the place of a file.
            if !known.folder && folder {
                *known = new;
            }
        }
        for path in files_that_are_folders(entries) {
            entries.remove(&path);
            oddities.push(Oddity::FileAndFolder { name: path.as_str().to_owned(), path });
        }
        self.oddities = Rc::new(oddities);
    }
}

/// Files that something lies in: tree order has it right behind them.
fn files_that_are_folders(entries: &Map<PackagePath, Entry>) -> Vec<PackagePath> {
    let next = entries.values().skip(1);
    let both = entries.values().zip(next).filter(|(entry, next)| !entry.folder && next.path.is_below(&entry.path));
    both.map(|(entry, _)| entry.path.clone()).collect()
}
