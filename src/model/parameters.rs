//! Parameters.xml: what an installer asks, and where the answers go.

pub use super::parameter_entry::{Matching, ParameterEntry};
use super::{Source, Value};
use crate::model::expression::Engine;
use crate::model::manifest::Provider;
use crate::model::reference::{Reference, references};
use crate::model::tags;
use crate::text::Span;
use crate::xml::Element;

/// Parameters.xml.
#[derive(Debug)]
pub struct Parameters {
    /// The file.
    pub source: Source,
    /// In document order.
    pub list: Vec<Parameter>,
}

/// One question of the installer, or a hidden value.
#[derive(Debug)]
pub struct Parameter {
    /// Its name, by which others refer to it.
    pub name: Option<Value>,
    /// The start tag.
    pub open: Span,
    /// The element name in the start tag.
    pub name_span: Span,
    /// What stands in the field at first.
    pub default: Option<Value>,
    /// The `tags` attribute.
    pub tags: Option<Value>,
    /// Its name for people: the attribute or the first child.
    pub friendly_name: Option<Value>,
    /// What an installer says about it: the attribute or the first child.
    pub description: Option<Value>,
    /// Which answers are accepted.
    pub validations: Vec<Validation>,
    /// Where the answer goes.
    pub entries: Vec<ParameterEntry>,
}

/// Which answers are accepted.
#[derive(Debug)]
pub struct Validation {
    /// `type` or `kind`, which mean the same: kinds, with a comma between them.
    pub kind: Option<Value>,
    /// `validationString`.
    pub text: Option<Value>,
    /// The element name in the start tag.
    pub name_span: Span,
    /// The start tag.
    pub open: Span,
}

impl Parameters {
    pub(super) fn read(source: Source, engine: &Engine) -> Self {
        let root = source.document.root.as_ref();
        let elements = root.into_iter().flat_map(Element::elements);
        let elements = elements.filter(|element| element.is_ignoring_case("parameter"));
        let list = elements.map(|element| Parameter::read(element, engine)).collect();
        Self { source, list }
    }

    /// The root element; nothing when the file has none.
    #[must_use]
    pub fn root(&self) -> Option<&Element> {
        self.source.document.root.as_ref()
    }

    /// Whether it is a file that declares parameters, and not one that only sets their values.
    #[must_use]
    pub fn declares(&self) -> bool {
        self.root().is_some_and(|root| root.is_ignoring_case("parameters")) && !self.sets()
    }

    /// Whether it is a `SetParameters` file: values for the parameters that another file declares.
    #[must_use]
    pub fn sets(&self) -> bool {
        let has = |name| self.root().into_iter().flat_map(Element::elements).any(|child| child.is_ignoring_case(name));
        self.root().is_some_and(|root| root.is_ignoring_case("parameters")) && has("setParameter") && !has("parameter")
    }

    /// The element of a parameter.
    #[must_use]
    pub fn element(&self, parameter: &Parameter) -> Option<&Element> {
        self.root()?.elements().find(|element| element.open == parameter.open)
    }

    /// The parameter with a name, to the letter.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Parameter> {
        self.list.iter().find(|parameter| parameter.name.is_some() && parameter.name_text() == name)
    }

    /// The parameter that a reference means: to the letter, else in any case.
    #[must_use]
    pub fn referred(&self, name: &str) -> Option<&Parameter> {
        self.named(name).or_else(|| self.list.iter().find(|parameter| parameter.is_called(name)))
    }

    /// Whether the default of another parameter refers to one.
    #[must_use]
    pub fn refers_to(&self, name: &str) -> bool {
        let others = self.list.iter().filter(|parameter| !parameter.is_called(name));
        others.flat_map(Parameter::references).any(|reference| reference.name.eq_ignore_ascii_case(name))
    }

    /// A name that no parameter has: `name`, else with a number after it.
    #[must_use]
    pub fn free_name(&self, name: &str) -> String {
        let taken = |name: &str| self.list.iter().any(|parameter| parameter.is_called(name));
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
    }

    /// The parameter that says where an iisApp provider goes: one that is tagged so and targets it,
    /// else one that targets it.
    #[must_use]
    pub fn application_path(&self, provider: &Provider) -> Option<&Parameter> {
        let targeting = || self.list.iter().filter(|parameter| parameter.targets(provider));
        targeting().find(|parameter| parameter.has_tag("iisApp")).or_else(|| targeting().next())
    }

    /// Whether a ProviderPath entry targets a provider. Nothing when that cannot be told, because
    /// an expression uses what only .NET can judge.
    #[must_use]
    pub fn targets(&self, provider: &Provider) -> Option<bool> {
        let entries = self.list.iter().flat_map(|parameter| &parameter.entries);
        let mut unknown = false;
        for entry in entries.filter(|entry| entry.is("ProviderPath")) {
            match entry.targets(provider) {
                Ok(true) => return Some(true),
                Ok(false) => {}
                Err(_) => unknown = true,
            }
        }
        (!unknown).then_some(false)
    }
}

impl Parameter {
    fn read(element: &Element, engine: &Engine) -> Self {
        let entries = element.elements().filter(|child| child.is_ignoring_case("parameterEntry"));
        let validations = element.elements().filter(|child| child.is_ignoring_case("parameterValidation"));
        Self {
            name: Value::ignoring_case(element, "name"),
            open: element.open,
            name_span: element.name_span,
            // The SDK of .NET Core writes `value`.
            default: Value::ignoring_case(element, "defaultValue").or_else(|| Value::ignoring_case(element, "value")),
            tags: Value::ignoring_case(element, "tags"),
            friendly_name: Self::text(element, "friendlyName"),
            description: Self::text(element, "description"),
            validations: validations.map(Validation::read).collect(),
            entries: entries.map(|entry| ParameterEntry::read(entry, engine)).collect(),
        }
    }

    /// An attribute, or the text of the first child with that name.
    fn text(element: &Element, name: &str) -> Option<Value> {
        Value::ignoring_case(element, name).or_else(|| {
            let child = element.elements().find(|child| child.is_ignoring_case(name))?;
            Some(Value { text: child.text(), span: child.name_span })
        })
    }

    /// The default; empty when there is none.
    #[must_use]
    pub fn default_text(&self) -> &str {
        self.default.as_ref().map_or("", |default| &default.text)
    }

    /// The place to point at for its tags: the value, else the element name.
    #[must_use]
    pub fn tags_span(&self) -> Span {
        self.tags.as_ref().filter(|tags| !tags.text.is_empty()).map_or(self.name_span, |tags| tags.span)
    }

    /// What its default refers to.
    #[must_use]
    pub fn references(&self) -> Vec<Reference<'_>> {
        references(self.default_text())
    }

    /// Whether it has one of the six tags that a package with a database needs.
    #[must_use]
    pub fn is_of_database(&self) -> bool {
        tags::DATABASE.iter().any(|tag| self.has_tag(tag))
    }

    /// Whether it is a connection string.
    #[must_use]
    pub fn is_connection_string(&self) -> bool {
        self.tags().any(|tag| tag.to_ascii_lowercase().ends_with("connectionstring"))
    }

    /// The engines that it is for.
    pub fn engines(&self) -> impl Iterator<Item = &'static str> {
        let is_for = |engine: &&str| self.has_tag(engine) || self.has_tag(&format!("{engine}ConnectionString"));
        tags::ENGINES.into_iter().filter(is_for)
    }

    /// Whether it accepts answers of a kind.
    #[must_use]
    pub fn validates(&self, kind: &str) -> bool {
        self.validations.iter().any(|validation| validation.is(kind))
    }

    /// The name; empty when there is none.
    #[must_use]
    pub fn name_text(&self) -> &str {
        self.name.as_ref().map_or("", |name| &name.text)
    }

    /// What to call it in a message.
    #[must_use]
    pub fn label(&self) -> &str {
        if self.name_text().trim().is_empty() { "(no name)" } else { self.name_text() }
    }

    /// Whether this is its name, in any case.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        self.name_text().eq_ignore_ascii_case(name)
    }

    /// Whether one of its `ProviderPath` entries certainly targets a provider.
    #[must_use]
    pub fn targets(&self, provider: &Provider) -> bool {
        self.entries.iter().any(|entry| entry.is("ProviderPath") && entry.targets(provider) == Ok(true))
    }

    /// The tags, without the blanks around them.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        let tags = self.tags.as_ref().map_or("", |tags| &tags.text);
        tags.split(',').map(str::trim).filter(|tag| !tag.is_empty())
    }

    /// Whether it has a tag, in any case as Web Deploy compares it.
    #[must_use]
    pub fn has_tag(&self, tag: &str) -> bool {
        self.tags().any(|own| own.eq_ignore_ascii_case(tag))
    }
}

impl Validation {
    fn read(element: &Element) -> Self {
        Self {
            kind: Value::ignoring_case(element, "type").or_else(|| Value::ignoring_case(element, "kind")),
            text: Value::ignoring_case(element, "validationString"),
            name_span: element.name_span,
            open: element.open,
        }
    }

    /// The kinds, without the blanks around them.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        let kinds = self.kind.as_ref().map_or("", |kind| &kind.text);
        kinds.split(',').map(str::trim).filter(|kind| !kind.is_empty())
    }

    /// Whether it is of a kind, in any case as Web Deploy compares it.
    #[must_use]
    pub fn is(&self, kind: &str) -> bool {
        self.kinds().any(|own| own.eq_ignore_ascii_case(kind))
    }
}
