//! WEB042: a package that the application requires and does not bring.

use crate::detect::{Dependency, NeededBy, modules_of};
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::python::{pip, project_name};
use crate::rules::lookup::Lookup;
use crate::rules::{App, Context};
use crate::text::Span;

declare_rule! {
    /// ## What it does
    /// Looks for packages that the application needs and that are not in its folders, when others of
    /// them are there.
    /// What it needs is what `requirements.txt` and the files that it names, `pyproject.toml`, `setup.cfg`,
    /// `setup.py`, `Pipfile` or a lock say, what bundled packages say that they need themselves, and the
    /// framework that it imports; conditions are judged for the server's Python on Windows.
    /// When none of them is there, the server may have them all: that is a note, as it is when a bundled
    /// package needs another only on Windows.
    ///
    /// ## Why it matters
    /// Web Deploy installs no Python packages, and wfastcgi does not either.
    /// The application stops with an ImportError, unless somebody has installed the package on the server.
    ///
    /// ## Example
    /// ```text
    /// shop/requirements.txt    Flask==0.12.5, Jinja2==2.11.3
    /// shop/flask/
    /// shop/app.py
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop/requirements.txt    Flask==0.12.5, Jinja2==2.11.3
    /// shop/flask/
    /// shop/jinja2/
    /// shop/app.py
    /// ```
    ///
    /// ## Fix
    /// None: the packages have to be downloaded.
    /// `pip download --only-binary=:all: --platform win_amd64 ...` gets them as wheels on any computer; dropped
    /// on the application, they are unpacked into it.
    ///
    /// ## References
    /// - Microsoft, "Configuring Python with Azure Web Sites"
    /// - pip, "Requirements File Format"
    "web-config/unbundled-requirement", WEB042, gallery: Warning, webdeploy: Warning
}

/// How many are named; the command has all.
const NAMED: usize = 5;

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(config), Some(app)) = (cx.python_web_config(), &cx.app) else { return };
    let lookup = Lookup::new(app.contents, config);
    // A folder of the server on the path may have them.
    if lookup.reaches_out {
        return;
    }
    let python = config.python();
    let on_path = |own: &&Dependency| {
        modules_of(&project_name(&own.project)).iter().any(|module| lookup.module(module).is_some())
    };
    let missing: Vec<&Dependency> = app.detection.dependencies.missing(python).filter(|own| !on_path(own)).collect();
    let Some(first) = missing.first() else { return };
    let names: Vec<&str> = missing.iter().map(|own| own.project.as_str()).collect();
    let shown = names.iter().take(NAMED).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let more = if names.len() > NAMED { format!(" and {} more", names.len() - NAMED) } else { String::new() };
    let verb = if names.len() == 1 { "is" } else { "are" };
    let asked = || missing.iter().filter(|own| !own.addressed).map(|own| own.requirement.as_str());
    let help = match python {
        Some(_) if asked().next().is_none() => {
            "Fetch them by hand from the addresses that they are named with, and drop them on the application as wheels."
                .to_owned()
        }
        Some(python) => format!(
            "Download them as wheels and drop those on the application: `{}`",
            pip::download(asked(), python)
        ),
        None => "Install the packages into the application's folder with `pip install --target`.".to_owned(),
    };
    out.push(
        Diagnostic::new(place(app, first), format!("{shown}{more} {verb} required and not in the application"))
            .consequence("Web Deploy installs no Python packages: the application stops with an ImportError where the server has none.")
            .help(help)
            .severity(if certain(app, &missing) { Severity::Warning } else { Severity::Note }),
    );
}

/// Whether the application surely stops without them: it brings others, so that it is meant to bring
/// all, and not only what a bundled package needs in some cases.
fn certain(app: &App<'_>, missing: &[&Dependency]) -> bool {
    let own = |dependency: &&Dependency| dependency.by != NeededBy::Package;
    let bundles =
        app.detection.dependencies.list.iter().any(|own| own.bundled.is_some() || own.by == NeededBy::Package);
    bundles && missing.iter().any(|dependency| own(dependency) || dependency.marker.is_none())
}

/// Where it is named.
fn place(app: &App<'_>, dependency: &Dependency) -> Location {
    let evidence = &dependency.evidence;
    let path = evidence.file.below(app.folder);
    let span = app.contents.text(&evidence.file).zip(evidence.line).map(|(text, line)| {
        let start = text.line_start(line);
        let said = text.line(line);
        let named = said
            .to_ascii_lowercase()
            .find(&dependency.project.to_ascii_lowercase())
            .map(|at| (at, dependency.project.len()));
        let (at, length) = named.unwrap_or((0, said.len()));
        Span::new(start + at, start + at + length)
    });
    span.map_or_else(|| Location::file(&path), |span| Location::span(&path, span))
}
