//! MAN018: a path of rights that Web Deploy does not take.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Applicability, Edit, Fix};
use crate::model::manifest::Provider;
use crate::rules::Context;
use crate::rules::support::acl_path_problem;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for wildcards, a backslash at the end, `..` and `./` in the paths of `setAcl`.
    ///
    /// ## Why it matters
    /// The documentation of the provider rules them out; Web Deploy stops with `ERROR_INVALID_PATH` or finds nothing.
    ///
    /// ## Example
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    ///   <setAcl path="./shop/media\" setAclAccess="Modify" />
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
    /// The packager writes the path without them, as long as the parameter still finds it; otherwise it offers to.
    /// Wildcards have no replacement.
    ///
    /// ## References
    /// - Microsoft, "Set ACLs Through the Manifest.xml File"
    /// - Microsoft, "Web Deploy setAcl Provider"
    "manifest/unsupported-access-path", MAN018, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    let file = &manifest.source.path;
    for provider in manifest.named("setAcl") {
        let Some(problem) = acl_path_problem(provider.path_text()) else { continue };
        let message = format!("`{}` has {problem}", provider.path_text());
        let mut diagnostic = Diagnostic::new(Location::span(file, provider.path_span()), message)
            .consequence("Web Deploy stops with `ERROR_INVALID_PATH`, or finds nothing to set rights on.")
            .help("Write the path from the application's folder on, to the letter.");
        if let Some(path) = plain(provider.path_text()) {
            let edit = Edit::replace(file, provider.path_span(), xml::escape(&path));
            let mut fix = Fix::safe(format!("Use `{path}`"), vec![edit]);
            if loses_its_parameter(cx, provider, &path) {
                fix.applicability = Applicability::Unsafe;
            }
            diagnostic = diagnostic.fix(fix);
        }
        out.push(diagnostic);
    }
}

/// The same path without what is not taken.
fn plain(path: &str) -> Option<String> {
    let mut segments = Vec::new();
    for segment in path.trim().split(['/', '\\']) {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()?),
            _ => segments.push(segment),
        }
    }
    let path = segments.join("/");
    (!path.is_empty() && acl_path_problem(&path).is_none()).then_some(path)
}

/// Whether the parameter that targets the provider would no longer do so.
fn loses_its_parameter(cx: &Context<'_>, provider: &Provider, path: &str) -> bool {
    let Some(parameters) = cx.parameters() else { return false };
    let mut changed = provider.clone();
    if let Some(own) = &mut changed.path {
        path.clone_into(&mut own.text);
    }
    parameters.targets(provider) != Some(false) && parameters.targets(&changed) != Some(true)
}
