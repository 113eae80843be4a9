//! The text of a loader: a small module that binds `application`, for Python 2 and 3 alike.

use crate::detect::{Load, Loader};
use crate::path::PackagePath;

mod program;
mod serve;

/// The text of the module.
#[must_use]
pub fn new(loader: &Loader) -> String {
    let text = text(loader);
    // Python 2 takes other letters only after this.
    if text.is_ascii() { text } else { format!("# -*- coding: utf-8 -*-\n{text}") }
}

fn text(loader: &Loader) -> String {
    match &loader.load {
        Load::Call { module, object, arguments } => call(module, object, arguments),
        Load::Paste { file, name } => paste(file, name.as_deref()),
        Load::PasteFactory { file, section, module, object } => paste_factory(file, section, module, object),
        Load::Bottle { modules } => bottle(modules),
        Load::Program { file, package, starter } => program::new(file, package, starter),
        Load::Script { file, in_root } => script(file, *in_root),
        Load::OldDjango { package, settings } => old_django(package, settings),
        Load::Asgi { module, object, call } => asgi(module, object, *call),
        Load::Serve { module, object, call, framework } => serve::new(module, object, *call, *framework),
        Load::File { file, name, object, call } => by_path(file, name, object, *call),
    }
}

fn call(module: &str, object: &str, arguments: &str) -> String {
    let (import, function) = imported(module, object);
    format!(
        r#""""Makes the application: a web server can call `{object}` only without arguments.

Written while the application was packaged; change the arguments here when the server needs others.
"""
{import}
application = {function}({arguments})
"#
    )
}

fn paste(file: &PackagePath, name: Option<&str>) -> String {
    let section = name.map_or_else(String::new, |name| format!(" + {}", literal(&format!("#{name}"))));
    format!(
        r#""""Loads the application that `{file}` describes, as `pserve` does.

Written while the application was packaged; PasteDeploy must be in the package.
"""
import os

from paste.deploy import loadapp

HERE = os.path.dirname(os.path.abspath(__file__))
application = loadapp("config:" + {join}{section})
"#,
        file = shown(file),
        join = join(file),
    )
}

fn paste_factory(file: &PackagePath, section: &str, module: &str, object: &str) -> String {
    let (import, function) = imported(module, object);
    let folder = file.parent().map_or_else(|| "HERE".to_owned(), |folder| join(&folder));
    format!(
        r#""""Makes the application with the settings of `{file}`.

Written while the application was packaged. `{file}` names the application's own package, which
PasteDeploy finds only where it was installed; this module calls its factory itself.
"""
import os

try:
    from configparser import ConfigParser
except ImportError:  # Python 2
    from ConfigParser import SafeConfigParser as ConfigParser

{import}
HERE = os.path.dirname(os.path.abspath(__file__))
FILE = {join}
SECTION = {section}

parser = ConfigParser({{"here": {folder}, "__file__": FILE}})
parser.optionxform = str
if not parser.read(FILE):
    raise IOError("cannot read " + FILE)
settings = {{key: parser.get(SECTION, key) for key in parser.options(SECTION) if key not in parser.defaults()}}
settings.pop("use", None)
application = {function}(dict(parser.defaults()), **settings)
"#,
        file = shown(file),
        join = join(file),
        section = literal(section),
    )
}

fn bottle(modules: &[String]) -> String {
    let imports: Vec<String> = modules.iter().map(|module| format!("import {module}  # noqa: F401\n")).collect();
    format!(
        r#""""Gives Bottle's default application, to which these modules add their routes when they are imported.

Written while the application was packaged.
"""
import bottle

{}
application = bottle.default_app()
"#,
        imports.concat()
    )
}

fn script(file: &PackagePath, in_root: bool) -> String {
    let (why, place) = if in_root {
        ("which works only in the folder of the application", "__file__")
    } else {
        ("a script that cannot be imported under its name", "SCRIPT")
    };
    format!(
        r#""""Runs `{file}`, {why}, and takes its `application`.

Written while the application was packaged.
"""
import os

HERE = os.path.dirname(os.path.abspath(__file__))
SCRIPT = {join}

names = {{"__file__": {place}, "__name__": "gallery_script"}}
with open(SCRIPT, "rb") as source:
    exec(compile(source.read(), SCRIPT, "exec"), names)
application = names["application"]
"#,
        file = shown(file),
        join = join(file),
    )
}

fn by_path(file: &PackagePath, name: &str, object: &str, call: bool) -> String {
    let call = if call { "()" } else { "" };
    format!(
        r#""""Loads `{file}`, which cannot be imported under its name, and takes its `{object}`.

Written while the application was packaged.
"""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
MODULE = {join}
NAME = {name}

try:
    from importlib.util import module_from_spec, spec_from_file_location
except ImportError:  # before Python 3.5
    import imp

    module = imp.load_source(NAME, MODULE)
else:
    spec = spec_from_file_location(NAME, MODULE)
    module = module_from_spec(spec)
    sys.modules[NAME] = module
    spec.loader.exec_module(module)

application = module.{object}{call}
"#,
        file = shown(file),
        join = join(file),
        name = literal(name),
    )
}

fn old_django(package: &str, settings: &str) -> String {
    format!(
        r#""""Starts a Django project of the first years.

Written while the application was packaged. Its settings name modules of the package `{package}`, which
is this folder itself, whatever it is called on the server.
"""
import os
import sys
import types

HERE = os.path.dirname(os.path.abspath(__file__))

package = types.ModuleType("{package}")
package.__path__ = [HERE]
package.__file__ = os.path.join(HERE, "__init__.py")
sys.modules["{package}"] = package
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "{settings}")

try:
    from django.core.wsgi import get_wsgi_application
except ImportError:  # before Django 1.4
    from django.core.handlers.wsgi import WSGIHandler as get_wsgi_application

application = get_wsgi_application()
"#
    )
}

fn asgi(module: &str, object: &str, call: bool) -> String {
    let (import, name) = imported(module, object);
    let call = if call { "()" } else { "" };
    format!(
        r#""""Puts the ASGI application `{module}:{object}` behind an adapter that wfastcgi can call.

Written while the application was packaged; the package `a2wsgi` must be in it. WebSockets do not
work this way, nor does what the application would do when it starts and stops (lifespan).
"""
from a2wsgi import ASGIMiddleware

{import}
application = ASGIMiddleware({name}{call})
"#
    )
}

/// How an object of a module is imported, and what it is called then.
fn imported(module: &str, object: &str) -> (String, String) {
    let (first, rest) = object.split_once('.').map_or((object, ""), |(first, rest)| (first, rest));
    // The loader's own names are taken.
    let own = [
        "application",
        "HERE",
        "FILE",
        "SECTION",
        "HOST",
        "PORT",
        "parser",
        "settings",
        "serving",
        "os",
        "ASGIMiddleware",
        "ConfigParser",
    ];
    let bound = if own.contains(&first) { format!("loaded_{first}") } else { first.to_owned() };
    let import = if bound == first {
        format!("from {module} import {first}\n")
    } else {
        format!("from {module} import {first} as {bound}\n")
    };
    (import, if rest.is_empty() { bound } else { format!("{bound}.{rest}") })
}

/// A path as it may stand in the text that begins a module.
fn shown(file: &PackagePath) -> String {
    file.as_str().chars().map(|c| if matches!(c, '\\' | '"') { '_' } else { c }).collect()
}

/// The place of a file of the application.
fn join(file: &PackagePath) -> String {
    let segments: Vec<String> = file.segments().map(literal).collect();
    format!("os.path.join(HERE, {})", segments.join(", "))
}

/// A text as Python writes it, in ASCII: Python 2 takes nothing else without a declaration.
fn literal(text: &str) -> String {
    let mut written = String::from("\"");
    let mut unicode = false;
    for c in text.chars() {
        match c {
            '"' | '\\' => written.extend(['\\', c]),
            c if c.is_ascii_graphic() || c == ' ' => written.push(c),
            c => {
                unicode = true;
                written.push_str(&format!("\\U{:08x}", u32::from(c)));
            }
        }
    }
    written.push('"');
    if unicode { format!("u{written}") } else { written }
}

#[cfg(test)]
mod tests;
