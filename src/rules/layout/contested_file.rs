//! LAY017: a file of a wheel that is in the application already, with other bytes.

use crate::diagnostic::{Diagnostic, Location};
use crate::rules::Context;
use crate::rules::support::shown;
use crate::wheel::Note;

declare_rule! {
    /// ## What it does
    /// Reports files of a dropped wheel that the application has already, or another wheel, with other
    /// bytes.
    /// The application's own files win; of two wheels, the first by name.
    ///
    /// ## Why it matters
    /// The package then has one part of a library from here and another from there.
    /// That works only when both are of the same version.
    ///
    /// ## Example
    /// ```text
    /// shop/flask/app.py            of Flask 0.12
    /// flask-3.0.3-py3-none-any.whl
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// flask-3.0.3-py3-none-any.whl
    /// ```
    ///
    /// ## Fix
    /// None: keep either the folder or the wheel.
    ///
    /// ## References
    /// - Python Packaging User Guide, "Binary distribution format"
    "layout/contested-file", LAY017, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for note in cx.wheels {
        let Note::Contested { file, by, path, others } = note else { continue };
        let (more, differ) = match others {
            0 => (String::new(), "differs"),
            1 => (" and 1 other file".to_owned(), "differ"),
            others => (format!(" and {others} other files"), "differ"),
        };
        let (name, wheel) = (shown(path.as_str()), shown(file));
        let owner =
            by.as_ref().map_or_else(|| "what the application has".to_owned(), |by| format!("what `{}` has", shown(by)));
        out.push(
            Diagnostic::new(
                Location::file(path),
                format!("`{name}`{more} of `{wheel}` {differ} from {owner}, which stays"),
            )
            .consequence(
                "Parts of two versions of a library may lie beside each other, and fail when they call each other.",
            )
            .help("Keep one of the two: take the wheel away, or delete the older files from the application."),
        );
    }
}
