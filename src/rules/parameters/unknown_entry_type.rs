//! PAR023: an entry of a type that Web Deploy does not know.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::rules::Context;
use crate::rules::tagging::{entries, nearest};

const KNOWN: [&str; 10] = [
    "ProviderPath",
    "TextFile",
    "XmlFile",
    "TextFilePosition",
    "DestinationBinding",
    "DestinationVirtualDirectory",
    "DeploymentAttribute",
    "DeploymentObjectAttribute",
    "SqlCommandVariable",
    "Unknown",
];

declare_rule! {
    /// ## What it does
    /// Compares the type of each entry with those of Web Deploy, in any case.
    ///
    /// ## Why it matters
    /// An entry of an unknown type does nothing: the answer of the user goes nowhere.
    ///
    /// ## Example
    /// ```xml
    /// <parameterEntry type="XmlFiles" scope="\\web\.config$" match="//add/@value" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameterEntry type="XmlFile" scope="\\web\.config$" match="//add/@value" />
    /// ```
    ///
    /// ## Fix
    /// When a known type is near, the packager offers it.
    /// Please review it.
    ///
    /// ## References
    /// - Microsoft, Web Deploy API, "DeploymentSyncParameterEntryKind"
    /// - The gallery's retired validator
    "parameters/unknown-entry-type", PAR023, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    let file = &parameters.source.path;
    for (parameter, entry) in entries(parameters) {
        let Some(kind) = entry.kind.as_ref().filter(|kind| !kind.text.is_empty()) else { continue };
        if KNOWN.iter().any(|known| entry.is(known)) {
            continue;
        }
        let message = format!("an entry of `{}` has the unknown type `{}`", parameter.label(), kind.text);
        let mut diagnostic =
            Diagnostic::new(Location::span(file, kind.span), message).consequence("The entry does nothing.");
        if let Some(meant) = nearest(&kind.text, &KNOWN) {
            diagnostic = diagnostic
                .help(format!("Did you mean `{meant}`?"))
                .fix(Fix::review(format!("Use `{meant}`"), vec![Edit::replace(file, kind.span, meant)]));
        } else {
            diagnostic = diagnostic.help("Use `ProviderPath`, `TextFile` or `XmlFile`.");
        }
        out.push(diagnostic);
    }
}
