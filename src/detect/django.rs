//! Django of every age: which settings, which folder, which entry point.

use std::rc::Rc;

use super::project::{Own, Project};
use super::{Candidate, EntryPoint, Evidence, Load};
use crate::path::PackagePath;
use crate::python::{Kind, Module, Value, Version};

const VARIABLE: &str = "DJANGO_SETTINGS_MODULE";

/// Settings that a file names.
#[derive(Clone)]
struct Named {
    settings: String,
    /// The folder that has to be on the path; nothing for the root.
    base: Option<PackagePath>,
    evidence: Evidence,
    strength: i32,
}

pub(super) fn detect(project: &Project<'_>) -> Vec<Candidate> {
    let mut named: Vec<Named> = project.modules.iter().flat_map(|own| named_by(project, own)).collect();
    named.retain(|item| !are_for_tests(project, &item.settings));
    if named.is_empty() {
        named.extend(project.modules.iter().filter_map(|own| looks_like_settings(project, own)));
    }
    named.sort_by_key(|item| std::cmp::Reverse(item.strength));
    let mut found: Vec<Named> = Vec::new();
    let mut agreeing: Vec<Named> = Vec::new();
    for item in named {
        let same = |other: &Named| other.settings == item.settings && other.base == item.base;
        if found.iter().any(same) { agreeing.push(item) } else { found.push(item) }
    }
    let mut candidates = Vec::new();
    for item in found {
        let also = agreeing.iter().filter(|other| other.settings == item.settings && other.base == item.base);
        let evidence: Vec<Evidence> = also.map(|other| other.evidence.clone()).collect();
        candidates.extend(with_alternatives(project, &item, evidence));
    }
    candidates
}

/// The settings that one module names: by the environment, or as Django 1.3 did.
fn named_by(project: &Project<'_>, own: &Own) -> Vec<Named> {
    let Some(module) = project.python(&own.path) else { return Vec::new() };
    let file = own.path.name();
    let depth = i32::try_from(own.path.depth()).unwrap_or(i32::MAX / 8);
    let strength = 5 * match file {
        "wsgi.py" => 30,
        "manage.py" => 26,
        "asgi.py" => 22,
        _ if file.contains("wsgi") => 20,
        _ => 8,
    } - 5 * depth;
    let set = module.environ.iter().filter(|variable| variable.key == VARIABLE);
    let mut named: Vec<Named> = set
        .filter_map(|variable| {
            let settings = variable.value.clone()?;
            let text = format!("sets `{VARIABLE}` to `{settings}`");
            let base = base_of(project, own, &settings);
            let evidence = Evidence::new(&own.path, Some(variable.line), text);
            // Settings that are not there may come with a package; a test runner's never serve.
            let absent = if project.module(&settings, Some(&own.path)).is_none() { 40 } else { 0 };
            Some(Named { settings, base, evidence, strength: strength - absent })
        })
        .collect();
    if named.is_empty() && file == "manage.py" {
        named.extend(named_by_old_manage(project, own, &module, strength));
    }
    named
}

/// `import settings` and `execute_manager(settings)`.
fn named_by_old_manage(project: &Project<'_>, own: &Own, module: &Module, strength: i32) -> Option<Named> {
    let call = module.calls().find(|call| call.callee.last() == "execute_manager")?;
    let Some(Value::Name(name)) = call.positional(0) else { return None };
    let folder = own.path.parent();
    let settings = name.dotted.trim_start_matches('.').to_owned();
    let text = format!("gives `{settings}` to `execute_manager`");
    let evidence = Evidence::new(&own.path, Some(call.line), text);
    // Django 1.3 put the folder's name before the name of the settings when the folder is a package.
    let package =
        folder.as_ref().filter(|folder| folder.join("__init__.py").is_ok_and(|file| project.own(&file).is_some()));
    let settings = match package {
        Some(folder) => format!("{}.{settings}", folder.name()),
        None => settings,
    };
    Some(Named { settings, base: folder, evidence, strength })
}

/// The folder from which a dotted name of settings can be imported.
fn base_of(project: &Project<'_>, own: &Own, settings: &str) -> Option<PackagePath> {
    match project.module(settings, Some(&own.path)) {
        Some(found) => found.base.clone(),
        // `manage.py` puts its own folder on the path.
        None if own.path.name() == "manage.py" => own.path.parent(),
        // Another module finds settings beside it only when their folder is on the path.
        None if is_beside(project, own, settings) => own.path.parent(),
        None => own.base.clone(),
    }
}

fn is_beside(project: &Project<'_>, own: &Own, settings: &str) -> bool {
    let file = own.path.parent().and_then(|folder| folder.join(&format!("{}.py", settings.replace('.', "/"))).ok());
    file.is_some_and(|file| project.own(&file).is_some())
}

/// Whether settings are those that a library is tried out with, not those of an application.
fn are_for_tests(project: &Project<'_>, settings: &str) -> bool {
    let (package, name) = settings.rsplit_once('.').unwrap_or(("", settings));
    let aside = |part: &str| super::project::is_aside_name(part) || super::project::is_example_name(part);
    project.is_packaged() && (package.split('.').any(aside) || matches!(name, "test_settings" | "tests_settings"))
}

/// A module that is settings by what it binds; only when no file names any.
fn looks_like_settings(project: &Project<'_>, own: &Own) -> Option<Named> {
    let module = project.python(&own.path)?;
    let apps = module.binding("INSTALLED_APPS")?;
    module.string("ROOT_URLCONF")?;
    let evidence = Evidence::new(&own.path, Some(apps.line), "binds `INSTALLED_APPS` and `ROOT_URLCONF`");
    let depth = i32::try_from(own.path.depth()).unwrap_or(i32::MAX / 8);
    Some(Named { settings: own.dotted.clone(), base: own.base.clone(), evidence, strength: 20 - 5 * depth })
}

/// A candidate for the settings that are named, and one for production settings beside them.
fn with_alternatives(project: &Project<'_>, named: &Named, more: Vec<Evidence>) -> Vec<Candidate> {
    let (entry_point, entry_evidence, entry_base) = entry_point(project, named);
    let mut evidence = vec![named.evidence.clone()];
    evidence.extend(more);
    evidence.extend(entry_evidence);
    let mut python_path: Vec<PackagePath> = named.base.iter().cloned().collect();
    for base in needs_old_path(project, named).into_iter().chain(entry_base) {
        if !python_path.contains(&base) {
            python_path.push(base);
        }
    }
    let candidate = Candidate {
        settings: Some(named.settings.clone()),
        python_path,
        ..Candidate::new("Django", entry_point, evidence, named.strength)
    };
    if let Some((package, settings)) = package_that_is_the_root(project, named) {
        let load = Load::OldDjango { package, settings: settings.clone() };
        let through = Candidate::through("Django", load, candidate.evidence.clone(), candidate.strength + 1);
        return vec![Candidate { settings: Some(settings), ..through }, candidate];
    }
    let Some(production) = production(project, &named.settings, named) else { return vec![candidate] };
    let mut other = candidate.clone();
    let settings = &named.settings;
    let beside = format!("is beside `{settings}`, which looks like the settings for development");
    other.evidence.insert(0, Evidence::new(&production.path, None, beside));
    other.settings = Some(production.dotted.clone());
    // What a module sets without asking wins over the environment of the server.
    other.strength += if forces(project, &other.entry_point, named) { -1 } else { 1 };
    let mut first = candidate;
    let says = format!("looks like the settings for development; `{}` is beside it", production.dotted);
    first.evidence.push(Evidence::new(&settings_file(project, named), None, says));
    vec![first, other]
}

/// The package that the settings believe to be in, when it is the folder that was added itself, and
/// the settings in it: up to 1.3, `startproject shop` put everything into one folder.
fn package_that_is_the_root(project: &Project<'_>, named: &Named) -> Option<(String, String)> {
    project.root_file("__init__.py")?;
    let at_root = |dotted: &str| project.module(dotted, None).filter(|own| own.base.is_none());
    let inner = |dotted: &str| Some(dotted.split_once('.')?.1.to_owned());
    let (own, settings) = match at_root(&named.settings) {
        Some(own) => (own, named.settings.clone()),
        None => inner(&named.settings).and_then(|settings| Some((at_root(&settings)?, settings)))?,
    };
    let module = project.python(&own.path)?;
    let (package, urls) = module.string("ROOT_URLCONF")?.split_once('.')?;
    let is_it = project.module(package, None).is_none() && at_root(urls).is_some();
    is_it.then(|| (package.to_owned(), format!("{package}.{settings}")))
}

/// Whether the module that the server calls sets the settings even when the server has others.
fn forces(project: &Project<'_>, entry: &EntryPoint, named: &Named) -> bool {
    let own = project.module(&entry.module, Some(&named.evidence.file));
    own.and_then(|own| project.python(&own.path))
        .is_some_and(|module| module.environ.iter().any(|variable| variable.key == VARIABLE && variable.forced))
}

fn settings_file(project: &Project<'_>, named: &Named) -> PackagePath {
    let own = project.module(&named.settings, Some(&named.evidence.file));
    own.map_or_else(|| named.evidence.file.clone(), |own| own.path.clone())
}

/// Settings of a 1.3 project are imported as `mysite.settings` and its apps with and without `mysite`.
fn needs_old_path(project: &Project<'_>, named: &Named) -> Option<PackagePath> {
    let own = project.module(&named.settings, Some(&named.evidence.file))?;
    let folder = named.evidence.file.parent()?;
    (named.evidence.text.contains("execute_manager")
        && own.base.as_ref() != Some(&folder)
        && named.base.as_ref() != Some(&folder))
    .then_some(folder)
}

/// The settings for production beside settings for development.
fn production<'p>(project: &'p Project<'_>, settings: &str, named: &Named) -> Option<&'p Own> {
    const DEVELOPMENT: [&str; 6] = ["dev", "devel", "development", "develop", "local", "debug"];
    const PRODUCTION: [&str; 5] = ["production", "prod", "deploy", "deployment", "live"];
    let (package, name) = settings.rsplit_once('.').map_or(("", settings), |(package, name)| (package, name));
    let word = name.split('_').find(|word| DEVELOPMENT.contains(word))?;
    PRODUCTION.iter().find_map(|other| {
        let name: Vec<&str> = name.split('_').map(|part| if part == word { other } else { part }).collect();
        let name = name.join("_");
        let dotted = if package.is_empty() { name } else { format!("{package}.{name}") };
        project.module(&dotted, Some(&named.evidence.file))
    })
}

/// What the server calls, with what says so and the folder that it is imported from.
fn entry_point(project: &Project<'_>, named: &Named) -> (EntryPoint, Option<Evidence>, Option<PackagePath>) {
    if let Some((version, file, line)) = project.bundled_django()
        && version <= Version::new(1, 3)
    {
        let text = format!("is Django {version}, which has no `get_wsgi_application` yet");
        let entry = EntryPoint::new("django.core.handlers.wsgi", "WSGIHandler", true);
        return (entry, Some(Evidence::new(&file, line, text)), None);
    }
    let mut modules: Vec<(i32, &Own, u32, Rc<Module>)> = project
        .modules
        .iter()
        .filter(|own| own.path.name().contains("wsgi"))
        .filter_map(|own| {
            let module = project.python(&own.path)?;
            let binding = module.binding("application")?;
            let is_made = matches!(binding.kind, Kind::Value(_) | Kind::Import(_));
            let line = binding.line;
            is_made.then(|| (closeness(project, own, named), own, line, module))
        })
        .collect();
    modules.retain(|(closeness, ..)| *closeness > 0);
    modules.sort_by_key(|(closeness, own, ..)| (std::cmp::Reverse(*closeness), own.path.clone()));
    match modules.first() {
        Some((_, own, line, _)) => (
            EntryPoint::new(&own.dotted, "application", false),
            Some(Evidence::new(&own.path, Some(*line), "binds `application` for WSGI servers")),
            own.base.clone(),
        ),
        None => (EntryPoint::new("django.core.wsgi", "get_wsgi_application", true), None, None),
    }
}

/// How much a WSGI module belongs to settings; nothing when it does not.
fn closeness(project: &Project<'_>, own: &Own, named: &Named) -> i32 {
    let settings = project.module(&named.settings, Some(&named.evidence.file));
    let said = settings.and_then(|settings| {
        let module = project.python(&settings.path)?;
        module.string("WSGI_APPLICATION").map(str::to_owned)
    });
    if said.is_some_and(|said| said == format!("{}.application", own.dotted)) {
        return 4;
    }
    if own.base != named.base && own.path != named.evidence.file {
        return 0;
    }
    let first = |dotted: &str| dotted.split('.').next().map(str::to_owned);
    if own.path == named.evidence.file {
        return 3;
    }
    if first(&own.dotted) == first(&named.settings) { 2 } else { i32::from(own.path.name() == "wsgi.py") }
}
