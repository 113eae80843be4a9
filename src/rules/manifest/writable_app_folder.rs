//! MAN014: an application that may write to its own folder.

use crate::diagnostic::{Diagnostic, Location};
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Looks for a `setAcl` on the folder of an `iisApp` provider with `Write`, `Modify` or `FullControl`.
    ///
    /// ## Why it matters
    /// Who finds a way to make the application write a file can then make it run that file.
    /// Many packages did so and were accepted; the gallery calls it a risky practice.
    ///
    /// ## Example
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    ///   <setAcl path="shop" setAclAccess="Modify" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    ///   <setAcl path="shop/media" setAclAccess="Modify" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Fix
    /// None: only you know where the application writes.
    ///
    /// ## References
    /// - Microsoft, "Package an Application for the Windows Web Application Gallery"
    "manifest/writable-app-folder", MAN014, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    let file = &manifest.source.path;
    for provider in manifest.named("setAcl") {
        let words = || provider.value("setAclAccess").split(',').map(str::trim);
        let writes = ["Write", "Modify", "FullControl"];
        let Some(right) = words().find(|word| writes.iter().any(|write| write.eq_ignore_ascii_case(word))) else {
            continue;
        };
        if provider.package_path().is_none_or(|path| !manifest.is_an_app(&path)) {
            continue;
        }
        out.push(
            Diagnostic::new(
                Location::span(file, provider.path_span()),
                format!("`{right}` is granted on the whole folder of the application"),
            )
            .consequence("Whoever makes the application write a file can make it run that file.")
            .help("Grant it on the folders that the application writes to."),
        );
    }
}
