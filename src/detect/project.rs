//! The application's own modules, and where a dotted name leads.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;

use super::bundled::{self, Bundled};
use super::callable::Callable;
use super::{is_identifier, unimportable};
use crate::contents::Contents;
use crate::limits;
use crate::path::{PackagePath, same_name};
use crate::python::{Module, Version};
use crate::sorted::{Map, Set};
use crate::tree::Entry;

/// Folders whose modules do not belong to the running application.
const ASIDE: [&str; 29] = [
    "__pycache__",
    "_vendor",
    "benchmarks",
    "conftest",
    "contrib",
    "doc",
    "docs",
    "env",
    "example",
    "examples",
    "htdocs",
    "migrations",
    "node_modules",
    "project_template",
    "project_templates",
    "sample",
    "samples",
    "site-packages",
    "skel",
    "static",
    "test",
    "testing",
    "testproject",
    "tests",
    "third_party",
    "thirdparty",
    "vendor",
    "vendored",
    "venv",
];

/// Folders with an application that only shows or tests a library, where the root is one.
const EXAMPLES: [&str; 10] = [
    "demo_project",
    "demoproject",
    "example_project",
    "exampleproject",
    "sample_project",
    "sandbox",
    "test_app",
    "test_project",
    "testapp",
    "testsite",
];

/// Files of one name or another that tell about the whole application.
const TELLING: [&str; 12] = [
    ".flaskenv",
    "Dockerfile",
    "Pipfile",
    "Procfile",
    "PKG-INFO",
    "pyproject.toml",
    "requirements.txt",
    "runtime.txt",
    "setup.cfg",
    "setup.py",
    ".env",
    "web.config",
];

/// One of the application's own modules.
#[derive(Clone, Debug)]
pub(super) struct Own {
    pub(super) path: PackagePath,
    /// As an import spells it, from `base`.
    pub(super) dotted: String,
    /// The folder that must be on the path; nothing for the application's root.
    pub(super) base: Option<PackagePath>,
}

pub(super) struct Project<'a> {
    pub(super) contents: &'a Contents<'a>,
    pub(super) bundled: Bundled,
    /// Smallest depth first.
    pub(super) modules: Vec<Own>,
    /// Modules that have no name to be imported by, under a name that a loader gives them.
    pub(super) unnamed: Vec<Own>,
    /// Files that are templates of a project that somebody makes from them.
    pub(super) templates: Vec<PackagePath>,
    index: Map<String, Vec<usize>>,
    by_path: Map<PackagePath, usize>,
    callables: OnceCell<Vec<Callable>>,
    /// How far one question about a name may still go; see `evaluate`.
    pub(super) budget: Cell<u32>,
}

impl<'a> Project<'a> {
    pub(super) fn new(contents: &'a Contents<'a>) -> Self {
        let mut bundled = Bundled::find(contents);
        let (templates, wanted) = own_files(contents, &bundled);
        let (templates, mut wanted) =
            if wanted.iter().all(|entry| is_command(&entry.path)) && !bundled.metadata.is_empty() {
                bundled.release_asked(contents);
                own_files(contents, &bundled)
            } else {
                (templates, wanted)
            };
        wanted.sort_by_key(|entry| (entry.path.depth(), entry.path.clone()));
        wanted.truncate(limits::MODULES);
        let telling = contents.tree().files().filter(|entry| TELLING.contains(&entry.path.as_str()));
        contents.prefetch(wanted.iter().copied().chain(telling));
        let mut project = Self {
            contents,
            bundled,
            modules: Vec::new(),
            unnamed: Vec::new(),
            templates,
            index: Map::new(),
            by_path: Map::new(),
            callables: OnceCell::new(),
            budget: Cell::new(0),
        };
        let paths: Vec<PackagePath> = wanted.into_iter().map(|entry| entry.path.clone()).collect();
        project.add(paths);
        project
    }

    fn add(&mut self, paths: Vec<PackagePath>) {
        let (templates, paths): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| self.is_template_text(path));
        self.templates.extend(templates);
        let imported = self.imported_first(&paths);
        let packages: Set<PackagePath> =
            paths.iter().filter(|path| path.name() == "__init__.py").filter_map(PackagePath::parent).collect();
        for path in paths {
            let base = base(&path, &packages, &imported);
            let Some(dotted) = dotted(&path, base.as_ref()) else {
                // What lies in a package without a name is reached through the package.
                if !path.parent().is_some_and(|folder| !is_identifier(folder.name()) && packages.contains(&folder))
                    || path.name() == "__init__.py"
                {
                    self.unnamed.push(Own { dotted: unimportable::name_of(&path), path, base });
                }
                continue;
            };
            let number = self.modules.len();
            self.index.change(dotted.clone(), Vec::new, |numbers| numbers.push(number));
            self.by_path.insert(path.clone(), number);
            self.modules.push(Own { path, dotted, base });
        }
    }

    fn is_template_text(&self, path: &PackagePath) -> bool {
        self.contents.text(path).is_some_and(|text| {
            let text = text.as_str();
            ["{{ project_name }}", "{{project_name}}", "{{ cookiecutter.", "{{cookiecutter."]
                .iter()
                .any(|mark| text.contains(mark))
        })
    }

    /// The first parts of all names that the modules import.
    fn imported_first(&self, paths: &[PackagePath]) -> Set<String> {
        let mut first = Set::new();
        for module in paths.iter().filter_map(|path| self.python(path)) {
            for import in module.imports.iter().filter(|import| import.level == 0) {
                first.extend(import.module.split('.').next().map(str::to_owned));
            }
        }
        first
    }

    /// Modules without a name that are loaded by their path, because nothing else can be called.
    pub(super) fn loaded_by_path(&self) -> impl Iterator<Item = &Own> {
        let alone = !self.callables().iter().any(Callable::usable);
        self.unnamed.iter().filter(move |own| alone && self.callables_in(own).iter().any(Callable::usable))
    }

    /// Everything in the modules that a server could call, found once.
    pub(super) fn callables(&self) -> &[Callable] {
        self.callables.get_or_init(|| self.find_callables())
    }

    pub(super) fn python(&self, path: &PackagePath) -> Option<Rc<Module>> {
        self.contents.python(path)
    }

    /// Whether the root is made to be installed.
    pub(super) fn is_packaged(&self) -> bool {
        is_packaged(self.contents)
    }

    /// A file at the application's root.
    pub(super) fn root_file(&self, name: &str) -> Option<PackagePath> {
        self.contents.tree().file(name).map(|entry| entry.path.clone())
    }

    pub(super) fn own(&self, path: &PackagePath) -> Option<&Own> {
        self.by_path.get(path).and_then(|&number| self.modules.get(number))
    }

    /// The module of a dotted name, as seen from a file.
    pub(super) fn module(&self, dotted: &str, near: Option<&PackagePath>) -> Option<&Own> {
        let numbers = self.index.get(dotted)?;
        let found = || numbers.iter().filter_map(|&number| self.modules.get(number));
        let base = near.and_then(|near| self.own(near)).map(|own| own.base.clone());
        found().find(|own| base.as_ref() == Some(&own.base)).or_else(|| found().next())
    }

    /// The module that a dotted name begins with, and what is left of the name.
    pub(super) fn resolve<'d>(&self, dotted: &'d str, near: &PackagePath) -> Option<(&Own, &'d str)> {
        let mut end = dotted.len();
        loop {
            let prefix = dotted.get(..end)?;
            if let Some(own) = self.module(prefix, Some(near)).or_else(|| self.sibling(prefix, near)) {
                return Some((own, dotted.get(end..)?.trim_start_matches('.')));
            }
            end = prefix.rfind('.')?;
        }
    }

    /// A module beside another, which scripts and Python 2 import without dots.
    fn sibling(&self, dotted: &str, near: &PackagePath) -> Option<&Own> {
        let folder = near.parent()?;
        let name = dotted.replace('.', "/");
        let file = folder.join(&format!("{name}.py")).ok().and_then(|path| self.own(&path));
        file.or_else(|| self.own(&folder.join(&format!("{name}/__init__.py")).ok()?))
    }

    /// Turns a name with leading dots into one without, as seen from a file.
    pub(super) fn absolute(&self, dotted: &str, from: &PackagePath) -> Option<String> {
        let rest = dotted.trim_start_matches('.');
        let dots = dotted.len() - rest.len();
        if dots == 0 {
            return Some(dotted.to_owned());
        }
        let mut parts: Vec<&str> = self.own(from)?.dotted.split('.').collect();
        let up = if from.name() == "__init__.py" { dots - 1 } else { dots };
        parts.truncate(parts.len().checked_sub(up)?);
        parts.push(rest);
        Some(parts.join("."))
    }

    /// The version of the Django that lies in the application, and what says so.
    pub(super) fn bundled_django(&self) -> Option<(Version, PackagePath, Option<u32>)> {
        if let Some((version, file)) = self.bundled.version("django") {
            return Some((version, file.clone(), None));
        }
        let folders = self.bundled.paths.iter().filter(|path| path.name() == "django");
        folders
            .filter_map(|folder| bundled::django_source_version(self.contents, folder))
            .map(|(version, file, line)| (version, file, Some(line)))
            .next()
    }
}

fn is_packaged(contents: &Contents<'_>) -> bool {
    ["setup.py", "setup.cfg", "pyproject.toml"].iter().any(|name| contents.tree().file(name).is_some())
}

/// Whether a folder of this name shows or tests a library.
pub(super) fn is_example_name(folder: &str) -> bool {
    EXAMPLES.contains(&folder.to_lowercase().as_str())
}

/// Whether an installer put a file there to be run from a command line.
fn is_command(path: &PackagePath) -> bool {
    path.depth() > 1 && matches!(path.first(), "bin" | "Scripts")
}

/// Templates of projects, and the application's own modules.
fn own_files<'c>(contents: &'c Contents<'_>, bundled: &Bundled) -> (Vec<PackagePath>, Vec<&'c Entry>) {
    let mut templates = Vec::new();
    let mut wanted = Vec::new();
    let is_packaged = is_packaged(contents);
    for entry in contents.tree().files() {
        if is_template(&entry.path) {
            templates.push(entry.path.clone());
        } else if entry.path.has_extension("py")
            && (is_own(&entry.path, bundled) || is_contributed(contents, &entry.path) && !bundled.has(&entry.path))
            && !(is_packaged && entry.path.depth() > 1 && is_example_name(entry.path.first()))
        {
            wanted.push(entry);
        }
    }
    (templates, wanted)
}

fn is_template(path: &PackagePath) -> bool {
    let name = path.name();
    name.ends_with(".py-tpl")
        || name.ends_with(".py.tmpl")
        || path.as_str().contains("{{")
        || (path.has_extension("py")
            && path.segments().any(|segment| matches!(segment, "project_template" | "project_templates")))
}

fn is_own(path: &PackagePath, bundled: &Bundled) -> bool {
    let name = path.name();
    if name.starts_with("test_")
        || name.ends_with("_test.py")
        || matches!(name, "setup.py" | "conftest.py" | "bottle.py" | "tests.py")
    {
        return false;
    }
    !bundled.has(path) && !is_aside(path)
}

/// A module for servers that a package keeps with what was contributed to it, as
/// `klaus/contrib/wsgi.py`, and the `__init__.py` beside it.
fn is_contributed(contents: &Contents<'_>, path: &PackagePath) -> bool {
    if !matches!(path.name(), "wsgi.py" | "__init__.py") {
        return false;
    }
    let Some(folder) = path.parent().filter(|folder| folder.name() == "contrib") else { return false };
    let has =
        |folder: &PackagePath, name: &str| folder.join(name).is_ok_and(|file| contents.tree().get(&file).is_some());
    has(&folder, "wsgi.py")
        && has(&folder, "__init__.py")
        && folder.parent().is_some_and(|above| has(&above, "__init__.py") && !above.segments().any(is_aside_name))
}

/// Whether a file lies where nothing belongs to the running application.
pub(super) fn is_aside(path: &PackagePath) -> bool {
    let folders = path.as_str().rsplit_once('/').map_or("", |(folders, _)| folders);
    folders.split('/').any(is_aside_name)
}

/// Whether nothing in a folder of this name belongs to the running application.
pub(super) fn is_aside_name(folder: &str) -> bool {
    ASIDE.iter().any(|aside| same_name(aside, folder)) || (folder.starts_with('.') && folder.len() > 1)
}

/// The folder that must be on the path for a module to be imported; nothing for the root.
fn base(path: &PackagePath, packages: &Set<PackagePath>, imported: &Set<String>) -> Option<PackagePath> {
    let mut folder = path.parent();
    while let Some(inner) = folder.as_ref().filter(|folder| packages.contains(*folder)) {
        folder = inner.parent();
    }
    let folder = folder?;
    let first = folder.first();
    // A folder without `__init__.py` is a package of Python 3 when somebody imports from it by name.
    let is_package_of_that_name = folder.join(first).is_ok_and(|inner| packages.contains(&inner));
    let is_namespace = imported.contains(first) && !is_package_of_that_name && folder.segments().all(is_identifier);
    (!is_namespace).then_some(folder)
}

fn dotted(path: &PackagePath, base: Option<&PackagePath>) -> Option<String> {
    let inner = match base {
        Some(base) => path.strip(base)?,
        None => path.clone(),
    };
    let stem = inner.as_str().strip_suffix(".py")?;
    let stem = stem.strip_suffix("/__init__").unwrap_or(stem);
    stem.split('/').all(is_identifier).then(|| stem.replace('/', "."))
}
