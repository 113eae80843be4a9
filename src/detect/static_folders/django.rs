//! Django: `STATIC_ROOT`, `STATICFILES_DIRS`, `MEDIA_ROOT` and their addresses, from the settings.

use super::{StaticFolder, Uncollected, Why, exists, url};
use crate::detect::paths::{Place, Told};
use crate::detect::project::Project;
use crate::detect::{Candidate, Evidence};
use crate::path::PackagePath;
use crate::python::Value;

pub(super) fn find(project: &Project<'_>, best: Option<&Candidate>) -> Vec<StaticFolder> {
    let Some(settings) = best.and_then(|best| settings(project, best)) else { return Vec::new() };
    let mut found = Vec::new();
    if let Some(address) = address(project, &settings, "STATIC_URL") {
        found.extend(folder(project, &settings, "STATIC_ROOT", &address));
        found.extend(sources(project, &settings, &address));
    }
    if let Some(address) = address(project, &settings, "MEDIA_URL") {
        found.extend(folder(project, &settings, "MEDIA_ROOT", &address));
    }
    found
}

/// What keeps the static files of a Django application from being served, if it has any.
pub(in crate::detect) fn uncollected(project: &Project<'_>, best: Option<&Candidate>) -> Option<Uncollected> {
    let settings = settings(project, best?)?;
    let address_of = project.told(&settings, "STATIC_URL")?;
    let url = address(project, &settings, "STATIC_URL");
    // With files at another site, nothing has to lie here.
    if url.is_none() && project.text(&address_of).is_some() {
        return None;
    }
    let Some(root) = project.told(&settings, "STATIC_ROOT").filter(|told| told.value != Value::None) else {
        let evidence =
            Evidence::new(&address_of.file, Some(address_of.line), "sets `STATIC_URL`, and nothing sets `STATIC_ROOT`");
        return Some(Uncollected { why: Why::NoRoot, evidence, url });
    };
    let said = |text: String| Evidence::new(&root.file, Some(root.line), text);
    let (why, evidence) = match project.place(&root)? {
        Place::Outside(place) => {
            let text = format!("sets `STATIC_ROOT` to `{place}`, outside the application");
            (Why::Outside(place), said(text))
        }
        Place::Inside(None) => (Why::Root, said("sets `STATIC_ROOT` to the application's root".to_owned())),
        Place::Inside(Some(folder)) => {
            let mut files = project.contents.tree().files();
            let collected =
                files.any(|entry| entry.path.strip(&folder).is_some_and(|rest| !rest.name().starts_with('.')));
            let direct = url.as_deref().is_none_or(|url| folder.same(url.trim_matches('/')));
            if collected && (direct || serves_itself(project, &settings)) {
                return None;
            }
            let evidence = said(format!("sets `STATIC_ROOT` to `{folder}`"));
            (if collected { Why::Elsewhere(folder) } else { Why::Empty(folder) }, evidence)
        }
    };
    Some(Uncollected { why, evidence, url })
}

/// Whether Python serves the files in production as well: `WhiteNoise` and its like.
fn serves_itself(project: &Project<'_>, settings: &PackagePath) -> bool {
    let named = |name: &str| ["whitenoise", "dj_static", "static_ranges"].iter().any(|own| name.starts_with(own));
    let said = project.contents.text(settings).is_some_and(|text| text.as_str().contains("whitenoise"));
    said || project
        .modules
        .iter()
        .filter_map(|own| project.python(&own.path))
        .any(|module| module.imports.iter().any(|import| named(&import.module)))
}

/// The file of the settings that the application starts with.
pub(in crate::detect) fn settings(project: &Project<'_>, best: &Candidate) -> Option<PackagePath> {
    let name = best.settings.as_deref()?;
    let near = best.evidence.first().map(|evidence| &evidence.file);
    project.module(name, near).map(|own| own.path.clone())
}

fn address(project: &Project<'_>, settings: &PackagePath, name: &str) -> Option<String> {
    let text = project.text(&project.told(settings, name)?)?;
    url(&text).filter(|url| url != "/")
}

fn folder(project: &Project<'_>, settings: &PackagePath, name: &str, address: &str) -> Option<StaticFolder> {
    let told = project.told(settings, name)?;
    let folder = project.inside(&told)?;
    let evidence = Evidence::new(&told.file, Some(told.line), format!("sets `{name}` to `{folder}`"));
    Some(StaticFolder { url: address.to_owned(), folder, evidence })
}

/// Folders that `collectstatic` copies from; their files are at the same addresses.
fn sources(project: &Project<'_>, settings: &PackagePath, address: &str) -> Vec<StaticFolder> {
    let Some(told) = project.told(settings, "STATICFILES_DIRS") else { return Vec::new() };
    let mut found = Vec::new();
    for value in items(&told.value) {
        let (prefix, value) = match value {
            Value::List(pair) => match pair.as_slice() {
                [Value::Text(prefix), value] => (prefix.trim_matches('/'), value),
                _ => continue,
            },
            value => ("", value),
        };
        let inner = Told { value: value.clone(), ..told.clone() };
        let Some(folder) = project.inside(&inner).filter(|folder| exists(project, folder)) else { continue };
        let url = if prefix.is_empty() { address.to_owned() } else { format!("{address}{prefix}/") };
        let text = format!("names `{folder}` in `STATICFILES_DIRS`");
        found.push(StaticFolder { url, folder, evidence: Evidence::new(&told.file, Some(told.line), text) });
    }
    found
}

/// The items of a list, and of lists that are added to it.
fn items(value: &Value) -> Vec<&Value> {
    match value {
        Value::List(items) => items.iter().collect(),
        Value::Operation('+', pair) => items(&pair.0).into_iter().chain(items(&pair.1)).collect(),
        _ => Vec::new(),
    }
}
