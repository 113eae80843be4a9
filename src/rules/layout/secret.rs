//! LAY012: passwords and keys that everybody gets with the package.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::path::PackagePath;
use crate::rules::Context;
use crate::rules::support::shown;
use crate::text::Span;

declare_rule! {
    /// ## What it does
    /// Looks for files that hold secrets: `.env`, `*.PublishSettings`, `*.pubxml.user`, `*.pfx`, private keys of SSH.
    /// In the settings of Django: for a `SECRET_KEY` that is written out, and for `DEBUG = True`.
    ///
    /// ## Why it matters
    /// Everybody who has the package has the secret, and signs in with it or forges sessions.
    /// With `DEBUG = True` Django shows its settings and the source of the application to whoever causes an error.
    ///
    /// ## Example
    /// ```python
    /// SECRET_KEY = 'h5$k2...'
    /// DEBUG = True
    /// ```
    ///
    /// ## Use instead
    /// ```python
    /// SECRET_KEY = os.environ['SECRET_KEY']
    /// DEBUG = os.environ.get('DEBUG') == '1'
    /// ```
    ///
    /// ## Fix
    /// Leaves the file out; please review it, since the application may read it.
    /// None for settings: the application must learn where to find the secret.
    ///
    /// ## References
    /// - Microsoft, "Windows Web Application Gallery Principles": applications are safe
    /// - Django, "Deployment checklist"
    "layout/secret", LAY012, gallery: Warning, webdeploy: Warning
}

/// Private keys of SSH, as it names them.
const KEYS: [&str; 4] = ["id_rsa", "id_dsa", "id_ecdsa", "id_ed25519"];

/// What is in other files with such names is an example.
const EXAMPLES: [&str; 6] = ["example", "sample", "template", "dist", "test", "defaults"];

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for entry in cx.tree().files().filter(|entry| entry.size > 0 && is_secret(entry.path.name())) {
        let name = shown(entry.path.as_str());
        let edit = Edit::Remove { path: entry.path.clone() };
        out.push(
            Diagnostic::new(Location::file(&entry.path), format!("`{name}` usually holds secrets"))
                .consequence("Everybody who has the package can read them.")
                .help("Leave it out, and set what the application needs on the server.")
                .fix(Fix::review(format!("Leave out `{name}`"), vec![edit])),
        );
    }
    settings(cx, out);
}

fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase();
    let environment = name == ".env"
        || name.strip_prefix(".env.").is_some_and(|kind| !EXAMPLES.iter().any(|example| kind.contains(example)));
    let suffixes = [".publishsettings", ".pubxml.user", ".pfx"];
    environment || KEYS.contains(&name.as_str()) || suffixes.iter().any(|suffix| name.ends_with(suffix))
}

/// What the settings module of Django says at its top level.
fn settings(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(app) = &cx.app else { return };
    let Some(candidate) = app.detection.candidates.first() else { return };
    let Some(module) = candidate.settings.as_ref().map(|name| format!("{}.py", name.replace('.', "/"))) else { return };
    let below = candidate.python_path.iter().filter_map(|folder| folder.join(&module).ok());
    let mut files = PackagePath::new(&module).ok().into_iter().chain(below);
    let Some(file) = files.find(|file| app.contents.tree().get(file).is_some()) else { return };
    let (Some(bound), Some(text)) = (app.contents.python(&file), app.contents.text(&file)) else { return };
    let path = file.below(app.folder);
    let mut say = |line: u32, message: &str, consequence: &str, help: &str| {
        let span = line_span(text.as_str(), line);
        out.push(Diagnostic::new(Location::span(&path, span), message).consequence(consequence).help(help));
    };
    if let (Some(key), Some(binding)) = (bound.string("SECRET_KEY"), bound.binding("SECRET_KEY"))
        && !key.is_empty()
    {
        say(
            binding.line,
            "the `SECRET_KEY` is written out",
            "Everybody who has the package can forge the sessions of its users.",
            "Read it from the environment, and set it on the server.",
        );
    }
    if let Some(binding) = bound.binding("DEBUG") {
        let span = line_span(text.as_str(), binding.line);
        let line = text.as_str().get(span.start..span.end).unwrap_or("");
        let code = line.split('#').next().unwrap_or(line).replace(' ', "");
        if code.trim_end() == "DEBUG=True" {
            say(
                binding.line,
                "the application runs with `DEBUG = True`",
                "Django shows its settings and sources to whoever causes an error.",
                "Set it to `False`, or read it from the environment.",
            );
        }
    }
}

/// A line by its number, from 1, without its end.
fn line_span(text: &str, number: u32) -> Span {
    let mut start = 0;
    for (line, at) in text.split_inclusive('\n').zip(1_u32..) {
        if at == number {
            return Span { start, end: start + line.trim_end().len() };
        }
        start += line.len();
    }
    Span::at(start)
}
