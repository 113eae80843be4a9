//! PAR031: a placeholder that is gone after the first installation.

use crate::diagnostic::{Diagnostic, Location};
use crate::model::parameters::Matching;
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Looks for TextFile entries whose `match` is plain text, that hit something in a file which stays,
    /// and whose parameter is not tagged `NoStore`.
    /// Scripts for a database run once and are left alone.
    ///
    /// ## Why it matters
    /// When the application is published again from the installed copy, the placeholder is no longer
    /// there: its value is. The entry finds nothing, and the old value stays.
    /// Microsoft's first tip is to match what stands around the value.
    ///
    /// ## Example
    /// ```xml
    /// <parameterEntry type="TextFile" scope="\\settings\.py$" match="PlaceHolderForHost" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameterEntry type="TextFile" scope="\\settings\.py$" match="(?&lt;=HOST = &quot;)[^&quot;]*" />
    /// ```
    ///
    /// ## Fix
    /// There is none: what stands around the value is the author's choice.
    ///
    /// ## References
    /// - Microsoft, "Package an Application for the Windows Web Application Gallery", tips
    /// - The gallery's retired validator
    "parameters/literal-placeholder", PAR031, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    for (parameter, entry, run) in cx.entries() {
        let (Some(matching), Matching::Expression(Ok(expression))) = (&entry.matching, &entry.matching_read) else {
            continue;
        };
        let stays = run.hits.iter().find(|hit| !hit.file.has_extension("sql"));
        let Some(hit) = stays.filter(|_| entry.is("TextFile") && !parameter.has_tag("NoStore")) else { continue };
        if expression.is_literal() {
            let location = Location::span(&parameters.source.path, matching.span);
            out.push(
                Diagnostic::new(
                    location,
                    format!("`{}` is gone from `{}` once it is replaced", matching.text, hit.file),
                )
                .consequence("Publishing the installed application again finds nothing to replace.")
                .help("Match what stands around the value, or tag the parameter `NoStore`."),
            );
        }
    }
}
