//! What a person could ask for beyond the application, as its files suggest.

use std::fmt::Write as _;

use crate::contents::Contents;
use crate::detect::{Detection, StaticFolder, Writable};
use crate::model::sql::Script;
use crate::model::web_config::is_python_setting;
use crate::model::{Package, WebConfig};
use crate::path::PackagePath;

/// What is suggested; nothing of it is done unless somebody says so.
#[derive(Debug, Default)]
pub struct Suggestions {
    /// Folders that the application writes to.
    pub writable: Vec<Writable>,
    /// SQL scripts at the root of the application, with the engine that they look written for.
    pub scripts: Vec<(PackagePath, Option<&'static str>)>,
    /// Settings of web.config that the installer could be asked for.
    pub settings: Vec<String>,
    /// Folders whose files are served as they are.
    pub static_folders: Vec<StaticFolder>,
}

impl Suggestions {
    /// Looks at a package: what was dropped, and what is written.
    #[must_use]
    pub fn of(
        original: &Contents<'_>,
        written: &Contents<'_>,
        folder: Option<&PackagePath>,
        detection: Option<&Detection>,
    ) -> Self {
        let Some(folder) = folder else { return Self::default() };
        let files = original.tree().files().map(|entry| &entry.path).filter(|path| path.extension() == "sql");
        let scripts = files.filter_map(|path| {
            let inside = path.strip(folder).filter(|path| path.depth() == 1);
            let name = inside.or_else(|| Some(path.clone()).filter(|path| path.depth() == 1))?;
            let text = original.text(path)?;
            Some((name, Script::read(text.as_str()).looks_like()))
        });
        Self {
            scripts: scripts.collect(),
            settings: Package::read(written).web_config.as_ref().map_or_else(Vec::new, settings),
            writable: detection.map_or_else(Vec::new, |found| found.writable.clone()),
            static_folders: detection.map_or_else(Vec::new, |found| found.static_folders.clone()),
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

/// Lines for a terminal.
pub(super) fn text(suggestions: &Suggestions, out: &mut String) -> std::fmt::Result {
    for own in &suggestions.writable {
        let folder = own.folder.as_ref().map_or("its own root", PackagePath::as_str);
        let line = own.evidence.line.map_or_else(String::new, |line| format!(":{line}"));
        let what = if own.code { "writes beside code, in" } else { "writes to" };
        writeln!(out, "{what} {folder} ({}{line} {})", own.evidence.file, own.evidence.text)?;
    }
    for (script, engine) in &suggestions.scripts {
        let engine = engine.map_or_else(String::new, |engine| format!(", for {engine} by its words"));
        writeln!(out, "SQL script: {script}{engine}")?;
    }
    Ok(())
}
