//! PAR024: an expression of a parameter that .NET does not take.

use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::model::Value;
use crate::model::expression::{Engine, Expression, Trouble};
use crate::model::parameters::{Matching, Parameter, Parameters};
use crate::rules::Context;
use crate::text::Span;
use crate::xml::Element;

declare_rule! {
    /// ## What it does
    /// Reads the regular expressions of `Parameters.xml` as .NET does: `scope` and `match` of
    /// ProviderPath and TextFile entries, `scope` of the others that look for files, and the
    /// `validationString` of a `RegularExpression`.
    /// What .NET alone can judge, such as a balancing group or a reference to a group, is a note that it
    /// was not checked.
    ///
    /// ## Why it matters
    /// Web Deploy gives the text to the regular expressions of .NET, which throw an exception:
    /// `parsing "*.config" - Quantifier {x,y} following nothing.`
    /// The whole installation stops there.
    /// Two slips are frequent: `*` as in a file name, which an expression writes `.*`, and a single
    /// backslash between folders, which an expression writes `\\`.
    ///
    /// ## Example
    /// ```xml
    /// <parameterEntry type="TextFile" scope="*.config" match="PlaceHolderForDb" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameterEntry type="TextFile" scope="\.config$" match="PlaceHolderForDb" />
    /// ```
    ///
    /// ## Fix
    /// There is none: only the author knows what is meant.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    /// - Microsoft, ".NET regular expressions"
    "parameters/malformed-expression", PAR024, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    let mut say = |what: &str, text: &str, span: Span, trouble: &Trouble| {
        let location = Location::span(&parameters.source.path, span);
        out.push(diagnostic(what, text, location, trouble));
    };
    for parameter in &parameters.list {
        for entry in &parameter.entries {
            if let (Some(scope), Some(Err(trouble))) = (&entry.scope, &entry.scoped) {
                say("scope", &scope.text, scope.span, trouble);
            }
            if let (Some(matching), Matching::Expression(Err(trouble))) = (&entry.matching, &entry.matching_read) {
                say("match", &matching.text, matching.span, trouble);
            }
        }
        for value in validations(parameters, parameter) {
            if let Err(trouble) = Expression::read(&value.text, &Engine::default()) {
                say("validationString", &value.text, value.span, &trouble);
            }
        }
    }
}

fn diagnostic(what: &str, text: &str, location: Location, trouble: &Trouble) -> Diagnostic {
    match trouble {
        Trouble::Mistake(message) => {
            let message = format!("the `{what}` `{text}` is no regular expression: {message}");
            Diagnostic::new(location, message)
                .consequence("The installation stops with an exception of .NET.")
                .help(r"Write `.*` for any characters, and a backslash before each of `\ . * + ? ( ) [ { ^ $ |` that means itself.")
        }
        Trouble::Unknown(why) => {
            Diagnostic::new(location, format!("the `{what}` `{text}` was not checked: {why}")).severity(Severity::Note)
        }
    }
}

/// The expressions that values must match.
fn validations(parameters: &Parameters, parameter: &Parameter) -> Vec<Value> {
    let mut values = Vec::new();
    let elements = parameters.element(parameter).into_iter().flat_map(Element::elements);
    for element in elements.filter(|element| element.is_ignoring_case("parameterValidation")) {
        let kind = element.attribute_ignoring_case("type").or_else(|| element.attribute_ignoring_case("kind"));
        let kind = kind.map_or("", |kind| &kind.value);
        if kind.split(',').any(|kind| kind.trim().eq_ignore_ascii_case("RegularExpression")) {
            values.extend(element.attribute_ignoring_case("validationString").map(Value::from));
        }
    }
    values
}
