//! ZIP007: a name that leaves the package or that no file can have.

use crate::archive::Member;
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::fix::{Edit, Fix};
use crate::path::{PackagePath, PathProblem};
use crate::rules::Context;
use crate::rules::support::{of_members, shown};
use crate::tree::Oddity;

declare_rule! {
    /// ## What it does
    /// Looks for names with a `..` segment, a slash or a drive letter at the beginning, or a control character, and for entries without a name.
    /// Warns of names with a `.` segment, with two slashes in a row, or with `~` at the beginning.
    ///
    /// ## Why it matters
    /// Such a name points to a place outside the folder that is being filled, or to no place at all.
    /// Attackers overwrite files of a server with it ("zip slip"), so careful tools refuse the whole package.
    ///
    /// ## Example
    /// ```text
    /// shop.zip
    ///   shop/app.py
    ///   ../web.config
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop.zip
    ///   shop/app.py
    ///   shop/web.config
    /// ```
    ///
    /// ## Fix
    /// None to choose: the entry is left out when the package is written.
    /// Rename it in the source when it is needed.
    ///
    /// ## References
    /// - PKWARE, "APPNOTE.TXT", 4.4.17: a name has no drive letter and no leading slash
    "archive/unsafe-name", ZIP007, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for oddity in cx.tree().oddities() {
        let Oddity::Unusable { name, problem } = oddity else { continue };
        let name = shown(name);
        let (location, message) = match problem {
            PathProblem::Empty => (Location::package(), "an entry of the package has no name".to_owned()),
            _ => (Location::raw(&name), format!("`{name}` is not a path in the package: {problem}")),
        };
        let consequence = match problem {
            PathProblem::Absolute | PathProblem::Drive | PathProblem::Parent => {
                "A tool that unpacks it writes outside the folder of the application, or refuses the package."
            }
            PathProblem::Empty | PathProblem::Control => "Windows cannot create a file with this name.",
        };
        out.push(
            Diagnostic::new(location, message).consequence(consequence).help(
                "The package is written without this entry; when it is needed, give it another name in the source.",
            ),
        );
    }
    let found = of_members(cx, is_roundabout, "is a roundabout path", "are roundabout paths");
    out.extend(found.map(|diagnostic| {
        diagnostic
            .severity(Severity::Warning)
            .consequence("Some tools take it for another path, or refuse the package.")
            .help("Write the ZIP anew, with plain paths.")
            .fix(Fix::safe("Write the ZIP anew", vec![Edit::Repack]))
    }));
}

/// Whether a name is a path in the package, but not in its plain form.
fn is_roundabout(member: &Member) -> bool {
    let name = member.name.strip_suffix(['/', '\\']).unwrap_or(&member.name);
    // Bytes: every entry is asked, and what looks for characters is slow for names.
    let mut segments = name.as_bytes().split(|byte| matches!(byte, b'/' | b'\\'));
    let dots = segments.any(|segment| matches!(segment, b"" | b"."));
    (dots || name.starts_with("~/")) && PackagePath::new(name).is_ok()
}
