//! What Python the application needs, from everything in its files that says so.

use super::project::Project;
use super::{Evidence, PythonNeed, compiled, requires};
use crate::path::PackagePath;
use crate::python::{Availability, Value, Version};

/// A version of Django, the first Python that it takes, and the first that it does not.
type Supported = ((u8, u8), (u8, u8), Option<(u8, u8)>);

/// The Pythons that a version of Django takes: from, and the first that it does not.
///
/// The minimum is from "What Python version can I use with Django?" in the FAQ of each version; a
/// limit is only set where that Django cannot be imported, not where it was merely never tested.
const DJANGO: [Supported; 13] = [
    ((1, 0), (2, 3), Some((3, 0))),
    ((1, 2), (2, 4), Some((3, 0))),
    ((1, 4), (2, 5), Some((3, 0))),
    ((1, 5), (2, 6), Some((3, 5))),
    ((1, 7), (2, 7), Some((3, 5))),
    ((1, 8), (2, 7), Some((3, 7))),
    ((1, 11), (2, 7), Some((3, 12))),
    ((2, 0), (3, 4), Some((3, 12))),
    ((2, 1), (3, 5), Some((3, 12))),
    ((3, 0), (3, 6), Some((3, 12))),
    ((4, 0), (3, 8), None),
    ((5, 0), (3, 10), None),
    ((6, 0), (3, 12), None),
];

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

pub(super) fn python(project: &Project<'_>) -> PythonNeed {
    let mut stated = Limits::default();
    files(project, &mut stated);
    bundled(project, &mut stated);
    let mut sources = Limits::default();
    modules(project, &mut sources);
    settle(stated, sources)
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
    for own in &project.modules {
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
    let state = |name: &str, key: &str, limits: &mut Limits, prefix: Option<&str>| {
        let Some(file) = project.root_file(name) else { return };
        let Some(text) = project.contents.text(&file) else { return };
        for (line, number) in text.as_str().lines().zip(1..) {
            if let Some(value) = value_of(line, key) {
                let range = requires::read(&value);
                let evidence = Evidence::new(&file, Some(number), format!("has `{key}` {value}"));
                limits.range(without_pin(range, prefix.is_some()), &evidence);
                return;
            }
        }
    };
    state("pyproject.toml", "requires-python", limits, None);
    state("pyproject.toml", "python", limits, None);
    state("setup.cfg", "python_requires", limits, None);
    state("setup.cfg", "python-requires", limits, None);
    state("Pipfile", "python_version", limits, Some("pin"));
    state("PKG-INFO", "Requires-Python", limits, None);
    setup(project, limits);
    runtime(project, limits);
}

/// A file that names one version for one server does not say that a newer one fails.
const fn without_pin(range: requires::Range, pin: bool) -> requires::Range {
    requires::Range { minimum: range.minimum, below: if pin { None } else { range.below } }
}

/// `key = "value"`, `key: value`.
fn value_of(line: &str, key: &str) -> Option<String> {
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

/// `python-3.4.1`, the file of Azure and Heroku.
fn runtime(project: &Project<'_>, limits: &mut Limits) {
    let Some(file) = project.root_file("runtime.txt") else { return };
    let Some(text) = project.contents.text(&file) else { return };
    let line = text.line(1).trim().to_owned();
    if let Some(version) = line.strip_prefix("python-").and_then(Version::parse) {
        limits.minimum.push((version, Evidence::new(&file, Some(1), format!("asks for `{line}`"))));
        if version.major == 2 {
            limits.below.push((Version::new(3, 0), Evidence::new(&file, Some(1), format!("asks for `{line}`"))));
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
        let row = DJANGO.iter().rev().find(|((major, minor), ..)| version >= Version::new(*major, *minor));
        if let Some((_, minimum, below)) = row {
            let evidence = Evidence::new(&file, line, format!("is Django {version}"));
            limits.minimum.push((Version::new(minimum.0, minimum.1), evidence.clone()));
            limits.below.extend(below.map(|(major, minor)| (Version::new(major, minor), evidence)));
        }
    }
}
