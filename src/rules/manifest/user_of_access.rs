//! MAN019: rights for a named user, where the application runs as the pool.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::Fix;
use crate::rules::Context;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for `setAclUser` in the manifest of a Python application, unless it names the application pool.
    ///
    /// ## Why it matters
    /// wfastcgi runs as the identity of the application pool, for which rights are set when no user is named.
    /// `anonymousAuthenticationUser` is what PHP needs, which runs as the visitor; Python then cannot write.
    ///
    /// ## Example
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    ///   <setAcl path="shop/media" setAclAccess="Modify" setAclUser="anonymousAuthenticationUser" />
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
    /// The packager offers to remove the attribute.
    /// Please review it: the server may run Python as somebody else.
    ///
    /// ## References
    /// - Microsoft, "Package an Application for the Windows Web Application Gallery"
    "manifest/user-of-access", MAN019, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    let file = &manifest.source.path;
    let python = cx.is_python() || cx.python_web_config().is_some();
    let Some(text) = cx.contents.text(file).filter(|_| python) else { return };
    for provider in manifest.named("setAcl") {
        let Some(user) = provider.attribute("setAclUser") else { continue };
        let name = user.value.trim();
        if name.is_empty() || name.eq_ignore_ascii_case("ApplicationPoolIdentity") {
            continue;
        }
        out.push(
            Diagnostic::new(Location::span(file, user.value_span), format!("the rights are for `{name}`"))
                .consequence("Python runs as the application pool, which gets no rights by this.")
                .help("Leave `setAclUser` out: the application pool is meant then.")
                .fix(Fix::review("Remove `setAclUser`", vec![xml::remove_attribute(file, &text, user)])),
        );
    }
}
