//! MAN013: rights that let the application write but not read or change.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Looks for `Write` in `setAclAccess` without `Read`, or without `Modify`.
    ///
    /// ## Why it matters
    /// The rights of Windows are specific: `Write` does not include `Read`, and neither lets the application
    /// delete or replace a file. Most applications that write need `Modify`.
    ///
    /// ## Example
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    ///   <setAcl path="shop/media" setAclAccess="Write" />
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
    /// The packager offers `Modify`.
    /// Please review it: the application may do with less.
    ///
    /// ## References
    /// - Microsoft, "Package an Application for the Windows Web Application Gallery"
    "manifest/partial-write-access", MAN013, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    let file = &manifest.source.path;
    for provider in manifest.named("setAcl") {
        let Some(access) = provider.attribute("setAclAccess") else { continue };
        let has = |right: &str| access.value.split(',').any(|word| word.trim().eq_ignore_ascii_case(right));
        if !has("Write") || ["Modify", "FullControl", "Delete"].into_iter().any(has) {
            continue;
        }
        let lacks = if has("Read") || has("ReadAndExecute") { "delete" } else { "read" };
        let edit = Edit::replace(file, access.value_span, "Modify");
        out.push(
            Diagnostic::new(
                Location::span(file, access.value_span),
                format!("`{}` lets the application write files and not {lacks} them", access.value),
            )
            .consequence("What the application does with a file that it wrote may fail with \"Access is denied\".")
            .help("Use `Modify` when the application changes or deletes files there.")
            .fix(Fix::review("Use `Modify`", vec![edit])),
        );
    }
}
