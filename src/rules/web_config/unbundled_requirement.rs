//! WEB042: a package that the application requires and does not bring.

use crate::contents::Contents;
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::rules::Context;
use crate::rules::lookup::Lookup;
use crate::text::Span;

declare_rule! {
    /// ## What it does
    /// Looks in `requirements.txt` for packages that are not in the application's folders, when others of
    /// them are there.
    /// When none of them is there, the server may have them all: that is a note.
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
    /// None: `pip install --target` puts the packages into the application's folder.
    ///
    /// ## References
    /// - Microsoft, "Configuring Python with Azure Web Sites"
    /// - pip, "Requirements File Format"
    "web-config/unbundled-requirement", WEB042, gallery: Warning, webdeploy: Warning
}

/// Packages that do not import under their own name.
const IMPORTED_AS: &[(&str, &str)] = &[
    ("pyyaml", "yaml"),
    ("pillow", "PIL"),
    ("beautifulsoup4", "bs4"),
    ("python_dateutil", "dateutil"),
    ("djangorestframework", "rest_framework"),
    ("mysqlclient", "MySQLdb"),
    ("psycopg2_binary", "psycopg2"),
    ("python_dotenv", "dotenv"),
];

/// Packages that a server for wfastcgi has, or that are only for other servers and for development.
const NOT_NEEDED: &[&str] =
    &["wfastcgi", "pip", "setuptools", "wheel", "gunicorn", "waitress", "uwsgi", "pytest", "virtualenv"];

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(config), Some(app)) = (cx.python_web_config(), &cx.app) else { return };
    let Some(entry) = app.contents.tree().file_ignoring_case("requirements.txt") else { return };
    let Some(text) = app.contents.text(&entry.path) else { return };
    let lookup = Lookup::new(app.contents, config);
    let names: Vec<(&str, Span)> = required(text.as_str()).collect();
    let absent = |name: &&(&str, Span)| !is_there(app.contents, &lookup, name.0);
    let missing: Vec<&(&str, Span)> = names.iter().filter(absent).collect();
    let Some((_, span)) = missing.first() else { return };
    // A folder of the server on the path may have them.
    if lookup.reaches_out {
        return;
    }
    let path = entry.path.below(app.folder);
    let shown = missing.iter().take(5).map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let more = if missing.len() > 5 { format!(" and {} more", missing.len() - 5) } else { String::new() };
    let (verb, severity) = (
        if missing.len() == 1 { "is" } else { "are" },
        if missing.len() == names.len() { Severity::Note } else { Severity::Warning },
    );
    out.push(
        Diagnostic::new(Location::span(&path, *span), format!("{shown}{more} {verb} required and not in the application"))
            .consequence("Web Deploy installs no Python packages: the application stops with an ImportError where the server has none.")
            .help("Install the packages into the application's folder with `pip install --target`.")
            .severity(severity),
    );
}

/// The names in a file of requirements, with their places; options, links and markers that do not
/// hold on a server are left out.
fn required(text: &str) -> impl Iterator<Item = (&str, Span)> {
    text.split_inclusive('\n')
        .scan(0, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line))
        })
        .filter_map(|(start, line)| {
            let code = line.split('#').next().unwrap_or("");
            let indent = code.len() - code.trim_start().len();
            let name =
                code.trim().split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '.')).next().unwrap_or("");
            let rest = code.trim().get(name.len()..).unwrap_or("");
            let other = name.is_empty()
                || name.starts_with(['-', '.'])
                || rest.starts_with([':', '/', '+'])
                || code.contains(';')
                || rest.contains('@');
            let known = NOT_NEEDED.iter().any(|own| own.eq_ignore_ascii_case(name));
            (!other && !known).then(|| (name, Span::new(start + indent, start + indent + name.len())))
        })
}

/// Whether a package is in the application: its module, or the metadata that an installer writes.
fn is_there(contents: &Contents<'_>, lookup: &Lookup<'_>, name: &str) -> bool {
    let plain = name.to_ascii_lowercase().replace(['-', '.'], "_");
    let module = IMPORTED_AS.iter().find(|(own, _)| *own == plain).map_or(plain.as_str(), |(_, module)| module);
    let short = plain.trim_start_matches("python_").trim_start_matches("django_");
    [module, name, short, &plain].into_iter().any(|module| {
        let folders = lookup.roots.iter();
        lookup.module(module).is_some()
            || folders.into_iter().any(|root| {
                let path = if root.is_empty() { module.to_owned() } else { format!("{root}/{module}") };
                crate::path::PackagePath::new(&path)
                    .is_ok_and(|path| contents.tree().folder_ignoring_case(&path).is_some())
            })
    }) || contents.tree().entries().flat_map(|entry| entry.path.segments()).any(|segment| {
        let lower = segment.to_ascii_lowercase().replace('-', "_");
        let is_metadata = lower.ends_with("_info")
            || lower.ends_with(".dist_info")
            || lower.ends_with(".egg_info")
            || lower.ends_with(".egg");
        is_metadata && lower.strip_prefix(plain.as_str()).is_some_and(|rest| rest.starts_with(['_', '.']))
    })
}
