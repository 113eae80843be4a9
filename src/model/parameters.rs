//! Parameters.xml: what an installer asks, and where the answers go.

use super::{Source, Value};
use crate::model::expression::{Engine, Expression, Trouble, Unchecked};
use crate::model::manifest::Provider;
use crate::text::Span;
use crate::xml::Element;
use crate::xml::xpath::{Mistake, XPath};

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
    /// The scope, when it is an expression.
    pub scoped: Option<Result<Expression, Trouble>>,
    /// What `match` says.
    pub matching_read: Matching,
}

/// What an entry looks for in its scope, by its kind.
#[derive(Debug)]
pub enum Matching {
    /// Text, or the path of a provider.
    Expression(Result<Expression, Trouble>),
    /// Nodes of XML.
    Path(Result<XPath, Mistake>),
    /// Line, column and count of characters; nothing when it is not written so.
    Position(Option<[u32; 3]>),
    /// Nothing, or something else.
    Other,
}

impl Parameters {
    pub(super) fn read(source: Source, engine: &Engine) -> Self {
        let root = source.document.root.as_ref();
        let elements = root.into_iter().flat_map(Element::elements);
        let elements = elements.filter(|element| element.is_ignoring_case("parameter"));
        let list = elements.map(|element| Parameter::read(element, engine)).collect();
        Self { source, list }
    }

    /// The parameter with a name: to the letter, else in any case.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Parameter> {
        let exact = self.list.iter().find(|parameter| parameter.name_text() == name);
        exact.or_else(|| self.list.iter().find(|parameter| parameter.is_called(name)))
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
        Self {
            name: Value::ignoring_case(element, "name"),
            open: element.open,
            name_span: element.name_span,
            default: Value::ignoring_case(element, "defaultValue"),
            tags: Value::ignoring_case(element, "tags"),
            entries: entries.map(|entry| ParameterEntry::read(entry, engine)).collect(),
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

impl ParameterEntry {
    fn read(element: &Element, engine: &Engine) -> Self {
        let kind = Value::ignoring_case(element, "type").or_else(|| Value::ignoring_case(element, "kind"));
        let scope = Value::ignoring_case(element, "scope");
        let matching = Value::ignoring_case(element, "match");
        let mut entry =
            Self { kind, scope, matching, open: element.open, scoped: None, matching_read: Matching::Other };
        let expression = |value: &Value| Expression::read(&value.text, engine);
        if entry.is("ProviderPath") || entry.is_on_files() {
            entry.scoped = entry.scope.as_ref().map(expression);
        }
        if let Some(matching) = &entry.matching {
            entry.matching_read = if entry.is("ProviderPath") || entry.is("TextFile") {
                Matching::Expression(expression(matching))
            } else if entry.is("XmlFile") {
                Matching::Path(XPath::read(&matching.text))
            } else if entry.is("TextFilePosition") {
                Matching::Position(position(&matching.text))
            } else {
                Matching::Other
            };
        }
        entry
    }

    /// Whether it is of a kind, in any case as Web Deploy compares it.
    #[must_use]
    pub fn is(&self, kind: &str) -> bool {
        self.kind.as_ref().is_some_and(|own| own.text.eq_ignore_ascii_case(kind))
    }

    /// Whether its scope is a regular expression on the paths of files.
    #[must_use]
    pub fn is_on_files(&self) -> bool {
        ["TextFile", "XmlFile", "TextFilePosition"].iter().any(|kind| self.is(kind))
    }

    /// Why it is not run; nothing when it can be.
    #[must_use]
    pub fn unread(&self) -> Option<String> {
        let expression = |trouble: &Trouble| match trouble {
            Trouble::Mistake(message) => format!("it is no regular expression: {message}"),
            Trouble::Unknown(why) => (*why).to_owned(),
        };
        let scope = self.scoped.as_ref().and_then(|scoped| scoped.as_ref().err()).map(expression);
        let matching = || match &self.matching_read {
            Matching::Expression(read) => read.as_ref().err().map(expression),
            Matching::Path(read) => read.as_ref().err().map(|mistake| format!("it is no XPath: {}", mistake.message)),
            Matching::Position(position) => position.is_none().then(|| "it is not `line;column;count`".to_owned()),
            Matching::Other => Some("it has no match".to_owned()),
        };
        scope.or_else(matching)
    }

    /// Whether a provider's name and path are what this entry looks for.
    /// Microsoft's validator compares so: both are searched, without anchors, in any case.
    pub fn targets(&self, provider: &Provider) -> Result<bool, Unchecked> {
        const UNREAD: Unchecked = Unchecked("it is not read");
        let (Some(scope), Matching::Expression(matching)) = (&self.scoped, &self.matching_read) else {
            return Ok(false);
        };
        let (Ok(scope), Ok(matching)) = (scope, matching) else { return Err(UNREAD) };
        Ok(scope.hits(&provider.name)? && matching.hits(provider.path_text())?)
    }
}

/// `line;column;count`, with blanks or without.
fn position(text: &str) -> Option<[u32; 3]> {
    let mut parts = text.split(';').map(|part| part.trim().parse::<u32>().ok());
    let position = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(position)
}
