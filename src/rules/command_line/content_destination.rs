//! CLI002: a package that is sent to a destination of another kind.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::publish::Alone;
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Looks for `-dest:contentPath` or `-dest:iisApp` in a command line whose source is a package.
    ///
    /// ## Why it matters
    /// A package with a manifest holds several providers, and only `auto` takes them all.
    /// msdeploy says: "Source (sitemanifest) and destination (contentPath) are not compatible for the given operation".
    ///
    /// ## Example
    /// ```text
    /// msdeploy.exe -verb:sync -source:package="C:\app.zip" -dest:contentPath="Default Web Site/shop"
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// msdeploy.exe -verb:sync -source:package="C:\app.zip" -dest:auto -setParam:name="AppPath",value="Default Web Site/shop"
    /// ```
    ///
    /// ## Fix
    /// Writes `auto`; please review it, and give the place in a parameter.
    ///
    /// ## References
    /// - Issues of WAWSDeploy, Cake.WebDeploy and azure-pipelines-extensions
    "command-line/content-destination", CLI002, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(Alone::CommandLine(script)) = &cx.package.alone else { return };
    for command in &script.commands {
        let Some(destination) = command.argument("source:package").and_then(|_| command.argument("dest:")) else {
            continue;
        };
        let Some(colon) = destination.text.find(':') else { continue };
        let rest = destination.text.get(colon + 1..).unwrap_or("");
        let name = rest.split(['=', ',']).next().unwrap_or("");
        if !["contentPath", "iisApp"].iter().any(|known| known.eq_ignore_ascii_case(name)) {
            continue;
        }
        let start = colon + 1;
        let span = destination.part(start, start + provider_length(rest));
        let edit = Edit::replace(&script.path, span, "auto");
        out.push(
            Diagnostic::new(Location::span(&script.path, span), format!("a package is sent to `{name}`"))
                .consequence("msdeploy refuses it when the package has a manifest: the two \"are not compatible for the given operation\".")
                .help("Send it to `auto`, and say where it goes with `-setParam` or `-setParamFile`.")
                .fix(Fix::review("Use `auto`", vec![edit])),
        );
    }
}

/// The provider and its path, up to the comma before the next setting.
fn provider_length(rest: &str) -> usize {
    let mut quote = None;
    for (at, char) in rest.char_indices() {
        match quote {
            Some(open) if char == open => quote = None,
            None if matches!(char, '"' | '\'') => quote = Some(char),
            None if char == ',' => return at,
            _ => {}
        }
    }
    rest.len()
}
