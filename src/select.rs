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
    /// Where it lies in the input, as the input spells it.
    pub path: String,
    /// Whether it is a folder with everything in it.
    pub folder: bool,
    /// In bytes; nothing for a folder, which may not have been walked.
    pub size: Option<u64>,
    /// Why.
    pub reason: String,
    /// Whether the person can have it included; not when it was never read.
    pub can_include: bool,
}

/// What the person wants out or in. A path counts from the top of the input or from the
/// application's root; a name with `*` in it counts everywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Files or folders to leave out.
    pub excludes: Vec<String>,
    /// Files or folders to include in any case.
    pub includes: Vec<String>,
}

/// Whether a file that comes by itself is taken for an application or a package with one file.
#[must_use]
pub fn belongs_to_application(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let known = ["manifest.xml", "parameters.xml", "web.config", "requirements.txt", "handler.fcgi"];
    name.ends_with(".py") || known.contains(&name.as_str())
}

/// Splits what was dropped into what is packed, with paths below the root, and what is left out.
#[must_use]
pub fn select(tree: &FileTree, root: Option<&PackagePath>, choice: &Choice) -> (FileTree, Vec<LeftOut>) {
    let mut kept = tree.clone();
    let mut out: BTreeMap<PackagePath, LeftOut> = BTreeMap::new();
    let environments = environments(tree);
    for entry in tree.entries() {
        let parts = parts(&entry.path);
        let wanted = |list: &[String], part: &PackagePath| list.iter().any(|wanted| covers(wanted, part, root));
        if is_inside(&entry.path, root) && parts.iter().any(|part| wanted(&choice.includes, part)) {
            continue;
        }
        let verdict = parts.iter().find_map(|part| {
            if wanted(&choice.excludes, part) {
                return Some((part, "you left it out".to_owned()));
            }
            let folder = *part != entry.path || entry.folder;
            let reason = if folder { folder_reason(part, &environments) } else { file_reason(tree, entry) };
            reason.map(str::to_owned).or_else(|| outside(part, root)).map(|reason| (part, reason))
        });
        let Some((part, reason)) = verdict else { continue };
        kept.remove_entry(&entry.path);
        let folder = *part != entry.path || entry.folder;
        let size = (!folder).then_some(entry.size);
        let can_include = is_inside(part, root);
        let found = LeftOut { path: part.to_string(), folder, size, reason, can_include };
        out.entry(part.clone()).or_insert(found);
    }
    if let Some(root) = root {
        kept.lift(root);
    }
    (kept, out.into_values().collect())
}

/// A path and the folders above it, the topmost first.
fn parts(path: &PackagePath) -> Vec<PackagePath> {
    let mut parts = vec![path.clone()];
    while let Some(parent) = parts.last().and_then(PackagePath::parent) {
        parts.push(parent);
    }
    parts.reverse();
    parts
}

fn is_inside(path: &PackagePath, root: Option<&PackagePath>) -> bool {
    root.is_none_or(|root| path.strip(root).is_some())
}

/// Why something beside the root is not packed.
fn outside(part: &PackagePath, root: Option<&PackagePath>) -> Option<String> {
    let root = root?;
    let apart = part != root && part.strip(root).is_none() && root.strip(part).is_none();
    apart.then(|| format!("outside the application's root `{root}`"))
}

fn folder_reason(folder: &PackagePath, environments: &[PackagePath]) -> Option<&'static str> {
    if environments.contains(folder) {
        return MARKERS.first().map(|marker| marker.1);
    }
    FOLDERS.iter().find(|(name, _)| same_name(name, folder.name())).map(|(_, reason)| *reason)
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

/// Whether a path is meant.
fn covers(wanted: &str, path: &PackagePath, root: Option<&PackagePath>) -> bool {
    let wanted = wanted.trim_end_matches('/');
    let below = root.and_then(|root| path.strip(root));
    let texts = [Some(path.as_str()), below.as_ref().map(PackagePath::as_str)];
    let anywhere = (wanted.contains('*') && !wanted.contains('/')).then(|| path.name());
    texts.into_iter().chain([anywhere]).flatten().any(|text| matches(wanted, text))
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
        select(&tree(names), None, choice).1.iter().map(|out| format!("{} ({})", out.path, out.reason)).collect()
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

    #[test]
    fn names_what_lies_outside_the_root_and_counts_paths_from_it() {
        let tree = tree(&["repo/README", "repo/docs/a", "repo/site/app.py", "repo/site/x.log", "Thumbs.db"]);
        let root = PackagePath::new("repo/site").unwrap();
        let choice = Choice { excludes: vec!["x.log".into()], includes: Vec::new() };
        let (kept, out) = select(&tree, Some(&root), &choice);
        assert_eq!(kept.files().map(|entry| entry.path.as_str()).collect::<Vec<_>>(), ["app.py"]);
        let out: Vec<String> = out.iter().map(|out| format!("{} ({})", out.path, out.reason)).collect();
        assert_eq!(
            out,
            [
                "Thumbs.db (left by Windows)",
                "repo/README (outside the application's root `repo/site`)",
                "repo/docs (outside the application's root `repo/site`)",
                "repo/site/x.log (you left it out)"
            ]
        );
    }

    #[test]
    fn takes_a_folder_whole_whose_name_matches() {
        let choice = Choice { excludes: vec!["static_*".into()], includes: Vec::new() };
        assert_eq!(
            left_out(&["static_old/a.css", "static_old/", "static/a.css"], &choice),
            ["static_old (you left it out)"]
        );
    }
}
