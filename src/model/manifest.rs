//! Manifest.xml: the providers that Web Deploy runs, in order.

use super::{Source, Value};
use crate::text::Span;
use crate::xml::{Attribute, Element};

/// Manifest.xml.
#[derive(Debug)]
pub struct Manifest {
    /// The file.
    pub source: Source,
    /// In document order, which is the order in which they run.
    pub providers: Vec<Provider>,
}

/// An element of the manifest: something to deploy.
#[derive(Debug)]
pub struct Provider {
    /// As written.
    pub name: String,
    /// The name in the start tag.
    pub name_span: Span,
    /// The start tag.
    pub open: Span,
    /// What it deploys.
    pub path: Option<Value>,
    /// All attributes, `path` among them.
    pub attributes: Vec<Attribute>,
}

impl Manifest {
    pub(super) fn read(source: Source) -> Self {
        let root = source.document.root.as_ref();
        let providers = root.into_iter().flat_map(Element::elements).map(Provider::read).collect();
        Self { source, providers }
    }

    /// The root element; nothing when the file has none.
    #[must_use]
    pub fn root(&self) -> Option<&Element> {
        self.source.document.root.as_ref()
    }

    /// The element of a provider.
    #[must_use]
    pub fn element(&self, provider: &Provider) -> Option<&Element> {
        self.root()?.elements().find(|element| element.open == provider.open)
    }

    /// The providers with a name, in any case as Web Deploy compares it.
    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Provider> {
        self.providers.iter().filter(move |provider| provider.is(name))
    }

    /// The iisApp providers.
    pub fn iis_apps(&self) -> impl Iterator<Item = &Provider> {
        self.named("iisApp")
    }
}

impl Provider {
    fn read(element: &Element) -> Self {
        Self {
            name: element.name.clone(),
            name_span: element.name_span,
            open: element.open,
            path: Value::ignoring_case(element, "path"),
            attributes: element.attributes.clone(),
        }
    }

    /// Whether it is this provider, in any case as Web Deploy compares it.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The path; empty when there is none.
    #[must_use]
    pub fn path_text(&self) -> &str {
        self.path.as_ref().map_or("", |path| &path.text)
    }

    /// The place to point at for its path: the value, else the element name.
    #[must_use]
    pub fn path_span(&self) -> Span {
        self.path.as_ref().map_or(self.name_span, |path| path.span)
    }
}
