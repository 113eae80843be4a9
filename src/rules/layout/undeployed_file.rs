//! LAY007: something at the root of the package that nothing installs.

use crate::diagnostic::{Diagnostic, Location};
use crate::model::{Kind, Manifest};
use crate::path::{PackagePath, same_name};
use crate::rules::Context;
use crate::rules::support::{shown, top};

declare_rule! {
    /// ## What it does
    /// Notes files and folders at the root of the package that no provider of the manifest names.
    ///
    /// ## Why it matters
    /// Web Deploy installs what the manifest names, and nothing else.
    /// A read-me file may lie there; a folder of the application may not.
    ///
    /// ## Example
    /// ```text
    /// shop.zip
    ///   Manifest.xml      <iisApp path="shop" />
    ///   Parameters.xml
    ///   shop/app.py
    ///   static/style.css
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop.zip
    ///   Manifest.xml      <iisApp path="shop" />
    ///   Parameters.xml
    ///   shop/app.py
    ///   shop/static/style.css
    /// ```
    ///
    /// ## Fix
    /// None: nobody knows whether it is meant to be installed.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    /// - Microsoft's package of "Vacation Pictures", which has such a file
    "layout/undeployed-file", LAY007, gallery: Note, webdeploy: Off
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    // Without the application's folder something else is wrong, and another rule says so.
    let (Kind::GalleryPackage, Some(manifest), Some(_)) = (cx.package.kind, cx.manifest(), &cx.app) else { return };
    for path in top(cx.tree()) {
        let own = ["manifest.xml", "parameters.xml", "systeminfo.xml", "archive.xml"];
        if own.iter().any(|own| path.same(own)) || names(manifest, &path) {
            continue;
        }
        let name = shown(path.as_str());
        out.push(
            Diagnostic::new(Location::file(&path), format!("`{name}` is not installed: no provider names it"))
                .consequence("It stays in the package.")
                .help("Move it into the application's folder when the server needs it."),
        );
    }
}

/// Whether an attribute of a provider begins with a name; both separators occur.
fn names(manifest: &Manifest, path: &PackagePath) -> bool {
    let values = manifest.providers.iter().flat_map(|provider| &provider.attributes).map(|attribute| &attribute.value);
    let mut firsts = values.map(|value| value.split(['/', '\\']).find(|part| !matches!(*part, "" | ".")).unwrap_or(""));
    firsts.any(|first| same_name(first, path.as_str()))
}
