//! LAY016: a wheel that came with the application and was not unpacked.

use crate::diagnostic::{Diagnostic, Location};
use crate::rules::Context;
use crate::rules::support::shown;
use crate::wheel::Note;

declare_rule! {
    /// ## What it does
    /// Reports a wheel that was dropped with the application and could not be unpacked into it: it is
    /// for another system or another Python than the server has, it is damaged, or a newer version of
    /// the same project is there too.
    ///
    /// ## Why it matters
    /// What it brings is not in the package.
    /// The application stops with an ImportError, unless the server has the package.
    ///
    /// ## Example
    /// ```text
    /// lxml-5.3.0-cp312-cp312-manylinux_2_17_x86_64.whl    Python of the server: 3.12 (64 bits)
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// lxml-5.3.0-cp312-cp312-win_amd64.whl
    /// ```
    ///
    /// ## Fix
    /// None: the right wheel has to be downloaded.
    /// `pip download --only-binary=:all: --platform win_amd64 --python-version 3.12` does that on any computer.
    ///
    /// ## References
    /// - Python Packaging User Guide, "Platform compatibility tags"
    /// - Python Packaging User Guide, "Binary distribution format"
    "layout/refused-wheel", LAY016, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for note in cx.wheels {
        let Note::Refused { file, why, help } = note else { continue };
        let name = shown(file);
        out.push(
            Diagnostic::new(Location::raw(file), format!("`{name}` was not unpacked: {why}"))
                .consequence("What it brings is missing on the server, and what imports it fails.")
                .help(help.clone()),
        );
    }
}
