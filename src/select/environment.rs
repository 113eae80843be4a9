//! Virtual environments, told by what is in them and not by their names.

use crate::path::PackagePath;
use crate::sorted::Set;
use crate::tree::FileTree;

/// Files that say that their folder is of no use elsewhere.
pub const MARKERS: &[(&str, &str)] = &[("pyvenv.cfg", REASON)];

/// Why an environment stays out.
pub(super) const REASON: &str = "virtual environment: it is bound to the folder and the computer it was made in";

/// Files by which environments without a marker can be told: older ones, and those of conda.
const OTHER_MARKERS: &[&str] = &["bin/activate_this.py", "Scripts/activate_this.py", "conda-meta/history"];

/// What is the environment's in a folder that is the application's as well: folders, and how the
/// names in them begin.
const PARTS: &[(&str, &[&str])] = &[
    ("bin", &["activate", "Activate", "python", "pip", "easy_install"]),
    ("Scripts", &["activate", "Activate", "deactivate", "python", "pip", "easy_install"]),
    ("lib", &["python2", "python3"]),
    ("lib64", &["python2", "python3"]),
    ("Lib", &["site-packages"]),
    ("conda-meta", &[""]),
];

/// Files and folders that belong to virtual environments. One that was made in the folder of the
/// application gives only its own parts, not the application with them.
pub(super) fn find(tree: &FileTree) -> Set<PackagePath> {
    let mut found = Set::new();
    for entry in tree.files() {
        let path = &entry.path;
        let other = || OTHER_MARKERS.iter().find(|marker| is_below(path, marker));
        let folder = if MARKERS.iter().any(|(name, _)| *name == path.name()) {
            path.parent()
        } else if other().is_some() {
            path.parent().and_then(|folder| folder.parent())
        } else {
            continue;
        };
        match folder.filter(|folder| !is_shared(tree, Some(folder))) {
            Some(folder) => drop(found.insert(folder)),
            None => found.extend(parts(tree, path)),
        }
    }
    found
}

fn is_below(path: &PackagePath, marker: &str) -> bool {
    path.as_str().strip_suffix(marker).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
}

/// Whether somebody's own modules lie directly in the folder: an environment has none there.
fn is_shared(tree: &FileTree, folder: Option<&PackagePath>) -> bool {
    let depth = folder.map_or(1, |folder| folder.depth() + 1);
    let own = |path: &PackagePath| path.depth() == depth && path.has_extension("py");
    match folder {
        Some(folder) => tree.children(folder).any(|entry| !entry.folder && own(&entry.path)),
        None => tree.files().any(|entry| own(&entry.path)),
    }
}

/// The environment's own files and folders beside an application.
fn parts(tree: &FileTree, marker: &PackagePath) -> Vec<PackagePath> {
    let is_file = MARKERS.iter().any(|(name, _)| *name == marker.name());
    let folder = if is_file { marker.parent() } else { marker.parent().and_then(|folder| folder.parent()) };
    let mut found: Vec<PackagePath> = is_file.then(|| marker.clone()).into_iter().collect();
    for (name, beginnings) in PARTS {
        let part = match &folder {
            Some(folder) => folder.join(name),
            None => PackagePath::new(name),
        };
        let Ok(part) = part else { continue };
        for entry in tree.children(&part) {
            let Some(inner) = entry.path.segments().nth(part.depth()) else { continue };
            if beginnings.iter().any(|beginning| inner.starts_with(beginning)) {
                found.extend(part.join(inner));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::files;

    fn environments(names: &[&str]) -> Vec<String> {
        let list: Vec<(&str, &str)> = names.iter().map(|name| (*name, "")).collect();
        find(files(&list).contents().tree()).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn tells_an_environment_by_its_files_and_not_by_its_name() {
        assert_eq!(environments(&["env/__init__.py", "venv/app.py", "bin/activate"]), [""; 0]);
        assert_eq!(
            environments(&["my/pyvenv.cfg", "my/lib/x.py", "old/bin/activate_this.py", "c/conda-meta/history"]),
            ["c", "my", "old"]
        );
    }

    #[test]
    fn leaves_the_application_that_shares_its_folder_with_an_environment() {
        let names = ["app.py", "bin/tool.sh", "bin/activate", "lib/own.py", "lib/python3.12/x.py", "pyvenv.cfg"];
        assert_eq!(environments(&names), ["bin/activate", "lib/python3.12", "pyvenv.cfg"]);
        let names = names.map(|name| format!("shop/{name}"));
        let names = names.each_ref().map(String::as_str);
        assert_eq!(environments(&names), ["shop/bin/activate", "shop/lib/python3.12", "shop/pyvenv.cfg"]);
    }
}
