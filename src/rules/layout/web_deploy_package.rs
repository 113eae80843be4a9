//! LAY008: a package that msdeploy or Visual Studio made.

use crate::diagnostic::{Diagnostic, Location};
use crate::model::{Kind, root_file};
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Looks for `archive.xml` at the root of a package that has no `Manifest.xml`.
    ///
    /// ## Why it matters
    /// Such a package was written by msdeploy or Visual Studio.
    /// Web Deploy installs it, but it is no package of the gallery, so the rules of the gallery are not applied to it.
    /// Its `archive.xml` and `systemInfo.xml` also tell the name of the machine and the folders that it was made on.
    ///
    /// ## Example
    /// ```text
    /// shop.zip
    ///   archive.xml
    ///   parameters.xml
    ///   systemInfo.xml
    ///   Content/C_C/work/shop/app.py
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
    /// None: add the folder of the application to get a package of the gallery.
    ///
    /// ## References
    /// - Packages written by Web Deploy and Visual Studio
    "layout/web-deploy-package", LAY008, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    if cx.package.kind != Kind::WebDeployPackage {
        return;
    }
    let Some(archive) = root_file(cx.tree(), "archive.xml") else { return };
    out.push(
        Diagnostic::new(Location::file(archive), "this package was made by msdeploy or Visual Studio")
            .consequence("Web Deploy installs it; the gallery takes only packages with `Manifest.xml`.")
            .help("For the gallery, add the folder of the application instead."),
    );
}
