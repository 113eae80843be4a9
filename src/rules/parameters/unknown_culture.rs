//! PAR036: a translation that may not be found.

use crate::diagnostic::{Diagnostic, Location};
use crate::rules::Context;
use crate::xml::Element;

declare_rule! {
    /// ## What it does
    /// Looks at the `culture` of `description` and `friendlyName` elements: it is a language tag such as `de` or `pt-BR`.
    /// It also looks for a `friendlyName` in a culture in which there is no `description`.
    ///
    /// ## Why it matters
    /// An installer chooses the text by the culture of the user.
    /// A culture that is no language tag is never chosen, and half a translation shows two languages side by side.
    ///
    /// ## Example
    /// ```xml
    /// <friendlyName culture="german">Farbe</friendlyName>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <friendlyName culture="de">Farbe</friendlyName>
    /// <description culture="de">Die Farbe der Seiten.</description>
    /// ```
    ///
    /// ## Fix
    /// None: only you know the language.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    /// - IETF, BCP 47
    "parameters/unknown-culture", PAR036, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    let file = &parameters.source.path;
    for parameter in parameters.list.iter().filter_map(|parameter| parameters.element(parameter)) {
        let named = |name| parameter.elements().filter(move |child| child.is_ignoring_case(name));
        for child in named("description").chain(named("friendlyName")) {
            let Some(culture) = child.attribute_ignoring_case("culture") else { continue };
            if !is_language_tag(&culture.value) {
                let message = format!("`{}` is not the tag of a language", culture.value);
                out.push(
                    Diagnostic::new(Location::span(file, culture.value_span), message)
                        .consequence("The text is never chosen.")
                        .help("Write a tag such as `de` or `pt-BR`."),
                );
            }
        }
        let described =
            |own: &Element| named("description").any(|other| culture(other).eq_ignore_ascii_case(culture(own)));
        for child in named("friendlyName").filter(|own| !culture(own).is_empty() && !described(own)) {
            let message = format!("there is a `friendlyName` for `{}`, and no `description`", culture(child));
            out.push(
                Diagnostic::new(Location::span(file, child.name_span), message)
                    .consequence("An installer shows two languages side by side.")
                    .help("Give both texts in each language."),
            );
        }
    }
}

fn culture(element: &Element) -> &str {
    element.attribute_ignoring_case("culture").map_or("", |culture| culture.value.as_str())
}

fn is_language_tag(culture: &str) -> bool {
    let mut parts = culture.split('-');
    let language =
        parts.next().is_some_and(|part| matches!(part.len(), 2 | 3) && part.chars().all(|c| c.is_ascii_alphabetic()));
    let private = culture.starts_with("x-") || culture.starts_with("i-");
    culture.is_empty()
        || (language || private)
            && parts.all(|part| matches!(part.len(), 1..=8) && part.chars().all(|c| c.is_ascii_alphanumeric()))
}
