//! Locks: which version of what was tried. `Pipfile.lock`, `poetry.lock`, `uv.lock`, `pdm.lock`,
//! `pylock.toml`.
//!
//! A lock names everything, what others need too; where no other file says what the application needs
//! itself, all of it counts.

use super::json::{self, Json};
use super::toml::{self, Pair, Value};
use super::{Marker, Requirement, Requirements, file};
use crate::contents::Contents;
use crate::path::PackagePath;

/// Locks in TOML, each with the name of its tables.
const TABLES: [(&str, &str); 4] =
    [("poetry.lock", "package"), ("uv.lock", "package"), ("pdm.lock", "package"), ("pylock.toml", "packages")];

pub(super) fn read(contents: &Contents<'_>, out: &mut Requirements) {
    let alone = out.list.is_empty() && !out.stated;
    if let Some((path, text)) = file(contents, "Pipfile.lock") {
        let lock = json::read(text.as_str());
        let packages = lock.as_ref().and_then(|lock| lock.get("default")).map_or(&[][..], Json::pairs);
        for (name, about) in packages {
            let field = |key: &str| about.get(key).and_then(Json::text);
            let line = text.as_str().find(&format!("\"{name}\"")).map_or(1, |at| text.position(at).line);
            let version = field("version").and_then(|version| version.strip_prefix("=="));
            take(out, alone, name, version, field("markers"), &path, line);
        }
    }
    for (name, table) in TABLES {
        if let Some((path, text)) = file(contents, name) {
            for package in packages(&toml::read(text.as_str()), table) {
                let marker = package.marker.as_deref();
                take(out, alone, &package.name, package.version.as_deref(), marker, &path, package.line);
            }
        }
    }
}

fn take(
    out: &mut Requirements,
    alone: bool,
    name: &str,
    version: Option<&str>,
    marker: Option<&str>,
    path: &PackagePath,
    line: u32,
) {
    if let Some(version) = version {
        out.lock(name, version);
    }
    if let Some(mut requirement) = Requirement::parse(name, path, line).filter(|_| alone) {
        requirement.marker = marker.map(Marker::new);
        out.stated = true;
        out.list.push(requirement);
    }
}

#[derive(Default)]
struct Locked {
    name: String,
    version: Option<String>,
    marker: Option<String>,
    line: u32,
}

/// The elements of an array of tables that are neither for development nor the project itself.
fn packages(pairs: &[Pair], table: &str) -> Vec<Locked> {
    let mut list: Vec<Locked> = Vec::new();
    let mut element = 0;
    let mut skipped = false;
    for pair in pairs.iter().filter(|pair| pair.table == table) {
        if element != pair.element {
            (element, skipped) = (pair.element, false);
            list.push(Locked { line: pair.line, ..Locked::default() });
        }
        let only_development = |value: &Value| match value {
            Value::Text(category) => category == "dev",
            Value::List(groups) => {
                !groups.is_empty()
                    && groups.iter().all(|(group, _)| group.text().is_some_and(|g| g != "main" && g != "default"))
            }
            _ => false,
        };
        let text = || pair.value.text().map(str::to_owned);
        let skip = match pair.key.as_str() {
            "category" | "groups" => only_development(&pair.value),
            "optional" => pair.value.is_true(),
            "source" => ["virtual", "editable"].iter().any(|key| pair.value.get(key).is_some()),
            _ => false,
        };
        if skip && !skipped {
            list.pop();
            skipped = true;
        }
        let Some(last) = list.last_mut().filter(|_| !skipped) else { continue };
        match pair.key.as_str() {
            "name" => last.name = text().unwrap_or_default(),
            "version" => last.version = text(),
            "markers" | "marker" => last.marker = text(),
            _ => {}
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::files;

    fn told(list: &[(&str, &str)], stated: bool) -> (String, String) {
        let files = files(list);
        let mut out = Requirements { stated, ..Requirements::default() };
        read(&files.contents(), &mut out);
        let needed: Vec<String> = out.list.iter().map(|own| format!("{}:{}", own.line, own.project)).collect();
        let locked: Vec<String> = out.locked.iter().map(|(name, version)| format!("{name} {version}")).collect();
        (needed.join(", "), locked.join(", "))
    }

    #[test]
    fn reads_locks_of_every_tool() {
        let poetry = "[[package]]\nname = \"Flask\"\nversion = \"3.0\"\noptional = false\ngroups = ['main', 'dev']\n[package.dependencies]\n\
                      Jinja2 = '>=3'\n[[package]]\nname = 'pytest'\nversion = '8.0'\ngroups = ['dev']\n[[package]]\nname = 'old'\n\
                      version = '1'\ncategory = 'dev'\n";
        assert_eq!(told(&[("poetry.lock", poetry)], false), ("2:Flask".into(), "flask 3.0".into()));
        let uv = "version = 1\n[[package]]\nname = 'shop'\nversion = '0.1'\nsource = { virtual = '.' }\ndependencies = [\n { name = 'flask' },\n]\n\
                  [[package]]\nname = 'flask'\nversion = '3.0'\nsource = { registry = 'x' }\n";
        assert_eq!(told(&[("uv.lock", uv)], false), ("10:flask".into(), "flask 3.0".into()));
        assert_eq!(told(&[("uv.lock", uv)], true), (String::new(), "flask 3.0".into()));
        let pipfile = "{\n \"default\": {\n  \"flask\": {\"version\": \"==3.0\"},\n  \"x\": {\"git\": \"y\"}\n },\n \"develop\": {\"pytest\": {\"version\": \"==8\"}}\n}";
        assert_eq!(told(&[("Pipfile.lock", pipfile)], false), ("3:flask, 4:x".into(), "flask 3.0".into()));
        assert_eq!(told(&[("Pipfile.lock", "nonsense")], false), (String::new(), String::new()));
    }
}
