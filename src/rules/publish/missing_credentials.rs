//! PUB003: a publish profile without an address or a password.

use crate::diagnostic::{Diagnostic, Location};
use crate::publish::Alone;
use crate::publish::profile::{Form, SecretState};
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Looks whether the address, the user name and the password of the profile for Web Deploy are there.
    /// A `.pubxml` of Visual Studio has its password elsewhere, so only its address counts.
    ///
    /// ## Why it matters
    /// Newer portals write `REDACTED` in the place of the name and the password when basic authentication is off.
    /// msdeploy is then refused: "The remote server returned an error: (401) Unauthorized".
    ///
    /// ## Example
    /// ```xml
    /// <publishProfile publishMethod="MSDeploy" publishUrl="shop.scm.azurewebsites.net:443"
    ///   msdeploySite="shop" userName="REDACTED" userPWD="REDACTED" />
    /// ```
    ///
    /// ## Use instead
    /// Allow basic authentication for publishing on the host, and download the profile again.
    ///
    /// ## Fix
    /// None: only the host knows the values.
    ///
    /// ## References
    /// - Publish profiles of Azure
    "publish/missing-credentials", PUB003, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(Alone::Profile(profile)) = &cx.package.alone else { return };
    let Some(way) = profile.web_deploy() else { return };
    let path = &profile.markup.path;
    let names = match profile.form {
        Form::Project => ["MSDeployServiceURL", "UserName", "Password"],
        _ => ["publishUrl", "userName", "userPWD"],
    };
    let is_project = profile.form == Form::Project;
    let mut report = |name: &str, span, what: &str| {
        out.push(
            Diagnostic::new(Location::span(path, span), format!("`{name}` {what}"))
                .consequence("msdeploy cannot sign in: the host answers 401 or 403, or there is no host.")
                .help("Allow basic authentication for publishing on the host, and download the profile again."),
        );
    };
    for (name, field) in names.into_iter().zip([&way.url, &way.user]) {
        match field {
            Some(field) if field.is_missing() => {
                report(name, field.span, if field.text.trim().is_empty() { "is empty" } else { "was redacted" });
            }
            None if !is_project => report(name, way.open, "is not there"),
            _ => {}
        }
    }
    match way.password {
        Some(secret) if secret.state == SecretState::Empty => report(names[2], secret.span, "is empty"),
        Some(secret) if secret.state == SecretState::Redacted => report(names[2], secret.span, "was redacted"),
        None if !is_project => report(names[2], way.open, "is not there"),
        _ => {}
    }
}
