//! CLI004: an address of the service that does not name the site.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::publish::Alone;
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Looks for a `computerName` that leads to `msdeploy.axd` and has no `?site=`.
    ///
    /// ## Why it matters
    /// The service of a site lets in who may publish to that site, and has to be told which one it is.
    /// Without it only administrators of the server pass; everybody else gets "ERROR_USER_UNAUTHORIZED".
    ///
    /// ## Example
    /// ```text
    /// computerName="https://shop.scm.azurewebsites.net:443/msdeploy.axd"
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// computerName="https://shop.scm.azurewebsites.net:443/msdeploy.axd?site=shop"
    /// ```
    ///
    /// ## Fix
    /// When the user name is that of a site of Azure, `$shop`: adds `?site=shop`.
    ///
    /// ## References
    /// - Microsoft, "Web Deploy Error Codes"; the reader of WAWSDeploy
    "command-line/missing-site", CLI004, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(Alone::CommandLine(script)) = &cx.package.alone else { return };
    for command in &script.commands {
        let Some(destination) = command.argument("dest:") else { continue };
        let Some((address, start)) = destination.value("computerName") else { continue };
        if !address.to_ascii_lowercase().ends_with("/msdeploy.axd") {
            continue;
        }
        let span = destination.part(start, start + address.len());
        let mut diagnostic = Diagnostic::new(Location::span(&script.path, span), "the address does not name the site")
            .consequence("Who is no administrator of the server gets \"ERROR_USER_UNAUTHORIZED\".")
            .help("Add `?site=` and the name of the site.");
        let user = destination.value("userName").map(|(user, _)| user.trim_start_matches('`'));
        let site = user.and_then(|user| user.strip_prefix('$')).filter(|site| is_plain(site));
        if let Some(site) = site {
            let edit = Edit::insert(&script.path, span.end, format!("?site={site}"));
            diagnostic = diagnostic.fix(Fix::safe(format!("Add `?site={site}`"), vec![edit]));
        }
        out.push(diagnostic);
    }
}

fn is_plain(site: &str) -> bool {
    !site.is_empty() && site.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_'))
}
