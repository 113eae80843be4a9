//! What is left out of a package and why. The person sees the list and can include anything again.

use std::collections::BTreeMap;

use crate::path::{PackagePath, same_name};
use crate::tree::{Entry, FileTree};

/// Folders that are never the application, by name.
pub const FOLDERS: &[(&str, &str)] = &[
    (".git", "version control"),
    (".hg", "version control"),
    (".svn", "version control"),
    (".bzr", "version control"),
    ("__pycache__", "compiled Python of another interpreter"),
    (".mypy_cache", "cache"),
    (".pytest_cache", "cache"),
    (".ruff_cache", "cache"),
    (".tox", "test environments"),
    (".nox", "test environments"),
    (".idea", "editor settings"),
    (".vscode", "editor settings"),
    (".vs", "editor settings"),
    ("__MACOSX", "left by macOS"),
    ("node_modules", "packages of Node, which Python does not load"),
];

/// Files that say that their folder is of no use elsewhere.
pub const MARKERS: &[(&str, &str)] =
    &[("pyvenv.cfg", "virtual environment: it is bound to the folder and the computer it was made in")];

/// Files that a system leaves behind, by name.
const FILES: &[(&str, &str)] =
    &[(".DS_Store", "left by macOS"), ("Thumbs.db", "left by Windows"), ("desktop.ini", "left by Windows")];

/// Files in which older virtual environments can be told.
const OLD_ENVIRONMENTS: &[&str] = &["bin/activate_this.py", "Scripts/activate_this.py"];

/// Something that is not packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Where it lies below the application's root.
    pub path: PackagePath,
    /// Whether it is a folder with everything in it.
    pub folder: bool,
    /// In bytes; nothing for a folder, which may not have been walked.
    pub size: Option<u64>,
    /// Why.
    pub reason: String,
    /// Whether the person can have it included; not when it was never read.
    pub can_include: bool,
}

/// What the person wants out or in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Paths of files or folders, or names with `*` in them, to leave out.
    pub excludes: Vec<String>,
    /// Paths of files or folders to include in any case.
    pub includes: Vec<String>,
}

/// Whether a file that comes by itself is taken for an application or a package with one file.
#[must_use]
pub fn belongs_to_application(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let known = ["manifest.xml", "parameters.xml", "web.config", "requirements.txt", "handler.fcgi"];
    name.ends_with(".py") || known.contains(&name.as_str())
}

/// Splits a tree into what is packed and what is left out.
#[must_use]
pub fn select(tree: &FileTree, choice: &Choice) -> (FileTree, Vec<LeftOut>) {
    let mut kept = tree.clone();
    let mut out: BTreeMap<PackagePath, LeftOut> = BTreeMap::new();
    let environments = environments(tree);
    for entry in tree.entries() {
        if choice.includes.iter().any(|wanted| covers(wanted, &entry.path)) {
            continue;
        }
        let Some((path, folder, reason)) = verdict(tree, entry, &environments, choice) else { continue };
        kept.remove_entry(&entry.path);
        let size = (!folder).then_some(entry.size);
        let found = LeftOut { path: path.clone(), folder, size, reason, can_include: true };
        out.entry(path).or_insert(found);
    }
    (kept, out.into_values().collect())
}

/// The folder or file to leave out because of this entry, and why.
fn verdict(
    tree: &FileTree,
    entry: &Entry,
    environments: &[PackagePath],
    choice: &Choice,
) -> Option<(PackagePath, bool, String)> {
    if let Some(wanted) = choice.excludes.iter().find(|wanted| covers(wanted, &entry.path)) {
        let folder = PackagePath::new(wanted).ok().filter(|folder| entry.path.strip(folder).is_some());
        let is_folder = folder.is_some();
        return Some((folder.unwrap_or_else(|| entry.path.clone()), is_folder, "you left it out".to_owned()));
    }
    if let Some(folder) =
        environments.iter().find(|folder| entry.path == **folder || entry.path.strip(folder).is_some())
    {
        return Some((folder.clone(), true, MARKERS.first().map_or("", |marker| marker.1).to_owned()));
    }
    let segments: Vec<&str> = entry.path.segments().collect();
    let folders = if entry.folder { segments.len() } else { segments.len().saturating_sub(1) };
    for (index, segment) in segments.iter().take(folders).enumerate() {
        if let Some((_, reason)) = FOLDERS.iter().find(|(name, _)| name == segment) {
            let folder = PackagePath::new(&segments.iter().take(index + 1).copied().collect::<Vec<_>>().join("/"));
            return Some((folder.ok()?, true, (*reason).to_owned()));
        }
    }
    if entry.folder {
        return None;
    }
    file_reason(tree, entry).map(|reason| (entry.path.clone(), false, reason.to_owned()))
}

fn file_reason(tree: &FileTree, entry: &Entry) -> Option<&'static str> {
    let name = entry.path.name();
    if let Some((_, reason)) = FILES.iter().find(|(junk, _)| same_name(junk, name)) {
        return Some(reason);
    }
    if name.starts_with("._") {
        return Some("left by macOS");
    }
    // Compiled files without their source may be all there is of a module.
    let source = name.strip_suffix(".pyc").or_else(|| name.strip_suffix(".pyo")).map(|stem| format!("{stem}.py"))?;
    let source = match entry.path.parent() {
        Some(folder) => folder.join(&source).ok()?,
        None => PackagePath::new(&source).ok()?,
    };
    tree.get(&source).map(|_| "compiled Python of another interpreter")
}

/// The folders that are virtual environments.
fn environments(tree: &FileTree) -> Vec<PackagePath> {
    let marked = tree.files().filter_map(|entry| {
        if MARKERS.iter().any(|(name, _)| *name == entry.path.name()) {
            return entry.path.parent();
        }
        let old = OLD_ENVIRONMENTS.iter().any(|path| entry.path.as_str().ends_with(&format!("/{path}")));
        if old { entry.path.parent()?.parent() } else { None }
    });
    marked.collect()
}

/// Whether a path is meant: itself, something below it, or a name with `*` in it.
fn covers(wanted: &str, path: &PackagePath) -> bool {
    let wanted = wanted.trim_end_matches('/');
    if wanted.contains('*') {
        let text = if wanted.contains('/') { path.as_str() } else { path.name() };
        return matches(wanted, text);
    }
    PackagePath::new(wanted).is_ok_and(|wanted| *path == wanted || path.strip(&wanted).is_some())
}

/// `*` stands for any characters.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((head, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(text) = text.strip_prefix(head) else { return false };
    text.char_indices().map(|(at, _)| at).chain([text.len()]).any(|at| matches(rest, text.get(at..).unwrap_or("")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{InputId, RawEntry};

    fn tree(names: &[&str]) -> FileTree {
        let raw = names.iter().zip(0..).map(|(name, id)| RawEntry {
            name: (*name).to_owned(),
            folder: name.ends_with('/'),
            size: 1,
            modified: None,
            id: InputId(id),
        });
        FileTree::from_raw(raw.collect())
    }

    fn left_out(names: &[&str], choice: &Choice) -> Vec<String> {
        select(&tree(names), choice).1.iter().map(|out| format!("{} ({})", out.path, out.reason)).collect()
    }

    #[test]
    fn names_a_folder_once_with_its_reason() {
        assert_eq!(
            left_out(
                &["app.py", ".git/config", ".git/HEAD", "pkg/__pycache__/", "pkg/__pycache__/x.pyc"],
                &Choice::default()
            ),
            [".git (version control)", "pkg/__pycache__ (compiled Python of another interpreter)"]
        );
    }

    #[test]
    fn tells_a_virtual_environment_by_its_files_and_not_by_its_name() {
        assert_eq!(left_out(&["env/__init__.py", "venv/app.py"], &Choice::default()), [""; 0]);
        assert_eq!(
            left_out(&["my/pyvenv.cfg", "my/lib/x.py", "old/bin/activate_this.py"], &Choice::default()).len(),
            2
        );
    }

    #[test]
    fn keeps_compiled_files_that_have_no_source() {
        assert_eq!(
            left_out(&["a.pyc", "b.py", "b.pyc"], &Choice::default()),
            ["b.pyc (compiled Python of another interpreter)"]
        );
    }

    #[test]
    fn does_what_the_person_says() {
        let choice = Choice { excludes: vec!["docs".into(), "*.log".into()], includes: vec![".git/HEAD".into()] };
        assert_eq!(
            left_out(&[".git/HEAD", ".git/config", "a/x.log", "docs/a", "docs/b"], &choice),
            [".git (version control)", "a/x.log (you left it out)", "docs (you left it out)"]
        );
    }
}
