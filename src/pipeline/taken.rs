//! Which names are taken where files of wheels are laid.

use crate::path::PackagePath;
use crate::sorted::{Map, Set};
use crate::tree::FileTree;

/// The names that are taken in a tree, as Windows compares them; asked for every file of every wheel.
pub(super) struct Taken {
    files: Map<String, PackagePath>,
    folders: Set<String>,
}

/// What is where a file would go.
pub(super) enum Place<'t> {
    Free,
    File(&'t PackagePath),
    /// A folder, or a file where its own folder would be: that file.
    Blocked(Option<&'t PackagePath>),
}

impl Taken {
    /// The names of a tree.
    pub(super) fn by(tree: &FileTree) -> Self {
        let mut taken = Self { files: Map::new(), folders: Set::new() };
        for entry in tree.entries() {
            if entry.folder {
                taken.folders.insert(entry.path.key());
            } else {
                taken.add(&entry.path);
            }
        }
        taken
    }

    /// Takes the name of one more file.
    pub(super) fn add(&mut self, path: &PackagePath) {
        let key = path.key();
        let folders = key.match_indices('/').filter_map(|(at, _)| key.get(..at));
        self.folders.extend(folders.map(str::to_owned));
        self.files.insert(key, path.clone());
    }

    /// What is where a file would go.
    pub(super) fn at(&self, path: &PackagePath) -> Place<'_> {
        let key = path.key();
        if let Some(file) = self.files.get(&key) {
            return Place::File(file);
        }
        let mut folders = key.match_indices('/').filter_map(|(at, _)| key.get(..at));
        match folders.find_map(|folder| self.files.get(folder)) {
            Some(file) => Place::Blocked(Some(file)),
            None if self.folders.contains(&key) => Place::Blocked(None),
            None => Place::Free,
        }
    }
}
