//! MAN004: a root element that is a provider.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::model::provider;
use crate::rules::Context;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks whether the root element of `Manifest.xml` has the name of a provider.
    ///
    /// ## Why it matters
    /// The root element may have any name but that of a provider.
    /// Web Deploy may take such a root for the provider itself, and what is in it for something that belongs to it.
    ///
    /// ## Example
    /// ```xml
    /// <iisApp>
    ///   <iisApp path="shop" />
    /// </iisApp>
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
    /// The packager calls the root `MSDeploy.iisApp`, or puts a root around a provider that stands alone.
    ///
    /// ## References
    /// - Microsoft, "Web Deploy PowerShell Cmdlets"
    /// - Microsoft, "Using Custom Manifests"
    "manifest/provider-as-root", MAN004, gallery: Warning, webdeploy: Warning
}

const ROOT: &str = "MSDeploy.iisApp";

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    let file = &manifest.source.path;
    let Some(root) = manifest.root().filter(|root| provider::known(&root.name).is_some()) else { return };
    let fix = if root.elements().next().is_none() && !root.attributes.is_empty() {
        let (start, end) = (root.span().start, root.span().end);
        let edits =
            vec![Edit::insert(file, start, format!("<{ROOT}>\n  ")), Edit::insert(file, end, format!("\n</{ROOT}>"))];
        Fix::safe(format!("Put it into `{ROOT}`"), edits)
    } else {
        Fix::safe(format!("Call it `{ROOT}`"), xml::rename(file, root, ROOT))
    };
    out.push(
        Diagnostic::new(
            Location::span(file, root.name_span),
            format!("the root element `{}` has the name of a provider", root.name),
        )
        .consequence("Web Deploy may take it for the provider, and not for the list of them.")
        .help(format!("Call it `{ROOT}`."))
        .fix(fix),
    );
}
