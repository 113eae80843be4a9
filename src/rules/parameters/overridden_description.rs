//! PAR035: a text for something that every installer has a text for.

use crate::diagnostic::Diagnostic;
use crate::fix::{Edit, Fix};
use crate::model::Parameters;
use crate::model::parameters::Parameter;
use crate::rules::Context;
use crate::rules::tagging::at_name;
use crate::text::Span;

declare_rule! {
    /// ## What it does
    /// Looks for a `description` or `friendlyName` on parameters with a well-known tag: the application path, the six of a database, the connection strings, `SetAcl`.
    /// It is told once for the whole file.
    ///
    /// ## Why it matters
    /// Installers have translated texts for these.
    /// A text in the package switches them off, and is shown in its one language.
    ///
    /// ## Example
    /// ```xml
    /// <parameter name="DbServer" description="Your server." tags="SQL,dbServer" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameter name="DbServer" tags="SQL,dbServer" />
    /// ```
    ///
    /// ## Fix
    /// The packager offers to take the texts away.
    /// Please review it: yours may say more.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    "parameters/overridden-description", PAR035, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    let described = || parameters.list.iter().filter(|parameter| is_described(parameter));
    let Some(first) = described().next() else { return };
    let name = first.label();
    let message = match described().count() {
        1 => format!("`{name}` has a text of its own, and a tag that installers have a text for"),
        more => format!(
            "`{name}` and {} more have a text of their own, and a tag that installers have a text for",
            more - 1
        ),
    };
    let edits: Vec<Edit> = described().flat_map(|parameter| without_texts(parameters, parameter)).collect();
    let mut diagnostic = at_name(parameters, first, message)
        .consequence("Installers show it instead of their own text in the language of the user.")
        .help("Leave `description` and `friendlyName` out, unless yours say more.");
    if !edits.is_empty() {
        diagnostic.fixes.push(Fix::review("Take the texts away", edits));
    }
    out.push(diagnostic);
}

/// Hidden parameters are shown to nobody.
fn is_described(parameter: &Parameter) -> bool {
    let known = parameter.has_tag("iisApp") || parameter.is_of_database() || parameter.has_tag("SetAcl");
    let text = parameter.description.is_some() || parameter.friendly_name.is_some();
    known && text && !parameter.has_tag("Hidden")
}

/// Takes the attributes away; children are left to the author.
fn without_texts(parameters: &Parameters, parameter: &Parameter) -> Vec<Edit> {
    let attributes = parameters.element(parameter).map_or(&[][..], |element| &element.attributes);
    let texts = attributes
        .iter()
        .filter(|own| ["description", "friendlyName"].iter().any(|name| own.name.eq_ignore_ascii_case(name)));
    let gone =
        |span: Span| Edit::replace(&parameters.source.path, Span::new(span.start.saturating_sub(1), span.end), "");
    texts.map(|attribute| gone(attribute.span())).collect()
}
