//! MAN008: a provider of Web Deploy that packages of the gallery may not use.

use crate::diagnostic::{Diagnostic, Location, Profile};
use crate::fix::Fix;
use crate::model::manifest::{Manifest, Provider};
use crate::model::provider;
use crate::rules::Context;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for providers that Web Deploy knows and the gallery does not allow: anything but `iisApp`,
    /// `setAcl`, `dbFullSql`, `dbMySql` and `alias`.
    ///
    /// ## Why it matters
    /// The gallery's validator failed such packages with "The following provider is not allowed".
    /// Providers such as `runCommand` or `regKey` change the server outside the application's folder,
    /// which shared hosts do not let a customer do.
    /// On a server of your own they work, so this is a warning for other packages of Web Deploy.
    ///
    /// ## Example
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    ///   <runCommand path="python.exe setup.py install" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    /// </MSDeploy.iisApp>
    /// ```
    /// Put what the command would install into the application's folder.
    ///
    /// ## Fix
    /// The packager offers to remove the provider.
    /// Please review it: the application may need what the provider did.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    /// - The gallery's retired validator
    "manifest/provider-outside-gallery", MAN008, gallery: Error, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    let consequence = match cx.profile {
        Profile::Gallery | Profile::Strict => {
            "The gallery refuses the package: \"The following provider is not allowed\"."
        }
        Profile::WebDeploy => "Shared hosts do not let a customer run it; a server of your own does.",
    };
    for provider in &manifest.providers {
        if provider::known(&provider.name).is_none_or(|known| known.gallery) {
            continue;
        }
        let location = Location::span(&manifest.source.path, provider.name_span);
        let message = format!("the provider `{}` is not one of the five that the gallery allows", provider.name);
        let mut diagnostic = Diagnostic::new(location, message)
            .consequence(consequence)
            .help("Do with `iisApp`, `setAcl`, `dbFullSql`, `dbMySql` and `alias`.");
        diagnostic.fixes.extend(fix(cx, manifest, provider));
        out.push(diagnostic);
    }
}

fn fix(cx: &Context<'_>, manifest: &Manifest, provider: &Provider) -> Option<Fix> {
    let file = &manifest.source.path;
    let edit = xml::remove(file, &*cx.contents.text(file)?, manifest.element(provider)?);
    Some(Fix::review(format!("Remove `{}`", provider.name), vec![edit]))
}
