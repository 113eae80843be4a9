//! What a name of a module stands for, followed through imports, calls and classes.

use super::known::{self, Protocol};
use super::project::{Own, Project};
use crate::path::PackagePath;
use crate::python::{Call, Class, Function, Kind, Name, Value};

/// How many steps from name to name are followed: imports may go in circles.
const STEPS: u32 = 24;

/// How many steps one question may take on all its ways: `from x import *` in a circle doubles them.
const BUDGET: u32 = 300;

/// What a name stands for.
#[derive(Clone, Debug)]
pub(super) enum Thing {
    /// An application of a known framework.
    Application(Protocol, &'static str),
    /// What a known framework makes an application of, by a method.
    Unfinished(&'static str, &'static str),
    /// What has an application at an attribute.
    Holder(&'static str, &'static str),
    /// Something of another package.
    External(String),
    /// What calling something of another package gives.
    ExternalResult,
    /// A function of the application.
    Function(PackagePath, Box<Function>),
    /// A class of the application.
    Class(PackagePath, Box<Class>),
    /// An instance of a class of the application that can be called.
    Callable(Box<Function>),
    /// Only running would tell.
    Unknown,
}

impl Project<'_> {
    /// What the n-th binding of a module stands for.
    pub(super) fn evaluate(&self, file: &PackagePath, binding: usize) -> Thing {
        self.budget.set(BUDGET);
        self.binding(file, binding, STEPS)
    }

    /// What a name stands for in a module, after everything in it has run.
    pub(super) fn look_up(&self, file: &PackagePath, dotted: &str, imported: bool) -> Thing {
        self.budget.set(BUDGET);
        self.named(file, &Name { dotted: dotted.to_owned(), imported }, usize::MAX, STEPS)
    }

    /// The framework of what a function of a module returns, whatever it is given.
    pub(super) fn product_of_call(&self, file: &PackagePath, name: &str) -> Option<&'static str> {
        match self.look_up(file, name, false) {
            Thing::Function(home, function) => match self.returned_by(&home, &function) {
                Thing::Application(_, product) => Some(product),
                _ => None,
            },
            _ => None,
        }
    }

    /// One step fewer; nothing when this way or the whole question has gone on for too long.
    fn step(&self, steps: u32) -> Option<u32> {
        self.budget.set(self.budget.get().checked_sub(1)?);
        steps.checked_sub(1)
    }

    fn binding(&self, file: &PackagePath, number: usize, steps: u32) -> Thing {
        let Some(steps) = self.step(steps) else { return Thing::Unknown };
        let Some(module) = self.python(file) else { return Thing::Unknown };
        let Some(binding) = module.bindings.get(number) else { return Thing::Unknown };
        match &binding.kind {
            Kind::Import(import) => self.imported(file, &import.target(), steps),
            Kind::Function(function) => Thing::Function(file.clone(), Box::new(function.clone())),
            Kind::Class(class) => Thing::Class(file.clone(), Box::new(class.clone())),
            Kind::Value(value) => self.value(file, value, number, steps),
        }
    }

    /// A name as the bindings before a certain one have it.
    fn name_in(&self, file: &PackagePath, name: &str, before: usize, steps: u32) -> Thing {
        let Some(steps) = self.step(steps) else { return Thing::Unknown };
        let Some(module) = self.python(file) else { return Thing::Unknown };
        let (first, rest) = name.split_once('.').unwrap_or((name, ""));
        let found = module.bindings.iter().enumerate().take(before).rev().find(|(_, binding)| binding.name == first);
        let Some((number, binding)) = found else {
            let stars = module.imports.iter().filter(|import| import.name.as_deref() == Some("*"));
            let sources = stars.filter_map(|import| {
                self.absolute(&format!("{}{}", ".".repeat(import.level as usize), import.module), file)
            });
            let mut things = sources.map(|dotted| match self.resolve(&dotted, file) {
                Some((own, "")) => self.name_in(&own.path.clone(), name, usize::MAX, steps),
                _ => Thing::External(format!("{dotted}.{name}")),
            });
            return things.find(|thing| !matches!(thing, Thing::Unknown)).unwrap_or(Thing::Unknown);
        };
        if rest.is_empty() {
            return self.binding(file, number, steps);
        }
        if let Kind::Import(import) = &binding.kind {
            return self.imported(file, &format!("{}.{rest}", import.target()), steps);
        }
        match (self.binding(file, number, steps), rest) {
            // What Flask documents for middleware.
            (thing @ Thing::Application(Protocol::Wsgi, _), "wsgi_app") => thing,
            (Thing::Holder(attribute, product), rest) if rest == attribute => {
                Thing::Application(Protocol::Wsgi, product)
            }
            _ => Thing::Unknown,
        }
    }

    fn imported(&self, file: &PackagePath, dotted: &str, steps: u32) -> Thing {
        let Some(steps) = self.step(steps) else { return Thing::Unknown };
        let Some(dotted) = self.absolute(dotted, file) else { return Thing::Unknown };
        // `from package import name` takes what the package binds before its module of that name.
        if let Some((package, name)) = dotted.rsplit_once('.')
            && let Some((own, "")) = self.resolve(package, file)
            && own.path != *file
            && self.python(&own.path).is_some_and(|module| module.binding(name).is_some())
        {
            return self.name_in(&own.path.clone(), name, usize::MAX, steps);
        }
        match self.resolve(&dotted, file) {
            Some((_, "")) => Thing::Unknown,
            Some((own, rest)) if self.may_bind(own, rest) => self.name_in(&own.path.clone(), rest, usize::MAX, steps),
            // A module that is no module of the application lies inside one of its packages.
            Some(_) | None => match known::object(&dotted) {
                Some(product) => Thing::Application(Protocol::Wsgi, product),
                None => Thing::External(dotted),
            },
        }
    }

    fn may_bind(&self, own: &Own, name: &str) -> bool {
        let first = name.split('.').next().unwrap_or(name);
        self.python(&own.path).is_some_and(|module| {
            module.binding(first).is_some() || module.imports.iter().any(|import| import.bound == "*")
        })
    }

    fn named(&self, file: &PackagePath, name: &Name, before: usize, steps: u32) -> Thing {
        if name.imported {
            self.imported(file, &name.dotted, steps)
        } else {
            self.name_in(file, &name.dotted, before, steps)
        }
    }

    fn value(&self, file: &PackagePath, value: &Value, before: usize, steps: u32) -> Thing {
        let Some(steps) = self.step(steps) else { return Thing::Unknown };
        match value {
            Value::Name(name) => self.named(file, name, before, steps),
            Value::Call(call) => self.call(file, call, before, steps),
            _ => Thing::Unknown,
        }
    }

    fn call(&self, file: &PackagePath, call: &Call, before: usize, steps: u32) -> Thing {
        let thing = match self.named(file, &call.callee, before, steps) {
            Thing::External(dotted) => made(&dotted).unwrap_or(Thing::ExternalResult),
            Thing::Function(_, function) if function.is_async || function.is_generator => Thing::Unknown,
            Thing::Function(home, function) => self.returned(&home, &function, steps),
            Thing::Class(home, class) => self.instance(&home, &class, steps),
            _ => Thing::Unknown,
        };
        if !matches!(thing, Thing::Unknown | Thing::ExternalResult) {
            return thing;
        }
        if let Some((protocol, product)) = known::made_by_method(call.callee.last()) {
            return Thing::Application(protocol, product);
        }
        // Middleware of other packages gives what it is put around.
        let inner = call.positional(0).filter(|_| is_middleware(call.callee.last()));
        match inner.map(|inner| self.value(file, inner, before, steps)) {
            Some(inner @ (Thing::Application(..) | Thing::Callable(_))) => inner,
            Some(Thing::Function(_, function)) if known::are_wsgi_parameters(&function.required) => {
                Thing::Callable(function)
            }
            _ => thing,
        }
    }

    /// What calling a class of the application gives.
    pub(super) fn instance_of(&self, file: &PackagePath, class: &Class) -> Thing {
        self.budget.set(BUDGET);
        self.instance(file, class, STEPS)
    }

    /// What calling a function of the application gives.
    pub(super) fn returned_by(&self, file: &PackagePath, function: &Function) -> Thing {
        self.budget.set(BUDGET);
        self.returned(file, function, STEPS)
    }

    fn returned(&self, file: &PackagePath, function: &Function, steps: u32) -> Thing {
        let mut best = Thing::Unknown;
        for value in &function.returns {
            match self.value(file, value, usize::MAX, steps) {
                found @ (Thing::Application(..) | Thing::Callable(_)) => return found,
                Thing::Unknown => {}
                other => best = other,
            }
        }
        if let Some(result) = &function.result {
            return match self.named(file, result, usize::MAX, steps) {
                Thing::External(dotted) => made(&dotted).unwrap_or(best),
                Thing::Class(home, class) => self.instance(&home, &class, steps),
                _ => best,
            };
        }
        best
    }

    fn instance(&self, file: &PackagePath, class: &Class, steps: u32) -> Thing {
        let Some(steps) = self.step(steps) else { return Thing::Unknown };
        if let Some(call) = &class.call
            && (known::are_wsgi_parameters(&call.required) || known::are_asgi_parameters(&call.required))
        {
            return Thing::Callable(Box::new(call.clone()));
        }
        for base in &class.bases {
            let found = match self.named(file, base, usize::MAX, steps) {
                Thing::External(dotted) => made(&dotted).unwrap_or(Thing::Unknown),
                Thing::Class(home, class) => self.instance(&home, &class, steps),
                _ => Thing::Unknown,
            };
            if !matches!(found, Thing::Unknown) {
                return found;
            }
        }
        Thing::Unknown
    }
}

fn made(dotted: &str) -> Option<Thing> {
    let made = known::made_by(dotted).map(|(protocol, product)| Thing::Application(protocol, product));
    let unfinished = || known::unfinished(dotted).map(|(method, product)| Thing::Unfinished(method, product));
    let holder = || known::holder(dotted).map(|(attribute, product)| Thing::Holder(attribute, product));
    made.or_else(unfinished).or_else(holder)
}

/// Whether a class that takes an application looks like one that gives an application.
fn is_middleware(name: &str) -> bool {
    const MIDDLEWARE: [&str; 9] = [
        "WhiteNoise",
        "DjangoWhiteNoise",
        "Cling",
        "ProxyFix",
        "Sentry",
        "SharedDataMiddleware",
        "StaticFilesHandler",
        "LoadBalancer",
        "WSGIApplicationWrapper",
    ];
    MIDDLEWARE.contains(&name) || name.ends_with("Middleware") || name.ends_with("Fix")
}
