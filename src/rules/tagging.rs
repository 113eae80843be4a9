//! What several rules about the tags of parameters say or do in the same way.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::Edit;
use crate::limits;
use crate::model::Parameters;
use crate::model::parameters::{Parameter, ParameterEntry, Validation};
use crate::model::provider::distance;
use crate::rules::Context;
use crate::text::Span;
use crate::xml::{self, Element};

/// Reports something about the tags of a parameter, at its tags.
pub(super) fn at_tags(parameters: &Parameters, parameter: &Parameter, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Location::span(&parameters.source.path, parameter.tags_span()), message)
}

/// Reports something about a parameter, at its name.
pub(super) fn at_name(parameters: &Parameters, parameter: &Parameter, message: impl Into<String>) -> Diagnostic {
    let span = parameter.name.as_ref().filter(|name| !name.text.is_empty()).map_or(parameter.name_span, |n| n.span);
    Diagnostic::new(Location::span(&parameters.source.path, span), message)
}

/// Reports something about a parameter at its default, else at its name.
pub(super) fn at_default(parameters: &Parameters, parameter: &Parameter, message: impl Into<String>) -> Diagnostic {
    match parameter.default.as_ref().filter(|default| !default.text.is_empty()) {
        Some(default) => Diagnostic::new(Location::span(&parameters.source.path, default.span), message),
        None => at_name(parameters, parameter, message),
    }
}

/// Takes a tag away, and the attribute with the last one.
pub(super) fn without_tag(parameters: &Parameters, parameter: &Parameter, tag: &str) -> Option<Edit> {
    let tags: Vec<&str> = parameter.tags().filter(|own| !own.eq_ignore_ascii_case(tag)).collect();
    write_tags(parameters, parameter, &tags)
}

/// Adds a tag after the others.
pub(super) fn with_tag(parameters: &Parameters, parameter: &Parameter, tag: &str) -> Option<Edit> {
    write_tags(parameters, parameter, &parameter.tags().chain([tag]).collect::<Vec<_>>())
}

/// Gives a parameter tags, set apart as they were.
pub(super) fn write_tags(parameters: &Parameters, parameter: &Parameter, tags: &[&str]) -> Option<Edit> {
    let element = parameters.element(parameter)?;
    let file = &parameters.source.path;
    if let ([], Some(attribute)) = (tags, element.attribute_ignoring_case("tags")) {
        let Span { start, end } = attribute.span();
        return Some(Edit::replace(file, Span::new(start.saturating_sub(1), end), ""));
    }
    let apart = if parameter.tags.as_ref().is_some_and(|tags| tags.text.contains(", ")) { ", " } else { "," };
    Some(xml::set_attribute(file, element, "tags", &tags.join(apart)))
}

/// The parameters, when there are not so many that comparing them with one another, or with the
/// providers, takes forever.
pub(super) fn comparable<'c>(cx: &Context<'c>) -> Option<&'c Parameters> {
    let parameters = cx.parameters().filter(|own| own.list.len() <= limits::PARAMETERS)?;
    let providers = cx.manifest().map_or(0, |manifest| manifest.providers.len());
    (entries(parameters).count().saturating_mul(providers) <= limits::COMPARISONS).then_some(parameters)
}

/// The entries of all parameters, each with its parameter.
pub(super) fn entries(parameters: &Parameters) -> impl Iterator<Item = (&Parameter, &ParameterEntry)> {
    parameters.list.iter().flat_map(|parameter| parameter.entries.iter().map(move |entry| (parameter, entry)))
}

/// The validations of all parameters, each with its parameter.
pub(super) fn validations(parameters: &Parameters) -> impl Iterator<Item = (&Parameter, &Validation)> {
    parameters.list.iter().flat_map(|parameter| parameter.validations.iter().map(move |own| (parameter, own)))
}

/// The element within a parameter that a start tag opens.
pub(super) fn child(parameters: &Parameters, open: Span) -> Option<&Element> {
    parameters.root()?.elements().flat_map(Element::elements).find(|element| element.open == open)
}

/// The word that is nearest to a misspelt one, when it is near enough to be meant.
pub(super) fn nearest<'w>(word: &str, words: &[&'w str]) -> Option<&'w str> {
    let lower = word.to_ascii_lowercase();
    let near = words.iter().map(|known| (distance(&lower, &known.to_ascii_lowercase()), *known)).min();
    near.filter(|(distance, known)| *distance <= 2 && *distance < known.len() / 2).map(|(_, known)| known)
}

/// The kind of database that the manifest fills, when there is one only.
pub(super) fn only_engine(cx: &Context<'_>) -> Option<&'static str> {
    let manifest = cx.manifest()?;
    let (sql, my_sql) = (manifest.named("dbFullSql").next(), manifest.named("dbMySql").next());
    match (sql, my_sql) {
        (Some(_), None) => Some("SQL"),
        (None, Some(_)) => Some("MySQL"),
        _ => None,
    }
}
