//! PYT010: an application that shows its inside to whoever causes an error.

use crate::diagnostic::{Diagnostic, Location};
use crate::path::PackagePath;
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Reads the settings module that Django is started with, and looks for `DEBUG = True`.
    ///
    /// ## Why it matters
    /// With it Django shows its settings and the source of the application to whoever causes an error.
    ///
    /// ## Example
    /// ```python
    /// DEBUG = True
    /// ```
    ///
    /// ## Use instead
    /// ```python
    /// DEBUG = os.environ.get('DEBUG') == '1'
    /// ```
    ///
    /// ## Fix
    /// None: with `DEBUG = False` the application needs `ALLOWED_HOSTS`, which only its people know.
    ///
    /// ## References
    /// - Django, "Deployment checklist": `DEBUG`
    "python/debug-mode", PYT010, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(app) = &cx.app else { return };
    let Some(candidate) = app.detection.candidates.iter().find(|own| own.settings.is_some()) else { return };
    let Some(module) = candidate.settings.as_ref().map(|name| format!("{}.py", name.replace('.', "/"))) else { return };
    let below = candidate.python_path.iter().filter_map(|folder| folder.join(&module).ok());
    let mut files = PackagePath::new(&module).ok().into_iter().chain(below);
    let Some(file) = files.find(|file| app.contents.tree().get(file).is_some()) else { return };
    let (Some(bound), Some(text)) = (app.contents.python(&file), app.contents.text(&file)) else { return };
    let Some(binding) = bound.binding("DEBUG") else { return };
    let span = text.line_span(binding.line);
    let line = text.slice(span);
    let code = line.split('#').next().unwrap_or(line).replace(' ', "");
    if code.trim_end() == "DEBUG=True" {
        out.push(
            Diagnostic::new(Location::span(&file.below(app.folder), span), "the application runs with `DEBUG = True`")
                .consequence("Django shows its settings and sources to whoever causes an error.")
                .help("Set it to `False`, or read it from the environment."),
        );
    }
}
