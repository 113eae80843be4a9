//! What Python the application needs, from everything in its files that says so.

use super::project::Project;
use super::{Dependencies, Evidence, NeededBy, PythonNeed, compiled, frameworks, named, requires};
use crate::path::PackagePath;
use crate::python::{Availability, Value, Version, project_name};

#[derive(Default)]
struct Limits {
    minimum: Vec<(Version, Evidence)>,
    below: Vec<(Version, Evidence)>,
}

impl Limits {
    fn range(&mut self, range: requires::Range, evidence: &Evidence) {
        self.minimum.extend(range.minimum.map(|version| (version, evidence.clone())));
        self.below.extend(range.below.map(|version| (version, evidence.clone())));
    }
}

pub(super) fn python(project: &Project<'_>, dependencies: &Dependencies) -> PythonNeed {
    let mut stated = Limits::default();
    files(project, &mut stated);
    bundled(project, &mut stated);
    required(dependencies, &mut stated);
    let mut sources = Limits::default();
    modules(project, &mut sources);
    match named::version(project) {
        Some((version, evidence)) => exactly(version, evidence, stated, sources),
        None => settle(stated, sources),
    }
}

/// One version is named: it is the one to take where a host has it, unless something else in the
/// application rules it out. That a newer one fails it does not say.
fn exactly(version: Version, evidence: Evidence, mut stated: Limits, sources: Limits) -> PythonNeed {
    stated.minimum.push((version, evidence.clone()));
    if version.major == 2 {
        stated.below.push((Version::new(3, 0), evidence.clone()));
    }
    let mut need = settle(stated, sources);
    if need.minimum == Some(version) && need.allows(version) {
        need.named = Some(version);
        need.reasons.retain(|own| *own != evidence);
        need.reasons.insert(0, evidence);
    }
    need
}

/// What the packages need that have to be fetched. One that only counts on some Pythons does not say
/// which of them it is.
fn required(dependencies: &Dependencies, limits: &mut Limits) {
    let fetched = dependencies.list.iter().filter(|own| own.bundled.is_none() && own.by != NeededBy::Import);
    for own in fetched.filter(|own| own.marker.is_none()) {
        let Some(at) = own.requirement.find(['<', '>', '=', '~', '!']) else { continue };
        let versions = own.requirement.get(at..).unwrap_or("");
        let range = frameworks::of_requirement(&project_name(&own.project), versions);
        limits.range(range, &own.evidence);
    }
}

/// The highest minimum and the lowest limit decide.
fn settle(mut stated: Limits, sources: Limits) -> PythonNeed {
    let python3 = Version::new(3, 0);
    let says_3 = stated.minimum.iter().any(|(version, _)| *version >= python3);
    let newer = sources.minimum.iter().filter(|(version, _)| *version >= python3).count();
    let old = sources.below.len();
    // A stray script of the other kind does not decide for an application.
    if !says_3 && old > newer {
        stated.below.extend(sources.below);
        stated.minimum.extend(sources.minimum.into_iter().filter(|(version, _)| *version < python3));
    } else {
        stated.minimum.extend(sources.minimum);
    }
    let minimum = first_by(stated.minimum, |a, b| a > b);
    let below = first_by(stated.below, |a, b| a < b);
    let mut need = PythonNeed {
        minimum: minimum.as_ref().map(|(version, _)| *version),
        below: below.as_ref().map(|(version, _)| *version),
        named: None,
        reasons: Vec::new(),
    };
    for (_, evidence) in minimum.into_iter().chain(below) {
        if !need.reasons.contains(&evidence) {
            need.reasons.push(evidence);
        }
    }
    need
}

fn first_by(list: Vec<(Version, Evidence)>, better: fn(Version, Version) -> bool) -> Option<(Version, Evidence)> {
    list.into_iter().reduce(|best, item| if better(item.0, best.0) { item } else { best })
}

/// What the application's own modules use.
fn modules(project: &Project<'_>, limits: &mut Limits) {
    for own in project.modules.iter().chain(project.loaded_by_path()) {
        let Some(module) = project.python(&own.path) else { continue };
        if let Some(need) = &module.needs.python2_only {
            let text = format!("uses {}, which only Python 2 has", need.what);
            limits.below.push((need.version, Evidence::new(&own.path, Some(need.line), text)));
            continue;
        }
        if let Some(need) = &module.needs.minimum {
            let text = format!("uses {}, which came with Python {}", need.what, need.version);
            limits.minimum.push((need.version, Evidence::new(&own.path, Some(need.line), text)));
        }
        for (name, found, line) in &module.needs.imports {
            if is_here(project, name, &own.path) {
                continue;
            }
            match found {
                Availability::Since(version) => {
                    let text = format!("imports `{name}`, which came with Python {version}");
                    limits.minimum.push((*version, Evidence::new(&own.path, Some(*line), text)));
                }
                Availability::Python2 => {
                    let text = format!("imports `{name}`, which only Python 2 has");
                    limits.below.push((Version::new(3, 0), Evidence::new(&own.path, Some(*line), text)));
                }
            }
        }
    }
}

/// Whether a module of the standard library's name lies in the application.
fn is_here(project: &Project<'_>, name: &str, near: &PackagePath) -> bool {
    let top = name.split('.').next().unwrap_or(name);
    let same_folder = near.parent().and_then(|folder| folder.join(&format!("{top}.py")).ok());
    project.module(top, Some(near)).is_some()
        || same_folder.is_some_and(|file| project.contents.tree().get(&file).is_some())
        || project.bundled.paths.iter().any(|path| path.name() == top)
}

/// What the files at the root state.
fn files(project: &Project<'_>, limits: &mut Limits) {
    let state = |name: &str, key: &str, limits: &mut Limits| {
        let Some(file) = project.root_file(name) else { return };
        let Some(text) = project.contents.text(&file) else { return };
        for (line, number) in text.as_str().lines().zip(1..) {
            if let Some(value) = value_of(line, key) {
                let range = requires::read(&value);
                let evidence = Evidence::new(&file, Some(number), format!("has `{key}` {value}"));
                limits.range(range, &evidence);
                return;
            }
        }
    };
    state("pyproject.toml", "requires-python", limits);
    state("pyproject.toml", "python", limits);
    state("setup.cfg", "python_requires", limits);
    state("setup.cfg", "python-requires", limits);
    state("PKG-INFO", "Requires-Python", limits);
    setup(project, limits);
}

/// `key = "value"`, `key: value`.
pub(super) fn value_of(line: &str, key: &str) -> Option<String> {
    let rest = line.trim().strip_prefix(key)?.trim_start();
    let value = rest.strip_prefix(['=', ':'])?.trim();
    let value = match value.strip_prefix(['"', '\'']) {
        Some(inner) => inner.split(['"', '\'']).next()?,
        None => value,
    };
    (!value.is_empty() && !value.starts_with('{')).then(|| value.to_owned())
}

/// `setup(python_requires=">=3.6")`.
fn setup(project: &Project<'_>, limits: &mut Limits) {
    let Some(file) = project.root_file("setup.py") else { return };
    let Some(module) = project.python(&file) else { return };
    for call in module.calls().filter(|call| call.callee.last() == "setup") {
        if let Some(Value::Text(value)) = call.keyword("python_requires") {
            let evidence = Evidence::new(&file, Some(call.line), format!("has `python_requires` {value}"));
            limits.range(requires::read(value), &evidence);
        }
    }
}

/// What the packages in the application need.
fn bundled(project: &Project<'_>, limits: &mut Limits) {
    for item in &project.bundled.metadata {
        let Some(text) = project.contents.text(&item.file) else { continue };
        let mut found = text.as_str().lines().zip(1..).take_while(|(line, _)| !line.is_empty());
        let stated = found.find_map(|(line, number)| Some((value_of(line, "Requires-Python")?, number)));
        if let Some((value, number)) = stated {
            let text = format!("says that the bundled {} needs Python {value}", item.name);
            limits.range(requires::read(&value), &Evidence::new(&item.file, Some(number), text));
        }
    }
    if let Some((minimum, below, evidence)) = compiled::range(project) {
        limits.minimum.push((minimum, evidence.clone()));
        limits.below.push((below, evidence));
    }
    if let Some((version, file, line)) = project.bundled_django() {
        limits.range(
            frameworks::of_version("django", version),
            &Evidence::new(&file, line, format!("is Django {version}")),
        );
    }
}
