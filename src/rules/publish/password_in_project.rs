//! PUB005: a password in a profile that belongs to a project.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::publish::Alone;
use crate::publish::profile::{Form, SecretState};
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Looks for a password in a `.pubxml`.
    /// The password of a downloaded `.PublishSettings` is what that file is for, and is not accused.
    ///
    /// ## Why it matters
    /// A `.pubxml` lies in the project and is shared with everybody who has its source.
    /// Visual Studio keeps the password encrypted, in a `.pubxml.user` that is not shared.
    /// No report of this tool shows a password: dots stand in its place.
    ///
    /// ## Example
    /// ```xml
    /// <PropertyGroup>
    ///   <WebPublishMethod>MSDeploy</WebPublishMethod>
    ///   <Password>secret</Password>
    /// </PropertyGroup>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <PropertyGroup>
    ///   <WebPublishMethod>MSDeploy</WebPublishMethod>
    /// </PropertyGroup>
    /// ```
    ///
    /// ## Fix
    /// Empties the property; please review it, and give the password when you publish: `/p:Password=...`.
    /// Change the password on the host when the file was shared.
    ///
    /// ## References
    /// - Microsoft, "Visual Studio publish profiles (.pubxml)"
    "publish/password-in-project", PUB005, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(Alone::Profile(profile)) = &cx.package.alone else { return };
    let path = &profile.markup.path;
    let own = path.name().to_ascii_lowercase().ends_with(".user");
    for secret in profile.ways.iter().filter_map(|way| way.password) {
        if profile.form == Form::Project && !own && secret.state == SecretState::Present {
            let edit = Edit::replace(path, secret.span, "");
            out.push(
                Diagnostic::new(Location::span(path, secret.span), "a password stands in a file of the project")
                    .consequence("Everybody who has the source of the project can publish to the site.")
                    .help("Take it out, and change it on the host when the file was shared.")
                    .fix(Fix::review("Take the password out", vec![edit])),
            );
        }
    }
}
