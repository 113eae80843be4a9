//! ZIP002: a file whose bytes cannot be unpacked.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::rules::Context;
use crate::rules::support::shown;
use crate::tree::{Entry, Origin};

declare_rule! {
    /// ## What it does
    /// Unpacks every file and compares its size and its check sum with what the ZIP says.
    /// The files that the other rules read come first; the rest follow after the first report.
    ///
    /// ## Why it matters
    /// The ZIP was damaged on its way, or by the program that made it.
    /// Web Deploy stops at such a file, in the middle of the installation.
    ///
    /// ## Example
    /// ```text
    /// shop/app.py   CRC 5d41402a, and its bytes have b1946ac9
    /// ```
    ///
    /// ## Use instead
    /// The ZIP as it was before: compare its SHA-256 with that of the original, and get it again.
    ///
    /// ## Fix
    /// Takes the file out of the package.
    /// Please review it: an application that needs the file does not run without it.
    ///
    /// ## References
    /// - PKWARE, "APPNOTE.TXT", 4.4.7: CRC-32
    "archive/damaged-entry", ZIP002, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for entry in cx.tree().files() {
        let Some(why) = cx.contents.damage(entry).filter(|_| !is_told(cx, entry)) else { continue };
        let name = shown(entry.path.as_str());
        let edit = Edit::Remove { path: entry.path.clone() };
        out.push(
            Diagnostic::new(Location::file(&entry.path), format!("`{name}` cannot be unpacked: {why}"))
                .consequence("The installation stops at this file, and the package cannot be saved with it.")
                .help("Get the ZIP again from where it comes from, or make it anew.")
                .fix(Fix::review(format!("Leave out `{name}`"), vec![edit])),
        );
    }
}

/// Whether other rules say already why it is not unpacked: encryption, methods, overlaps.
fn is_told(cx: &Context<'_>, entry: &Entry) -> bool {
    let (Origin::Input(id), Some(archive)) = (&entry.origin, cx.archive) else { return false };
    let told =
        |member: &crate::archive::Member| member.encrypted() || !matches!(member.method, 0 | 8) || member.overlaps;
    archive.member(*id).is_some_and(told)
}
