//! The tests of packages that the application bundles, as far as the packages list their files.

use crate::contents::Contents;
use crate::path::PackagePath;
use crate::sorted::Set;
use crate::tree::Entry;

/// Why they stay out.
pub(super) const REASON: &str = "tests of a bundled package";

/// Folders of tests. Only a package that says what was installed is believed: a folder `tests` of
/// the application itself is never one of them.
pub(super) fn find(contents: &Contents<'_>) -> Set<PackagePath> {
    let lists: Vec<&Entry> = contents.tree().files().filter(|entry| list_kind(&entry.path).is_some()).collect();
    contents.prefetch(lists.iter().copied());
    let mut found = Set::new();
    for entry in lists {
        let (Some(kind), Some(text)) = (list_kind(&entry.path), contents.text(&entry.path)) else { continue };
        let Some(info) = entry.path.parent() else { continue };
        let files: Vec<Vec<&str>> = text.as_str().lines().filter_map(|line| kind.file(line)).collect();
        for file in &files {
            let Some(folder) = tests_folder(file, &files) else { continue };
            let path = match info.parent() {
                Some(site) => site.join(&folder),
                None => PackagePath::new(&folder),
            };
            found.extend(path);
        }
    }
    found
}

/// Whether there may be any, without reading a file.
pub(super) fn may_exist(contents: &Contents<'_>) -> bool {
    let tree = contents.tree();
    let sites: Set<Option<PackagePath>> = tree
        .files()
        .filter(|entry| list_kind(&entry.path).is_some())
        .filter_map(|entry| Some(entry.path.parent()?.parent()))
        .collect();
    let is_below = |path: &PackagePath| {
        let mut above = path.parent();
        while let Some(folder) = above {
            let next = folder.parent();
            if is_tests(folder.name()) && next.as_ref().is_some_and(|package| lies_in(package, &sites)) {
                return true;
            }
            above = next;
        }
        false
    };
    !sites.is_empty() && tree.files().any(|entry| is_below(&entry.path))
}

fn lies_in(package: &PackagePath, sites: &Set<Option<PackagePath>>) -> bool {
    let mut above = package.parent();
    loop {
        if sites.contains(&above) {
            return true;
        }
        let Some(folder) = above else { return false };
        above = folder.parent();
    }
}

#[derive(Clone, Copy)]
enum List {
    /// Paths from the folder of the metadata's folder, as a wheel has them.
    Record,
    /// Paths from the metadata's folder, as an egg has them.
    InstalledFiles,
}

fn list_kind(path: &PackagePath) -> Option<List> {
    let folder = path.parent()?;
    let is = |name: &str, ending: &str| path.name() == name && folder.name().ends_with(ending);
    if is("RECORD", ".dist-info") {
        Some(List::Record)
    } else if is("installed-files.txt", ".egg-info") {
        Some(List::InstalledFiles)
    } else {
        None
    }
}

impl List {
    /// The path that a line names, from the folder that the packages lie in.
    fn file(self, line: &str) -> Option<Vec<&str>> {
        let path = match self {
            Self::Record => match line.strip_prefix('"') {
                Some(quoted) => quoted.split('"').next()?,
                None => line.split(',').next()?,
            },
            Self::InstalledFiles => line.trim().strip_prefix("../")?,
        };
        let parts: Vec<&str> = path.split(['/', '\\']).collect();
        (!parts.contains(&"..")).then_some(parts)
    }
}

fn is_tests(name: &str) -> bool {
    matches!(name, "tests" | "test")
}

/// The folder of tests that a file lies in. `test` alone may be part of what a package offers, as in
/// Django: it counts when what lies in it is called as tests are.
fn tests_folder(file: &[&str], files: &[Vec<&str>]) -> Option<String> {
    let folders = file.get(..file.len().checked_sub(1)?)?;
    let at = folders.iter().skip(1).position(|name| is_tests(name))? + 1;
    let folder = file.get(..=at)?;
    let is_test = |name: &str| name.starts_with("test_") && name.ends_with(".py") || name.ends_with("_test.py");
    let holds_tests = || {
        let inside = files.iter().filter(|other| other.starts_with(folder));
        inside.filter_map(|other| other.get(at + 1)).any(|name| is_test(name))
    };
    (file.get(at) == Some(&"tests") || holds_tests()).then(|| folder.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::files;

    const RECORD: &str = "pkg/__init__.py,,\npkg/tests/__init__.py,,\npkg/core/tests/test_a.py,,\n\
        pkg/test/client.py,,\nother/test/test_x.py,,\n\"a,b/tests/x.py\",,\n../bin/tests/x,,\ntests/top.py,,\n";

    #[test]
    fn believes_a_package_that_lists_its_files() {
        let tree = [
            ("lib/pkg-1.dist-info/RECORD", RECORD),
            ("lib/pkg/tests/__init__.py", ""),
            ("old.egg-info/installed-files.txt", "../old/tests/x.py\nPKG-INFO\n"),
            ("shop/tests/test_views.py", ""),
        ];
        let files = files(&tree);
        let found: Vec<String> = find(&files.contents()).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["lib/a,b/tests", "lib/other/test", "lib/pkg/core/tests", "lib/pkg/tests", "old/tests"]);
        assert!(may_exist(&files.contents()));
    }

    #[test]
    fn offers_nothing_where_nothing_is_bundled() {
        assert!(!may_exist(&files(&[("shop/tests/test_views.py", "")]).contents()));
    }
}
