//! LAY032: a folder without an application in Python.

use crate::diagnostic::{Diagnostic, Location};
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Looks for Python in a folder, or a ZIP of one, that was added to be packaged.
    /// There is none when no file ends in `.py`, and nobody named an entry point.
    ///
    /// ## Why it matters
    /// The server would have nothing to start: every request would end with an error.
    /// Often another folder was meant, or the application is written in another language.
    ///
    /// ## Example
    /// ```text
    /// shop
    ///   index.js
    ///   package.json
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop
    ///   app.py
    ///   requirements.txt
    /// ```
    ///
    /// ## Fix
    /// None: add the folder in which the Python application lies.
    ///
    /// ## References
    /// - wfastcgi 3.0.0, `get_wsgi_handler`
    "layout/missing-application", LAY032, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(folder) = &cx.wanted.absent_from else { return };
    out.push(
        Diagnostic::new(Location::file(folder), format!("there is no Python application in `{folder}`: no file ends in `.py`"))
            .consequence("There is nothing that the server could start: every request gets error 500.")
            .help("Add the folder of a Python application, or name its entry point if it comes as something other than `.py` files."),
    );
}
