//! Where the application begins in what was dropped.

use crate::model::Kind;
use crate::path::PackagePath;
use crate::pipeline::wheels;
use crate::select;
use crate::sorted::Set;
use crate::tree::{Entry, FileTree};

/// How many folders that hold nothing but one folder are passed: a folder zipped as a whole, and
/// the folder that a code host puts around a repository.
const LEVELS: usize = 2;

/// A folder that could be the application's root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Root {
    /// Where it lies.
    pub path: PackagePath,
    /// What speaks for it; a sentence.
    pub reason: String,
}

/// Files that stand at the root of an application.
const SIGNS: &[&str] =
    &["manage.py", "wsgi.py", "app.py", "application.py", "main.py", "web.config", "requirements.txt"];

/// The folder in which everything lies, when the input has nothing else.
#[must_use]
pub(super) fn only_folder(tree: &FileTree) -> Option<PackagePath> {
    let mut found: Option<PackagePath> = None;
    for _ in 0..LEVELS {
        let inside = |entry: &&Entry| match &found {
            None => true,
            Some(folder) => entry.path.is_below(folder),
        };
        let depth = found.as_ref().map_or(0, PackagePath::depth);
        let mut next: Option<&str> = None;
        let mut several = false;
        // What lies in one folder comes together, so its name is looked at once.
        let mut last: Option<(&str, bool)> = None;
        for entry in tree.entries().filter(inside) {
            let Some(name) = entry.path.segments().nth(depth) else { continue };
            let known = last.filter(|(other, _)| *other == name).map(|(_, passed)| passed);
            let passed = known.unwrap_or_else(|| {
                is_junk(name) || depth == 0 && (wheels::is_name(name) || wheels::is_wheelhouse(tree, name))
            });
            last = Some((name, passed));
            if passed {
                continue;
            }
            let is_file = !entry.folder && entry.path.depth() == depth + 1;
            several |= is_file || next.is_some_and(|other| other != name);
            next = Some(name);
        }
        let Some(name) = next.filter(|_| !several) else { break };
        let path = match &found {
            None => PackagePath::new(name),
            Some(folder) => folder.join(name),
        };
        let Ok(path) = path else { break };
        // A Python package keeps its folder: its name is what is imported.
        let is_package = path.join("__init__.py").is_ok_and(|init| tree.get(&init).is_some());
        if is_package || Kind::of(&at(tree, found.as_ref())) != Kind::Application {
            break;
        }
        found = Some(path);
    }
    found
}

/// The tree below a folder.
#[must_use]
pub(super) fn at(tree: &FileTree, folder: Option<&PackagePath>) -> FileTree {
    let mut tree = tree.clone();
    if let Some(folder) = folder {
        tree.lift(folder);
    }
    tree
}

/// Other folders that look like the root of an application, when this one does not; paths count
/// from the top of the input. Packages of others are none.
#[must_use]
pub(super) fn others(tree: &FileTree, root: Option<&PackagePath>, foreign: &Set<PackagePath>) -> Vec<Root> {
    if SIGNS.iter().any(|sign| tree.file(sign).is_some()) {
        return Vec::new();
    }
    let mut roots: Vec<Root> = Vec::new();
    // Tree order: a folder comes before the folders in it.
    for entry in tree.files().filter(|entry| entry.path.depth() <= 3) {
        let name = entry.path.name();
        let Some(folder) = entry.path.parent().filter(|_| SIGNS.contains(&name)) else { continue };
        let is_own = !foreign.iter().any(|other| folder == *other || folder.is_below(other));
        if is_own && !is_installed(tree, &folder) && !roots.iter().any(|known| known.path == folder) {
            roots.push(Root { path: folder, reason: format!("It has `{name}`.") });
        }
    }
    let above = |folder: &PackagePath| roots.iter().any(|other| folder.is_below(&other.path));
    let mut tops: Vec<Root> = roots.iter().filter(|own| !above(&own.path)).cloned().collect();
    tops.truncate(8);
    for top in &mut tops {
        top.path = root.map_or_else(|| top.path.clone(), |root| top.path.below(root));
    }
    tops
}

/// Whether a folder, or one around it, is a package that an installer put there: its metadata lies
/// beside it.
fn is_installed(tree: &FileTree, folder: &PackagePath) -> bool {
    let beside = folder.parent();
    let name = folder.name().to_lowercase();
    let has_metadata = tree.entries().any(|entry| {
        let info = entry.path.parent().filter(|_| matches!(entry.path.name(), "METADATA" | "PKG-INFO"));
        info.filter(|info| info.parent() == beside).is_some_and(|info| {
            let stem = info.name().split('-').next().unwrap_or("").to_lowercase();
            stem.replace('.', "_") == name && info.name().ends_with("-info")
        })
    });
    has_metadata || beside.is_some_and(|above| is_installed(tree, &above))
}

fn is_junk(name: &str) -> bool {
    name.starts_with("._") || name == ".DS_Store" || select::FOLDERS.iter().any(|(junk, _)| *junk == name)
}
