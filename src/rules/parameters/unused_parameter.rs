//! PAR040: a question whose answer goes nowhere.

use crate::diagnostic::Diagnostic;
use crate::model::parameters::Parameter;
use crate::rules::Context;
use crate::rules::tagging::{at_name, comparable};

declare_rule! {
    /// ## What it does
    /// Looks for parameters without an entry that no other parameter refers to, and that have no tag by which an installer uses them itself.
    /// A hidden one with the tag of an engine is left alone: it makes the engine one to choose.
    ///
    /// ## Why it matters
    /// The user is asked, and the answer has no effect.
    /// Usually an entry was forgotten, or a `{reference}` is misspelt.
    ///
    /// ## Example
    /// ```xml
    /// <parameter name="SiteTitle" defaultValue="My shop" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameter name="SiteTitle" defaultValue="My shop" tags="NoStore">
    ///   <parameterEntry type="TextFile" scope="\\settings\.py$" match="PLACEHOLDER_TITLE" />
    /// </parameter>
    /// ```
    ///
    /// ## Fix
    /// None: only you know where the answer is to go.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    "parameters/unused-parameter", PAR040, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = comparable(cx) else { return };
    for parameter in parameters.list.iter().filter(|parameter| parameter.entries.is_empty() && !is_told(parameter)) {
        let name = parameter.name_text();
        // A reference may be misspelt; that is told where it stands.
        let bare = |name: &str| name.split_whitespace().collect::<String>().to_lowercase();
        let mut references = parameters.list.iter().flat_map(Parameter::references);
        if name.trim().is_empty() || references.any(|reference| bare(reference.name) == bare(name)) {
            continue;
        }
        out.push(
            at_name(parameters, parameter, format!("`{name}` is used by nothing"))
                .consequence("Its value goes nowhere, though an installer may ask for it.")
                .help("Add an entry, refer to it from another parameter, or take it out."),
        );
    }
}

/// Whether an installer uses it itself. A connection string without an entry is another rule's, and a
/// hidden one for an engine stands there so that the engine can be chosen.
fn is_told(parameter: &Parameter) -> bool {
    let told = ["iisApp", "AppURL", "dbPassword"].iter().any(|tag| parameter.has_tag(tag));
    let choice = parameter.has_tag("Hidden") && parameter.engines().next().is_some();
    told || choice || parameter.is_of_database() || parameter.is_connection_string()
}
