//! LAY001: a gallery package without Manifest.xml.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::model::{Kind, root_file};
use crate::path::PackagePath;
use crate::rules::Context;
use crate::rules::support::only_folder;
use crate::xml;

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
    /// When there is just one folder at the root: writes a manifest that installs it.
    /// Please review it: it sets no access rights and installs no database.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    /// - The gallery's retired validator: a package without a manifest failed
    "layout/missing-manifest", LAY001, gallery: Error, webdeploy: Off
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    if cx.package.kind != Kind::GalleryPackage || root_file(cx.tree(), "manifest.xml").is_some() {
        return;
    }
    let mut diagnostic = Diagnostic::new(Location::raw("Manifest.xml"), "the package has no `Manifest.xml`")
        .consequence("Web Deploy finds nothing to install.")
        .help("Add a manifest with an `iisApp` provider that names the application's folder.");
    if let (Some(folder), Ok(file)) = (only_folder(cx.tree()), PackagePath::new("Manifest.xml")) {
        let title = format!("Write `Manifest.xml` for `{folder}`");
        let bytes = manifest(folder.as_str()).into_bytes();
        diagnostic = diagnostic.fix(Fix::review(title, vec![Edit::Write { file, bytes }]));
    }
    out.push(diagnostic);
}

/// A manifest that installs a folder and nothing else.
fn manifest(folder: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<MSDeploy.iisApp>
  <iisApp path="{}" />
</MSDeploy.iisApp>
"#,
        xml::escape(folder)
    )
}
