//! Manifest.xml: the providers that Web Deploy runs, in order.

use super::{Source, Value};
use crate::path::PackagePath;
use crate::text::Span;
use crate::tree::FileTree;
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
#[derive(Clone, Debug)]
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

    /// Whether a path lies in the folder of an iisApp provider, or is one. Nothing when there is no
    /// such folder to compare with.
    #[must_use]
    pub fn is_in_an_app(&self, path: &PackagePath) -> Option<bool> {
        let mut folders = self.iis_apps().filter_map(Provider::package_path).peekable();
        folders.peek()?;
        Some(folders.any(|folder| path.same(folder.as_str()) || path.strip_ignoring_case(&folder).is_some()))
    }

    /// Whether a path is the folder of an iisApp provider.
    #[must_use]
    pub fn is_an_app(&self, path: &PackagePath) -> bool {
        self.iis_apps().filter_map(Provider::package_path).any(|folder| path.same(folder.as_str()))
    }

    /// The providers that run an SQL script, with the script when the package has it.
    pub fn scripts<'a>(&'a self, tree: &'a FileTree) -> impl Iterator<Item = (&'a Provider, Option<&'a PackagePath>)> {
        let databases = self.providers.iter().filter(|provider| provider.is_database());
        databases.map(|provider| {
            let path = provider.package_path();
            (provider, path.and_then(|path| Some(&tree.file_ignoring_case(path.as_str())?.path)))
        })
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

    /// Whether it runs an SQL script.
    #[must_use]
    pub fn is_database(&self) -> bool {
        self.is("dbFullSql") || self.is("dbMySql")
    }

    /// An attribute, in any case.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name))
    }

    /// The value of an attribute without the blanks around it; empty when there is none.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.attribute(name).map_or("", |attribute| attribute.value.trim())
    }

    /// The path as one of the package; nothing when it cannot be one.
    #[must_use]
    pub fn package_path(&self) -> Option<PackagePath> {
        // A no-break space is a letter like any other in a name.
        PackagePath::new(self.path_text().trim_ascii()).ok()
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
