//! PAR012: a hidden parameter without a value.

use crate::diagnostic::{Diagnostic, Severity};
use crate::fix::Fix;
use crate::rules::Context;
use crate::rules::tagging::{at_name, without_tag};

declare_rule! {
    /// ## What it does
    /// Looks for parameters with the tag `Hidden` whose `defaultValue` is missing or empty.
    /// For a parameter that is also tagged `AppURL` it is only a note: installers fill it.
    ///
    /// ## Why it matters
    /// Nobody is asked for a hidden parameter, so its default is its value.
    /// Without one it has to be set on the command line.
    /// Packages of Orchard were shipped so, which is why it is no error.
    ///
    /// ## Example
    /// ```xml
    /// <parameter name="MediaPath" tags="Hidden" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameter name="MediaPath" defaultValue="{AppPath}/media" tags="Hidden" />
    /// ```
    ///
    /// ## Fix
    /// The packager offers to take the tag `Hidden` away, so that an installer asks.
    /// Please review it.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    /// - Microsoft, "Package an Application for the Windows Web Application Gallery"
    "parameters/hidden-without-default", PAR012, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    let hidden = parameters.list.iter().filter(|parameter| parameter.has_tag("Hidden"));
    for parameter in hidden.filter(|parameter| parameter.default_text().is_empty()) {
        let message = format!("`{}` is hidden and has no `defaultValue`", parameter.label());
        let mut diagnostic = at_name(parameters, parameter, message)
            .consequence("An installer does not ask for it: it stays empty, or has to be set on the command line.")
            .help("Give it a `defaultValue`, or let it be asked for.");
        if parameter.has_tag("AppURL") {
            diagnostic = diagnostic.severity(Severity::Note);
        }
        let edit = without_tag(parameters, parameter, "Hidden");
        diagnostic.fixes.extend(edit.map(|edit| Fix::review("Take the tag `Hidden` away", vec![edit])));
        out.push(diagnostic);
    }
}
