//! What is left out of a package and why. The person sees the list and can include anything again.
//!
//! One file for each kind of reason: [`junk`] by name, [`environment`] by content, [`gitignore`] and
//! [`package_tests`] when somebody asks for it.

mod absent;
mod environment;
mod gitignore;
mod junk;
mod package_tests;

use crate::contents::Contents;
use crate::path::{PackagePath, has_form};
use crate::sorted::{Map, Set};
use crate::tree::{Entry, FileTree};
use gitignore::Ignores;

pub use absent::absent;
pub use environment::MARKERS;
pub use junk::FOLDERS;

/// Something that is not packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Where it lies in the input, as the input spells it.
    pub path: String,
    /// Whether it is a folder with everything in it.
    pub folder: bool,
    /// In bytes, with everything in it; nothing when it was not read.
    pub size: Option<u64>,
    /// How many files are in a folder; nothing when it was not read.
    pub files: Option<usize>,
    /// Why.
    pub reason: String,
    /// Whether the person can have it included; not when it was never read.
    pub can_include: bool,
}

impl LeftOut {
    /// Something that was not read at all.
    #[must_use]
    pub const fn unread(path: String, folder: bool, reason: String) -> Self {
        Self { path, folder, size: None, files: None, reason, can_include: false }
    }
}

/// What the person wants out or in. A path counts from the top of the input or from the
/// application's root; a name with `*` in it counts everywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Files or folders to leave out.
    pub excludes: Vec<String>,
    /// Files or folders to include in any case.
    pub includes: Vec<String>,
    /// Whether what a `.gitignore` names is left out.
    pub gitignore: bool,
    /// Whether the tests of bundled packages are left out.
    pub leave_out_tests: bool,
}

/// What else could be left out, if somebody asks for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Offers {
    /// There is a `.gitignore`.
    pub gitignore: bool,
    /// There are bundled packages with folders that are called as tests are.
    pub tests: bool,
}

impl Offers {
    /// Looks at an input; reads nothing.
    #[must_use]
    pub fn of(contents: &Contents<'_>) -> Self {
        Self { gitignore: Ignores::exist(contents), tests: package_tests::may_exist(contents) }
    }
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
pub fn select(contents: &Contents<'_>, root: Option<&PackagePath>, choice: &Choice) -> (FileTree, Vec<LeftOut>) {
    let mut selection = Selection::new(contents, root, choice);
    let mut kept = contents.tree().clone();
    let mut out: Map<PackagePath, LeftOut> = Map::new();
    for entry in contents.tree().entries() {
        let Verdict::Out(part, reason) = selection.of_entry(entry) else { continue };
        kept.remove_entry(&entry.path);
        let folder = part != entry.path || entry.folder;
        let make = || LeftOut {
            path: part.to_string(),
            folder,
            size: Some(0),
            files: folder.then_some(0),
            reason,
            can_include: is_inside(&part, root),
        };
        out.change(part.clone(), make, |found| {
            if !entry.folder {
                found.size = found.size.map(|size| size + entry.size);
                found.files = found.files.map(|files| files + 1);
            }
        });
    }
    if let Some(root) = root {
        kept.lift(root);
    }
    (kept, out.into_values().collect())
}

/// What becomes of a file or a folder.
#[derive(Clone)]
enum Verdict {
    Kept,
    /// Somebody wants it, with everything in it.
    Wanted,
    /// The topmost folder that is left out with it, or it itself, and why.
    Out(PackagePath, String),
}

/// What is needed to judge an entry.
struct Selection<'a> {
    tree: &'a FileTree,
    root: Option<&'a PackagePath>,
    choice: &'a Choice,
    environments: Set<PackagePath>,
    tests: Set<PackagePath>,
    ignores: Ignores,
    /// The folders around the last entry, from the outside in: each is judged once, however much lies in it.
    around: Vec<(PackagePath, Verdict)>,
}

impl<'a> Selection<'a> {
    fn new(contents: &Contents<'a>, root: Option<&'a PackagePath>, choice: &'a Choice) -> Self {
        let tests = if choice.leave_out_tests { package_tests::find(contents) } else { Set::new() };
        let ignores = if choice.gitignore { Ignores::read(contents) } else { Ignores::default() };
        let tree = contents.tree();
        Self { tree, root, choice, environments: environment::find(tree), tests, ignores, around: Vec::new() }
    }

    /// Entries are asked for in tree order.
    fn of_entry(&mut self, entry: &Entry) -> Verdict {
        let above = self.above(&entry.path);
        let verdict = self.judge(&entry.path, Some(entry).filter(|entry| !entry.folder), above);
        if entry.folder {
            self.around.push((entry.path.clone(), verdict.clone()));
        }
        verdict
    }

    /// What becomes of the folder that holds an entry.
    fn above(&mut self, path: &PackagePath) -> Verdict {
        while self.around.pop_if(|(folder, _)| !path.is_below(folder)).is_some() {}
        let known = self.around.last().map(|(folder, _)| folder);
        let new = std::iter::successors(path.parent(), PackagePath::parent).take_while(|folder| Some(folder) != known);
        let new: Vec<PackagePath> = new.collect();
        let mut above = self.around.last().map_or(Verdict::Kept, |(_, verdict)| verdict.clone());
        for folder in new.into_iter().rev() {
            above = self.judge(&folder, None, above);
            self.around.push((folder, above.clone()));
        }
        above
    }

    /// `file` is nothing for a folder.
    fn judge(&self, path: &PackagePath, file: Option<&Entry>, above: Verdict) -> Verdict {
        let wanted = |list: &[String]| list.iter().any(|wanted| covers(wanted, path, self.root));
        if matches!(above, Verdict::Wanted) || is_inside(path, self.root) && wanted(&self.choice.includes) {
            return Verdict::Wanted;
        }
        if matches!(above, Verdict::Out(..)) {
            return above;
        }
        let reason = if wanted(&self.choice.excludes) {
            Some("you left it out".to_owned())
        } else if self.root.is_some_and(|root| path == root || root.is_below(path)) {
            None // the root is what the person packs
        } else {
            let by_kind = file.map_or_else(|| self.folder_reason(path), |entry| self.file_reason(entry));
            by_kind.map(str::to_owned).or_else(|| outside(path, self.root)).or_else(|| {
                let line = self.ignores.reason(path, file.is_none())?;
                Some(format!("ignored by {line}"))
            })
        };
        reason.map_or(Verdict::Kept, |reason| Verdict::Out(path.clone(), reason))
    }

    fn folder_reason(&self, folder: &PackagePath) -> Option<&'static str> {
        if self.environments.contains(folder) {
            return Some(environment::REASON);
        }
        junk::folder(folder.name()).or_else(|| self.tests.contains(folder).then_some(package_tests::REASON))
    }

    fn file_reason(&self, entry: &Entry) -> Option<&'static str> {
        let environment = self.environments.contains(&entry.path).then_some(environment::REASON);
        environment.or_else(|| junk::file(self.tree, entry))
    }
}

/// Whether a list of a choice names a file, or a folder that it lies in.
#[must_use]
pub fn is_named(list: &[String], path: &PackagePath, root: Option<&PackagePath>) -> bool {
    let above = std::iter::successors(Some(path.clone()), PackagePath::parent);
    above.into_iter().any(|path| list.iter().any(|wanted| covers(wanted, &path, root)))
}

/// Whether a path lies in the folder that is packed.
#[must_use]
pub fn is_inside(path: &PackagePath, root: Option<&PackagePath>) -> bool {
    root.is_none_or(|root| path.is_below(root))
}

/// Why something beside the root is not packed.
fn outside(part: &PackagePath, root: Option<&PackagePath>) -> Option<String> {
    let root = root?;
    (!part.is_below(root)).then(|| format!("outside the application's root `{root}`"))
}

/// Whether a path is meant.
fn covers(wanted: &str, path: &PackagePath, root: Option<&PackagePath>) -> bool {
    let wanted = wanted.trim_end_matches('/');
    let below = root.and_then(|root| path.strip(root));
    let texts = [Some(path.as_str()), below.as_ref().map(PackagePath::as_str)];
    let anywhere = (wanted.contains('*') && !wanted.contains('/')).then(|| path.name());
    texts.into_iter().chain([anywhere]).flatten().any(|text| has_form(wanted, text, None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::files;

    /// Every file holds its name.
    fn all(names: &[&str], root: Option<&str>, choice: &Choice) -> (Vec<String>, Vec<LeftOut>) {
        let list: Vec<(&str, &str)> = names.iter().map(|name| (*name, *name)).collect();
        let files = files(&list);
        let root = root.map(|root| PackagePath::new(root).unwrap());
        let (kept, out) = select(&files.contents(), root.as_ref(), choice);
        (kept.files().map(|entry| entry.path.to_string()).collect(), out)
    }

    fn excluding(path: &str) -> Choice {
        Choice { excludes: vec![path.to_owned()], ..Choice::default() }
    }

    fn left_out(names: &[&str], choice: &Choice) -> Vec<String> {
        all(names, None, choice).1.iter().map(|out| format!("{} ({})", out.path, out.reason)).collect()
    }

    #[test]
    fn names_a_folder_once_with_its_reason() {
        assert_eq!(
            left_out(&["app.py", ".git/config", ".git/HEAD", "pkg/__pycache__/x.pyc"], &Choice::default()),
            [".git (version control)", "pkg/__pycache__ (compiled Python of another interpreter)"]
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
        let (excludes, includes) = (vec!["docs".into(), "*.log".into()], vec![".git/HEAD".into()]);
        let choice = Choice { excludes, includes, ..Choice::default() };
        assert_eq!(
            left_out(&[".git/HEAD", ".git/config", "a/x.log", "docs/a", "docs/b"], &choice),
            [".git (version control)", "a/x.log (you left it out)", "docs (you left it out)"]
        );
    }

    #[test]
    fn names_what_lies_outside_the_root_and_counts_paths_from_it() {
        let names = ["repo/README", "repo/docs/a", "repo/site/app.py", "repo/site/x.log", "Thumbs.db"];
        let choice = Choice { excludes: vec!["x.log".into()], ..Choice::default() };
        let (kept, out) = all(&names, Some("repo/site"), &choice);
        assert_eq!(kept, ["app.py"]);
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
        let choice = Choice { excludes: vec!["static_*".into()], ..Choice::default() };
        assert_eq!(left_out(&["static_old/a.css", "static/a.css"], &choice), ["static_old (you left it out)"]);
    }

    #[test]
    fn tells_what_is_left_out_and_not_there() {
        let list = [("app.py", ""), ("config/secrets.json", ""), (".git/HEAD", ""), ("docs/a.txt", ""), ("x.log", "")];
        let files = files(&list);
        let contents = files.contents();
        let said = ["secrets.json", ".git/HEAD", "docs/", "*.log", "*.sqlite3", "media", "config/secrets.json", "do*s"];
        let choice = Choice { excludes: said.map(str::to_owned).to_vec(), ..Choice::default() };
        let (_, mut out) = select(&contents, None, &choice);
        out.push(LeftOut::unread("media".to_owned(), true, "the browser cannot read it".to_owned()));
        let absent = absent(contents.tree(), None, &choice, &out);
        let told: Vec<String> = absent.iter().map(|out| format!("{} ({})", out.path, out.reason)).collect();
        assert_eq!(
            told,
            ["secrets.json (nothing of this name was found)", "*.sqlite3 (nothing of this name was found)"]
        );
    }

    #[test]
    fn says_how_much_is_in_a_folder_that_was_read() {
        let (_, out) = all(&["docs/a.txt", "docs/deep/b.txt", "x.pyc~"], None, &excluding("docs"));
        let sizes: Vec<_> = out.iter().map(|out| (out.path.as_str(), out.size, out.files)).collect();
        assert_eq!(sizes, [("docs", Some(25), Some(2)), ("x.pyc~", Some(6), None)]);
    }

    #[test]
    fn packs_the_root_whatever_it_is_called_or_lies_in() {
        let names = ["node_modules/site/app.py", "node_modules/other/x.js"];
        let (kept, out) = all(&names, Some("node_modules/site"), &Choice::default());
        assert_eq!((kept, out.len()), (vec!["app.py".to_owned()], 1));
    }

    #[test]
    fn obeys_gitignore_only_when_asked() {
        let list = [(".gitignore", "*.sqlite3\nlocal/\n"), ("db.sqlite3", ""), ("local/x.py", ""), ("app.py", "")];
        let files = files(&list);
        assert_eq!(select(&files.contents(), None, &Choice::default()).1, []);
        let choice = Choice { gitignore: true, includes: vec!["local/x.py".into()], ..Choice::default() };
        let (kept, out) = select(&files.contents(), None, &choice);
        let kept: Vec<&str> = kept.files().map(|entry| entry.path.as_str()).collect();
        assert_eq!(kept, [".gitignore", "app.py", "local/x.py"]);
        let reasons: Vec<&str> = out.iter().map(|out| out.reason.as_str()).collect();
        assert_eq!(reasons, ["ignored by `*.sqlite3` in line 1 of `.gitignore`"]);
    }

    #[test]
    fn leaves_tests_of_bundled_packages_out_only_when_asked() {
        let list =
            [("pkg-1.dist-info/RECORD", "pkg/a.py,,\npkg/tests/x.py,,\n"), ("pkg/tests/x.py", ""), ("tests/y.py", "")];
        let files = files(&list);
        assert_eq!(select(&files.contents(), None, &Choice::default()).1, []);
        let choice = Choice { leave_out_tests: true, ..Choice::default() };
        let (_, out) = select(&files.contents(), None, &choice);
        let paths: Vec<&str> = out.iter().map(|out| out.path.as_str()).collect();
        assert_eq!(paths, ["pkg/tests"]);
        assert_eq!(Offers::of(&files.contents()), Offers { gitignore: false, tests: true });
    }
}
