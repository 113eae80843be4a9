//! LAY009: a package that Azure DevOps takes for a plain ZIP.

use crate::diagnostic::{Diagnostic, Location};
use crate::model::{Kind, root_file};
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Notes a ZIP with a manifest and without `systemInfo.xml` at its root.
    ///
    /// ## Why it matters
    /// Packages of the gallery have no such file, and Web Deploy needs none.
    /// But the deployment tasks of Azure DevOps take a ZIP for a package of Web Deploy only when it has one; else they copy the whole ZIP, `Manifest.xml` and all, into the site.
    ///
    /// ## Example
    /// ```text
    /// shop.zip
    ///   Manifest.xml
    ///   Parameters.xml
    ///   shop/app.py
    /// ```
    ///
    /// ## Use instead
    /// Nothing else, for the gallery and for `msdeploy`.
    /// For Azure DevOps: run `msdeploy` as a command, or give the task the application's folder alone.
    ///
    /// ## Fix
    /// None: only `msdeploy` can write that file.
    ///
    /// ## References
    /// - Azure Pipelines, "webdeployment-common", the function `isMSDeployPackage`
    "layout/missing-system-info", LAY009, gallery: Note, webdeploy: Off
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let gallery = cx.archive.is_some() && cx.package.kind == Kind::GalleryPackage;
    if !gallery || cx.package.manifest.is_none() || root_file(cx.tree(), "systeminfo.xml").is_some() {
        return;
    }
    out.push(
        Diagnostic::new(Location::raw("systemInfo.xml"), "the package has no `systemInfo.xml`")
            .consequence(
                "That is right for the gallery; the tasks of Azure DevOps take such a package for a plain ZIP.",
            )
            .help("Deploy it with `msdeploy`, or give the task the application's folder alone."),
    );
}
