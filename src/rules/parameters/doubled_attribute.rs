//! PAR006: two names for one thing.

use crate::diagnostic::{Diagnostic, Location};
use crate::model::Kind;
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Looks for elements that have both `type` and `kind`, which mean the same, and for parameters with `value` in the place of `defaultValue`.
    /// `value` is what the SDK of .NET Core writes; it is left alone in packages of msdeploy and Visual Studio.
    ///
    /// ## Why it matters
    /// Which of the two attributes counts is documented nowhere.
    /// `value` belongs to `setParameter`, and an installer may show an empty field for it.
    ///
    /// ## Example
    /// ```xml
    /// <parameterEntry type="TextFile" kind="XmlFile" scope="\\web\.config$" match="//add/@value" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameterEntry type="XmlFile" scope="\\web\.config$" match="//add/@value" />
    /// ```
    ///
    /// ## Fix
    /// None: only you know which of the two is meant.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    "parameters/doubled-attribute", PAR006, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    let file = &parameters.source.path;
    for element in parameters.list.iter().filter_map(|parameter| parameters.element(parameter)) {
        for child in element.elements().filter(|child| child.attribute_ignoring_case("type").is_some()) {
            let Some(kind) = child.attribute_ignoring_case("kind") else { continue };
            out.push(
                Diagnostic::new(
                    Location::span(file, kind.span()),
                    "`type` and `kind` mean the same, and both are there",
                )
                .consequence("Which of the two counts is documented nowhere.")
                .help("Keep one of them."),
            );
        }
        let value = element.attribute_ignoring_case("value").filter(|_| cx.package.kind != Kind::WebDeployPackage);
        if let Some(value) = value {
            out.push(
                Diagnostic::new(Location::span(file, value.name_span), "the default is written as `value`")
                    .consequence("An installer may show an empty field.")
                    .help("Write `defaultValue`."),
            );
        }
    }
}
