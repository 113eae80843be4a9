//! ZIP015: a ZIP that was made on another system than Windows.

use crate::archive::Member;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fix::{Edit, Fix};
use crate::rules::Context;
use crate::rules::support::of_members;

declare_rule! {
    /// ## What it does
    /// Notes entries with the attributes of another system than Windows.
    /// It is a warning for folders that are not marked as such for Windows.
    ///
    /// ## Why it matters
    /// Web Deploy installs such packages, but when somebody changes one on Windows later it may stop:
    /// "Child object 'filePath' cannot be added to object 'filePath'. The 'filePath' provider may not support this deployment."
    ///
    /// ## Example
    /// ```text
    /// $ zipinfo shop.zip
    /// drwxr-xr-x  3.0 unx        0 bx stor shop/
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// $ zipinfo shop.zip
    /// drwx---     2.0 fat        0 bx stor shop/
    /// ```
    ///
    /// ## Fix
    /// Writes the ZIP anew, as Windows does.
    ///
    /// ## References
    /// - Microsoft, "Web Deploy package Provider": the tip about packages from a different operating system
    /// - Microsoft, "Package an Application for the Windows Web Application Gallery"
    "archive/unix-attributes", ZIP015, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    // 10 and 11 are file systems of Windows, which some writers name.
    let foreign = |member: &Member| !matches!(member.host, 0 | 10 | 11 | 14);
    let unmarked = |member: &Member| foreign(member) && member.folder() && member.attributes & 0x10 == 0;
    let folders =
        of_members(cx, unmarked, "is not marked as a folder for Windows", "are not marked as folders for Windows");
    let found = match folders {
        Some(diagnostic) => Some(diagnostic.severity(Severity::Warning)),
        None => {
            of_members(cx, foreign, "has the attributes of another system", "have the attributes of another system")
        }
    };
    out.extend(found.map(|diagnostic| {
        diagnostic
            .consequence("Once it was changed on Windows, Web Deploy may stop: \"Child object 'filePath' cannot be added to object 'filePath'.\"")
            .help("Write the ZIP anew, as Windows does.")
            .fix(Fix::safe("Write the ZIP anew", vec![Edit::Repack]))
    }));
}
