//! MAN006: more than one iisApp provider.

use crate::diagnostic::{Diagnostic, Location};
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Counts the `iisApp` providers of `Manifest.xml`.
    ///
    /// ## Why it matters
    /// Web Deploy installs each of them.
    /// Installers of the gallery ask for one path and show one application, so the second lands where nobody expects it.
    ///
    /// ## Example
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    ///   <iisApp path="shop-admin" />
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
    /// None: make one package for each application, or one application of both.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    "manifest/several-iis-apps", MAN006, gallery: Warning, webdeploy: Off
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    let file = &manifest.source.path;
    for provider in manifest.iis_apps().skip(1) {
        out.push(
            Diagnostic::new(
                Location::span(file, provider.path_span()),
                format!("`{}` is one more `iisApp`", provider.path_text()),
            )
            .consequence("Installers of the gallery ask for one path and show one application.")
            .help("Make a package for each application."),
        );
    }
}
