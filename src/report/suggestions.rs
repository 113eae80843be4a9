//! What a person could ask for beyond the application, as its files suggest.

use std::fmt::Write as _;

use crate::contents::Contents;
use crate::detect::{Detection, Evidence, StaticFolder, Writable};
use crate::model::sql::Script;
use crate::model::web_config::is_python_setting;
use crate::model::{Package, WebConfig};
use crate::path::PackagePath;
use crate::text::visible;

/// What is suggested; nothing of it is done unless somebody says so.
#[derive(Debug)]
pub struct Suggestions {
    /// Folders that the application writes to.
    pub writable: Vec<Writable>,
    /// SQL scripts at the root of the application and beside it.
    pub scripts: Vec<SqlScript>,
    /// Settings of web.config that the installer could be asked for.
    pub settings: Vec<String>,
    /// Folders whose files are served as they are.
    pub static_folders: Vec<StaticFolder>,
    /// Whether somebody asked for `runtime.txt`.
    pub runtime_asked: bool,
    /// What it would say, or why it is not written; a sentence.
    pub runtime: Result<String, String>,
}

impl Default for Suggestions {
    fn default() -> Self {
        Self {
            writable: Vec::new(),
            scripts: Vec::new(),
            settings: Vec::new(),
            static_folders: Vec::new(),
            runtime_asked: false,
            runtime: Err(String::new()),
        }
    }
}

/// A script that could set up a database.
#[derive(Debug)]
pub struct SqlScript {
    /// Below the application's root, or beside it.
    pub path: PackagePath,
    /// What it looks written for.
    pub engine: Option<&'static str>,
    /// Whether it was added on top, so that it can be taken away again.
    pub added: bool,
}

impl Suggestions {
    /// Looks at a package: what was dropped, what is written, and what was added on top.
    #[must_use]
    pub fn of(
        original: &Contents<'_>,
        written: &Contents<'_>,
        folder: Option<&PackagePath>,
        detection: Option<&Detection>,
        added: &[&str],
    ) -> Self {
        let Some(folder) = folder else { return Self::default() };
        let files = original.tree().files().map(|entry| &entry.path).filter(|path| path.has_extension("sql"));
        let scripts = files.filter_map(|path| {
            let inside = path.strip(folder).filter(|path| path.depth() == 1);
            let name = inside.or_else(|| Some(path.clone()).filter(|path| path.depth() == 1))?;
            let text = original.text(path)?;
            let added = added.iter().any(|own| name.same(own));
            Some(SqlScript { path: name, engine: Script::read(text.as_str()).looks_like(), added })
        });
        Self {
            scripts: scripts.collect(),
            settings: Package::read(written).web_config.as_ref().map_or_else(Vec::new, settings),
            writable: detection.map_or_else(Vec::new, |found| found.writable.clone()),
            static_folders: detection.map_or_else(Vec::new, |found| found.static_folders.clone()),
            ..Self::default()
        }
    }
}

/// The settings of the application itself, without those that start it.
fn settings(config: &WebConfig) -> Vec<String> {
    let environment = config.http_platform.iter().flat_map(|platform| &platform.environment);
    let keys = config.settings.iter().chain(environment).map(|setting| setting.key.text.trim().to_owned());
    let mut own: Vec<String> = Vec::new();
    for key in keys.filter(|key| !key.is_empty() && !is_python_setting(key)) {
        if !own.contains(&key) {
            own.push(key);
        }
    }
    own
}

/// What is suggested, in sentences with `code` in them.
pub(super) fn sentences(suggestions: &Suggestions) -> Vec<String> {
    let by = |evidence: &Evidence| {
        let line = evidence.line.map_or_else(String::new, |line| format!(":{line}"));
        format!("({}{line} {})", evidence.file, evidence.text)
    };
    let writable = suggestions.writable.iter().map(|own| {
        let folder = own.folder.as_ref().map_or_else(|| "its own root".to_owned(), |folder| format!("`{folder}`"));
        let what = if own.code { "writes beside code, in" } else { "writes to" };
        format!("{what} {folder} {}", by(&own.evidence))
    });
    let scripts = suggestions.scripts.iter().map(|SqlScript { path, engine, .. }| {
        let engine = engine.map_or_else(String::new, |engine| format!(", for {engine} by its words"));
        format!("SQL script: `{path}`{engine}")
    });
    let served = suggestions
        .static_folders
        .iter()
        .map(|own| format!("static files: `{}` from `{}` {}", own.url, own.folder, by(&own.evidence)));
    let runtime = suggestions.runtime.as_ref().err().filter(|_| suggestions.runtime_asked);
    let runtime = runtime.map(|why| format!("`runtime.txt` was not written: {why}"));
    writable.chain(scripts).chain(served).chain(runtime).collect()
}

/// Lines for a terminal.
pub(super) fn text(suggestions: &Suggestions, out: &mut String) -> std::fmt::Result {
    sentences(suggestions).iter().try_for_each(|line| writeln!(out, "{}", visible(line)))
}
