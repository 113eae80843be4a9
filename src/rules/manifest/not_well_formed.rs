//! MAN001: a Manifest.xml that cannot be read.

use crate::diagnostic::Diagnostic;
use crate::rules::Context;
use crate::rules::support::not_well_formed;

declare_rule! {
    /// ## What it does
    /// Reads `Manifest.xml` and reports every place where it is not well-formed XML, or where its bytes
    /// are not text in the encoding that the byte order mark or the declaration names.
    ///
    /// ## Why it matters
    /// Web Deploy reads the manifest before anything else.
    /// When it cannot, nothing is installed.
    /// The other rules about the manifest are silent until it can be read.
    ///
    /// ## Example
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path=“shop” />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Fix
    /// None: only you know what was meant.
    ///
    /// ## References
    /// - W3C, "Extensible Markup Language (XML) 1.0"
    /// - The gallery's retired validator: a package whose manifest could not be read failed
    "manifest/not-well-formed", MAN001, gallery: Error, webdeploy: Error
}

const CONSEQUENCE: &str = "Web Deploy cannot read the manifest and installs nothing.";

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    if let Some(manifest) = &cx.package.manifest {
        let text = cx.contents.text(&manifest.source.path);
        not_well_formed(&manifest.source, text.as_deref(), CONSEQUENCE, out);
    }
}
