//! Which folders hold files for browsers, and below which addresses they are asked for.

mod django;
mod flask;

use super::paths::{Place, Told};
use super::project::Project;
use super::{Candidate, Evidence};
use crate::path::PackagePath;
use crate::python::{Call, Value};
use crate::sorted::Set;

pub(super) use django::uncollected;
pub(super) use flask::serves_root;

/// A folder whose files are served as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaticFolder {
    /// What its addresses begin with: `/static/`; `/` for the whole site.
    pub url: String,
    /// The folder, from the application's root; it may not be there yet.
    pub folder: PackagePath,
    /// What says so.
    pub evidence: Evidence,
}

/// Django's collected static files are not where they are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uncollected {
    /// What is wrong.
    pub why: Why,
    /// The setting that says where they should be.
    pub evidence: Evidence,
    /// `STATIC_URL`, when it is a path of the site.
    pub url: Option<String>,
}

/// Why static files of Django are not served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// There is no `STATIC_ROOT` to collect them to.
    NoRoot,
    /// `STATIC_ROOT` is not below the application's root.
    Outside(String),
    /// It is the application's root itself.
    Root,
    /// The folder is not there, or is empty.
    Empty(PackagePath),
    /// The folder is not where the addresses lead, and nothing in the code serves it.
    Elsewhere(PackagePath),
}

/// The folders of an application, in the order in which they are searched.
pub(super) fn find(project: &Project<'_>, best: Option<&Candidate>) -> Vec<StaticFolder> {
    let mut found = django::find(project, best);
    found.extend(flask::find(project));
    found.extend(views(project));
    if found.is_empty() && best.is_none_or(|best| !matches!(best.framework, "Django" | "Flask")) {
        found.extend(by_name(project));
    }
    let mut known = Set::new();
    found.retain(|own| known.insert((own.url.clone(), own.folder.clone())));
    found
}

/// Calls of frameworks that serve a folder: Pyramid's `add_static_view`, Falcon's `add_static_route`.
fn views(project: &Project<'_>) -> Vec<StaticFolder> {
    let mut found = Vec::new();
    for own in &project.modules {
        let Some(module) = project.python(&own.path) else { continue };
        for call in module.calls() {
            let (address, folder) = match call.callee.last() {
                "add_static_view" => (argument(call, "name", 0), argument(call, "path", 1)),
                "add_static_route" => (argument(call, "prefix", 0), argument(call, "directory", 1)),
                _ => continue,
            };
            let (Some(Value::Text(address)), Some(folder)) = (address, folder) else { continue };
            let told = Told::at(&own.path, call.line, folder);
            let beside = call.callee.last() == "add_static_view";
            let place = match (project.text(&told), own.path.parent()) {
                // Pyramid: `package:folder`, or a folder beside the module.
                (Some(text), _) if beside && text.contains(':') => text.split_once(':').and_then(|(package, rest)| {
                    let package = project.module(package, Some(&own.path))?.path.parent()?;
                    package.join(rest.trim_end_matches('/')).ok()
                }),
                (Some(text), Some(folder)) if beside && !text.starts_with(['/', '\\', '\u{2}']) => {
                    folder.join(&text).ok()
                }
                _ => project.inside(&told),
            };
            let (Some(url), Some(folder)) = (url(address), place.filter(|path| exists(project, path))) else {
                continue;
            };
            let text = format!("serves `{folder}` below `{url}`");
            found.push(StaticFolder { url, folder, evidence: Evidence::new(&own.path, Some(call.line), text) });
        }
    }
    found
}

/// A folder that is called `static`, at the root or in a package below it, when no code says more.
fn by_name(project: &Project<'_>) -> Option<StaticFolder> {
    let mut folders = vec![PackagePath::new("static").ok()?];
    let tops = project.modules.iter().filter_map(|own| own.path.parent()).filter(|folder| folder.depth() == 1);
    folders.extend(tops.filter_map(|folder| folder.join("static").ok()));
    let folder = folders.into_iter().find(|folder| exists(project, folder))?;
    let evidence = Evidence::new(&folder, None, "is called `static`");
    Some(StaticFolder { url: "/static/".to_owned(), folder, evidence })
}

impl Project<'_> {
    /// The folder of the application that a value names; nothing for the root, which is no such folder.
    fn inside(&self, told: &Told) -> Option<PackagePath> {
        match self.place(told)? {
            Place::Inside(path) => path,
            Place::Outside(_) => None,
        }
    }
}

fn exists(project: &Project<'_>, folder: &PackagePath) -> bool {
    project.contents.tree().has_folder(folder)
}

/// An argument by its name or its place.
fn argument<'c>(call: &'c Call, name: &str, place: usize) -> Option<&'c Value> {
    call.keyword(name).or_else(|| call.positional(place))
}

/// An address as it begins: with a slash, and with one at the end. Nothing for one of another site.
fn url(text: &str) -> Option<String> {
    let text = text.trim();
    if text.contains("://") || text.starts_with("//") || text.contains(['<', '{', '?', '#']) {
        return None;
    }
    let inner = text.trim_matches('/');
    Some(if inner.is_empty() { "/".to_owned() } else { format!("/{inner}/") })
}

#[cfg(test)]
mod tests;
