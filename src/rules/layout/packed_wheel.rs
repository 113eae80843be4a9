//! LAY018: a wheel that is packed as a file.

use crate::diagnostic::{Diagnostic, Location};
use crate::path::PackagePath;
use crate::rules::Context;
use crate::rules::support::shown;

declare_rule! {
    /// ## What it does
    /// Notes wheels (`.whl`) that lie in the application's folder.
    ///
    /// ## Why it matters
    /// Python does not import from them, and Web Deploy does not unpack them.
    /// They are carried to the server for nothing, unless somebody installs them there by hand.
    ///
    /// ## Example
    /// ```text
    /// shop/wheels/flask-3.0.3-py3-none-any.whl
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop/flask/app.py
    /// ```
    ///
    /// ## Fix
    /// None: drop the wheel on the page on which the package is made; it is unpacked into the application then.
    ///
    /// ## References
    /// - Python Packaging User Guide, "Binary distribution format": "Is it possible to import Python code directly from a wheel file?"
    "layout/packed-wheel", LAY018, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(app) = &cx.app else { return };
    let wheels = app.contents.tree().files().map(|entry| &entry.path).filter(|path| path.has_extension("whl"));
    let found: Vec<PackagePath> = wheels.map(|path| path.below(app.folder)).collect();
    let Some(first) = found.first() else { return };
    let name = shown(first.as_str());
    let message = match found.len() {
        1 => format!("`{name}` is packed as a file"),
        2 => format!("`{name}` and 1 other wheel are packed as files"),
        count => format!("`{name}` and {} other wheels are packed as files", count - 1),
    };
    out.push(
        Diagnostic::new(Location::file(first), message)
            .consequence("Python does not import from a wheel, and nothing on the server unpacks it.")
            .help("Unpack it into the application's folder, or drop it on the application: then it is unpacked."),
    );
}
