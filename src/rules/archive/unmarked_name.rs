//! ZIP017: names with other letters than ASCII that are not marked as UTF-8.

use crate::archive::Member;
use crate::diagnostic::Diagnostic;
use crate::fix::{Edit, Fix};
use crate::rules::Context;
use crate::rules::support::of_members;

declare_rule! {
    /// ## What it does
    /// Looks for names with letters beyond ASCII in entries that do not say that their names are UTF-8.
    ///
    /// ## Why it matters
    /// The .NET Framework reads such a name in the code page of the server, other programs in that of DOS or as UTF-8.
    /// So `größe.css` arrives as `gr÷Áe.css` or `grÃ¶ÃŸe.css`, and links to it lead nowhere.
    ///
    /// ## Example
    /// ```text
    /// general purpose bit 11: off    shop/static/gr\xc3\xb6\xc3\x9fe.css
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// general purpose bit 11: on     shop/static/gr\xc3\xb6\xc3\x9fe.css
    /// ```
    ///
    /// ## Fix
    /// Writes the ZIP anew with names in UTF-8, as they are shown here.
    /// Please review it: when a name is shown wrongly, rename the file in the source and zip it again.
    ///
    /// ## References
    /// - PKWARE, "APPNOTE.TXT", appendix D: language encoding
    "archive/unmarked-name", ZIP017, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let unmarked = |member: &Member| !member.utf8() && !member.name_bytes.is_ascii();
    let found =
        of_members(cx, unmarked, "has a name that is not marked as UTF-8", "have names that are not marked as UTF-8");
    out.extend(found.map(|diagnostic| {
        diagnostic
            .consequence("The letters of the name depend on the language of the server.")
            .help("Use names in ASCII, or a program that marks them as UTF-8.")
            .fix(Fix::review("Write the ZIP anew with the names as shown", vec![Edit::Repack]))
    }));
}
