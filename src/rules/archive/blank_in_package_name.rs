//! ZIP019: a package whose file name has blanks.

use crate::archive::ZipInput;
use crate::diagnostic::{Diagnostic, Location};
use crate::rules::Context;
use crate::rules::support::shown;

declare_rule! {
    /// ## What it does
    /// Notes a blank in the file name of the package.
    ///
    /// ## Why it matters
    /// The name must be quoted on every command line, and encoded in the address that the gallery downloads it from.
    /// A download that the browser numbered ("shop (1).zip") is not what was released.
    ///
    /// ## Example
    /// ```text
    /// my shop (1).zip
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// my-shop-1.1.zip
    /// ```
    ///
    /// ## Fix
    /// None to choose: rename the file.
    /// An updated package needs another name than the one before it.
    ///
    /// ## References
    /// - Microsoft, "Package an Application for the Windows Web Application Gallery": "Update Your Application"
    "archive/blank-in-package-name", ZIP019, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(name) = cx.archive.map(ZipInput::name).filter(|name| name.contains(char::is_whitespace)) else {
        return;
    };
    out.push(
        Diagnostic::new(Location::package(), format!("the name `{}` has a blank", shown(name)))
            .consequence("The name must be quoted on command lines and encoded in addresses.")
            .help("Give the file a name without blanks; a new release needs a new name."),
    );
}
