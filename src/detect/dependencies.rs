//! What the application needs of others, and whether it is bundled.

use super::bundled::Bundled;
use super::imported_as::{modules_of, project_of, project_of_framework};
use super::project::Project;
use super::{Candidate, Evidence};
use crate::contents::Contents;
use crate::path::PackagePath;
use crate::python::{Environment, project_name};
use crate::requirements::{self, Marker, Origin, Requirement};
use crate::sorted::Set;
use crate::tree::FileTree;

/// What the application needs of others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dependencies {
    /// What files or imports say, each project and condition once.
    pub list: Vec<Dependency>,
    /// What could not be followed: sentences.
    pub notes: Vec<String>,
}

/// Something that the application needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The project, as the first that names it spells it.
    pub project: String,
    /// What to ask pip for: `celery[redis]>=5`.
    pub requirement: String,
    /// Whether it comes from an address: what an index has by its name may be something else.
    pub addressed: bool,
    /// When it counts.
    pub marker: Option<Marker>,
    /// What says so.
    pub evidence: Evidence,
    /// Who says so.
    pub by: NeededBy,
    /// What is bundled of it; nothing when it is missing.
    pub bundled: Option<BundledPackage>,
}

/// Who needs something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NeededBy {
    /// A file of requirements.
    File,
    /// An import of the application's own modules.
    Import,
    /// A package that is bundled.
    Package,
}

/// A package that lies in the application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundledPackage {
    /// Its version, where its metadata says.
    pub version: Option<String>,
    /// Its metadata, or its module.
    pub path: PackagePath,
}

/// Projects that a server for wfastcgi has, or that are only for other servers and for development.
const NOT_NEEDED: [&str; 26] = [
    "black",
    "cheroot",
    "coverage",
    "daphne",
    "flake8",
    "gevent",
    "gunicorn",
    "hypercorn",
    "ipython",
    "isort",
    "mypy",
    "pip",
    "pre-commit",
    "pylint",
    "pytest",
    "pytest-cov",
    "pytest-django",
    "setuptools",
    "tox",
    "twine",
    "uvicorn",
    "uwsgi",
    "virtualenv",
    "waitress",
    "wfastcgi",
    "wheel",
];

impl Dependencies {
    /// What counts on a server with a Python and is missing there.
    pub fn missing(&self, environment: Option<Environment>) -> impl Iterator<Item = &Dependency> {
        self.counting(environment).filter(|own| own.bundled.is_none())
    }

    /// What counts on a server with a Python.
    pub fn counting(&self, environment: Option<Environment>) -> impl Iterator<Item = &Dependency> {
        self.list.iter().filter(move |own| own.marker.as_ref().is_none_or(|marker| marker.holds(environment)))
    }
}

pub(super) fn find(project: &Project<'_>, candidates: &[Candidate]) -> Dependencies {
    let stated = requirements::read(project.contents);
    let roots = roots(project.contents.tree(), &project.bundled, candidates);
    let mut out = Dependencies { list: Vec::new(), notes: stated.notes.clone() };
    let mut add = |requirement: Requirement, by: NeededBy, text: String| {
        let normalized = requirement.normalized();
        if NOT_NEEDED.contains(&normalized.as_str()) {
            return;
        }
        let marker = requirement.marker.clone();
        let known = |own: &Dependency| {
            project_name(&own.project) == normalized && (own.marker == marker || own.marker.is_none())
        };
        if !out.list.iter().any(known) {
            let locked = stated.locked.get(&normalized).map(String::as_str);
            out.list.push(Dependency {
                requirement: requirement.for_pip(locked),
                addressed: requirement.origin != Origin::Index,
                marker,
                evidence: Evidence::new(&requirement.file, Some(requirement.line), text),
                by,
                bundled: bundled(project.contents, &project.bundled, &roots, &normalized),
                project: requirement.project,
            });
        }
    };
    for requirement in &stated.list {
        let text = format!("needs {}", requirement.for_pip(None));
        add(requirement.clone(), NeededBy::File, text);
    }
    for (requirement, text) in imports(project, candidates, stated.stated) {
        add(requirement, NeededBy::Import, text);
    }
    for item in &project.bundled.metadata {
        let Some(text) = project.contents.text(&item.file) else { continue };
        let name = requirements::metadata_name(text.as_str()).unwrap_or(&item.name).to_owned();
        for requirement in requirements::requires(text.as_str(), &item.file) {
            let said = format!("says that {name} needs {}", requirement.for_pip(None));
            add(requirement, NeededBy::Package, said);
        }
    }
    let by_hand = out.list.iter().filter(|own| own.addressed && own.bundled.is_none()).map(by_hand);
    let by_hand: Vec<String> = by_hand.collect();
    out.notes.extend(by_hand);
    out
}

/// What is not asked of an index. The address is not shown: it may have a password in it.
fn by_hand(own: &Dependency) -> String {
    let Evidence { file, line, .. } = &own.evidence;
    let line = line.map_or_else(String::new, |line| format!(" line {line}"));
    format!(
        "`{file}`{line} takes `{}` from an address: fetch it from there by hand. The line for pip leaves it out, because an \
         index may have another package of that name.",
        own.project
    )
}

/// What the application's own modules import: the framework in any case, other known projects only
/// where no file says what is needed.
fn imports(project: &Project<'_>, candidates: &[Candidate], stated: bool) -> Vec<(Requirement, String)> {
    let framework = candidates.first().and_then(|best| project_of_framework(best.framework));
    let mut found: Vec<(Requirement, String)> = Vec::new();
    let mut seen: Set<String> = Set::new();
    for own in project.modules.iter().chain(project.loaded_by_path()) {
        let Some(module) = project.python(&own.path) else { continue };
        for import in module.imports.iter().filter(|import| import.level == 0 && !import.guarded) {
            let top = import.module.split('.').next().unwrap_or("");
            if seen.contains(top) || project.module(top, Some(&own.path)).is_some() {
                continue;
            }
            let Some(name) = project_of(top) else { continue };
            if stated && framework != Some(name.as_str()) {
                continue;
            }
            let here = own.path.parent().and_then(|folder| folder.join(top).ok());
            if here.is_some_and(|folder| project.contents.tree().has_folder(&folder)) && !project.bundled.names(top) {
                continue;
            }
            seen.insert(top.to_owned());
            if let Some(requirement) = Requirement::parse(&name, &own.path, import.line) {
                found.push((requirement, format!("imports `{top}`")));
            }
        }
    }
    // A framework that no own module imports by its name, as behind a handler of Django.
    let told = |project: &str| found.iter().any(|(own, _)| own.project == project);
    if let (Some(framework), Some(best)) = (framework.filter(|framework| !told(framework)), candidates.first())
        && let Some(evidence) = best.evidence.first()
        && let Some(requirement) = Requirement::parse(framework, &evidence.file, evidence.line.unwrap_or(1))
    {
        found.push((requirement, evidence.text.clone()));
    }
    found
}

/// Folders that Python may import bundled packages from; empty for the application's root.
fn roots(tree: &FileTree, bundled: &Bundled, candidates: &[Candidate]) -> Vec<String> {
    let mut roots: Set<String> = Set::from_iter([String::new()]);
    roots.extend(candidates.iter().flat_map(|own| &own.python_path).map(ToString::to_string));
    roots.extend(bundled.metadata.iter().filter_map(|item| Some(item.folder.as_ref()?.to_string())));
    let packages = tree.folders().iter().filter(|folder| folder.name().eq_ignore_ascii_case("site-packages"));
    roots.extend(packages.map(ToString::to_string));
    roots.into_iter().collect()
}

fn bundled(contents: &Contents<'_>, bundled: &Bundled, roots: &[String], project: &str) -> Option<BundledPackage> {
    let metadata = bundled.metadata.iter().find(|item| {
        let text = || contents.text(&item.file);
        let said = || text().and_then(|text| Some(project_name(requirements::metadata_name(text.as_str())?)));
        project_name(&item.name) == project || said().as_deref() == Some(project)
    });
    if let Some(item) = metadata {
        return Some(BundledPackage { version: item.full_version.clone(), path: item.file.clone() });
    }
    let tree = contents.tree();
    for module in modules_of(project) {
        for root in roots {
            let path = if root.is_empty() { module.clone() } else { format!("{root}/{module}") };
            let Ok(folder) = PackagePath::new(&path) else { continue };
            let file = tree.file(&format!("{path}/__init__.py")).or_else(|| tree.file(&format!("{path}.py")));
            let library = || tree.children(&folder).find(|entry| entry.path.has_extension("pyd"));
            if let Some(entry) = file.or_else(library) {
                return Some(BundledPackage { version: None, path: entry.path.clone() });
            }
        }
    }
    None
}
