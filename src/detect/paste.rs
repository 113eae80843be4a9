//! Applications that a file of `PasteDeploy` describes, as Pyramid, `TurboGears` and Zope have them.

use super::project::{Project, is_aside};
use super::{Candidate, EntryPoint, Evidence, Load};
use crate::path::PackagePath;

/// How many files are offered.
const OFFERED: usize = 4;

/// How many files are looked at for a description that was not taken.
const DESCRIPTIONS: usize = 40;

/// Largest file that is looked at, in bytes: a hand-written description has a few thousand.
const BYTES: u64 = 100_000;

/// The section that describes an application.
struct Section {
    /// `app:main`.
    full: String,
    line: u32,
    /// `use`, or what stands for it.
    uses: Option<Uses>,
}

enum Uses {
    /// `egg:NAME#ENTRY`.
    Egg {
        name: String,
        entry: String,
    },
    /// `call:module:function`, `paste.app_factory = module:function`.
    Factory(String),
    Other,
}

pub(super) fn detect(project: &Project<'_>) -> Vec<Candidate> {
    files(project).into_iter().filter_map(|file| candidate(project, &file)).take(OFFERED).collect()
}

/// Files that may be descriptions; those for production come first.
fn files(project: &Project<'_>) -> Vec<PackagePath> {
    let files = project.contents.tree().files();
    let mut files: Vec<&PackagePath> = files
        .filter(|entry| entry.path.has_extension("ini") && entry.path.depth() <= 3 && entry.size <= BYTES)
        .map(|entry| &entry.path)
        .filter(|path| !is_aside(path) && !project.bundled.has(path) && !path.name().starts_with("test"))
        .collect();
    files.sort_by_key(|path| (path.depth(), rank(path.name()), path.as_str()));
    files.into_iter().cloned().collect()
}

/// A description that was not taken: a template, an example, or one that lies aside.
pub(super) fn description(project: &Project<'_>) -> Option<(PackagePath, u32)> {
    let endings = [".ini", ".ini.in", ".ini_tmpl", ".ini.tmpl", ".ini.mako", ".ini.example", ".ini.sample"];
    let tree = project.contents.tree();
    let files = tree.files().filter(|entry| entry.size <= BYTES && !project.bundled.has(&entry.path));
    let files = files.filter(|entry| !entry.path.segments().any(|part| matches!(part, "test" | "tests" | "testing")));
    let files = files.filter(|entry| endings.iter().any(|ending| entry.path.name().ends_with(ending)));
    let mut files: Vec<&PackagePath> = files.map(|entry| &entry.path).collect();
    files.sort_by_key(|path| (is_aside(path), path.depth(), path.as_str()));
    files.into_iter().take(DESCRIPTIONS).find_map(|file| {
        let section = section(project.contents.text(file)?.as_str())?;
        Some((file.clone(), section.line))
    })
}

fn rank(name: &str) -> u8 {
    match name {
        _ if name.contains("prod") => 0,
        _ if name.contains("dev") || name.contains("example") || name.contains("sample") => 2,
        _ => 1,
    }
}

fn candidate(project: &Project<'_>, file: &PackagePath) -> Option<Candidate> {
    let text = project.contents.text(file)?;
    let section = section(text.as_str())?;
    let name = section.full.split_once(':').map(|(_, name)| name.to_owned()).filter(|name| name != "main");
    let paste = Load::Paste { file: file.clone(), name };
    let says = format!("describes an application for PasteDeploy in `[{}]`", section.full);
    let mut evidence = vec![Evidence::new(file, Some(section.line), says)];
    let (load, product, base) = match &section.uses {
        Some(Uses::Egg { name, entry }) if !has_metadata(project, name) => match factory_of(project, name, entry) {
            Some((found, from)) => {
                evidence.extend(from);
                own_factory(project, file, &section, &found).unwrap_or((paste, "PasteDeploy", None))
            }
            None => (paste, "PasteDeploy", None),
        },
        Some(Uses::Factory(found)) => {
            let own = own_factory(project, file, &section, found);
            own.map_or((paste.clone(), "PasteDeploy", None), |(_, product, base)| (paste, product, base))
        }
        Some(Uses::Egg { .. } | Uses::Other) | None => (paste, "PasteDeploy", None),
    };
    let only_offered = text.as_str().contains("{{") || file.name().contains("example");
    let depth = i32::try_from(file.depth()).unwrap_or(i32::MAX / 8);
    let strength = 40 - i32::from(rank(file.name())) - 5 * depth;
    let python_path = base.into_iter().collect();
    Some(Candidate { python_path, only_offered, ..Candidate::through(product, load, evidence, strength) })
}

/// The section that a server takes: `main`, else the first.
fn section(text: &str) -> Option<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut inside = false;
    for (line, number) in text.lines().zip(1..) {
        let line = line.trim_end();
        if let Some(full) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            let kind = full.split(':').next().unwrap_or(full).trim();
            inside = matches!(kind, "app" | "application" | "composite" | "composit" | "pipeline" | "filter-app");
            if inside {
                sections.push(Section { full: full.to_owned(), line: number, uses: None });
            }
        } else if inside
            && let Some((key, value)) = line.split_once('=')
            && let Some(section) = sections.last_mut()
        {
            section.uses = section.uses.take().or_else(|| uses(key.trim(), value.trim()));
        }
    }
    let main = sections.iter().position(|own| own.full.ends_with(":main"));
    (!sections.is_empty()).then(|| sections.swap_remove(main.unwrap_or(0)))
}

fn uses(key: &str, value: &str) -> Option<Uses> {
    match key {
        "use" => Some(match value.split_once(':') {
            Some(("egg", egg)) => {
                let (name, entry) = egg.split_once('#').unwrap_or((egg, "main"));
                Uses::Egg { name: name.trim().to_owned(), entry: entry.trim().to_owned() }
            }
            Some(("call", function)) => Uses::Factory(function.trim().to_owned()),
            _ => Uses::Other,
        }),
        "paste.app_factory" => Some(Uses::Factory(value.to_owned())),
        _ => None,
    }
}

/// Whether Python would find the entry points of a package: it was installed into the application.
fn has_metadata(project: &Project<'_>, name: &str) -> bool {
    let wanted = normal(name);
    let installed = project.bundled.metadata.iter().any(|own| normal(&own.name) == wanted);
    installed
        || project.contents.tree().top().iter().any(|path| {
            let stem = path.as_str().strip_suffix(".egg-info").or_else(|| path.as_str().strip_suffix(".dist-info"));
            stem.is_some_and(|stem| normal(stem) == wanted)
        })
}

/// As packages are compared: without regard to case, and to which separator.
fn normal(name: &str) -> String {
    name.to_lowercase().replace(['_', '.'], "-")
}

/// The factory behind an entry point of the application's own package, and the line that says so.
fn factory_of(project: &Project<'_>, name: &str, entry: &str) -> Option<(String, Option<Evidence>)> {
    for file in ["setup.py", "setup.cfg", "pyproject.toml"].iter().filter_map(|name| project.root_file(name)) {
        let Some(text) = project.contents.text(&file) else { continue };
        let lines = text.as_str().lines().zip(1..).skip_while(|(line, _)| !line.contains("paste.app_factory"));
        for (line, number) in lines.take(12) {
            // `main = shop:main`, in quotes or not, after the name of the group or below it.
            let after = line.split_once("paste.app_factory").map_or(line, |(_, rest)| rest);
            let Some(found) = entry_in(after, entry) else { continue };
            let evidence = Evidence::new(&file, Some(number), format!("says that `{entry}` is `{found}`"));
            return Some((found, Some(evidence)));
        }
    }
    let package = name.to_lowercase().replace(['-', '.'], "_");
    project.module(&package, None).map(|own| (format!("{}:{entry}", own.dotted), None))
}

fn entry_in(line: &str, entry: &str) -> Option<String> {
    let quotes: &[char] = &['\'', '"', '[', ']', ',', ' ', '\t', '{', '}', '(', ')', ':'];
    let (before, value) = line.rsplit_once('=')?;
    let key = before.trim_matches(quotes).rsplit(quotes).next()?;
    let value = value.trim_matches(quotes);
    (key == entry && EntryPoint::parse(value).is_some() && value.contains(':')).then(|| value.to_owned())
}

/// The loader that calls a factory of the application itself, and what the factory gives.
fn own_factory(
    project: &Project<'_>,
    file: &PackagePath,
    section: &Section,
    found: &str,
) -> Option<(Load, &'static str, Option<PackagePath>)> {
    let (module, object) = found.split_once(':')?;
    let (module, object) = (module.trim().to_owned(), object.trim().to_owned());
    let own = project.module(&module, None)?;
    let product = project.product_of_call(&own.path, &object).unwrap_or("PasteDeploy");
    let load = Load::PasteFactory { file: file.clone(), section: section.full.clone(), module, object };
    Some((load, product, own.base.clone()))
}
