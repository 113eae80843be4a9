//! PAR038: a value that is kept although it is used once.

use crate::diagnostic::Diagnostic;
use crate::fix::Fix;
use crate::model::Parameters;
use crate::model::parameters::Parameter;
use crate::rules::Context;
use crate::rules::tagging::{at_name, comparable, with_tag};

declare_rule! {
    /// ## What it does
    /// Looks for parameters without the tag `NoStore` that target no provider, have no tag of a database or of the application path, and are not part of a connection string.
    ///
    /// ## Why it matters
    /// An installer keeps the answers for the next publishing, passwords among them, and asks again.
    /// A value that was put in the place of a text is of no use then: the text is gone.
    /// The gallery's validator failed packages without the tag, though most released ones lack it: it is a note, and an error in the profile `strict` only.
    ///
    /// ## Example
    /// ```xml
    /// <parameter name="AdminPassword" tags="New,Password" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameter name="AdminPassword" tags="New,Password,NoStore" />
    /// ```
    ///
    /// ## Fix
    /// The packager offers to add the tag.
    /// Please review it.
    ///
    /// ## References
    /// - Microsoft, "Package an Application for the Windows Web Application Gallery"
    /// - The gallery's retired validator
    "parameters/stored-value", PAR038, gallery: Note, webdeploy: Off, strict: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = comparable(cx) else { return };
    for parameter in parameters.list.iter().filter(|parameter| is_for_once(parameters, parameter)) {
        let message = format!("`{}` is used once and has no tag `NoStore`", parameter.label());
        let mut diagnostic = at_name(parameters, parameter, message)
            .consequence("An installer keeps the answer and asks for it again.")
            .help("Add the tag `NoStore`.");
        let edit = with_tag(parameters, parameter, "NoStore");
        diagnostic.fixes.extend(edit.map(|edit| Fix::review("Add the tag `NoStore`", vec![edit])));
        out.push(diagnostic);
    }
}

fn is_for_once(parameters: &Parameters, parameter: &Parameter) -> bool {
    let kept = ["NoStore", "iisApp", "AppURL"].iter().any(|tag| parameter.has_tag(tag));
    let provider = parameter.entries.iter().any(|entry| entry.is("ProviderPath"));
    let engine = parameter.engines().next().is_some() || parameter.is_of_database() || parameter.is_connection_string();
    let strings = parameters.list.iter().filter(|other| other.is_connection_string());
    let in_string = strings.flat_map(Parameter::references).any(|own| parameter.is_called(own.name));
    !parameter.name_text().trim().is_empty() && !kept && !provider && !engine && !in_string
}
