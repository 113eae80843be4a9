//! PYT001: a module of the application that Python cannot read.

use crate::diagnostic::{Diagnostic, Location};
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Reads the application's own modules as Python 3 and looks for what is no Python.
    /// An application in Python 2 is left alone, and so is what came with it from others.
    ///
    /// ## Why it matters
    /// Python stops with a `SyntaxError` when it imports the module.
    /// When that is on the way to the application's object, wfastcgi shows the error instead of the page.
    ///
    /// ## Example
    /// ```python
    /// def index(:
    ///     return "hello"
    /// ```
    ///
    /// ## Use instead
    /// ```python
    /// def index():
    ///     return "hello"
    /// ```
    ///
    /// ## Fix
    /// By hand: what was meant cannot be known.
    ///
    /// ## References
    /// - Python, "The Python Language Reference"
    "python/syntax-error", PYT001, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(app) = &cx.app else { return };
    for (module, line) in &app.detection.unreadable {
        let path = module.below(app.folder);
        let Some(text) = cx.contents.text(&path) else { continue };
        let span = text.line_span(*line);
        out.push(
            Diagnostic::new(Location::span(&path, span), format!("`{module}` is no Python at line {line}"))
                .consequence("Python stops with a SyntaxError when it imports the module.")
                .help("Correct the line; `python -m py_compile` shows what Python itself says of it."),
        );
    }
}
