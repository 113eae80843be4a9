//! PAR003: a parameter without a name.

use crate::diagnostic::{Diagnostic, Location};
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Looks for parameters whose `name` is missing or empty.
    ///
    /// ## Why it matters
    /// The name is required.
    /// It is what a value is given to, on the command line (`-setParam:name="AppPath",value="..."`) and
    /// in a SetParameters file, and what other parameters refer to as `{AppPath}`.
    ///
    /// ## Example
    /// ```xml
    /// <parameter defaultValue="" tags="iisapp">
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameter name="AppPath" defaultValue="" tags="iisapp">
    /// ```
    ///
    /// ## Fix
    /// None: only you know what to call it.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    "parameters/missing-name", PAR003, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    for parameter in parameters.list.iter().filter(|parameter| parameter.name_text().trim().is_empty()) {
        let (span, message) = match &parameter.name {
            Some(name) => (name.span, "the `name` of a parameter is empty"),
            None => (parameter.name_span, "a parameter has no `name`"),
        };
        out.push(
            Diagnostic::new(Location::span(&parameters.source.path, span), message)
                .consequence("Web Deploy cannot read the parameters, or nobody can give this one a value.")
                .help("Give the parameter a `name` that no other one has."),
        );
    }
}
