//! Files -> what kind of application they are, where it starts, and what Python it needs.
//!
//! Nothing is guessed silently: every candidate carries evidence, and what keeps an application
//! from being found is said in plain sentences.

mod asgi;
mod bottle;
mod bundled;
mod callable;
mod compiled;
mod dependencies;
mod django;
mod evaluate;
mod flask;
mod frameworks;
mod hints;
mod imported_as;
mod known;
mod libraries;
mod loader;
mod missing;
mod named;
mod need;
mod own_server;
mod paste;
mod paths;
mod program;
mod project;
mod requires;
mod script;
mod static_folders;
mod unimportable;
mod web2py;
mod writable;
mod wsgi;

pub use dependencies::{BundledPackage, Dependencies, Dependency, NeededBy};
pub use imported_as::modules_of;

use std::fmt;

pub use known::Protocol;
pub use loader::{Load, Loader, Served, Starter};
pub use own_server::{OwnServer, Starts};

use crate::contents::Contents;
use crate::path::PackagePath;
use crate::python::Version;
use crate::sorted::Set;
use project::Project;
pub use static_folders::{StaticFolder, Uncollected, Why};
pub use writable::Writable;

/// The first that wfastcgi can call and that is taken unasked.
fn best_of(candidates: &[Candidate]) -> Option<&Candidate> {
    candidates.iter().find(|own| own.protocol == Protocol::Wsgi && !own.only_offered)
}

/// What a loader is called when nothing else has that name.
const LOADER: &str = "gallery_loader";

/// One file per framework; the order only breaks ties.
const DETECTORS: [fn(&Project<'_>) -> Vec<Candidate>; 10] = [
    django::detect,
    flask::detect,
    web2py::detect,
    wsgi::detect,
    bottle::detect,
    paste::detect,
    program::detect,
    script::detect,
    unimportable::detect,
    asgi::detect,
];

/// What was found in an application's files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detection {
    /// How the application could be started, best first.
    pub candidates: Vec<Candidate>,
    /// What starts it where nothing can be called.
    pub own_server: Option<OwnServer>,
    /// What Python it needs.
    pub python: PythonNeed,
    /// Why nothing certain was found, or what the person must bring: plain sentences.
    pub missing: Vec<String>,
    /// What it needs of others, and whether that is bundled.
    pub dependencies: Dependencies,
    /// Own modules that no Python reads, with the line of the first error. Not told for an
    /// application in Python 2, whose syntax is another.
    pub unreadable: Vec<(PackagePath, u32)>,
    /// Folders and single modules of packages that somebody else made.
    pub foreign: Set<PackagePath>,
    /// Folders whose files are served as they are, in the order in which they are searched.
    pub static_folders: Vec<StaticFolder>,
    /// Why Django's static files are not where they are looked for.
    pub uncollected: Option<Uncollected>,
    /// What makes the application give out its own root, sources and all.
    pub serves_root: Option<Evidence>,
    /// Folders that the application writes to.
    pub writable: Vec<Writable>,
}

/// One way to start the application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The framework as people write it; `WSGI` for what uses none.
    pub framework: &'static str,
    /// What it speaks: wfastcgi calls WSGI only.
    pub protocol: Protocol,
    /// What the server calls.
    pub entry_point: EntryPoint,
    /// The value of `DJANGO_SETTINGS_MODULE`.
    pub settings: Option<String>,
    /// Folders below the application's root that must be on `PYTHONPATH`.
    pub python_path: Vec<PackagePath>,
    /// What says so.
    pub evidence: Vec<Evidence>,
    /// How strong the evidence is, against other candidates of the same application.
    pub strength: i32,
    /// The module that has to be written for it.
    pub loader: Option<Loader>,
    /// Whether it is only taken when a person chooses it.
    pub only_offered: bool,
}

impl Candidate {
    /// A way to start a WSGI application that needs nothing else.
    fn new(framework: &'static str, entry_point: EntryPoint, evidence: Vec<Evidence>, strength: i32) -> Self {
        Self {
            framework,
            protocol: Protocol::Wsgi,
            entry_point,
            settings: None,
            python_path: Vec::new(),
            evidence,
            strength,
            loader: None,
            only_offered: false,
        }
    }

    /// A way that a person gave.
    #[must_use]
    pub fn by_hand(entry_point: EntryPoint) -> Self {
        Self::new("WSGI", entry_point, Vec::new(), 0)
    }

    /// The same through a module that is written; its name is given when all candidates are known.
    fn through(framework: &'static str, load: Load, evidence: Vec<Evidence>, strength: i32) -> Self {
        let module = LOADER.to_owned();
        let entry_point = EntryPoint::new(&module, "application", false);
        Self { loader: Some(Loader { module, load }), ..Self::new(framework, entry_point, evidence, strength) }
    }

    /// Whether wfastcgi can be pointed at it without anybody choosing it, as the application is.
    #[must_use]
    pub const fn is_direct(&self) -> bool {
        matches!(self.protocol, Protocol::Wsgi) && self.loader.is_none() && !self.only_offered
    }
}

impl Detection {
    /// The way that is taken when nobody says otherwise.
    #[must_use]
    pub fn best(&self) -> Option<&Candidate> {
        best_of(&self.candidates)
    }

    /// The best way that needs no file of ours.
    #[must_use]
    pub fn best_direct(&self) -> Option<&Candidate> {
        self.candidates.iter().find(|own| own.is_direct())
    }
}

/// Something in a file that a person can check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The file.
    pub file: PackagePath,
    /// From 1.
    pub line: Option<u32>,
    /// What stands there, to follow the place: "sets `DJANGO_SETTINGS_MODULE` to `shop.settings`".
    pub text: String,
}

impl Evidence {
    /// What a line of a file says.
    #[must_use]
    pub fn new(file: &PackagePath, line: Option<u32>, text: impl Into<String>) -> Self {
        Self { file: file.clone(), line, text: text.into() }
    }
}

/// What Python the application needs, as far as its files say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PythonNeed {
    /// The first version that works.
    pub minimum: Option<Version>,
    /// The first version that does not work any more.
    pub below: Option<Version>,
    /// The version that a file names, where the rest of the application can run on it.
    pub named: Option<Version>,
    /// What says so; what decided comes first.
    pub reasons: Vec<Evidence>,
}

impl PythonNeed {
    /// Whether the application can run on a version.
    #[must_use]
    pub fn allows(&self, version: Version) -> bool {
        self.minimum.is_none_or(|minimum| version >= minimum) && self.below.is_none_or(|below| version < below)
    }

    /// Whether a version is the one that is named, or any will do that the application can run on.
    #[must_use]
    pub fn prefers(&self, version: Version) -> bool {
        self.allows(version) && self.named.is_none_or(|named| version == named)
    }
}

/// What the server calls for each request.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryPoint {
    /// The module that is imported.
    pub module: String,
    /// The object in it; may have dots.
    pub object: String,
    /// Whether the object is called once and what it returns is the application.
    pub call: bool,
}

impl EntryPoint {
    /// An object of a module.
    #[must_use]
    pub fn new(module: impl Into<String>, object: impl Into<String>, call: bool) -> Self {
        Self { module: module.into(), object: object.into(), call }
    }

    /// Reads `module:object`, `module:factory()`, and the same with a dot as `WSGI_HANDLER` has it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (text, call) = text.strip_suffix("()").map_or((text, false), |name| (name, true));
        let (module, object) = text.split_once(':').or_else(|| text.rsplit_once('.'))?;
        let dotted = |text: &str| text.split('.').all(is_identifier);
        (dotted(module) && dotted(object)).then(|| Self::new(module, object, call))
    }

    /// What wfastcgi takes as `WSGI_HANDLER`.
    #[must_use]
    pub fn handler(&self) -> String {
        format!("{}.{}{}", self.module, self.object, if self.call { "()" } else { "" })
    }
}

impl fmt::Display for EntryPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}{}", self.module, self.object, if self.call { "()" } else { "" })
    }
}

/// Whether Python takes it as a name.
fn is_identifier(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c.is_alphabetic() || c == '_') && chars.all(|c| c.is_alphanumeric() || c == '_')
}

/// Looks at an application; the tree begins at the application's root.
#[must_use]
pub fn detect(contents: &Contents<'_>) -> Detection {
    let project = Project::new(contents);
    let mut candidates: Vec<Candidate> = DETECTORS.iter().flat_map(|detector| detector(&project)).collect();
    hints::apply(&project, &mut candidates);
    program::hold_back(&project, &mut candidates);
    unimportable::mend(&project, &mut candidates);
    // Stable: what the first detector found stays before what is equally strong.
    candidates.sort_by_key(|own| (own.only_offered, std::cmp::Reverse(own.strength)));
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        let same = |other: &Candidate| {
            other.entry_point == candidate.entry_point
                && other.settings == candidate.settings
                && other.loader == candidate.loader
        };
        if !kept.iter().any(same) {
            kept.push(candidate);
        }
    }
    let mut own_server = own_server::find(&project, &kept);
    name_loaders(contents, &mut kept, own_server.as_mut());
    libraries::apply(&project, &mut kept);
    let missing = missing::sentences(&project, &kept, own_server.as_ref());
    let dependencies = dependencies::find(&project, &kept);
    let python = need::python(&project, &dependencies);
    let unreadable = if python.allows(Version::new(3, 0)) || python.minimum.is_some_and(|first| first.major == 3) {
        unreadable(&project)
    } else {
        Vec::new()
    };
    let static_folders = static_folders::find(&project, best_of(&kept));
    let uncollected = static_folders::uncollected(&project, best_of(&kept));
    let serves_root = static_folders::serves_root(&project);
    let writable = writable::find(&project);
    let foreign = project.bundled.paths.clone();
    Detection {
        candidates: kept,
        own_server,
        python,
        missing,
        dependencies,
        unreadable,
        foreign,
        static_folders,
        uncollected,
        serves_root,
        writable,
    }
}

/// Gives each loader a name that nothing in the root has.
fn name_loaders(contents: &Contents<'_>, candidates: &mut [Candidate], server: Option<&mut OwnServer>) {
    let tree = contents.tree();
    let is_free = |module: &String| {
        tree.file_ignoring_case(&format!("{module}.py")).is_none()
            && !tree.top().iter().any(|path| path.as_str().eq_ignore_ascii_case(module))
    };
    let mut names = (1..).map(|n| if n == 1 { LOADER.to_owned() } else { format!("{LOADER}_{n}") }).filter(is_free);
    for candidate in candidates {
        if let Some(loader) = candidate.loader.as_mut().filter(|loader| loader.module == LOADER)
            && let Some(module) = names.next()
        {
            candidate.entry_point.module.clone_from(&module);
            loader.module = module;
        }
    }
    if let (Some(OwnServer { starts: Starts::Loader(loader), .. }), Some(module)) = (server, names.next()) {
        loader.module = module;
    }
}

/// `a Flask`, `an aiohttp`.
fn with_article(product: &str) -> String {
    let vowel = product.trim_start_matches('`').starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']);
    format!("{} {product}", if vowel { "an" } else { "a" })
}

fn unreadable(project: &Project<'_>) -> Vec<(PackagePath, u32)> {
    let broken = project.modules.iter().filter_map(|own| {
        let module = project.python(&own.path)?;
        let line = module.first_error.filter(|_| module.needs.python2_only.is_none())?;
        Some((own.path.clone(), line))
    });
    broken.collect()
}

#[cfg(test)]
mod tests;
