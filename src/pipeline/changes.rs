//! What the person changed about a package. It is made again whenever the answers change.

use std::rc::Rc;

use crate::contents::{Contents, ReadError};
use crate::fix::{self, Edit, Fix};
use crate::path::PackagePath;
use crate::pipeline::session::Input;
use crate::pipeline::work::Work;
use crate::text::Text;

/// Fixes and texts, in the order in which they were made.
#[derive(Debug, Default)]
pub(super) struct Changes {
    list: Vec<Change>,
    groups: u32,
}

/// One change.
#[derive(Debug)]
pub(super) enum Change {
    /// Fixes that were applied at once; a group is undone together.
    Fixes { group: u32, fixes: Vec<Made> },
    /// Another text for a file.
    Text(Place, String),
}

/// A fix and the texts that it was made for: on any other text its places would be wrong.
#[derive(Debug)]
pub(super) struct Made {
    fix: Fix,
    texts: Vec<(PackagePath, Rc<Text>)>,
}

/// A file that keeps its text when the application's folder gets another name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Below the application's folder.
    App(PackagePath),
    /// Beside it.
    Package(PackagePath),
}

impl Changes {
    /// The changes in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Change> {
        self.list.iter()
    }

    /// The fixes in order.
    pub(super) fn fixes(&self) -> impl Iterator<Item = &Fix> {
        let fixes = self.list.iter().flat_map(|change| match change {
            Change::Fixes { fixes, .. } => fixes.as_slice(),
            Change::Text(..) => &[],
        });
        fixes.map(|made| &made.fix)
    }

    /// A number for fixes that are undone together.
    pub(super) fn group(&mut self) -> u32 {
        self.groups += 1;
        self.groups
    }

    /// Adds fixes that were made for these contents.
    pub(super) fn fix(&mut self, group: u32, fixes: Vec<Fix>, contents: &Contents<'_>) {
        let made = |fix: Fix| Made { texts: texts(&fix, contents), fix };
        self.list.push(Change::Fixes { group, fixes: fixes.into_iter().map(made).collect() });
    }

    /// Takes back the last fixes; whether there were any. Texts that were typed after them stay.
    pub(super) fn undo(&mut self) -> bool {
        let mut groups = self.list.iter().filter_map(|change| match change {
            Change::Fixes { group, .. } => Some(*group),
            Change::Text(..) => None,
        });
        let Some(last) = groups.next_back() else { return false };
        self.list.retain(|change| !matches!(change, Change::Fixes { group, .. } if *group == last));
        true
    }

    /// Gives a file another text, or takes every text of it back.
    pub(super) fn set_text(&mut self, place: &Place, text: Option<String>) {
        let own = |change: &Change| matches!(change, Change::Text(known, _) if known == place);
        match text {
            None => self.list.retain(|change| !own(change)),
            Some(text) => {
                self.list.pop_if(|change| own(change));
                self.list.push(Change::Text(place.clone(), text));
            }
        }
    }
}

/// The texts that a fix has places in.
fn texts(fix: &Fix, contents: &Contents<'_>) -> Vec<(PackagePath, Rc<Text>)> {
    let files = fix.edits.iter().filter_map(|edit| match edit {
        Edit::Replace { file, .. } => Some(file),
        _ => None,
    });
    files.filter_map(|file| Some((file.clone(), contents.text(file)?))).collect()
}

impl Made {
    /// Whether the package is still what the fix was made for, as far as it matters to it.
    fn fits(&self, contents: &Contents<'_>) -> bool {
        let tree = contents.tree();
        let there = |path: &PackagePath| tree.get(path).is_some() || tree.has_folder(path);
        self.texts.iter().all(|(file, text)| contents.text(file).is_some_and(|now| now.as_str() == text.as_str()))
            && self.fix.edits.iter().all(|edit| match edit {
                Edit::Replace { file: path, .. } | Edit::Move { from: path, .. } | Edit::Lift { folder: path } => {
                    there(path)
                }
                Edit::Write { .. } | Edit::Folder { .. } | Edit::Remove { .. } | Edit::Repack => true,
            })
    }
}

impl Work {
    /// Where a file of the package lies, in words that outlive another name of the folder.
    pub(super) fn place(&self, path: &PackagePath) -> Place {
        let below = self.plan.app_folder.as_ref().and_then(|folder| path.strip(folder));
        below.map_or_else(|| Place::Package(path.clone()), Place::App)
    }

    /// Makes a change; a fix that does not fit any more is left out.
    pub(super) fn apply(&mut self, input: &Input, change: &Change) -> Result<(), ReadError> {
        let contents = input.contents(&self.tree);
        let tree = match change {
            Change::Fixes { fixes, .. } => {
                let fixes: Vec<&Fix> = fixes.iter().filter(|made| made.fits(&contents)).map(|made| &made.fix).collect();
                for edit in fixes.iter().flat_map(|fix| &fix.edits) {
                    match edit {
                        Edit::Move { from, to } => self.original.rename(from, to),
                        Edit::Lift { folder } => self.original.lift(folder),
                        Edit::Repack => self.repacked = true,
                        _ => {}
                    }
                }
                fix::apply(&self.tree, &contents, &fixes).tree
            }
            Change::Text(place, text) => {
                let path = match (place, &self.plan.app_folder) {
                    (Place::App(path), Some(folder)) => path.below(folder),
                    (Place::App(path) | Place::Package(path), _) => path.clone(),
                };
                let bytes = contents.text(&path).map_or_else(|| text.clone().into_bytes(), |old| old.encode(text));
                let mut tree = self.tree.clone();
                tree.write(&path, bytes);
                tree
            }
        };
        if let Some(failure) = contents.failure() {
            return Err(failure);
        }
        self.tree = tree;
        Ok(())
    }
}
