//! MAN009: an element of the manifest that Web Deploy does not know.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::Fix;
use crate::model::provider;
use crate::rules::Context;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for elements of `Manifest.xml` that are no provider of Web Deploy, in any case.
    ///
    /// ## Why it matters
    /// Each element right below the root is a provider.
    /// Web Deploy stops at one that it does not know with an error such as "Unrecognized provider",
    /// before anything is installed.
    ///
    /// ## Example
    /// ```xml
    /// <iisAp path="shop" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <iisApp path="shop" />
    /// ```
    ///
    /// ## Fix
    /// When the name is nearly that of a provider, the packager offers that one.
    /// Please review it: another may have been meant.
    ///
    /// ## References
    /// - Microsoft, "Web Deploy Providers"
    /// - Microsoft, "Web Deploy error codes"
    "manifest/unknown-provider", MAN009, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    let file = &manifest.source.path;
    for provider in manifest.providers.iter().filter(|provider| provider::known(&provider.name).is_none()) {
        let location = Location::span(file, provider.name_span);
        let diagnostic = Diagnostic::new(location, format!("Web Deploy has no provider `{}`", provider.name))
            .consequence("Web Deploy stops at a provider that it does not know and installs nothing.");
        let diagnostic = match (provider::nearest(&provider.name), manifest.element(provider)) {
            (Some(near), Some(element)) => diagnostic
                .help(format!("Did you mean `{near}`?"))
                .fix(Fix::review(format!("Use `{near}`"), xml::rename(file, element, near))),
            _ => diagnostic.help("Remove the element, or use a provider that Web Deploy has."),
        };
        out.push(diagnostic);
    }
}
