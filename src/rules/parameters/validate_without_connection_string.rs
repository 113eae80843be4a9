//! PAR013: `Validate` on something that is no connection string.

use crate::diagnostic::Diagnostic;
use crate::fix::Fix;
use crate::rules::Context;
use crate::rules::tagging::{at_tags, without_tag};

declare_rule! {
    /// ## What it does
    /// Looks for the tag `Validate` on a parameter that has no tag of a connection string.
    ///
    /// ## Why it matters
    /// The tag makes an installer test the login with the value.
    /// It is only allowed with a tag of a connection string: nothing else can be logged in with.
    ///
    /// ## Example
    /// ```xml
    /// <parameter name="DbName" tags="SQL,dbName,Validate" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameter name="DbName" tags="SQL,dbName" />
    /// ```
    ///
    /// ## Fix
    /// The packager takes the tag away.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    "parameters/validate-without-connection-string", PAR013, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    let validated = parameters.list.iter().filter(|parameter| parameter.has_tag("Validate"));
    for parameter in validated.filter(|parameter| !parameter.is_connection_string()) {
        let message = format!("`{}` has the tag `Validate` and is no connection string", parameter.label());
        let mut diagnostic = at_tags(parameters, parameter, message)
            .consequence("An installer has nothing to test the login with.")
            .help("Keep the tag for parameters with a tag such as `SQLConnectionString`.");
        let edit = without_tag(parameters, parameter, "Validate");
        diagnostic.fixes.extend(edit.map(|edit| Fix::safe("Take the tag `Validate` away", vec![edit])));
        out.push(diagnostic);
    }
}
