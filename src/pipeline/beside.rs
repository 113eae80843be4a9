//! Scripts that were added on top of an application: they lie beside its folder, where nobody can ask a
//! server for them, and take the places of files with the same names.

use crate::path::PackagePath;
use crate::pipeline::session::Input;
use crate::pipeline::wheels;
use crate::select::LeftOut;
use crate::tree::{Entry, FileTree, Origin};

/// What was added and is no wheel.
fn added(input: &Input) -> impl Iterator<Item = Entry> {
    input.added.iter().filter(|raw| !wheels::is_name(&raw.name)).filter_map(|raw| {
        let path = PackagePath::new(&raw.name).ok()?;
        let (size, modified) = (raw.size, raw.modified);
        Some(Entry { path, folder: false, size, modified, origin: Origin::Input(raw.id) })
    })
}

/// The input with what was added, to look for the files that answers name.
pub(super) fn with_added(input: &Input) -> FileTree {
    let mut tree = input.tree.clone();
    lay(input, &mut tree);
    tree
}

/// Lays what was added at the root of a package.
pub(super) fn lay(input: &Input, package: &mut FileTree) {
    for entry in added(input) {
        remove(package, &entry.path);
        package.insert(entry);
    }
}

/// Takes the files of the same names out of the application; an answer could mean either.
pub(super) fn make_room(input: &Input, app: &mut FileTree) -> Vec<LeftOut> {
    let removed = added(input).filter_map(|entry| remove(app, &entry.path));
    let why = "the file of this name that was added later took its place";
    removed.map(|path| LeftOut::unread(path.to_string(), false, why.to_owned())).collect()
}

/// The same in a package, where the application is in a folder.
pub(super) fn make_room_below(folder: &PackagePath, input: &Input, package: &mut FileTree) {
    for entry in added(input) {
        remove(package, &entry.path.below(folder));
    }
}

fn remove(tree: &mut FileTree, path: &PackagePath) -> Option<PackagePath> {
    let own = tree.file_ignoring_case(path.as_str())?.path.clone();
    tree.remove_entry(&own);
    Some(own)
}
