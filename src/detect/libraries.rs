//! Folders of installed packages inside the application, which Python has to be told of: what
//! `pip install --target vendor` leaves.

use super::bundled::Bundled;
use super::project::Project;
use super::{Candidate, Evidence};
use crate::path::PackagePath;
use crate::sorted::Map;

/// Folders that people and tools keep installed packages in, though nothing of them is the
/// application's own.
const KEPT: [&str; 8] = [
    "_vendor",
    "site-packages",
    "third_party",
    "thirdparty",
    "vendor",
    "vendored",
    ".python_packages",
    "__pypackages__",
];

/// Folders into which people copy packages by hand.
const COPIED: [&str; 6] = ["lib", "libs", "packages", "python_packages", "third_party", "vendor"];

/// Puts the folders of installed packages on the path of every way to start.
pub(super) fn apply(project: &Project<'_>, candidates: &mut [Candidate]) {
    let folders = folders(project);
    for candidate in candidates {
        for (folder, metadata) in &folders {
            if !candidate.python_path.contains(folder) {
                let text =
                    format!("belongs to a package that is installed in `{folder}`: Python finds it by PYTHONPATH");
                candidate.python_path.push(folder.clone());
                candidate.evidence.push(Evidence::new(metadata, None, text));
            }
        }
    }
}

/// The folders, with the metadata of one package in each.
fn folders(project: &Project<'_>) -> Map<PackagePath, PackagePath> {
    let mut folders = Map::new();
    for item in &project.bundled.metadata {
        if let Some(folder) = item.importable_from().filter(|folder| is_on_path(project, &project.bundled, folder)) {
            folders.add(folder, item.file.clone());
        }
    }
    // Copied frameworks have no metadata.
    for path in &project.bundled.paths {
        let init = path.join("__init__.py").ok().filter(|init| project.contents.tree().get(init).is_some());
        let folder = path.parent().filter(|folder| {
            let small = folder.name().to_lowercase();
            COPIED.contains(&small.as_str()) && is_on_path(project, &project.bundled, folder)
        });
        if let (Some(folder), Some(init)) = (folder, init) {
            folders.add(folder, init);
        }
    }
    folders
}

/// Whether a folder is meant for this application: not inside a package, which finds its own
/// copies itself, and neither in a virtual environment nor among tests.
fn is_on_path(project: &Project<'_>, bundled: &Bundled, folder: &PackagePath) -> bool {
    let tree = project.contents.tree();
    let mut above = Some(folder.clone());
    while let Some(own) = above {
        let has = |name: &str| own.join(name).is_ok_and(|file| tree.get(&file).is_some());
        if has("__init__.py") || has("pyvenv.cfg") {
            return false;
        }
        above = own.parent();
    }
    let aside =
        |segment: &str| super::project::is_aside_name(segment) && !KEPT.contains(&segment.to_lowercase().as_str());
    !bundled.has(folder) && !folder.segments().any(aside)
}
