//! A parameterEntry: one place where the answer to a parameter goes.

use super::Value;
use crate::model::expression::{Engine, Expression, Trouble, Unchecked};
use crate::model::manifest::{Manifest, Provider};
use crate::text::Span;
use crate::xml::Element;
use crate::xml::xpath::{Mistake, XPath};

/// One place where an answer goes.
#[derive(Debug)]
pub struct ParameterEntry {
    /// `type` or `kind`, which mean the same.
    pub kind: Option<Value>,
    /// A regular expression on the provider name or the file path.
    pub scope: Option<Value>,
    /// A regular expression on the provider path or the text, or an XPath.
    pub matching: Option<Value>,
    /// The element name in the start tag.
    pub name_span: Span,
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

impl ParameterEntry {
    pub(super) fn read(element: &Element, engine: &Engine) -> Self {
        let kind = Value::ignoring_case(element, "type").or_else(|| Value::ignoring_case(element, "kind"));
        let scope = Value::ignoring_case(element, "scope");
        let matching = Value::ignoring_case(element, "match");
        let mut entry = Self {
            kind,
            scope,
            matching,
            name_span: element.name_span,
            open: element.open,
            scoped: None,
            matching_read: Matching::Other,
        };
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

    /// The place to point at for its expression: the value, else the element name.
    #[must_use]
    pub fn match_span(&self) -> Span {
        self.matching.as_ref().filter(|matching| !matching.text.is_empty()).map_or(self.name_span, |value| value.span)
    }

    /// The providers that a `ProviderPath` entry targets. Nothing for other entries, and when that
    /// cannot be told.
    #[must_use]
    pub fn hits<'m>(&self, manifest: &'m Manifest) -> Option<Vec<&'m Provider>> {
        if !self.is("ProviderPath") {
            return None;
        }
        let (Some(scope), Some(matching)) = (&self.scope, &self.matching) else { return Some(Vec::new()) };
        let scope = Expression::compile(&scope.text).ok()?;
        let matching = Expression::compile(&matching.text).ok()?;
        let hit = |provider: &&Provider| scope.is_match(&provider.name) && matching.is_match(provider.path_text());
        Some(manifest.providers.iter().filter(hit).collect())
    }
}

/// `line;column;count`, with blanks or without.
fn position(text: &str) -> Option<[u32; 3]> {
    let mut parts = text.split(';').map(|part| part.trim().parse::<u32>().ok());
    let position = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(position)
}
