//! PAR018: a parameter of a database that does not say of which.

use crate::diagnostic::Diagnostic;
use crate::fix::Fix;
use crate::rules::Context;
use crate::rules::tagging::{at_tags, only_engine, with_tag};

declare_rule! {
    /// ## What it does
    /// Looks for the six tags of a database on parameters that have no tag of an engine: `SQL`, `MySQL`, `SQLCE` or another.
    ///
    /// ## Why it matters
    /// With several engines an installer offers the choice and skips the questions of the others; it does so by the tag.
    /// Microsoft's portal took a parameter for one of a database only when it had both tags, and the gallery answered with ERROR_INCORRECT_PARAMETER_TAG.
    ///
    /// ## Example
    /// ```xml
    /// <parameter name="Server" tags="dbServer" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameter name="Server" tags="SQL,dbServer" />
    /// ```
    ///
    /// ## Fix
    /// When the manifest has one kind of database, the packager offers its tag.
    /// Please review it.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    /// - Microsoft, the gallery of the Azure portal
    "parameters/database-tag-without-engine", PAR018, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    let of_database = parameters.list.iter().filter(|parameter| parameter.is_of_database());
    for parameter in of_database.filter(|parameter| parameter.engines().next().is_none()) {
        let message = format!("`{}` is for a database, but does not say for which engine", parameter.label());
        let mut diagnostic = at_tags(parameters, parameter, message)
            .consequence("An installer may not take it for a parameter of the database.")
            .help("Add the tag of the engine: `SQL` or `MySQL`.");
        if let Some(engine) = only_engine(cx) {
            let edit = with_tag(parameters, parameter, engine);
            diagnostic.fixes.extend(edit.map(|edit| Fix::review(format!("Add the tag `{engine}`"), vec![edit])));
        }
        out.push(diagnostic);
    }
}
