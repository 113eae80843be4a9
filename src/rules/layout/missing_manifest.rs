//! LAY001: a gallery package without Manifest.xml.

use crate::diagnostic::{Diagnostic, Location};
use crate::model::Kind;
use crate::rules::{Context, declare_rule};

declare_rule! {
    /// ## What it does
    /// Looks for `Manifest.xml` at the root of the package, in any case.
    ///
    /// ## Why it matters
    /// The manifest says what to install.
    /// Web Deploy finds nothing to do without it, and the gallery refuses the package.
    ///
    /// ## Example
    /// ```text
    /// shop.zip
    ///   Parameters.xml
    ///   shop/app.py
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop.zip
    ///   Manifest.xml
    ///   Parameters.xml
    ///   shop/app.py
    /// ```
    ///
    /// ## Fix
    /// Add the application again as a folder: the packager writes the manifest.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    /// - The gallery's retired validator: a package without a manifest failed
    "layout/missing-manifest", LAY001, gallery: Error, webdeploy: Off
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    if cx.package.kind != Kind::GalleryPackage || cx.package.manifest.is_some() {
        return;
    }
    out.push(
        Diagnostic::new(Location::raw("Manifest.xml"), "the package has no `Manifest.xml`")
            .consequence("Web Deploy finds nothing to install.")
            .help("Add a manifest with an `iisApp` provider that names the application's folder."),
    );
}
