//! What third-party packages lie in the application's folders.

use crate::contents::Contents;
use crate::path::{PackagePath, is_covered};
use crate::python::{Kind, Value, Version, project_name};
use crate::requirements::{self, Requirement};
use crate::sorted::Set;
use crate::tree::Entry;

/// Frameworks that people copy into their tree: a folder of this name that holds this file.
const FRAMEWORKS: [(&str, &str); 12] = [
    ("django", "core/handlers/wsgi.py"),
    ("flask", "globals.py"),
    ("werkzeug", "routing.py"),
    ("werkzeug", "routing/__init__.py"),
    ("jinja2", "environment.py"),
    ("sqlalchemy", "orm/__init__.py"),
    ("pyramid", "router.py"),
    ("cherrypy", "_cptree.py"),
    ("tornado", "ioloop.py"),
    ("pip", "__main__.py"),
    ("setuptools", "dist.py"),
    ("gluon", "packages/dal/pydal/__init__.py"),
];

/// Metadata of an installed package.
pub(super) struct Metadata {
    /// `METADATA` or `PKG-INFO`, or the `.egg-info` file itself.
    pub(super) file: PackagePath,
    /// As the folder spells it.
    pub(super) name: String,
    /// As the folder spells it.
    pub(super) version: Option<Version>,
    /// The same, whole.
    pub(super) full_version: Option<String>,
    /// Where it lies; nothing for the root.
    pub(super) folder: Option<PackagePath>,
}

pub(super) struct Bundled {
    pub(super) metadata: Vec<Metadata>,
    /// Folders and single modules that belong to somebody else.
    pub(super) paths: Set<PackagePath>,
}

impl Bundled {
    /// Takes the packages that nobody else asks for as the application itself: what is left when an
    /// application was installed beside what it needs. The one that pip was asked for counts, as
    /// `REQUESTED` in its metadata says, else what no other package needs.
    pub(super) fn release_asked(&mut self, contents: &Contents<'_>) {
        let mut needed: Set<String> = Set::new();
        let mut names: Vec<String> = Vec::new();
        for item in &self.metadata {
            let text = contents.text(&item.file);
            let text = text.as_ref().map_or("", |text| text.as_str());
            names.push(project_name(requirements::metadata_name(text).unwrap_or(&item.name)));
            let always = |own: &Requirement| own.marker.as_ref().is_none_or(|marker| marker.holds(None));
            needed.extend(
                requirements::requires(text, &item.file).iter().filter(|own| always(own)).map(Requirement::normalized),
            );
        }
        let tree = contents.tree();
        let is_requested = |item: &Metadata| {
            let mark = item.file.parent().and_then(|folder| folder.join("REQUESTED").ok());
            mark.is_some_and(|mark| tree.get(&mark).is_some())
        };
        let is_free = |item: &Metadata, name: &String| {
            !needed.contains(name) && !FRAMEWORKS.iter().any(|(framework, _)| item.name.eq_ignore_ascii_case(framework))
        };
        let all = self.metadata.iter().zip(&names);
        let free: Vec<&Metadata> = all.filter(|(item, name)| is_free(item, name)).map(|(item, _)| item).collect();
        let requested: Vec<&Metadata> = free.iter().copied().filter(|item| is_requested(item)).collect();
        for item in if requested.is_empty() { free } else { requested } {
            for path in item.paths(contents) {
                self.paths.remove(&path);
            }
        }
    }

    pub(super) fn find(contents: &Contents<'_>) -> Self {
        let tree = contents.tree();
        let metadata: Vec<Metadata> = tree.files().filter_map(|entry| metadata(contents, entry)).collect();
        let listings = metadata.iter().flat_map(Metadata::listings).filter_map(|path| tree.get(&path));
        contents.prefetch(listings);
        let mut paths: Set<PackagePath> = Set::new();
        for item in &metadata {
            paths.extend(item.paths(contents));
        }
        for entry in tree.files() {
            for (name, marker) in FRAMEWORKS {
                if let Some(folder) = entry.path.as_str().strip_suffix(marker).and_then(|rest| rest.strip_suffix('/'))
                    && (folder == name || folder.ends_with(&format!("/{name}")))
                    && let Ok(folder) = PackagePath::new(folder)
                {
                    paths.insert(folder);
                }
            }
        }
        Self { metadata, paths }
    }

    pub(super) fn has(&self, path: &PackagePath) -> bool {
        is_covered(&self.paths, path)
    }

    /// Whether a module of this name is somebody else's.
    pub(super) fn names(&self, module: &str) -> bool {
        self.paths.iter().any(|path| path.name() == module)
    }

    /// The version of a bundled package, and the file that says it.
    pub(super) fn version(&self, name: &str) -> Option<(Version, &PackagePath)> {
        self.metadata
            .iter()
            .find(|item| item.name.eq_ignore_ascii_case(name))
            .and_then(|item| Some((item.version?, &item.file)))
    }
}

impl Metadata {
    /// The folder that has to be on the path; nothing for the root. An egg is one itself.
    pub(super) fn importable_from(&self) -> Option<PackagePath> {
        let inner = self.file.parent()?;
        if inner.name().eq_ignore_ascii_case("EGG-INFO") { inner.parent() } else { self.folder.clone() }
    }

    fn listings(&self) -> Vec<PackagePath> {
        let beside = |name: &str| self.file.parent()?.join(name).ok();
        if self.file.name().ends_with(".egg-info") {
            return vec![self.file.clone()];
        }
        let names = ["top_level.txt", "RECORD"].into_iter().filter_map(beside);
        names.chain([self.file.clone()]).collect()
    }

    /// The folders and single modules that the package puts beside its metadata.
    fn paths(&self, contents: &Contents<'_>) -> Vec<PackagePath> {
        let names = self.top_level(contents).into_iter().flat_map(|name| [format!("{name}.py"), name]);
        let path = |name: String| match self.importable_from() {
            Some(folder) => folder.join(&name),
            None => PackagePath::new(&name),
        };
        names.filter_map(|name| path(name).ok()).collect()
    }

    /// The names that the package puts beside its metadata.
    fn top_level(&self, contents: &Contents<'_>) -> Vec<String> {
        let text = |name: &str| self.file.parent().and_then(|folder| contents.text(&folder.join(name).ok()?));
        let mut names: Vec<String> = vec![self.name.to_lowercase().replace(['-', '.'], "_")];
        if let Some(list) = text("top_level.txt") {
            names.extend(list.as_str().lines().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned));
        } else if let Some(record) = text("RECORD") {
            let files = record.as_str().lines().filter_map(|line| line.split(',').next());
            let first =
                files.filter_map(|file| file.split('/').next()).filter(|name| !name.contains("-info") && *name != "..");
            let first: Set<&str> = first.collect();
            names.extend(first.into_iter().map(|name| name.strip_suffix(".py").unwrap_or(name).to_owned()));
        }
        names
    }
}

fn metadata(contents: &Contents<'_>, entry: &Entry) -> Option<Metadata> {
    let path = &entry.path;
    let (info, installed) = match path.name() {
        "METADATA" => (path.parent()?, true),
        // An egg-info that has no list of installed files is what building a source leaves behind.
        "PKG-INFO" => {
            let folder = path.parent()?;
            let listed = folder.join("installed-files.txt").is_ok_and(|list| contents.tree().get(&list).is_some());
            let is_egg = folder.name().eq_ignore_ascii_case("EGG-INFO");
            (if is_egg { folder.parent()? } else { folder }, listed || is_egg)
        }
        name if name.ends_with(".egg-info") => (path.clone(), true),
        _ => return None,
    };
    let stem = info.name().strip_suffix(".dist-info").or_else(|| info.name().strip_suffix(".egg-info"));
    let stem = stem.or_else(|| info.name().strip_suffix(".egg"))?;
    if !installed && stem.split('-').nth(1).is_none() {
        return None;
    }
    let mut parts = stem.split('-');
    let name = parts.next()?.to_owned();
    let full_version = parts.next().map(str::to_owned);
    let version = full_version.as_deref().and_then(Version::parse);
    Some(Metadata { file: path.clone(), name, version, full_version, folder: info.parent() })
}

/// `VERSION = (1, 3, 0, "final", 0)` of a copied Django.
pub(super) fn django_source_version(
    contents: &Contents<'_>,
    folder: &PackagePath,
) -> Option<(Version, PackagePath, u32)> {
    let file = folder.join("__init__.py").ok()?;
    let module = contents.python(&file)?;
    let binding = module.binding("VERSION")?;
    let Kind::Value(Value::List(parts)) = &binding.kind else { return None };
    let number = |index: usize| match parts.get(index) {
        Some(Value::Number(number)) => u8::try_from(*number).ok(),
        _ => None,
    };
    Some((Version::new(number(0)?, number(1)?), file, binding.line))
}
