//! Everything in the application's modules that a server could call.

use std::fmt::Write as _;

use super::evaluate::Thing;
use super::known::{self, Protocol};
use super::project::{Own, Project};
use super::{Candidate, EntryPoint, Evidence, with_article};
use crate::python::{Binding, Function, Kind, Module, Value};

/// A module's name for something that a server calls.
#[derive(Clone, Debug)]
pub(super) struct Callable {
    pub(super) own: Own,
    pub(super) name: String,
    pub(super) line: u32,
    /// Whether it must be called once to get the application.
    pub(super) factory: bool,
    pub(super) protocol: Protocol,
    /// Of which framework; `WSGI` when it is the application's own.
    pub(super) product: &'static str,
    /// What a factory must be given.
    pub(super) required: Vec<String>,
    /// Whether only its name says what it is.
    pub(super) by_name: bool,
    /// Whether it is a factory that completes and returns an application that the module binds too.
    pub(super) completes: bool,
}

/// Names of modules that people point servers at.
const MODULES: [&str; 13] = [
    "wsgi",
    "app",
    "application",
    "main",
    "run",
    "server",
    "web",
    "index",
    "api",
    "runserver",
    "wsgi_app",
    "wsgihandler",
    "passenger_wsgi",
];

/// Names of functions that make an application.
const FACTORIES: [&str; 13] = [
    "create_app",
    "make_app",
    "get_app",
    "app_factory",
    "create_application",
    "make_application",
    "get_application",
    "get_wsgi_app",
    "get_wsgi_application",
    "application_factory",
    "build_app",
    "app",
    "wsgi_app",
];

impl Project<'_> {
    /// Every callable, in the order of the modules; the last binding of a name counts.
    pub(super) fn find_callables(&self) -> Vec<Callable> {
        self.modules.iter().flat_map(|own| self.callables_in(own)).collect()
    }

    /// Those of one module.
    pub(super) fn callables_in(&self, own: &Own) -> Vec<Callable> {
        let mut callables = Vec::new();
        let Some(module) = self.python(&own.path) else { return callables };
        for (number, binding) in module.bindings.iter().enumerate() {
            let is_last = module.bindings.iter().skip(number + 1).all(|later| later.name != binding.name);
            if is_last && !binding.name.starts_with('_') {
                callables.extend(self.callable(own, number, binding));
            }
        }
        if own.path.name() == "__init__.py" {
            callables.extend(["app", "application"].into_iter().filter_map(|name| self.passed_on(own, &module, name)));
        }
        callables
    }

    /// What a package passes on of its modules by `from .core import *`: people name the package.
    fn passed_on(&self, own: &Own, module: &Module, name: &str) -> Option<Callable> {
        let star = module.imports.iter().find(|import| import.bound == "*")?;
        if module.binding(name).is_some() {
            return None;
        }
        let Thing::Application(protocol, product) = self.look_up(&own.path, name, false) else { return None };
        Some(Callable {
            own: own.clone(),
            name: name.to_owned(),
            line: star.line,
            factory: false,
            protocol,
            product,
            required: Vec::new(),
            by_name: false,
            completes: false,
        })
    }

    fn callable(&self, own: &Own, number: usize, binding: &Binding) -> Option<Callable> {
        let callable = |factory, protocol, product, required: &[String], by_name| Callable {
            own: own.clone(),
            name: binding.name.clone(),
            line: binding.line,
            factory,
            protocol,
            product,
            required: required.to_vec(),
            by_name,
            completes: factory && self.completes(own, &binding.kind),
        };
        let usual = matches!(binding.name.as_str(), "app" | "application");
        let is_factory = FACTORIES.contains(&binding.name.as_str());
        match &binding.kind {
            Kind::Function(function) => {
                let by_place = || is_wsgi_by_place(own, &binding.name, function).then_some(Protocol::Wsgi);
                if let Some(protocol) = function_protocol(function).or_else(by_place) {
                    return Some(callable(false, protocol, self.own_product(own), &[], false));
                }
                let plain = !function.is_async && !function.is_generator;
                match plain.then(|| self.returned_by(&own.path, function))? {
                    Thing::Application(protocol, product) => {
                        Some(callable(true, protocol, product, &function.required, false))
                    }
                    Thing::Callable(call) => Some(callable(
                        true,
                        function_protocol(&call)?,
                        self.own_product(own),
                        &function.required,
                        false,
                    )),
                    Thing::Unknown if is_factory && function.required.is_empty() && self.fills(own, function) => {
                        let product = self.python(&own.path).map_or("WSGI", |module| self.product_of(&module));
                        (product != "WSGI").then(|| callable(true, Protocol::Wsgi, product, &[], false))
                    }
                    _ => None,
                }
            }
            // Names that a module only passes on count where somebody would look for them.
            Kind::Import(_) if !is_factory && (!usual || !is_conventional(own)) => None,
            Kind::Import(_) | Kind::Value(Value::Call(_) | Value::Name(_)) => match self.evaluate(&own.path, number) {
                Thing::Application(protocol, product) => Some(callable(false, protocol, product, &[], false)),
                Thing::Unfinished(method, product) => {
                    let name = format!("{}.{method}", binding.name);
                    Some(Callable { name, ..callable(true, Protocol::Wsgi, product, &[], false) })
                }
                Thing::Holder(attribute, product) => {
                    let name = format!("{}.{attribute}", binding.name);
                    Some(Callable { name, ..callable(false, Protocol::Wsgi, product, &[], false) })
                }
                Thing::Callable(call) => {
                    Some(callable(false, function_protocol(&call)?, self.own_product(own), &[], false))
                }
                Thing::Function(_, function) if usual && function_protocol(&function).is_some() => {
                    Some(callable(false, function_protocol(&function)?, "WSGI", &[], false))
                }
                Thing::External(dotted) if usual => {
                    let (protocol, product) = known::made_by(&dotted).unwrap_or((Protocol::Wsgi, "WSGI"));
                    is_wsgi_module(own).then(|| callable(false, protocol, product, &[], true))
                }
                Thing::Unknown | Thing::ExternalResult if usual && is_wsgi_module(own) => {
                    Some(callable(false, Protocol::Wsgi, "WSGI", &[], true))
                }
                Thing::ExternalResult if binding.name == "application" && is_made_for_wsgi(&binding.kind) => {
                    Some(callable(false, Protocol::Wsgi, "WSGI", &[], true))
                }
                // A factory of the application that puts more around it than can be followed.
                Thing::Unknown
                    if binding.name == "application" && is_conventional(own) && is_made_for_wsgi(&binding.kind) =>
                {
                    Some(callable(false, Protocol::Wsgi, "WSGI", &[], true))
                }
                _ => None,
            },
            Kind::Value(_) if usual && is_wsgi_module(own) => Some(callable(false, Protocol::Wsgi, "WSGI", &[], true)),
            Kind::Class(_) | Kind::Value(_) => None,
        }
    }
}

impl Project<'_> {
    /// The framework that a module imports.
    pub(super) fn product_of(&self, module: &Module) -> &'static str {
        known::product_of(module, |package| self.module(package, None).is_some())
    }

    /// The library that the application's own callables are made with.
    fn own_product(&self, own: &Own) -> &'static str {
        let uses_werkzeug = self.python(&own.path).is_some_and(|module| {
            module.imports.iter().any(|import| import.level == 0 && import.module.split('.').next() == Some("werkzeug"))
        });
        if uses_werkzeug { "Werkzeug" } else { "WSGI" }
    }

    /// Whether a function returns a name of its module that is nothing until something fills it.
    fn fills(&self, own: &Own, function: &Function) -> bool {
        let Some(module) = self.python(&own.path) else { return false };
        function.returns.iter().any(|value| match value {
            Value::Name(name) if matches!(name.dotted.as_str(), "app" | "application") => {
                module.binding(&name.dotted).is_some_and(|bound| bound.kind == Kind::Value(Value::None))
            }
            _ => false,
        })
    }

    /// Whether a function returns a name of its module: `app` alone is not finished then.
    fn completes(&self, own: &Own, kind: &Kind) -> bool {
        let Kind::Function(function) = kind else { return false };
        let Some(module) = self.python(&own.path) else { return false };
        function.returns.iter().any(|value| match value {
            Value::Name(name) => !name.imported && module.binding(&name.dotted).is_some(),
            _ => false,
        })
    }
}

impl Callable {
    /// Whether a server can call it as it is.
    pub(super) fn usable(&self) -> bool {
        self.protocol == Protocol::Wsgi && self.required.is_empty()
    }

    pub(super) fn candidate(&self) -> Candidate {
        let name = &self.name;
        let mut text = match (self.by_name, self.factory) {
            (true, _) => format!("binds `{name}`, and its name says that this is a WSGI application"),
            (false, true) => format!("defines `{name}`, which needs no argument and returns "),
            (false, false) => format!("binds `{name}` to "),
        };
        if !self.by_name {
            let _ = match self.product {
                "WSGI" => write!(text, "what takes `environ` and `start_response`"),
                product => write!(text, "{} application", with_article(product)),
            };
        }
        let entry_point = EntryPoint::new(&self.own.dotted, name, self.factory);
        let evidence = vec![Evidence::new(&self.own.path, Some(self.line), text)];
        Candidate {
            protocol: self.protocol,
            only_offered: self.is_tool(),
            python_path: self.own.base.iter().cloned().collect(),
            ..Candidate::new(self.product, entry_point, evidence, self.strength())
        }
    }

    /// Whether it lies among the programs of a repository, under a name that no server would look for.
    fn is_tool(&self) -> bool {
        let is_program = |segment: &str| matches!(segment, "bin" | "script" | "scripts" | "tool" | "tools");
        self.own.path.depth() > 1
            && is_program(self.own.path.first())
            && !is_conventional(&self.own)
            && !is_wsgi_module(&self.own)
    }

    /// Whether its name or that of its module says that a server should call it.
    pub(super) fn is_usual(&self) -> bool {
        let name = self.name.as_str();
        let named = matches!(name, "application" | "app" | "dispatch_request") || FACTORIES.contains(&name);
        named || name.contains("wsgi") || is_conventional(&self.own) || is_wsgi_module(&self.own)
    }

    pub(super) fn strength(&self) -> i32 {
        let file = self.own.path.name();
        let module = match file.strip_suffix(".py").unwrap_or(file) {
            _ if is_wsgi_module(&self.own) => 40,
            "__init__" => 20,
            stem if MODULES.contains(&stem) => 25,
            _ => 0,
        };
        let name = match self.name.as_str() {
            "application" => 12,
            "app" => 10,
            "dispatch_request" | "wsgi_app" | "wsgi_application" | "server" => 8,
            name if FACTORIES.contains(&name) => 6,
            _ => 0,
        };
        let kind = match (self.by_name, self.factory) {
            (true, _) => 0,
            (false, true) if self.completes => 40,
            (false, true) if !FACTORIES.contains(&self.name.as_str()) => -20,
            (false, true) => 10,
            (false, false) => 30,
        };
        let private = if self.own.dotted.split('.').any(|part| part.starts_with('_')) { 40 } else { 0 };
        let depth = i32::try_from(self.own.path.depth()).unwrap_or(i32::MAX / 8);
        module + name + kind - private - 5 * depth
    }
}

/// Whether a function is called for its name and its place, whatever its two arguments are
/// called: PEP 3333 says that they are given by position.
fn is_wsgi_by_place(own: &Own, name: &str, function: &Function) -> bool {
    let [first, _] = function.required.as_slice() else { return false };
    let plain = !function.is_async && function.decorators.is_empty();
    let usual = matches!(name, "application" | "app" | "wsgi_app" | "wsgi_application" | "handler");
    let placed = is_wsgi_module(own) || is_conventional(own);
    plain && (name == "application" && placed || usual && known::is_environ(first))
}

/// Whether something is called whose name says what it makes.
fn is_made_for_wsgi(kind: &Kind) -> bool {
    let Kind::Value(Value::Call(call)) = kind else { return false };
    let name = call.callee.last();
    FACTORIES.contains(&name) || name.ends_with("_app") || name.to_lowercase().contains("wsgi")
}

/// What a function is for a server, by its parameters.
fn function_protocol(function: &Function) -> Option<Protocol> {
    if known::are_asgi_parameters(&function.required) {
        return Some(Protocol::Asgi);
    }
    (!function.is_async && known::are_wsgi_parameters(&function.required)).then_some(Protocol::Wsgi)
}

fn is_wsgi_module(own: &Own) -> bool {
    matches!(own.path.name(), "wsgi.py" | "wsgi_app.py" | "wsgiapp.py" | "wsgihandler.py" | "passenger_wsgi.py")
        || own.path.as_str().starts_with(super::LOADER)
}

pub(super) fn is_conventional(own: &Own) -> bool {
    is_conventional_name(own.path.name())
}

/// Whether people point servers at a file of this name.
pub(super) fn is_conventional_name(file: &str) -> bool {
    file.strip_suffix(".py").is_some_and(|stem| MODULES.contains(&stem))
}
