//! MAN015: rights on something outside the application.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::rules::Context;
use crate::rules::support::{acl_path_problem, exists};
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for `setAcl` paths that are not below the path of an `iisApp` provider.
    ///
    /// ## Why it matters
    /// The path begins with the application's folder, which the parameter replaces by the place where the
    /// application was installed. Without it the rights go to another application, or to a path on the disk.
    ///
    /// ## Example
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    ///   <setAcl path="media" setAclAccess="Modify" />
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
    /// When the application has such a folder or file, the packager offers its path.
    /// Please review it.
    ///
    /// ## References
    /// - Microsoft, "Set ACLs Through the Manifest.xml File"
    "manifest/access-outside-app", MAN015, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    let file = &manifest.source.path;
    for provider in manifest.named("setAcl") {
        let text = provider.path_text().trim();
        // What cannot be a path at all is another rule's business.
        if text.is_empty() || acl_path_problem(text).is_some() {
            continue;
        }
        let inside = match provider.package_path() {
            Some(path) => manifest.is_in_an_app(&path).unwrap_or(true),
            None => manifest.iis_apps().next().is_none(),
        };
        if inside {
            continue;
        }
        let mut diagnostic = Diagnostic::new(
            Location::span(file, provider.path_span()),
            format!("`{text}` is not below the application's folder"),
        )
        .consequence("The rights go to another application, or to a path on the disk that may not exist.")
        .help("Begin the path with the path of `iisApp`.");
        let below = cx.package.app_folder.as_ref().and_then(|folder| folder.join(text).ok());
        if let Some(below) = below.filter(|path| exists(cx.tree(), path)) {
            let edit = Edit::replace(file, provider.path_span(), xml::escape(below.as_str()));
            diagnostic = diagnostic.fix(Fix::review(format!("Use `{below}`"), vec![edit]));
        }
        out.push(diagnostic);
    }
}
