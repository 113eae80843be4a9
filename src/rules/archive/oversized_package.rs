//! ZIP006: a package of more than 4 GB.

use crate::archive::ZipInput;
use crate::diagnostic::{Diagnostic, Location};
use crate::limits;
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Compares the size of the ZIP with 4,294,967,295 bytes.
    ///
    /// ## Why it matters
    /// Web Deploy stops with `ERROR_PACKAGE_TOO_LARGE`.
    ///
    /// ## Example
    /// ```text
    /// shop.zip   5,368,709,120 bytes
    /// ```
    ///
    /// ## Use instead
    /// Leave large data out of the package, or let Web Deploy synchronise a folder (`archiveDir`).
    ///
    /// ## Fix
    /// None.
    ///
    /// ## References
    /// - Microsoft, "Web Deploy error codes"
    "archive/oversized-package", ZIP006, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(size) = cx.archive.map(ZipInput::size).filter(|size| *size > limits::PACKAGE_BYTES) else {
        return;
    };
    out.push(
        Diagnostic::new(Location::package(), format!("the package has {size} bytes, which is more than 4 GB"))
            .consequence("Web Deploy stops: `ERROR_PACKAGE_TOO_LARGE`.")
            .help("Leave large data out of it, or deploy a folder with `archiveDir`."),
    );
}
