//! PUB004: an address that is completed before msdeploy gets it.

use crate::diagnostic::{Diagnostic, Location};
use crate::publish::Alone;
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Says which address msdeploy is given for a `publishUrl` that does not begin with `http`.
    ///
    /// ## Why it matters
    /// A profile names a host and a port.
    /// Tools put `https://` before it, add port 8172 when there is none, append `/msdeploy.axd`, and name the site in `?site=`.
    /// Who writes the command line by hand has to do the same, else the host answers 404 or "ERROR_USER_UNAUTHORIZED".
    ///
    /// ## Example
    /// ```text
    /// publishUrl="shop.scm.azurewebsites.net:443" msdeploySite="shop"
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// computerName="https://shop.scm.azurewebsites.net:443/msdeploy.axd?site=shop"
    /// ```
    ///
    /// ## Fix
    /// None is needed: the profile is as tools expect it.
    ///
    /// ## References
    /// - The reader of WAWSDeploy
    "publish/abbreviated-address", PUB004, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(Alone::Profile(profile)) = &cx.package.alone else { return };
    let Some(way) = profile.web_deploy() else { return };
    let Some(url) = way.url.as_ref().filter(|url| !url.is_missing()) else { return };
    let Some(whole) = way.whole_url() else { return };
    out.push(
        Diagnostic::new(Location::span(&profile.markup.path, url.span), format!("msdeploy is given `{whole}`"))
            .consequence("On a command line the short form leads to no service.")
            .help("Write this address as `computerName` when you call msdeploy yourself."),
    );
}
