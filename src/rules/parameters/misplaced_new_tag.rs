//! PAR015: `New` where nothing new is chosen.

use crate::diagnostic::Diagnostic;
use crate::fix::Fix;
use crate::rules::Context;
use crate::rules::tagging::{at_tags, without_tag};

declare_rule! {
    /// ## What it does
    /// Looks for the tag `New` without `Password`, and for `New` on the password of a database administrator.
    ///
    /// ## Why it matters
    /// `New,Password` asks twice, because a new password is chosen and a slip would lock its owner out.
    /// The administrator's password exists already: to confirm it makes no sense.
    /// Without `Password` the tag has no documented meaning.
    ///
    /// ## Example
    /// ```xml
    /// <parameter name="DbAdminPassword" tags="New,Password,SQL,dbAdminPassword" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameter name="DbAdminPassword" tags="Password,SQL,dbAdminPassword" />
    /// ```
    ///
    /// ## Fix
    /// The packager offers to take the tag away.
    /// Please review it.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    "parameters/misplaced-new-tag", PAR015, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    for parameter in parameters.list.iter().filter(|parameter| parameter.has_tag("New")) {
        let name = parameter.label();
        let (message, consequence) = if !parameter.has_tag("Password") {
            (format!("`{name}` has the tag `New` without `Password`"), "The tag has no effect.")
        } else if parameter.has_tag("dbAdminPassword") {
            let message = format!("`{name}` is the password of an administrator and has the tag `New`");
            (message, "An installer asks twice for a password that exists already.")
        } else {
            continue;
        };
        let mut diagnostic = at_tags(parameters, parameter, message)
            .consequence(consequence)
            .help("Keep `New` for passwords that are chosen during the installation.");
        let edit = without_tag(parameters, parameter, "New");
        diagnostic.fixes.extend(edit.map(|edit| Fix::review("Take the tag `New` away", vec![edit])));
        out.push(diagnostic);
    }
}
