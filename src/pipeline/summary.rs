//! From the work on an input to what is said about it.

use crate::contents::{Contents, ReadError};
use crate::diagnostic::Profile;
use crate::fix::Fix;
use crate::generate::{self, HANDLER_FILE};
use crate::model::{Install, Kind, Package, root_file};
use crate::path::PackagePath;
use crate::pipeline::hosting::Host;
use crate::pipeline::session::{Input, Session};
use crate::pipeline::work::Work;
use crate::publish;
use crate::report::{self, Form, InputFacts, PackageFile, Report, ShownFile, State, Suggestions};
use crate::rules::Finding;
use crate::tree::{Entry, FileTree, Origin};

/// Puts together what is said about the package as it would be saved now.
pub(super) fn report(
    session: &Session,
    work: &Work,
    findings: &[Finding],
    install: Install,
    profile: Profile,
) -> Result<Report, ReadError> {
    let Session { input, answers, given, for_others, .. } = session;
    let Work { plan, original, tree, .. } = work;
    let contents = input.contents(tree);
    let diagnostics = report::items(findings, &contents);
    let state = |entry: &Entry| state(original, entry);
    let origins = plan.wheels.origins();
    let wheel = |entry: &Entry| match entry.origin {
        Origin::Input(id) => origins.get(&id).cloned(),
        Origin::Written(_) => None,
    };
    let files = tree.entries().map(|entry| PackageFile {
        path: entry.path.clone(),
        folder: entry.folder,
        size: entry.size,
        state: state(entry),
        wheel: wheel(entry),
    });
    let files = files.collect();
    let old = input.contents(original);
    let shown = shown_paths(tree, plan.kind, plan.app_folder.as_ref()).into_iter().filter_map(|path| {
        let state = state(tree.get(&path)?);
        let before =
            (state == State::Changed).then(|| shown_text(&old, &path, *for_others)).flatten().map(|(text, _)| text);
        let (text, masked) = shown_text(&contents, &path, *for_others)?;
        Some(ShownFile { path, state, text, before, masked })
    });
    let shown = shown.collect();
    let config = Package::read(&contents).web_config;
    let python = config.and_then(|config| config.python());
    let python = python.or_else(|| plan.host.as_ref()?.choice.environment());
    let dependencies = plan.detection.as_ref().and_then(|found| report::Dependencies::of(found, python));
    let of_gallery = matches!(plan.kind, Kind::Application | Kind::GalleryPackage);
    let form = of_gallery.then(|| Form::of(&Package::read(&contents)));
    let added: Vec<&str> = input.added.iter().map(|raw| raw.name.as_str()).collect();
    let suggestions = Suggestions::of(&old, &contents, plan.app_folder.as_ref(), plan.detection.as_ref(), &added);
    let runtime = plan.runtime(input);
    let suggestions = Suggestions {
        runtime_asked: answers.extras.runtime_txt,
        runtime: runtime.map(|version| format!("python-{version}")),
        ..suggestions
    };
    if let Some(failure) = contents.failure().or_else(|| old.failure()) {
        return Err(failure);
    }
    Ok(Report {
        profile,
        input: InputFacts {
            name: input.name.clone(),
            container: input.container,
            kind: plan.kind,
            root: plan.root.clone(),
            files: input.tree.files().count(),
            bytes: input.tree.files().map(|entry| entry.size).sum(),
        },
        detection: plan.detection.clone(),
        chosen: plan.chosen.clone(),
        host: plan.host.clone().map(Host::report),
        roots: plan.roots.iter().map(|root| (root.path.clone(), root.reason.clone())).collect(),
        diagnostics,
        counts: report::counts(findings),
        install: install.masked(),
        grades: given.grades.list().to_vec(),
        form,
        dependencies,
        wheels: plan.wheels.items(),
        files,
        left_out: plan.left_out.clone(),
        offers: plan.offers,
        suggestions,
        shown,
        package_name: package_name(input, plan.kind, plan.app_folder.as_ref()),
        app_folder: plan.app_folder.clone(),
    })
}

/// A text as it is shown, and whether secrets were made unreadable in it.
fn shown_text(contents: &Contents<'_>, path: &PackagePath, for_others: bool) -> Option<(String, bool)> {
    let text = contents.text(path)?;
    // The files of a package are edited here, and a mask would be written back.
    let hidden = for_others || Kind::read(contents).is_alone();
    let secrets = if hidden { report::secrets(contents, path) } else { Vec::new() };
    Some((publish::mask(text.as_str(), 0, &secrets), !secrets.is_empty()))
}

fn state(original: &FileTree, entry: &Entry) -> State {
    match &entry.origin {
        Origin::Input(_) => State::Input,
        Origin::Written(_) if original.get(&entry.path).is_none() => State::New,
        Origin::Written(_) => State::Changed,
    }
}

/// Manifest.xml, Parameters.xml, web.config and handler.fcgi as the package spells them, and whatever
/// else was written.
fn shown_paths(tree: &FileTree, kind: Kind, app_folder: Option<&PackagePath>) -> Vec<PackagePath> {
    if kind.is_alone() {
        return tree.files().map(|entry| entry.path.clone()).collect();
    }
    let at_root = ["Manifest.xml", "Parameters.xml"].into_iter().filter_map(|name| root_file(tree, name).cloned());
    let in_app = app_folder.into_iter().flat_map(|folder| {
        ["web.config", HANDLER_FILE].into_iter().filter_map(|name| {
            let path = folder.join(name).ok()?;
            tree.file_ignoring_case(path.as_str()).map(|entry| entry.path.clone())
        })
    });
    let mut shown: Vec<PackagePath> = at_root.chain(in_app).collect();
    for entry in tree.files().filter(|entry| matches!(entry.origin, Origin::Written(_))) {
        if !shown.contains(&entry.path) {
            shown.push(entry.path.clone());
        }
    }
    shown
}

/// The file name of the package: that of the input when it is a package, else the application's.
pub(super) fn package_name(input: &Input, kind: Kind, app_folder: Option<&PackagePath>) -> String {
    if kind.is_alone() {
        return input.name.clone();
    }
    let name = match (kind, app_folder) {
        (Kind::Application, Some(folder)) => folder.name().to_owned(),
        _ => generate::app_folder_name(&input.name),
    };
    format!("{name}.zip")
}

/// The fix that a report calls by this id: the number of the finding, a dot, the number of the fix.
pub(super) fn fix_by_id(findings: &[Finding], id: &str) -> Option<Fix> {
    let (finding, fix) = id.split_once('.')?;
    let finding = findings.get(finding.parse::<usize>().ok()?)?;
    finding.diagnostic.fixes.get(fix.parse::<usize>().ok()?).cloned()
}
