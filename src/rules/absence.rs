//! Names of modules and objects that the files of the application do not have, for certain.

use crate::contents::Contents;
use crate::path::PackagePath;
use crate::python::{Kind, Value};
use crate::rules::lookup::Lookup;

/// What is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Absent {
    /// No module of this name.
    Module(String),
    /// The module has no such name.
    Name(String, PackagePath),
    /// The name stands for `None`.
    None(String, PackagePath),
}

/// Packages that servers have, as far as handlers and settings name them.
const ELSEWHERE: &[&str] = &[
    "MoinMoin",
    "a2wsgi",
    "bottle",
    "cherrypy",
    "configurations",
    "dj",
    "django",
    "falcon",
    "flask",
    "gluon",
    "hug",
    "mercurial",
    "paste",
    "pecan",
    "ptvs_virtualenv_proxy",
    "pyramid",
    "tg",
    "tornado",
    "trac",
    "web",
    "webapp2",
    "werkzeug",
    "wfastcgi",
    "wsgiref",
];

/// What keeps a module from being imported; nothing when it is there, or may be on the server.
pub(super) fn absent_module(lookup: &Lookup<'_>, dotted: &str) -> Option<Absent> {
    let first = dotted.split('.').next().unwrap_or("");
    if exists(lookup, dotted) || lookup.reaches_out && !exists(lookup, first) || is_elsewhere(lookup, first) {
        return None;
    }
    Some(Absent::Module(dotted.to_owned()))
}

/// What keeps wfastcgi from finding an object: it imports the longest part of the name that is a
/// module and looks for the next part in it.
pub(super) fn absent_object(lookup: &Lookup<'_>, module: &str, object: &str) -> Option<Absent> {
    let first = module.split('.').next().unwrap_or("");
    if !exists(lookup, first) {
        return absent_module(lookup, first);
    }
    // What lies here of a framework may be a part of it.
    if ELSEWHERE.contains(&first) {
        return None;
    }
    let full = format!("{module}.{object}");
    let cuts = full.match_indices('.').map(|(at, _)| at).collect::<Vec<_>>();
    let (file, name) = cuts.into_iter().rev().find_map(|at| {
        let (module, rest) = (full.get(..at)?, full.get(at + 1..)?);
        Some((lookup.module(module)?, rest.split('.').next()?))
    })?;
    // A module of another kind, such as a compiled one, may be what is meant.
    let parent = full.strip_suffix(object).unwrap_or("").trim_end_matches('.');
    if !parent.is_empty() && lookup.module(parent).is_none() && exists(lookup, parent) || exists(lookup, &full) {
        return None;
    }
    let code = lookup.contents.python(&file)?;
    let stars = code.imports.iter().any(|import| import.bound == "*");
    if code.unread.is_some() || code.errors > 0 || stars {
        return None;
    }
    let text = lookup.contents.text(&file)?;
    let text = text.as_str();
    let dynamic = ["globals(", "__getattr__", "setattr(", "exec(", "exec ", "execfile(", "sys.modules"];
    // A module that stops itself says so in its own words.
    if dynamic.iter().any(|word| text.contains(word)) || text.lines().any(|line| line.starts_with("raise")) {
        return None;
    }
    match words(text, name) {
        0 => Some(Absent::Name(name.to_owned(), file)),
        1 => {
            let binding = code.binding(name)?;
            (binding.kind == Kind::Value(Value::None)).then(|| Absent::None(name.to_owned(), file))
        }
        _ => None,
    }
}

/// Whether a module, a folder or a compiled file stands for a dotted name.
fn exists(lookup: &Lookup<'_>, dotted: &str) -> bool {
    let tree = lookup.contents.tree();
    lookup.module(dotted).is_some()
        || lookup.roots.iter().any(|root| {
            let name = dotted.replace('.', "/");
            let path = if root.is_empty() { name } else { format!("{root}/{name}") };
            let compiled = ["pyc", "pyd", "pyw", "so"];
            let is_file = |ending: &str| tree.file_ignoring_case(&format!("{path}.{ending}")).is_some();
            // The case of a module counts in Python, also on Windows.
            let is_folder = PackagePath::new(&path)
                .is_ok_and(|path| tree.folder_ignoring_case(&path).is_some_and(|own| own.name() == path.name()));
            is_folder || compiled.into_iter().any(is_file)
        })
}

/// Whether a package may be installed on the server: a framework, or what the application asks for.
fn is_elsewhere(lookup: &Lookup<'_>, first: &str) -> bool {
    let tree = lookup.contents.tree();
    let asked = || {
        let file = &tree.file_ignoring_case("requirements.txt")?.path;
        let text = lookup.contents.text(file)?;
        Some(text.as_str().to_ascii_lowercase().replace('-', "_").contains(&first.to_ascii_lowercase()))
    };
    // A module may come out of an archive or a file of paths.
    let archives = || tree.files().any(|entry| matches!(entry.path.extension().as_str(), "egg" | "pth" | "whl"));
    // Without any code here, all of it is on the server.
    let bare = || !tree.files().any(|entry| entry.path.extension().starts_with("py"));
    ELSEWHERE.contains(&first) || asked().unwrap_or(false) || archives() || bare()
}

/// How often a name stands in a text as a word.
fn words(text: &str, name: &str) -> usize {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| *word == name).count()
}

/// Whether a file below the application says something, among those that Python would run.
pub(super) fn code_says(contents: &Contents<'_>, word: &str) -> bool {
    let files = contents.tree().files().filter(|entry| entry.path.has_extension("py") && entry.path.depth() <= 3);
    let mut texts = files.take(200).filter_map(|entry| contents.text(&entry.path));
    texts.any(|text| text.as_str().contains(word))
}
