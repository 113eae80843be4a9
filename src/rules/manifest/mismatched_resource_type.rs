//! MAN017: rights on a file that are meant for a folder, or the reverse.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::Fix;
use crate::rules::Context;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Compares `setAclResourceType` (`Directory` when it is not given) with what the package has at the path.
    ///
    /// ## Why it matters
    /// Web Deploy sets rights for the wrong kind of thing, or does not find it.
    ///
    /// ## Example
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    ///   <setAcl path="shop/shop.sqlite3" setAclAccess="Modify" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    ///   <setAcl path="shop/shop.sqlite3" setAclResourceType="File" setAclAccess="Modify" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Fix
    /// The packager names the type that it is.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    "manifest/mismatched-resource-type", MAN017, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    let file = &manifest.source.path;
    for provider in manifest.named("setAcl") {
        let Some((path, element)) = provider.package_path().zip(manifest.element(provider)) else { continue };
        let is_file = cx.tree().file_ignoring_case(path.as_str()).is_some();
        let is_folder = cx.tree().folder_ignoring_case(&path).is_some();
        let kind = provider.value("setAclResourceType");
        let (is, meant) = match (is_file, is_folder) {
            (true, false) if kind.is_empty() || kind.eq_ignore_ascii_case("Directory") => ("a file", "File"),
            (false, true) if kind.eq_ignore_ascii_case("File") => ("a folder", "Directory"),
            _ => continue,
        };
        let span = provider.attribute("setAclResourceType").map_or(provider.path_span(), |own| own.value_span);
        let edit = xml::set_attribute(file, element, "setAclResourceType", meant);
        let said = if kind.is_empty() { "Directory" } else { kind };
        out.push(
            Diagnostic::new(Location::span(file, span), format!("`{path}` is {is}, and the rights are for `{said}`"))
                .consequence("Web Deploy does not find it, or sets other rights than meant.")
                .help(format!("Write `setAclResourceType=\"{meant}\"`."))
                .fix(Fix::safe(format!("Use `{meant}`"), vec![edit])),
        );
    }
}
