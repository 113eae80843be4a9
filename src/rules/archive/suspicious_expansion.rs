//! ZIP018: a ZIP that unpacks to far more than it is.

use crate::archive::Member;
use crate::diagnostic::{Diagnostic, Location};
use crate::rules::Context;
use crate::rules::support::{of_members, shown};

declare_rule! {
    /// ## What it does
    /// Looks for files of more than a megabyte that unpack to more than 200 times their packed size, and for packages that unpack to more than 2 GB.
    ///
    /// ## Why it matters
    /// A "ZIP bomb" fills the disk or the memory of a server from a few kilobytes; scanners refuse what looks like one.
    /// A web application is rarely that large, and its files rarely repeat that much.
    ///
    /// ## Example
    /// ```text
    /// shop/data/zeros.bin   1,073,741,824 bytes, packed 1,043,594
    /// ```
    ///
    /// ## Use instead
    /// Let the application make such a file when it needs it.
    ///
    /// ## Fix
    /// None.
    ///
    /// ## References
    /// - D. Fifield, "A better zip bomb"
    "archive/suspicious-expansion", ZIP018, gallery: Warning, webdeploy: Warning
}

const RATIO: u64 = 200;
/// Small files of one repeated line are nobody's bomb.
const WORTH: u64 = 1024 * 1024;
const TOTAL: u64 = 2 * 1024 * 1024 * 1024;

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(archive) = cx.archive else { return };
    let swollen = |member: &Member| member.size > WORTH && member.size / RATIO > member.compressed;
    let consequence = "Scanners refuse what looks like a ZIP bomb, and unpacking may fill the disk of the server.";
    let help = "Leave it out, and let the application make it when it is needed.";
    if let Some(found) =
        of_members(cx, swollen, "unpacks to over 200 times its size", "unpack to over 200 times their size")
    {
        out.push(found.consequence(consequence).help(help));
    }
    let total = archive.members().iter().fold(0_u64, |sum, member| sum.saturating_add(member.size));
    if total > TOTAL && total > archive.size() {
        let message = format!("`{}` unpacks to {total} bytes, which is more than 2 GB", shown(archive.name()));
        out.push(Diagnostic::new(Location::package(), message).consequence(consequence).help(help));
    }
}
