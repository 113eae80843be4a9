//! PAR010: a tag that no installer knows.

use crate::diagnostic::Diagnostic;
use crate::fix::Fix;
use crate::model::tags;
use crate::rules::Context;
use crate::rules::tagging::{at_tags, write_tags};

declare_rule! {
    /// ## What it does
    /// Looks for tags that are neither those of Web Deploy nor those that accepted packages have, and for `tags` with nothing in it or between two commas.
    /// Tags are compared in any case.
    ///
    /// ## Why it matters
    /// An installer passes over a tag that it does not know: a misspelt `Password` is shown in clear text.
    /// The gallery's validator told of unknown tags for information.
    ///
    /// ## Example
    /// ```xml
    /// <parameter name="AdminPassword" tags="New,Pasword" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameter name="AdminPassword" tags="New,Password" />
    /// ```
    ///
    /// ## Fix
    /// When a known tag is near, the packager offers it; it offers to take empty ones away.
    /// Please review it.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    /// - The gallery's retired validator
    "parameters/unknown-tag", PAR010, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    for parameter in &parameters.list {
        let Some(list) = &parameter.tags else { continue };
        let name = parameter.label();
        if list.text.split(',').any(|tag| tag.trim().is_empty()) {
            let mut diagnostic = at_tags(parameters, parameter, format!("`{name}` has an empty tag"))
                .consequence("An installer passes over it.")
                .help("Write the tags with one comma between them, or leave the attribute out.");
            let edit = write_tags(parameters, parameter, &parameter.tags().collect::<Vec<_>>());
            diagnostic.fixes.extend(edit.map(|edit| Fix::review("Take empty tags away", vec![edit])));
            out.push(diagnostic);
        }
        for tag in parameter.tags().filter(|tag| !tags::is_known(tag) && tags::run_together(tag).is_none()) {
            let mut diagnostic = at_tags(parameters, parameter, format!("`{name}` has the unknown tag `{tag}`"))
                .consequence("An installer passes over it.");
            if let Some(nearest) = tags::nearest(tag) {
                let mended: Vec<&str> = parameter.tags().map(|own| if own == tag { nearest } else { own }).collect();
                let edit = write_tags(parameters, parameter, &mended);
                diagnostic.fixes.extend(edit.map(|edit| Fix::review(format!("Use `{nearest}`"), vec![edit])));
                diagnostic = diagnostic.help(format!("Did you mean `{nearest}`?"));
            } else {
                diagnostic = diagnostic.help("Use a tag that Web Deploy knows, or leave it out.");
            }
            out.push(diagnostic);
        }
    }
}
