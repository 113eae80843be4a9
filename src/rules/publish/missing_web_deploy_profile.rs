//! PUB002: a publish profile without a way for Web Deploy.

use crate::diagnostic::{Diagnostic, Location};
use crate::publish::Alone;
use crate::publish::profile::Form;
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Looks for a profile whose `publishMethod` (in a `.pubxml`: `WebPublishMethod`) is `MSDeploy`, in any case.
    ///
    /// ## Why it matters
    /// msdeploy needs the address and the name that such a profile has; those for FTP or ZIP deployment lead elsewhere.
    ///
    /// ## Example
    /// ```xml
    /// <publishData>
    ///   <publishProfile publishMethod="FTP" publishUrl="ftps://host/site/wwwroot" />
    /// </publishData>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <publishData>
    ///   <publishProfile publishMethod="MSDeploy" publishUrl="shop.scm.azurewebsites.net:443" msdeploySite="shop" />
    /// </publishData>
    /// ```
    ///
    /// ## Fix
    /// None: allow Web Deploy on the host and download the profile again.
    ///
    /// ## References
    /// - Publish profiles of Azure, and the reader of WAWSDeploy
    "publish/missing-web-deploy-profile", PUB002, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(Alone::Profile(profile)) = &cx.package.alone else { return };
    let markup = &profile.markup;
    let Some(first) = profile.ways.first().filter(|_| profile.web_deploy().is_none()) else { return };
    // A project may take its method from another file; only one that says something else is wrong.
    if profile.form == Form::Project && first.method.is_none() || !markup.document.problems.is_empty() {
        return;
    }
    let span = first.method.as_ref().map_or(first.open, |method| method.span);
    out.push(
        Diagnostic::new(Location::span(&markup.path, span), "no profile in it is for Web Deploy")
            .consequence("No command line of msdeploy can be made of it.")
            .help("Download the profile of a site that allows Web Deploy."),
    );
}
