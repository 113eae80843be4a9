//! Modules of the standard library that came or went.
//!
//! Source: the "New in version" notes and the "What's New" pages of docs.python.org, and PEP 3108
//! for what Python 3 renamed.

use super::Version;

/// In which Pythons a module can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// From this version on.
    Since(Version),
    /// Only in Python 2.
    Python2,
}

/// Only names that no other project is likely to have: `commands` or `sets` are left out.
const PYTHON_2: [&str; 22] = [
    "BaseHTTPServer",
    "CGIHTTPServer",
    "ConfigParser",
    "Cookie",
    "HTMLParser",
    "Queue",
    "SimpleHTTPServer",
    "SocketServer",
    "StringIO",
    "Tkinter",
    "UserDict",
    "__builtin__",
    "cPickle",
    "cStringIO",
    "cookielib",
    "copy_reg",
    "htmlentitydefs",
    "httplib",
    "robotparser",
    "urllib2",
    "urlparse",
    "xmlrpclib",
];

/// Sorted. Left out is what a package from `PyPI` gives to older Pythons under the same name
/// (`configparser`, `enum`, `ipaddress`, `typing`, `builtins`, `queue`, `concurrent.futures`).
const LATER: [(&str, u8, u8); 22] = [
    ("asyncio", 3, 4),
    ("collections.abc", 3, 3),
    ("compression", 3, 14),
    ("dataclasses", 3, 7),
    ("graphlib", 3, 9),
    ("html.parser", 3, 0),
    ("http.client", 3, 0),
    ("http.cookies", 3, 0),
    ("http.server", 3, 0),
    ("importlib.metadata", 3, 8),
    ("importlib.resources", 3, 7),
    ("pathlib", 3, 4),
    ("secrets", 3, 6),
    ("statistics", 3, 4),
    ("tomllib", 3, 11),
    ("tracemalloc", 3, 4),
    ("unittest.mock", 3, 3),
    ("urllib.error", 3, 0),
    ("urllib.parse", 3, 0),
    ("urllib.request", 3, 0),
    ("venv", 3, 3),
    ("zoneinfo", 3, 9),
];

/// Modules that every Python 3 has loaded by the time wfastcgi 3.0.0 imports the application, which gets
/// these and not its own of the name. Measured on 3.6 to 3.13; sorted.
const LOADED_FIRST: [&str; 41] = [
    "abc",
    "atexit",
    "builtins",
    "codecs",
    "collections",
    "copy",
    "copyreg",
    "ctypes",
    "datetime",
    "encodings",
    "enum",
    "errno",
    "functools",
    "gc",
    "genericpath",
    "io",
    "itertools",
    "keyword",
    "linecache",
    "marshal",
    "math",
    "nt",
    "ntpath",
    "operator",
    "os",
    "re",
    "reprlib",
    "signal",
    "site",
    "stat",
    "struct",
    "subprocess",
    "sys",
    "threading",
    "time",
    "traceback",
    "types",
    "warnings",
    "weakref",
    "xml",
    "zipimport",
];

/// Whether an import gives a module of Python's own, whatever the application has of that name.
#[must_use]
pub fn is_loaded_first(module: &str) -> bool {
    LOADED_FIRST.binary_search(&module).is_ok()
}

/// What is known about a module of the standard library; nothing about one that was always there.
#[must_use]
pub fn availability(module: &str) -> Option<Availability> {
    let top = module.split('.').next().unwrap_or(module);
    if PYTHON_2.contains(&top) {
        return Some(Availability::Python2);
    }
    let found = LATER
        .iter()
        .find(|(name, ..)| module.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))?;
    Some(Availability::Since(Version::new(found.1, found.2)))
}
