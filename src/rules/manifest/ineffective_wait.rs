//! MAN029: a wait of runCommand that has no effect.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::Fix;
use crate::rules::Context;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for `waitInterval` and `waitAttempts` as attributes of `runCommand`.
    ///
    /// ## Why it matters
    /// It is reported that Web Deploy takes them only inside `MSDeploy.MSDeployProviderOptions`, as packages have
    /// them that it wrote itself. A command that takes longer than five seconds is then ended early.
    ///
    /// ## Example
    /// ```xml
    /// <sitemanifest>
    ///   <runCommand path="setup.cmd" waitInterval="60000" />
    /// </sitemanifest>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <sitemanifest>
    ///   <runCommand path="setup.cmd" />
    /// </sitemanifest>
    /// ```
    ///
    /// ## Fix
    /// The packager offers to remove the attribute.
    /// Please review it: some version of Web Deploy may take it.
    ///
    /// ## References
    /// - iiswsgi, `build_msdeploy`
    "manifest/ineffective-wait", MAN029, gallery: Off, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    let file = &manifest.source.path;
    let Some(text) = cx.contents.text(file) else { return };
    for provider in manifest.named("runCommand") {
        for attribute in ["waitInterval", "waitAttempts"].into_iter().filter_map(|name| provider.attribute(name)) {
            let name = &attribute.name;
            out.push(
                Diagnostic::new(Location::span(file, attribute.name_span), format!("`{name}` may have no effect here"))
                    .consequence("Web Deploy may end the command after five seconds, which is what it waits by itself.")
                    .help("Let the command end sooner, or wait for its result elsewhere.")
                    .fix(Fix::review(format!("Remove `{name}`"), vec![xml::remove_attribute(file, &text, attribute)])),
            );
        }
    }
}
