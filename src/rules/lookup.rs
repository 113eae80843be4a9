//! What a dotted name of the application stands for, as far as its files say for certain.

use std::cell::Cell;

use crate::contents::Contents;
use crate::model::WebConfig;
use crate::path::PackagePath;
use crate::python::{Call, Class, Function, Import, Kind, Name, Value, Version};

/// How many steps from name to name are followed: imports may go in circles.
const STEPS: u32 = 16;

/// How many names are looked up in all: each may lead to several others.
const NAMES: u32 = 2000;

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Object {
    /// A WSGI application: it is wrong to call it without arguments.
    Application(Found),
    /// Something that has to be called to get the application; whether the code says that it does
    /// give one.
    Factory(Found, bool),
    /// Only running would tell.
    Unknown,
}

/// What was found, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// To stand after "is": "a `flask.Flask`".
    pub(super) what: String,
    /// The file, below the application's folder, and the line; nothing for what a framework defines.
    pub(super) place: Option<(PackagePath, u32)>,
}

/// Finds modules as Python does when wfastcgi runs it.
pub(super) struct Lookup<'a> {
    pub(super) contents: &'a Contents<'a>,
    /// Folders of the application on the module search path; empty for the application's folder.
    pub(super) roots: Vec<String>,
    /// Whether modules may lie in folders of the server as well.
    pub(super) reaches_out: bool,
    /// How many more names are looked up.
    left: Cell<u32>,
}

/// Calling one of these gives a WSGI application.
const MAKERS: &[&str] = &[
    "django.core.wsgi.get_wsgi_application",
    "django.core.handlers.wsgi.WSGIHandler",
    "configurations.wsgi.get_wsgi_application",
    "flask.Flask",
    "flask.app.Flask",
    "bottle.Bottle",
    "bottle.app",
    "bottle.default_app",
    "falcon.API",
    "falcon.App",
    "webapp2.WSGIApplication",
    "cherrypy.Application",
    "cherrypy.tree.mount",
    "a2wsgi.ASGIMiddleware",
    "werkzeug.wsgi.DispatcherMiddleware",
    "werkzeug.middleware.dispatcher.DispatcherMiddleware",
];

/// Those of them that need no arguments.
const FACTORIES: &[&str] = &[
    "django.core.wsgi.get_wsgi_application",
    "django.core.handlers.wsgi.WSGIHandler",
    "configurations.wsgi.get_wsgi_application",
    "bottle.app",
    "bottle.default_app",
];

impl<'a> Lookup<'a> {
    pub(super) fn new(contents: &'a Contents<'a>, config: &WebConfig) -> Self {
        let mut roots = vec![String::new()];
        let path = config.setting("PYTHONPATH").map_or("", |setting| &setting.value.text);
        roots.extend(path.split(';').flat_map(inside));
        let reaches_out = path.split(';').any(is_elsewhere);
        Self { contents, roots, reaches_out, left: Cell::new(NAMES) }
    }

    /// What a name that counts from outside stands for: `shop.wsgi.application`.
    pub(super) fn object(&self, dotted: &str) -> Object {
        self.global(dotted, STEPS)
    }

    /// The file of a module.
    pub(super) fn module(&self, dotted: &str) -> Option<PackagePath> {
        self.roots.iter().find_map(|root| self.file(root, dotted))
    }

    /// The version of the Django that comes with the application.
    pub(super) fn django(&self) -> Option<Version> {
        let source =
            self.module("django").and_then(|file| match &self.contents.python(&file)?.binding("VERSION")?.kind {
                Kind::Value(Value::List(parts)) => match parts.as_slice() {
                    [Value::Number(major), Value::Number(minor), ..] => {
                        Some(Version::new(u8::try_from(*major).ok()?, u8::try_from(*minor).ok()?))
                    }
                    _ => None,
                },
                _ => None,
            });
        // `Django-1.11.29.dist-info/METADATA`, `Django-1.6.5-py2.7.egg-info`
        let metadata = || {
            self.contents.tree().entries().flat_map(|entry| entry.path.segments()).find_map(|segment| {
                let lower = segment.to_ascii_lowercase();
                let is_metadata = lower.ends_with(".dist-info") || lower.ends_with(".egg-info");
                Version::parse(lower.strip_prefix("django-").filter(|_| is_metadata)?)
            })
        };
        source.or_else(metadata)
    }

    /// The version of a package that `requirements.txt` asks for to the letter: `Django==1.6.5`.
    pub(super) fn required(&self, name: &str) -> Option<Version> {
        let file = &self.contents.tree().file_ignoring_case("requirements.txt")?.path;
        let text = self.contents.text(file)?;
        text.as_str().lines().find_map(|line| {
            let (package, version) = line.split_once("==")?;
            package.trim().eq_ignore_ascii_case(name).then(|| Version::parse(version))?
        })
    }

    fn file(&self, folder: &str, dotted: &str) -> Option<PackagePath> {
        let name = dotted.replace('.', "/");
        [format!("{name}/__init__.py"), format!("{name}.py")].into_iter().find_map(|name| {
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            let found = &self.contents.tree().file_ignoring_case(&path)?.path;
            // Windows ignores the case of the folder on the path, Python minds that of the module.
            found.as_str().ends_with(&name).then(|| found.clone())
        })
    }

    fn global(&self, dotted: &str, steps: u32) -> Object {
        let Some(steps) = steps.checked_sub(1) else { return Object::Unknown };
        if FACTORIES.contains(&dotted) {
            return Object::Factory(Found { what: "what makes the application".to_owned(), place: None }, true);
        }
        let dots = dotted.match_indices('.').map(|(at, _)| at).collect::<Vec<_>>();
        for at in dots.into_iter().rev() {
            let (module, rest) = (dotted.get(..at).unwrap_or(""), dotted.get(at + 1..).unwrap_or(""));
            if let Some(file) = self.module(module) {
                return self.local(&file, rest, steps);
            }
        }
        Object::Unknown
    }

    /// What a name stands for in a module. When it is bound several times, all must be the same.
    fn local(&self, file: &PackagePath, dotted: &str, steps: u32) -> Object {
        let (Some(steps), Some(left)) = (steps.checked_sub(1), self.left.get().checked_sub(1)) else {
            return Object::Unknown;
        };
        self.left.set(left);
        let Some(module) = self.contents.python(file) else { return Object::Unknown };
        if module.unread.is_some() || module.errors > 0 {
            return Object::Unknown;
        }
        let (first, rest) = dotted.split_once('.').unwrap_or((dotted, ""));
        let bound = module.bindings.iter().filter(|binding| binding.name == first);
        let objects = bound.map(|binding| match (&binding.kind, rest) {
            (Kind::Import(import), _) => self.imported(file, import, rest, steps),
            (Kind::Function(function), "") => self.function(file, function, binding.line, steps),
            (Kind::Class(class), "") => class_object(file, class, binding.line),
            // The second is what Flask documents for middleware: it is the application as well.
            (Kind::Value(value), "") | (Kind::Value(value @ Value::Call(_)), "wsgi_app") => {
                self.value(file, value, binding.line, steps)
            }
            _ => Object::Unknown,
        });
        let objects: Vec<Object> = objects.collect();
        let last = objects.last().cloned().unwrap_or(Object::Unknown);
        let agree = objects.iter().all(|other| std::mem::discriminant(other) == std::mem::discriminant(&last));
        if agree { last } else { Object::Unknown }
    }

    fn imported(&self, file: &PackagePath, import: &Import, rest: &str, steps: u32) -> Object {
        let target = import.target();
        let dotted = if rest.is_empty() { target } else { format!("{target}.{rest}") };
        self.outside(file, &dotted, steps)
    }

    /// A name that counts from outside a module, with leading dots when it is relative to it.
    fn outside(&self, file: &PackagePath, dotted: &str, steps: u32) -> Object {
        let bare = dotted.trim_start_matches('.');
        let level = dotted.len() - bare.len();
        if level == 0 {
            return self.global(dotted, steps);
        }
        let mut folder = file.parent();
        for _ in 1..level {
            folder = folder.and_then(|folder| folder.parent());
        }
        let Some(folder) = folder else { return Object::Unknown };
        let Some((module, name)) = bare.rsplit_once('.') else {
            let own = folder.join("__init__.py").ok().filter(|own| own != file);
            return own.map_or(Object::Unknown, |own| self.local(&own, bare, steps));
        };
        self.file(folder.as_str(), module).map_or(Object::Unknown, |file| self.local(&file, name, steps))
    }

    fn value(&self, file: &PackagePath, value: &Value, line: u32, steps: u32) -> Object {
        match value {
            Value::Name(name) => self.named(file, name, steps),
            Value::Call(call) => self.call(file, call, line, steps),
            _ => Object::Unknown,
        }
    }

    fn named(&self, file: &PackagePath, name: &Name, steps: u32) -> Object {
        if name.imported { self.outside(file, &name.dotted, steps) } else { self.local(file, &name.dotted, steps) }
    }

    fn call(&self, file: &PackagePath, call: &Call, line: u32, steps: u32) -> Object {
        let callee = &call.callee;
        if callee.imported && MAKERS.contains(&callee.dotted.as_str()) {
            return Object::Application(found(file, line, format!("what `{}` gives", callee.dotted)));
        }
        match self.named(file, callee, steps) {
            Object::Factory(_, true) => Object::Application(found(
                file,
                line,
                format!("what `{}` gives", callee.dotted.trim_start_matches('.')),
            )),
            _ => Object::Unknown,
        }
    }

    fn function(&self, file: &PackagePath, function: &Function, line: u32, steps: u32) -> Object {
        if !function.decorators.is_empty() || function.is_async {
            return Object::Unknown;
        }
        if takes_requests(function) {
            let what = format!("a function that takes `{}`", function.required.join("` and `"));
            return Object::Application(found(file, line, what));
        }
        if !function.required.is_empty() || function.is_generator {
            return Object::Unknown;
        }
        let gives = !function.returns.is_empty()
            && function.returns.iter().all(|value| {
                // The line of what is returned does not matter: the function is what is named.
                matches!(self.value(file, value, line, steps), Object::Application(_))
            });
        // With two optional parameters or more it can be called as an application.
        if gives || function.optional.len() < 2 && !function.takes_more {
            let what = if gives { "what makes the application" } else { "a function without parameters" };
            return Object::Factory(found(file, line, what.to_owned()), gives);
        }
        Object::Unknown
    }
}

fn class_object(file: &PackagePath, class: &Class, line: u32) -> Object {
    let plain = class.bases.iter().all(|base| base.dotted == "object");
    match (&class.init, &class.call) {
        (Some(init), _) if takes_requests(init) => {
            Object::Application(found(file, line, "a class that takes the request".to_owned()))
        }
        (init, Some(call)) if plain && takes_requests(call) => {
            let alone = init.as_ref().is_none_or(Function::callable_without_arguments);
            if alone {
                Object::Factory(found(file, line, "a class whose instances are applications".to_owned()), true)
            } else {
                Object::Unknown
            }
        }
        _ => Object::Unknown,
    }
}

/// Whether the parameters are those of an application, as people call them.
fn takes_requests(function: &Function) -> bool {
    let [environ, start_response] = function.required.as_slice() else { return false };
    let (environ, start_response) = (environ.to_lowercase(), start_response.to_lowercase());
    (environ.contains("env") || environ.starts_with("req")) && start_response.contains("start")
}

fn found(file: &PackagePath, line: u32, what: String) -> Found {
    Found { what, place: Some((file.clone(), line)) }
}

/// Folders of the application that an entry of PYTHONPATH may mean: what follows `wwwroot`, with
/// the folder of the application in it or not, or a path that is relative to the application.
fn inside(entry: &str) -> Vec<String> {
    let entry = entry.trim().trim_matches('"').replace('\\', "/");
    let lower = entry.to_ascii_lowercase();
    let rest = match lower.rfind("/wwwroot/") {
        Some(at) => entry.get(at + "/wwwroot/".len()..).unwrap_or(""),
        None => &entry,
    };
    let Ok(folder) = PackagePath::new(rest) else { return Vec::new() };
    let below = folder.as_str().split_once('/').map(|(_, below)| below.to_owned());
    let absolute = rest.len() < entry.len();
    std::iter::once(folder.as_str().to_owned()).chain(below.filter(|_| absolute)).collect()
}

/// Whether an entry of PYTHONPATH is a folder of the server, or may be one. A token in brackets
/// stands for the site.
fn is_elsewhere(entry: &str) -> bool {
    let entry = entry.trim().trim_matches('"').replace('\\', "/").to_ascii_lowercase();
    let absolute = entry.contains(':') || entry.starts_with(['/', '%', '$', '{']);
    absolute && !format!("{entry}/").contains("/wwwroot/")
}

#[cfg(test)]
mod tests {
    use super::{inside, is_elsewhere};

    #[test]
    fn knows_folders_of_the_server() {
        let path = r"D:\home\site\wwwroot;.;lib;[SITEPATH];%HOME%\site\wwwroot\lib;";
        assert!(!path.split(';').any(is_elsewhere));
        assert!([r"C:\Python27\Lib", "%SHARED%", r"\\nas\lib"].into_iter().all(is_elsewhere));
    }

    #[test]
    fn finds_the_folders_on_the_path_that_lie_inside() {
        for (entry, folders) in [
            (r"D:\home\site\wwwroot", &[][..]),
            (r"D:\home\site\wwwroot\", &[]),
            (r"D:\home\site\wwwroot\lib\", &["lib"]),
            (r"%HOME%\site\WWWRoot\shop\lib", &["shop/lib", "lib"]),
            (r".\lib", &["lib"]),
            (r"C:\Python27\Lib", &[]),
            ("", &[]),
        ] {
            assert_eq!(inside(entry), folders, "{entry}");
        }
    }
}
