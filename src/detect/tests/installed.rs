//! Packages that were installed inside the application, and applications that were installed.

use super::*;

const METADATA: &str = "Metadata-Version: 2.1\nName: Flask\n\n";

#[test]
fn folders_of_installed_packages_are_on_the_path() {
    for folder in ["vendor", "lib", "site-packages", "python_packages", ".python_packages/lib/site-packages"] {
        let metadata = format!("{folder}/Flask-3.0.0.dist-info/METADATA");
        let init = format!("{folder}/flask/__init__.py");
        let list = [("notes.py", FLASK), (metadata.as_str(), METADATA), (init.as_str(), "")];
        assert_eq!(best(&list), format!("Flask notes.app in {folder}"));
    }
    let list = [
        ("src/notes.py", FLASK),
        ("vendor/Flask-3.0.0.dist-info/METADATA", METADATA),
        ("eggs/Six-1.0.egg/EGG-INFO/PKG-INFO", "Name: six\n\n"),
    ];
    assert_eq!(best(&list), "Flask notes.app in src;eggs/Six-1.0.egg;vendor");
}

#[test]
fn folders_that_python_must_not_look_into_are_not_on_the_path() {
    for folder in ["tests/data", "venv/Lib/site-packages", "shop", "setuptools/_vendor", "other/Lib/site-packages"] {
        let metadata = format!("{folder}/Flask-3.0.0.dist-info/METADATA");
        let list = [
            ("notes.py", FLASK),
            ("shop/__init__.py", ""),
            ("setuptools/dist.py", ""),
            ("other/pyvenv.cfg", ""),
            (metadata.as_str(), METADATA),
        ];
        assert_eq!(best(&list), "Flask notes.app", "{folder}");
    }
}

#[test]
fn folders_of_copied_frameworks_are_on_the_path() {
    let list = [("notes.py", FLASK), ("lib/flask/__init__.py", ""), ("lib/flask/globals.py", "")];
    assert_eq!(best(&list), "Flask notes.app in lib");
    let list = [("notes.py", FLASK), ("shop/flask/__init__.py", ""), ("shop/flask/globals.py", "")];
    assert_eq!(best(&list), "Flask notes.app");
}

#[test]
fn an_application_may_be_installed_beside_what_it_needs() {
    let core = "from flask import Flask\napp = Flask(__name__)\n";
    let needs = "Name: httpbin\nRequires-Dist: Flask\n\n";
    let list = [
        ("httpbin/__init__.py", "from .core import app\n"),
        ("httpbin/core.py", core),
        ("httpbin-0.10.dist-info/METADATA", needs),
        ("flask/__init__.py", "from .app import Flask\n"),
        ("flask/app.py", "class Flask:\n    pass\n"),
        ("flask/globals.py", ""),
        ("Flask-3.0.0.dist-info/METADATA", METADATA),
        ("bin/other.py", "import sys\n"),
    ];
    assert_eq!(best(&list), "Flask httpbin.app");
    // What pip was asked for counts, whatever else nobody needs.
    let mut more = list.to_vec();
    more.push(("httpbin-0.10.dist-info/REQUESTED", ""));
    more.push(("extra/__init__.py", core));
    more.push(("extra-1.0.dist-info/METADATA", "Name: extra\n\n"));
    assert_eq!(best(&more), "Flask httpbin.app");
    // A framework alone is no application.
    assert!(best(&list[3..7]).starts_with("none: "));
}
