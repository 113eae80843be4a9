//! ZIP004: entries that are compressed otherwise than with Deflate.

use crate::archive::{Member, ZipInput};
use crate::diagnostic::Diagnostic;
use crate::rules::Context;
use crate::rules::support::of_members;

declare_rule! {
    /// ## What it does
    /// Looks for entries that are neither stored nor compressed with Deflate.
    ///
    /// ## Why it matters
    /// Deflate is all that the ZIP reader of the .NET Framework knew when Web Deploy was written.
    /// The Windows Explorer itself takes Deflate64 for files above 2 GB, 7-Zip can take LZMA, and others bzip2 or zstd.
    ///
    /// ## Example
    /// ```text
    /// 7z a -mm=LZMA shop.zip shop Manifest.xml Parameters.xml
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// 7z a -mm=Deflate shop.zip shop Manifest.xml Parameters.xml
    /// ```
    ///
    /// ## Fix
    /// None here: only Deflate is unpacked in the browser.
    /// Unpack the ZIP with the program that made it, and drop the folder.
    ///
    /// ## References
    /// - PKWARE, "APPNOTE.TXT", 4.4.5: the compression methods
    "archive/foreign-method", ZIP004, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let foreign = |member: &Member| !member.encrypted() && !matches!(member.method, 0 | 8);
    let members = || cx.archive.map(ZipInput::members).unwrap_or_default().iter();
    let Some(method) = members().find(|member| foreign(member)).map(Member::method_name) else { return };
    let one = format!("is compressed with {method}");
    let found = of_members(cx, foreign, &one, "are not compressed with Deflate");
    out.extend(found.map(|diagnostic| {
        diagnostic
            .consequence("Web Deploy reads stored and deflated files only, and cannot unpack it.")
            .help("Unpack the ZIP, and zip the files again with Deflate.")
    }));
}
