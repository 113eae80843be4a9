//! PAR014: a password that is asked for in clear text.

use crate::diagnostic::Diagnostic;
use crate::fix::Fix;
use crate::model::parameters::Parameter;
use crate::rules::Context;
use crate::rules::tagging::{at_name, with_tag};

declare_rule! {
    /// ## What it does
    /// Looks for parameters that are asked for, and are a password by their name (`AdminPassword`) or by the tag `dbUserPassword` or `dbAdminPassword`, without the tag `Password`.
    ///
    /// ## Why it matters
    /// Only the tag makes an installer mask what is typed.
    /// Everybody who looks at the screen can read it, and it may be kept in logs.
    ///
    /// ## Example
    /// ```xml
    /// <parameter name="AdminPassword" tags="NoStore" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameter name="AdminPassword" tags="NoStore,Password" />
    /// ```
    ///
    /// ## Fix
    /// The packager offers to add the tag.
    /// Please review it.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    "parameters/password-in-clear-text", PAR014, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    let asked = parameters.list.iter().filter(|own| !own.has_tag("Hidden") && !own.has_tag("Password"));
    for parameter in asked.filter(|parameter| is_password(parameter)) {
        let message = format!("`{}` is a password without the tag `Password`", parameter.label());
        let mut diagnostic = at_name(parameters, parameter, message)
            .consequence("An installer shows what is typed.")
            .help("Add the tag `Password`.");
        let edit = with_tag(parameters, parameter, "Password");
        diagnostic.fixes.extend(edit.map(|edit| Fix::review("Add the tag `Password`", vec![edit])));
        out.push(diagnostic);
    }
}

fn is_password(parameter: &Parameter) -> bool {
    let name = parameter.label().trim().to_ascii_lowercase();
    let tagged = ["dbUserPassword", "dbAdminPassword"].iter().any(|tag| parameter.has_tag(tag));
    let choice = parameter.validates("Boolean") || parameter.validates("Enumeration");
    tagged || ["password", "passwd", "passphrase"].iter().any(|end| name.ends_with(end)) && !choice
}
