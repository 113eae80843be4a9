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
    /// `system.webServer/handlers/remove` and `clear`, in order.
    pub removals: Vec<Removal>,
    /// `system.webServer/httpPlatform`.
    pub http_platform: Option<HttpPlatform>,
}

/// What takes handlers of the server, or of a folder above, away.
#[derive(Debug)]
pub struct Removal {
    /// The start tag.
    pub open: Span,
    /// The handler that is taken away; nothing for `clear`, which takes all.
    pub name: Option<Value>,
}

/// The process that `HttpPlatformHandler` starts.
#[derive(Debug)]
pub struct HttpPlatform {
    /// The start tag.
    pub open: Span,
    /// `processPath`.
    pub process_path: Option<Value>,
    /// `arguments`.
    pub arguments: Option<Value>,
    /// `environmentVariables/environmentVariable`, as name and value.
    pub environment: Vec<Setting>,
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

/// A key and a value of appSettings, or a name and a value of an environment variable.
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
    /// `name`.
    pub name: Option<Value>,
    /// `patternSyntax`.
    pub syntax: Option<Value>,
    /// `match/@url`.
    pub url: Option<Value>,
    /// Whether it is for the paths that `url` does not match.
    pub negate: bool,
    /// `conditions/add`, in order.
    pub conditions: Vec<Condition>,
    /// `conditions/@trackAllCaptures`.
    pub tracks_all: bool,
    /// `action/@type`.
    pub action: Option<Value>,
    /// `action/@url`.
    pub target: Option<Value>,
    /// `action/@appendQueryString`.
    pub append_query_string: Option<Value>,
}

/// A condition of a rewrite rule.
#[derive(Debug)]
pub struct Condition {
    /// `input`.
    pub input: Option<Value>,
    /// `matchType`.
    pub kind: Option<Value>,
    /// `pattern`.
    pub pattern: Option<Value>,
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
        // A `location` without a path, or with `.`, is for the whole application as well.
        let whole = |location: &&Element| matches!(location.value("path").unwrap_or(""), "" | ".");
        let scopes = || root.into_iter().flat_map(move |root| root.all("location").filter(whole).chain([root]));
        let servers = || scopes().flat_map(|scope| scope.all("system.webServer"));
        let lists = || servers().flat_map(|server| server.all("handlers"));
        let handlers = lists().flat_map(|handlers| handlers.all("add"));
        let removals = lists().flat_map(Element::elements).filter(|child| child.is("remove") || child.is("clear"));
        let settings = root.into_iter().flat_map(|root| root.all("appSettings")).flat_map(|list| list.all("add"));
        let rules = servers().filter_map(|server| server.find("rewrite/rules")).flat_map(|rules| rules.all("rule"));
        let handlers = handlers.map(Handler::read).collect();
        let settings = settings.filter_map(Setting::read).collect();
        let rewrites = rules.map(Rewrite::read).collect();
        let removals =
            removals.map(|element| Removal { open: element.open, name: Value::of(element, "name") }).collect();
        let http_platform = servers().find_map(|server| server.find("httpPlatform")).map(HttpPlatform::read);
        Self { source, handlers, settings, rewrites, removals, http_platform }
    }

    /// `system.webServer`, at the root and in each `location`.
    pub fn servers(&self) -> impl Iterator<Item = &Element> {
        let root = self.root().filter(|root| root.is("configuration"));
        let scopes = root.into_iter().flat_map(|root| root.all("location").chain([root]));
        scopes.flat_map(|scope| scope.all("system.webServer"))
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

    /// The handlers that run `FastCGI`.
    pub fn fast_cgi(&self) -> impl Iterator<Item = &Handler> {
        self.handlers.iter().filter(|handler| handler.has_module("FastCgiModule"))
    }

    /// The `FastCgiModule` handlers that run Python; when none says so, those that name no other
    /// program.
    pub fn wfastcgi(&self) -> impl Iterator<Item = &Handler> {
        let told = self.fast_cgi().any(Handler::runs_python);
        self.fast_cgi().filter(move |handler| handler.runs_python() || !told && !handler.runs_another_program())
    }

    /// Whether wfastcgi is what starts the application: a handler of `FastCgiModule` runs it, or there is no
    /// handler at all and the settings are for wfastcgi.
    #[must_use]
    pub fn is_for_wfastcgi(&self) -> bool {
        let settings = self.settings.iter().any(|setting| is_python_setting(&setting.key.text));
        self.wfastcgi().next().is_some() || self.handlers.is_empty() && self.http_platform.is_none() && settings
    }

    /// Whether this file has to do with Python, wherever in it that is said: a script processor or
    /// a process, or a setting that only wfastcgi reads.
    #[must_use]
    pub fn starts_python(&self) -> bool {
        self.root().is_some_and(mentions_python)
    }

    /// Elements that IIS would read if their names were not written in another case, and the right
    /// names.
    #[must_use]
    pub fn miscased(&self) -> Vec<(&Element, &'static str)> {
        fn below<'e>(element: &'e Element, out: &mut Vec<(&'e Element, &'static str)>) {
            let known = NAMES.iter().filter(|(parent, _)| element.is(parent)).flat_map(|(_, names)| *names);
            for child in element.elements() {
                match known.clone().find(|name| child.is_ignoring_case(name)) {
                    Some(name) if child.is(name) => below(child, out),
                    Some(name) => out.push((child, name)),
                    None => {}
                }
            }
        }
        let mut out = Vec::new();
        if let Some(root) = self.root() {
            below(root, &mut out);
        }
        out
    }

    /// The element with a start tag.
    #[must_use]
    pub fn element(&self, open: Span) -> Option<&Element> {
        fn find(element: &Element, open: Span) -> Option<&Element> {
            if element.open == open {
                return Some(element);
            }
            element.elements().filter(|child| child.span().start <= open.start).find_map(|child| find(child, open))
        }
        find(self.root()?, open)
    }
}

/// What stands below what, as far as this program reads it. Source: Microsoft, `IIS_schema.xml`
/// and `rewrite_schema.xml`.
const NAMES: &[(&str, &[&str])] = &[
    ("configuration", &["appSettings", "connectionStrings", "location", "system.web", "system.webServer"]),
    ("location", &["appSettings", "system.web", "system.webServer"]),
    ("appSettings", &["add", "clear", "remove"]),
    ("system.webServer", &["handlers", "httpPlatform", "modules", "rewrite", "staticContent"]),
    ("handlers", &["add", "clear", "remove"]),
    ("httpPlatform", &["environmentVariables"]),
    ("environmentVariables", &["environmentVariable"]),
    ("rewrite", &["rules"]),
    ("rules", &["clear", "remove", "rule"]),
    ("rule", &["action", "conditions", "match"]),
    ("conditions", &["add"]),
];

fn mentions_python(element: &Element) -> bool {
    let says = |name: &str| element.value(name).is_some_and(names_python);
    says("scriptProcessor")
        || says("processPath")
        || says("arguments")
        || element.attribute_ignoring_case("key").is_some_and(|key| is_python_setting(&key.value))
        || element.elements().any(mentions_python)
}

fn names_python(command: &str) -> bool {
    let command = command.to_lowercase();
    command.contains("python") || command.contains("wfastcgi") || command.contains(".py")
}

/// Whether wfastcgi or what it starts reads a setting.
#[must_use]
pub fn is_python_setting(key: &str) -> bool {
    let key = key.trim().to_ascii_uppercase();
    key.starts_with("WSGI_") || matches!(key.as_str(), "PYTHONPATH" | "DJANGO_SETTINGS_MODULE")
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

    /// Whether it runs a program that is not Python, such as `php-cgi.exe`.
    fn runs_another_program(&self) -> bool {
        let processor = self.script_processor.as_ref().map_or("", |processor| &processor.text);
        processor.to_ascii_lowercase().contains(".exe") && !self.runs_python()
    }

    /// Whether its script processor is Python.
    #[must_use]
    pub fn runs_python(&self) -> bool {
        self.script_processor.as_ref().is_some_and(|processor| names_python(&processor.text))
    }

    /// The interpreter and what it is given: the two sides of the `|` in the script processor,
    /// without quotes around them.
    #[must_use]
    pub fn command(&self) -> Option<(&str, &str)> {
        let processor = self.script_processor.as_ref()?.text.as_str();
        let (executable, arguments) = processor.split_once('|').unwrap_or((processor, ""));
        Some((executable.trim().trim_matches('"'), arguments.trim().trim_matches('"')))
    }

    /// What to call it in a message.
    #[must_use]
    pub fn title(&self) -> String {
        match &self.name {
            Some(name) if !name.text.trim().is_empty() => format!("the handler `{}`", name.text),
            _ => "a handler".to_owned(),
        }
    }
}

impl HttpPlatform {
    fn read(element: &Element) -> Self {
        let variables = element.find("environmentVariables").into_iter();
        let variables = variables.flat_map(|list| list.all("environmentVariable"));
        let variable = |element: &Element| {
            let (key, value) = (Value::of(element, "name")?, Value::of(element, "value")?);
            Some(Setting { open: element.open, key, value })
        };
        Self {
            open: element.open,
            process_path: Value::of(element, "processPath"),
            arguments: Value::of(element, "arguments"),
            environment: variables.filter_map(variable).collect(),
        }
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
        let says = |child: &str, name: &str| value(child, name).is_some_and(|v| v.text.eq_ignore_ascii_case("true"));
        let conditions = element.find("conditions").into_iter().flat_map(|list| list.all("add"));
        let condition = |element: &Element| Condition {
            input: Value::of(element, "input"),
            kind: Value::of(element, "matchType"),
            pattern: Value::of(element, "pattern"),
        };
        Self {
            open: element.open,
            name: Value::of(element, "name"),
            syntax: Value::of(element, "patternSyntax"),
            url: value("match", "url"),
            negate: says("match", "negate"),
            conditions: conditions.map(condition).collect(),
            tracks_all: says("conditions", "trackAllCaptures"),
            action: value("action", "type"),
            target: value("action", "url"),
            append_query_string: value("action", "appendQueryString"),
        }
    }

    /// Whether its patterns are regular expressions, as they are when nothing else is said.
    #[must_use]
    pub fn has_expressions(&self) -> bool {
        self.syntax.as_ref().is_none_or(|syntax| syntax.text == "ECMAScript")
    }

    /// The file that it leads to: `handler.fcgi` in `/handler.fcgi/{R:1}?x=y`.
    #[must_use]
    pub fn file(&self) -> &str {
        let target = self.target.as_ref().map_or("", |target| &target.text);
        target.trim_start_matches('/').split(['/', '?']).next().unwrap_or("")
    }
}
