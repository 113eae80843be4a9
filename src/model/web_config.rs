//! web.config: what IIS runs, and what wfastcgi reads.

use super::{Source, Value};
use crate::contents::Contents;
use crate::path::PackagePath;
use crate::text::Span;
use crate::xml::Element;

/// The web.config of an application.
#[derive(Debug)]
pub struct WebConfig {
    /// The file.
    pub source: Source,
    /// `system.webServer/handlers/add`, in order.
    pub handlers: Vec<Handler>,
    /// `appSettings/add`, in order.
    pub settings: Vec<Setting>,
    /// `system.webServer/rewrite/rules/rule`, in order.
    pub rewrites: Vec<Rewrite>,
    /// Whether there is a `system.webServer/httpPlatform` section.
    pub http_platform: bool,
}

/// What IIS runs for a path.
#[derive(Debug)]
pub struct Handler {
    /// The start tag.
    pub open: Span,
    /// The element name in the start tag.
    pub name_span: Span,
    /// `name`.
    pub name: Option<Value>,
    /// `path`.
    pub path: Option<Value>,
    /// `verb`.
    pub verb: Option<Value>,
    /// `modules`.
    pub modules: Option<Value>,
    /// `scriptProcessor`.
    pub script_processor: Option<Value>,
    /// `resourceType`.
    pub resource_type: Option<Value>,
    /// `requireAccess`.
    pub require_access: Option<Value>,
}

/// A key and a value of appSettings: an environment variable to wfastcgi.
#[derive(Debug)]
pub struct Setting {
    /// The start tag.
    pub open: Span,
    /// `key`.
    pub key: Value,
    /// `value`.
    pub value: Value,
}

/// A rule of URL Rewrite.
#[derive(Debug)]
pub struct Rewrite {
    /// The start tag.
    pub open: Span,
    /// `match/@url`.
    pub url: Option<Value>,
    /// `action/@url`.
    pub target: Option<Value>,
    /// `action/@appendQueryString`.
    pub append_query_string: Option<Value>,
}

impl WebConfig {
    /// Reads the file at a path.
    #[must_use]
    pub fn at(contents: &Contents<'_>, path: &PackagePath) -> Option<Self> {
        Source::read(contents, path).map(Self::read)
    }

    /// Reads the parts that IIS and wfastcgi read. Element names are compared to the letter, as
    /// IIS compares them.
    #[must_use]
    pub fn read(source: Source) -> Self {
        let root = source.document.root.as_ref().filter(|root| root.is("configuration"));
        let servers = || root.into_iter().flat_map(|root| root.all("system.webServer"));
        let handlers = servers().flat_map(|server| server.all("handlers")).flat_map(|handlers| handlers.all("add"));
        let settings = root.into_iter().flat_map(|root| root.all("appSettings")).flat_map(|list| list.all("add"));
        let rules = servers().filter_map(|server| server.find("rewrite/rules")).flat_map(|rules| rules.all("rule"));
        let handlers = handlers.map(Handler::read).collect();
        let settings = settings.filter_map(Setting::read).collect();
        let rewrites = rules.map(Rewrite::read).collect();
        let http_platform = servers().any(|server| server.find("httpPlatform").is_some());
        Self { source, handlers, settings, rewrites, http_platform }
    }

    /// The root element; nothing when the file has none.
    #[must_use]
    pub fn root(&self) -> Option<&Element> {
        self.source.document.root.as_ref()
    }

    /// The setting that wfastcgi sees under a key: blanks around a key are dropped, its case does
    /// not matter on Windows, and the last one wins.
    #[must_use]
    pub fn setting(&self, key: &str) -> Option<&Setting> {
        self.settings.iter().rev().find(|setting| setting.key.text.trim().eq_ignore_ascii_case(key))
    }

    /// The handlers that run FastCGI.
    pub fn fast_cgi(&self) -> impl Iterator<Item = &Handler> {
        self.handlers.iter().filter(|handler| handler.has_module("FastCgiModule"))
    }

    /// Whether this file starts Python: a FastCGI handler with Python in its script processor, a
    /// WSGI handler, or a process of HttpPlatformHandler.
    #[must_use]
    pub fn starts_python(&self) -> bool {
        let python = |handler: &Handler| {
            let processor = handler.script_processor.as_ref();
            processor.is_some_and(|processor| processor.text.to_lowercase().contains("python"))
        };
        self.handlers.iter().any(python) || self.setting("WSGI_HANDLER").is_some() || self.http_platform
    }
}

impl Handler {
    fn read(element: &Element) -> Self {
        Self {
            open: element.open,
            name_span: element.name_span,
            name: Value::of(element, "name"),
            path: Value::of(element, "path"),
            verb: Value::of(element, "verb"),
            modules: Value::of(element, "modules"),
            script_processor: Value::of(element, "scriptProcessor"),
            resource_type: Value::of(element, "resourceType"),
            require_access: Value::of(element, "requireAccess"),
        }
    }

    /// Whether it names a module, to the letter as IIS compares it.
    #[must_use]
    pub fn has_module(&self, module: &str) -> bool {
        let modules = self.modules.as_ref().map_or("", |modules| &modules.text);
        modules.split(',').any(|own| own.trim() == module)
    }
}

impl Setting {
    fn read(element: &Element) -> Option<Self> {
        let (key, value) = (Value::of(element, "key")?, Value::of(element, "value")?);
        Some(Self { open: element.open, key, value })
    }
}

impl Rewrite {
    fn read(element: &Element) -> Self {
        let value = |child: &str, name: &str| Value::of(element.find(child)?, name);
        Self {
            open: element.open,
            url: value("match", "url"),
            target: value("action", "url"),
            append_query_string: value("action", "appendQueryString"),
        }
    }
}
