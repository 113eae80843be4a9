//! Modules that no server can import under their names: `my-app.py` is none of Python's names, and
//! `site.py` has the name of a module that Python has loaded before.

use super::callable::Callable;
use super::known::Protocol;
use super::project::{Own, Project};
use super::{Candidate, Evidence, Load, is_identifier};
use crate::path::PackagePath;
use crate::python::is_loaded_first;

/// How many files are offered.
const OFFERED: usize = 3;

/// What lies in files with such names; only where nothing else can be called.
pub(super) fn detect(project: &Project<'_>) -> Vec<Candidate> {
    if project.callables().iter().any(Callable::usable) {
        return Vec::new();
    }
    let mut found: Vec<Candidate> = Vec::new();
    for own in &project.unnamed {
        let usable = project.callables_in(own).into_iter().filter(Callable::usable);
        found.extend(usable.map(|callable| by_path(own, &callable.candidate())));
    }
    found.sort_by_key(|candidate| std::cmp::Reverse(candidate.strength));
    found.truncate(OFFERED);
    found
}

/// Loads what has the name of a module of Python's by its path, and holds back what cannot be loaded so.
pub(super) fn mend(project: &Project<'_>, candidates: &mut [Candidate]) {
    let shadowed = |own: &&mut Candidate| {
        own.loader.is_none() && own.protocol == Protocol::Wsgi && is_loaded_first(first(&own.entry_point.module))
    };
    for candidate in candidates.iter_mut().filter(shadowed) {
        let Some(own) = project.module(&candidate.entry_point.module, None) else { continue };
        if own.dotted.contains('.') {
            candidate.only_offered = true;
            let says = format!("is in a package that cannot be imported: {}", shadow(first(&own.dotted)));
            candidate.evidence.push(Evidence::new(&own.path, None, says));
        } else {
            *candidate = by_path(own, candidate);
        }
    }
}

/// The same, loaded by the path of its file.
fn by_path(own: &Own, candidate: &Candidate) -> Candidate {
    let entry = &candidate.entry_point;
    let load =
        Load::File { file: own.path.clone(), name: name_of(&own.path), object: entry.object.clone(), call: entry.call };
    let mut evidence = candidate.evidence.clone();
    evidence.push(Evidence::new(&own.path, None, format!("cannot be imported under its name: {}", why(&own.path))));
    Candidate {
        python_path: candidate.python_path.clone(),
        only_offered: candidate.only_offered,
        settings: candidate.settings.clone(),
        ..Candidate::through(candidate.framework, load, evidence, candidate.strength)
    }
}

/// Why a file cannot be imported, and what would mend it.
pub(super) fn why(file: &PackagePath) -> String {
    let stem = stem(file);
    if is_identifier(stem) {
        return shadow(stem);
    }
    format!(
        "`{stem}` is no name in Python, which has letters, digits and `_` only; renamed to `{}`, it can be called as it is",
        plain(stem)
    )
}

fn shadow(name: &str) -> String {
    format!(
        "Python has a module `{name}` of its own, loaded before the application; under another name it can be called as it is"
    )
}

/// Something that cannot be loaded by its path either.
pub(super) fn sentence(project: &Project<'_>) -> Option<String> {
    let own = project.callables().iter().find(|own| own.usable() && is_loaded_first(first(&own.own.dotted)))?;
    let (file, name) = (&own.own.path, first(&own.own.dotted));
    Some(format!(
        "`{file}` line {} binds `{}`, but no server can import it: Python has a module `{name}` of its own, loaded before the application. Rename the folder `{name}`, and what imports from it.",
        own.line, own.name
    ))
}

/// What a file is called once it is loaded, which nothing else is called.
pub(super) fn name_of(file: &PackagePath) -> String {
    format!("gallery_{}", plain(stem(file)))
}

/// The name of the module; that of the folder for a package.
fn stem(file: &PackagePath) -> &str {
    let path = file.as_str();
    let path = path.strip_suffix("/__init__.py").or_else(|| path.strip_suffix(".py")).unwrap_or(path);
    path.rsplit('/').next().unwrap_or(path)
}

fn plain(stem: &str) -> String {
    let plain: String = stem.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    if plain.starts_with(|c: char| c.is_numeric()) { format!("_{plain}") } else { plain }
}

fn first(dotted: &str) -> &str {
    dotted.split('.').next().unwrap_or(dotted)
}
