//! MAN028: a provider or attribute that is not spelled as documented.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::model::provider;
use crate::rules::Context;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Compares the names of providers and attributes with their documentation, with regard to case.
    ///
    /// ## Why it matters
    /// Web Deploy ignores the case of these names, and many packages spell them otherwise.
    /// Other tools that read the manifest may not ignore it.
    ///
    /// ## Example
    /// ```xml
    /// <msdeploy.iisapp>
    ///   <IISAPP path="shop" />
    /// </msdeploy.iisapp>
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
    /// The packager spells the name as it is documented.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    "manifest/unusual-case", MAN028, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    let file = &manifest.source.path;
    let diagnostic = |span, name: &str, documented: &str, edits| {
        Diagnostic::new(Location::span(file, span), format!("`{name}` is spelled `{documented}` in the documentation"))
            .consequence("Web Deploy ignores the case; other tools that read the manifest may not.")
            .help("Spell it as documented.")
            .fix(Fix::safe(format!("Use `{documented}`"), edits))
    };
    for provider in &manifest.providers {
        let (Some(known), Some(element)) = (provider::known(&provider.name), manifest.element(provider)) else {
            continue;
        };
        if known.name != provider.name {
            let edits = xml::rename(file, element, known.name);
            out.push(diagnostic(provider.name_span, &provider.name, known.name, edits));
        }
        let Some(attributes) = provider::attributes(&provider.name) else { continue };
        for attribute in &provider.attributes {
            let Some((name, _)) = attributes.get(&attribute.name) else { continue };
            // An attribute of that name besides makes it another mistake.
            let taken = provider.attributes.iter().any(|other| other.name == name);
            if name != attribute.name && !taken {
                let edits = vec![Edit::replace(file, attribute.name_span, name)];
                out.push(diagnostic(attribute.name_span, &attribute.name, name, edits));
            }
        }
    }
}
