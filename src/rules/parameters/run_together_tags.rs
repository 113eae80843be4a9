//! PAR011: tags without a comma between them.

use crate::diagnostic::Diagnostic;
use crate::fix::Fix;
use crate::model::tags;
use crate::rules::Context;
use crate::rules::tagging::{at_tags, write_tags};

declare_rule! {
    /// ## What it does
    /// Looks for tags that consist of two known ones, or that are set apart by a semicolon or a blank.
    ///
    /// ## Why it matters
    /// Web Deploy splits `tags` at commas only.
    /// Both tags are lost, and `SQLdbServer` is asked for as if it had nothing to do with a database.
    ///
    /// ## Example
    /// ```xml
    /// <parameter name="Server" tags="SQLdbServer" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameter name="Server" tags="SQL,dbServer" />
    /// ```
    ///
    /// ## Fix
    /// The packager offers the tags with commas between them.
    /// Please review it.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    /// - The gallery's retired validator
    "parameters/run-together-tags", PAR011, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    for parameter in &parameters.list {
        for tag in parameter.tags() {
            let Some(parts) = tags::run_together(tag) else { continue };
            let meant = parts.join(",");
            let message = format!("`{tag}` has no comma between its tags");
            let mut diagnostic = at_tags(parameters, parameter, message)
                .consequence("Web Deploy splits tags at commas only: all of them are lost.")
                .help("Put commas between the tags.");
            let apart = |own| tags::run_together(own).unwrap_or_else(|| vec![own]);
            let mended: Vec<&str> = parameter.tags().flat_map(apart).collect();
            let edit = write_tags(parameters, parameter, &mended);
            diagnostic.fixes.extend(edit.map(|edit| Fix::review(format!("Use `{meant}`"), vec![edit])));
            out.push(diagnostic);
        }
    }
}
