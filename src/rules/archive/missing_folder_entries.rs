//! ZIP014: a ZIP that lists no folders.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::rules::Context;
use crate::rules::support::shown;

declare_rule! {
    /// ## What it does
    /// Notes folders that have no entry of their own in the ZIP.
    ///
    /// ## Why it matters
    /// Files bring their folders with them, so nothing is lost: Microsoft's own packages lack some of these entries too.
    /// But a folder that was empty is not in such a ZIP, and an application that writes into it (`logs/`, `media/`) fails.
    ///
    /// ## Example
    /// ```text
    /// shop/static/style.css
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop/
    /// shop/static/
    /// shop/static/style.css
    /// ```
    ///
    /// ## Fix
    /// Writes the ZIP anew, with an entry for every folder.
    ///
    /// ## References
    /// - Microsoft's package of "Vacation Pictures", which lists all folders but the first
    "archive/missing-folder-entries", ZIP014, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    if cx.archive.is_none() {
        return;
    }
    let listed = |path| cx.tree().get(path).is_some_and(|entry| entry.folder);
    let folders = cx.tree().folders();
    let mut missing = folders.iter().filter(|path| !listed(path));
    let Some(first) = missing.next() else { return };
    let name = shown(first.as_str());
    let message = match missing.count() {
        0 => format!("the folder `{name}` has no entry of its own"),
        more => format!("the folder `{name}` and {more} more have no entries of their own"),
    };
    out.push(
        Diagnostic::new(Location::file(first), message)
            .consequence("Folders that were empty are not in the package.")
            .help("Make sure that no folder is missing, and write the ZIP anew.")
            .fix(Fix::safe("Write the ZIP anew", vec![Edit::Repack])),
    );
}
