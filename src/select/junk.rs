//! What tools, editors and systems leave behind, by name: tables, one line each.
//!
//! A name stands here only when no application has a use for what is called so: a few files too many
//! do less harm than one that is missed.

use crate::path::{PackagePath, same_name};
use crate::tree::{Entry, FileTree};

/// Folders that are never the application, by name.
pub const FOLDERS: &[(&str, &str)] = &[
    (".git", "version control"),
    (".hg", "version control"),
    (".svn", "version control"),
    (".bzr", "version control"),
    (".jj", "version control"),
    ("_darcs", "version control"),
    ("__pycache__", "compiled Python of another interpreter"),
    (".mypy_cache", "cache"),
    (".pytest_cache", "cache"),
    (".ruff_cache", "cache"),
    (".hypothesis", "cache"),
    (".pytype", "cache"),
    (".ropeproject", "cache"),
    (".sass-cache", "cache"),
    (".parcel-cache", "cache"),
    (".ipynb_checkpoints", "copies that Jupyter keeps"),
    ("htmlcov", "report of test coverage"),
    (".tox", "test environments"),
    (".nox", "test environments"),
    (".eggs", "packages that only the build needs"),
    (".idea", "editor settings"),
    (".vscode", "editor settings"),
    (".vs", "editor settings"),
    (".fleet", "editor settings"),
    (".zed", "editor settings"),
    (".spyproject", "editor settings"),
    ("__MACOSX", "left by macOS"),
    (".Trashes", "left by macOS"),
    (".Spotlight-V100", "left by macOS"),
    (".fseventsd", "left by macOS"),
    ("$RECYCLE.BIN", "left by Windows"),
    ("System Volume Information", "left by Windows"),
    ("node_modules", "packages of Node, which Python does not load"),
];

/// Files that are left behind, by name.
const FILES: &[(&str, &str)] = &[
    (".DS_Store", "left by macOS"),
    (".localized", "left by macOS"),
    ("Thumbs.db", "left by Windows"),
    ("ehthumbs.db", "left by Windows"),
    ("desktop.ini", "left by Windows"),
    (".directory", "left by KDE"),
    (".coverage", "data of test coverage"),
    (".dmypy.json", "cache"),
    ("pip-log.txt", "log of pip"),
    ("npm-debug.log", "log of Node"),
    (".project", "editor settings"),
    (".pydevproject", "editor settings"),
    (".spyderproject", "editor settings"),
];

/// Files that are left behind, by how their names begin and end.
const PATTERNS: &[(&str, &str, &str)] = &[
    ("._", "", "left by macOS"),
    (".coverage.", "", "data of test coverage"),
    ("", ".swp", "what an editor keeps while a file is open"),
    (".", ".swo", "what an editor keeps while a file is open"),
    (".#", "", "what an editor keeps while a file is open"),
    ("#", "#", "what an editor keeps while a file is open"),
    (".~lock.", "#", "what an editor keeps while a file is open"),
    ("~$", "", "what an editor keeps while a file is open"),
    ("", "~", "older state that an editor keeps"),
    ("", ".sublime-workspace", "editor settings"),
    ("", ".sublime-project", "editor settings"),
    ("", ".code-workspace", "editor settings"),
    ("", ".suo", "editor settings"),
];

/// Why a folder is left out, by its name.
pub(super) fn folder(name: &str) -> Option<&'static str> {
    reason(FOLDERS, name)
}

/// The reason that a list gives for a name. Its own names are ASCII, as nearly every other is.
fn reason(list: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    let plain = name.is_ascii();
    let same = |junk: &str| junk.eq_ignore_ascii_case(name) || !plain && same_name(junk, name);
    list.iter().find(|(junk, _)| same(junk)).map(|(_, reason)| *reason)
}

/// Why a file is left out.
pub(super) fn file(tree: &FileTree, entry: &Entry) -> Option<&'static str> {
    let name = entry.path.name();
    reason(FILES, name).or_else(|| pattern(name)).or_else(|| compiled(tree, entry))
}

fn pattern(name: &str) -> Option<&'static str> {
    let is_like = |head: &str, tail: &str| {
        name.strip_prefix(head).and_then(|rest| rest.strip_suffix(tail)).is_some_and(|rest| !rest.is_empty())
    };
    PATTERNS.iter().find(|(head, tail, _)| is_like(head, tail)).map(|(_, _, reason)| *reason)
}

/// Compiled files without their source may be all there is of a module.
fn compiled(tree: &FileTree, entry: &Entry) -> Option<&'static str> {
    let name = entry.path.name();
    let source = name.strip_suffix(".pyc").or_else(|| name.strip_suffix(".pyo")).map(|stem| format!("{stem}.py"))?;
    let source = match entry.path.parent() {
        Some(folder) => folder.join(&source).ok()?,
        None => PackagePath::new(&source).ok()?,
    };
    tree.get(&source).map(|_| "compiled Python of another interpreter")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_editors_and_systems_leave() {
        for name in [
            "._app.py",
            ".coverage.host.123",
            ".app.py.swp",
            "app.py.swp",
            ".app.py.swo",
            ".#app.py",
            "#app.py#",
            ".~lock.plan.odt#",
            "~$plan.docx",
            "app.py~",
            "shop.sublime-workspace",
        ] {
            assert!(pattern(name).is_some(), "{name}");
        }
        for name in ["_app.py", ".coveragerc", "app.swo", "#", "~", "coverage.py", "app.py.bak", ".env", ".gitignore"] {
            assert!(pattern(name).is_none(), "{name}");
        }
    }

    #[test]
    fn compares_names_as_windows_does() {
        assert_eq!(folder("__macosx"), Some("left by macOS"));
        assert_eq!(folder("Node_Modules"), Some("packages of Node, which Python does not load"));
        for name in ["build", "dist", "lib", "env", "venv", "cache", "coverage", "target", "bower_components", "tests"]
        {
            assert_eq!(folder(name), None, "{name}");
        }
    }
}
