//! ZIP003: entries that need a password.

use crate::archive::Member;
use crate::diagnostic::Diagnostic;
use crate::rules::Context;
use crate::rules::support::of_members;

declare_rule! {
    /// ## What it does
    /// Looks for entries that are encrypted.
    ///
    /// ## Why it matters
    /// Web Deploy has nowhere to give it the password of a ZIP, and cannot read such a package.
    ///
    /// ## Example
    /// ```text
    /// zip --encrypt shop.zip -r shop Manifest.xml Parameters.xml
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// zip shop.zip -r shop Manifest.xml Parameters.xml
    /// ```
    ///
    /// ## Fix
    /// None: the password is needed to make the ZIP without it.
    ///
    /// ## References
    /// - PKWARE, "APPNOTE.TXT", 4.4.4: the first general purpose bit
    /// - Microsoft, "Web Deploy package Provider": it has no setting for the password of a ZIP
    "archive/encrypted-entry", ZIP003, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let found = of_members(cx, Member::encrypted, "is encrypted", "are encrypted");
    out.extend(found.map(|diagnostic| {
        diagnostic
            .consequence("Web Deploy cannot read the package: there is no way to give it the password.")
            .help("Unpack the ZIP with its password, and zip the files again without one.")
    }));
}
