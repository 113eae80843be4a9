//! Parameters.xml: what an installer asks, and where the answers go.

use super::{Source, Value};
use crate::model::expression::Expression;
use crate::model::manifest::Provider;
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
    /// Where the answer goes.
    pub entries: Vec<ParameterEntry>,
}

/// One place where an answer goes.
#[derive(Debug)]
pub struct ParameterEntry {
    /// `type` or `kind`, which mean the same.
    pub kind: Option<Value>,
    /// A regular expression on the provider name or the file path.
    pub scope: Option<Value>,
    /// A regular expression on the provider path or the text, or an XPath.
    pub matching: Option<Value>,
    /// The start tag.
    pub open: Span,
}

impl Parameters {
    pub(super) fn read(source: Source) -> Self {
        let root = source.document.root.as_ref();
        let elements = root.into_iter().flat_map(Element::elements);
        let list = elements.filter(|element| element.is_ignoring_case("parameter")).map(Parameter::read).collect();
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
                Some(true) => return Some(true),
                Some(false) => {}
                None => unknown = true,
            }
        }
        (!unknown).then_some(false)
    }
}

impl Parameter {
    fn read(element: &Element) -> Self {
        let entries = element.elements().filter(|child| child.is_ignoring_case("parameterEntry"));
        Self {
            name: Value::ignoring_case(element, "name"),
            open: element.open,
            name_span: element.name_span,
            default: Value::ignoring_case(element, "defaultValue"),
            tags: Value::ignoring_case(element, "tags"),
            entries: entries.map(ParameterEntry::read).collect(),
        }
    }

    /// The name; empty when there is none.
    #[must_use]
    pub fn name_text(&self) -> &str {
        self.name.as_ref().map_or("", |name| &name.text)
    }

    fn is_called(&self, name: &str) -> bool {
        self.name_text().eq_ignore_ascii_case(name)
    }

    /// Whether one of its `ProviderPath` entries certainly targets a provider.
    #[must_use]
    pub fn targets(&self, provider: &Provider) -> bool {
        self.entries.iter().any(|entry| entry.is("ProviderPath") && entry.targets(provider) == Some(true))
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

impl ParameterEntry {
    fn read(element: &Element) -> Self {
        let kind = Value::ignoring_case(element, "type").or_else(|| Value::ignoring_case(element, "kind"));
        Self {
            kind,
            scope: Value::ignoring_case(element, "scope"),
            matching: Value::ignoring_case(element, "match"),
            open: element.open,
        }
    }

    /// Whether it is of a kind, in any case as Web Deploy compares it.
    #[must_use]
    pub fn is(&self, kind: &str) -> bool {
        self.kind.as_ref().is_some_and(|own| own.text.eq_ignore_ascii_case(kind))
    }

    /// Whether a provider's name and path are what this entry looks for.
    /// Microsoft's validator compares so: both are searched, without anchors, in any case.
    fn targets(&self, provider: &Provider) -> Option<bool> {
        let (Some(scope), Some(matching)) = (&self.scope, &self.matching) else { return Some(false) };
        let scope = Expression::compile(&scope.text).ok()?;
        let matching = Expression::compile(&matching.text).ok()?;
        Some(scope.is_match(&provider.name) && matching.is_match(provider.path_text()))
    }
}
