//! What detection says of small applications.

mod calls;
mod installed;
mod loaders;
mod servers;
mod unimportable;

use super::*;
use crate::testing::files;

/// The best candidate in one line: framework, handler, settings, path.
fn best(list: &[(&str, &str)]) -> String {
    let files = files(list);
    let found = detect(&files.contents());
    let Some(first) = found.best() else { return format!("none: {}", found.missing.join(" ")) };
    assert!(!first.evidence.is_empty());
    show(first)
}

fn show(candidate: &Candidate) -> String {
    let path: Vec<&str> = candidate.python_path.iter().map(PackagePath::as_str).collect();
    let mut text = format!("{} {}", candidate.framework, candidate.entry_point.handler());
    if let Some(settings) = &candidate.settings {
        text.push(' ');
        text.push_str(settings);
    }
    if !path.is_empty() {
        text.push_str(" in ");
        text.push_str(&path.join(";"));
    }
    if let Some(loader) = &candidate.loader {
        text.push_str(&format!(" by {:?}", loader.load));
    }
    text
}

/// Everything that is offered, one line each.
fn all(list: &[(&str, &str)]) -> Vec<String> {
    let files = files(list);
    detect(&files.contents()).candidates.iter().map(show).collect()
}

fn missing(list: &[(&str, &str)]) -> String {
    let files = files(list);
    detect(&files.contents()).missing.join(" ")
}

fn need(list: &[(&str, &str)]) -> (Option<String>, Option<String>) {
    let files = files(list);
    let need = detect(&files.contents()).python;
    (need.minimum.map(|v| v.to_string()), need.below.map(|v| v.to_string()))
}

const FLASK: &str = "from flask import Flask\napp = Flask(__name__)\n";

#[test]
fn reads_both_spellings_of_an_entry_point() {
    for (text, handler, shown) in [
        ("shop.wsgi:application", "shop.wsgi.application", "shop.wsgi:application"),
        ("shop.create_app()", "shop.create_app()", "shop:create_app()"),
        ("a:b.c()", "a.b.c()", "a:b.c()"),
    ] {
        let entry = EntryPoint::parse(text).unwrap();
        assert_eq!((entry.handler().as_str(), entry.to_string().as_str()), (handler, shown));
    }
    for text in ["app", "", "a b:c", "a:", ":b", "a..b", "a:b(1)"] {
        assert_eq!(EntryPoint::parse(text), None, "{text}");
    }
}

#[test]
fn finds_a_flask_factory_in_a_package() {
    let init = "import os\nfrom flask import Flask\ndef create_app(test_config=None):\n    app = Flask(__name__)\n    \
                @app.route('/hello')\n    def hello():\n        return 'Hello'\n    return app\n";
    let list = [("flaskr/__init__.py", init), ("flaskr/db.py", "import sqlite3\n"), ("pyproject.toml", "[project]\n")];
    assert_eq!(best(&list), "Flask flaskr.create_app()");
}

#[test]
fn finds_an_instance_beside_the_package_before_its_factory() {
    let list = [
        (".flaskenv", "FLASK_APP=microblog.py\nFLASK_DEBUG=1\n"),
        ("microblog.py", "from app import create_app, db\nfrom app.models import User\napp = create_app()\n"),
        (
            "app/__init__.py",
            "from flask import Flask\ndef create_app(config=None):\n    app = Flask(__name__)\n    return app\nfrom app import models\n",
        ),
        ("app/models.py", "from app import db\n"),
        ("config.py", "class Config: pass\n"),
    ];
    assert_eq!(best(&list), "Flask microblog.app");
    assert_eq!(best(&list[1..]), "Flask microblog.app");
}

#[test]
fn finds_flask_applications_in_other_places() {
    assert_eq!(best(&[("app.py", FLASK)]), "Flask app.app");
    assert_eq!(best(&[("shop/__init__.py", FLASK), ("shop/views.py", "from shop import app\n")]), "Flask shop.app");
    assert_eq!(
        best(&[("wsgi.py", "from shop import app as application\n"), ("shop/__init__.py", FLASK)]),
        "Flask wsgi.application"
    );
    assert_eq!(best(&[("src/shop/__init__.py", FLASK)]), "Flask shop.app in src");
    assert_eq!(
        best(&[
            ("backend/app.py", "from flask import Flask\nfrom models import x\napp = Flask('a')\n"),
            ("backend/models.py", "")
        ]),
        "Flask app.app in backend"
    );
    assert_eq!(
        best(&[
            ("backend/app.py", "from flask import Flask\nfrom backend.models import x\napp = Flask('a')\n"),
            ("backend/models.py", "")
        ]),
        "Flask backend.app.app"
    );
    let subclass = "from flask import Flask\nclass Shop(Flask):\n    pass\nserver = Shop(__name__)\n";
    assert_eq!(best(&[("shop.py", subclass)]), "Flask shop.server");
    let main = "from flask import Flask\nif __name__ == '__main__':\n    app = Flask('x')\n    app.run()\n";
    let program = best(&[("app.py", main)]);
    assert!(program.starts_with("Flask gallery_loader.application by Program { file: \"app.py\""), "{program}");
}

#[test]
fn prefers_a_factory_that_completes_the_application_of_its_module() {
    let init =
        "from flask import Flask\napp = Flask(__name__)\ndef create_app():\n    app.register(x)\n    return app\n";
    assert_eq!(best(&[("cps/__init__.py", init)]), "Flask cps.create_app()");
}

#[test]
fn does_not_take_a_factory_that_needs_something() {
    let app = "import falcon\nfrom .images import Store\ndef create_app(image_store):\n    app = falcon.App()\n    return app\n\
               def get_app():\n    return create_app(Store('.'))\n";
    let list = [("look/__init__.py", ""), ("look/app.py", app), ("look/images.py", "class Store: pass\n")];
    assert_eq!(best(&list), "Falcon look.app.get_app()");
    let (needing, _) = app.split_once("def get_app").unwrap();
    let found = best(&[("look/__init__.py", ""), ("look/app.py", needing), ("setup.py", "")]);
    assert!(found.starts_with("none: `look/app.py` line 3: `create_app` needs `image_store`"), "{found}");
}

#[test]
fn finds_applications_without_a_framework() {
    let function = "def dispatch_request(environ, start_response):\n    return []\ndef helper(a, b): pass\n";
    assert_eq!(
        best(&[("trac/__init__.py", ""), ("trac/web/__init__.py", ""), ("trac/web/main.py", function)]),
        "WSGI trac.web.main.dispatch_request"
    );
    let class = "class App:\n    def __call__(self, environ, start_response):\n        return []\nclass Wrap(object):\n    \
                 def __init__(self, app): pass\n    def __call__(self, environ, start_response): pass\napplication = App()\n";
    assert_eq!(best(&[("app.py", class)]), "WSGI app.application");
    assert_eq!(best(&[("shop.py", "import bottle\napp = bottle.default_app()\n")]), "Bottle shop.app");
    let bottle = "import bottle\ndef wsgi_app():\n    return bottle.default_app()\n";
    assert_eq!(best(&[("app.py", bottle)]), "Bottle app.wsgi_app()");
    let pyramid = "from pyramid.config import Configurator\nconfig = Configurator()\napp = config.make_wsgi_app()\n";
    assert_eq!(best(&[("app.py", pyramid)]), "Pyramid app.app");
    assert_eq!(best(&[("wsgi.py", "from vendor_thing import application\n")]), "WSGI wsgi.application");
}

#[test]
fn says_what_is_not_wsgi() {
    for (text, says) in [
        ("from fastapi import FastAPI\napp = FastAPI()\n", "FastAPI application, which is ASGI"),
        ("import quart\napp = quart.Quart(__name__)\n", "Quart application, which is ASGI"),
        ("import tornado.web\napp = tornado.web.Application([])\n", "server of its own"),
        ("async def app(scope, receive, send):\n    pass\n", "it is an ASGI application"),
    ] {
        let found = best(&[("app/main.py", text), ("app/__init__.py", "")]);
        assert!(found.starts_with("none: `app/main.py` line") && found.contains(says), "{found}");
    }
}

const MANAGE: &str = "import os\nimport sys\nif __name__ == '__main__':\n    \
                      os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n    \
                      from django.core.management import execute_from_command_line\n    execute_from_command_line(sys.argv)\n";
const WSGI: &str = "import os\nfrom django.core.wsgi import get_wsgi_application\n\
                    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\napplication = get_wsgi_application()\n";

#[test]
fn finds_a_django_project_at_the_root_and_below() {
    let list =
        [("manage.py", MANAGE), ("shop/__init__.py", ""), ("shop/settings.py", "DEBUG = 1\n"), ("shop/wsgi.py", WSGI)];
    assert_eq!(best(&list), "Django shop.wsgi.application shop.settings");
    assert_eq!(best(&list[..3]), "Django django.core.wsgi.get_wsgi_application() shop.settings");
    let below: Vec<(String, &str)> = list.iter().map(|(name, text)| (format!("web/{name}"), *text)).collect();
    let below: Vec<(&str, &str)> = below.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    assert_eq!(best(&below), "Django shop.wsgi.application shop.settings in web");
    // The outer folder may have the inner one's name, as NetBox has it.
    let same: Vec<(String, &str)> = list.iter().map(|(name, text)| (format!("shop/{name}"), *text)).collect();
    let same: Vec<(&str, &str)> = same.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    assert_eq!(best(&same), "Django shop.wsgi.application shop.settings in shop");
}

#[test]
fn offers_production_settings_beside_those_that_are_named() {
    let wsgi = WSGI.replace("shop.settings", "shop.settings.dev");
    let files = files(&[
        ("manage.py", &MANAGE.replace("shop.settings", "shop.settings.dev")),
        ("shop/__init__.py", ""),
        ("shop/settings/__init__.py", "from .dev import *\n"),
        ("shop/settings/base.py", "DEBUG = 0\nWSGI_APPLICATION = 'shop.wsgi.application'\n"),
        ("shop/settings/dev.py", "from .base import *\n"),
        ("shop/settings/production.py", "from .base import *\n"),
        ("shop/wsgi.py", &wsgi),
    ]);
    let found = detect(&files.contents());
    let shown: Vec<String> = found.candidates.iter().map(show).collect();
    assert_eq!(
        shown,
        ["Django shop.wsgi.application shop.settings.production", "Django shop.wsgi.application shop.settings.dev"]
    );
    let first = &found.candidates[0].evidence;
    assert!(first.iter().any(|item| item.text.contains("looks like the settings for development")), "{first:?}");
}

#[test]
fn finds_django_of_the_first_years() {
    let manage = "from django.core.management import execute_manager\nimport settings\nif __name__ == \"__main__\":\n    execute_manager(settings)\n";
    let settings = "ROOT_URLCONF = 'urls'\nINSTALLED_APPS = ()\n";
    let django = [
        ("django/__init__.py", "VERSION = (1, 3, 1, 'final', 0)\n"),
        (
            "django/core/handlers/wsgi.py",
            "class WSGIHandler(object):\n    def __call__(self, environ, start_response):\n        print 'x'\n",
        ),
    ];
    let list = [("manage.py", manage), ("settings.py", settings), django[0], django[1]];
    assert_eq!(best(&list), "Django django.core.handlers.wsgi.WSGIHandler() settings");
    assert_eq!(need(&list), (Some("2.4".to_owned()), Some("3.0".to_owned())));
    assert_eq!(best(&list[..2]), "Django django.core.wsgi.get_wsgi_application() settings");
    let below = [("shop/manage.py", manage), ("shop/settings.py", settings), ("shop/__init__.py", "")];
    assert_eq!(best(&below), "Django django.core.wsgi.get_wsgi_application() shop.settings in shop");
}

#[test]
fn takes_neither_templates_nor_libraries_nor_bundled_packages() {
    let template = MANAGE.replace("shop", "{{ project_name }}");
    let found = best(&[
        ("pkg/conf/manage.py", &template),
        ("setup.py", "from setuptools import setup\n"),
        ("pkg/__init__.py", ""),
    ]);
    assert!(
        found.contains("is a template that a project is made from") && found.contains("looks like a library"),
        "{found}"
    );
    let bundled = [
        ("flask/__init__.py", ""),
        ("flask/globals.py", "def f(environ, start_response): pass\n"),
        ("Flask-2.0.dist-info/METADATA", "Name: Flask\n"),
        ("Flask-2.0.dist-info/RECORD", "flask/__init__.py,,\n"),
    ];
    assert!(best(&bundled).starts_with("none: There is no Python module"));
    let aside = [("tests/app.py", FLASK), ("docs/conf.py", "def f(environ, start_response): pass\n")];
    assert!(best(&aside).starts_with("none: "));
    assert!(best(&[("readme.txt", "")]).starts_with("none: There is no Python module"));
}

#[test]
fn takes_the_python_that_a_file_names() {
    for (file, text, told, line) in [
        ("runtime.txt", "python-3.11.4\n", Some((3, 11)), 1),
        (".python-version", "# pyenv\n3.10.2\n", Some((3, 10)), 2),
        (".tool-versions", "nodejs 20.1\npython 3.9.1\n", Some((3, 9)), 2),
        ("Dockerfile", "FROM python:3.9 AS build\nFROM python:3.11-slim\n", Some((3, 11)), 2),
        ("Pipfile", "[requires]\npython_version = \"3.9\"\n", Some((3, 9)), 2),
        (".python-version", "shop-env\n", None, 0),
        ("Dockerfile", "FROM node:20.1\n", None, 0),
        // The application cannot run on it.
        (".python-version", "3.5.1\n", None, 0),
    ] {
        let files = files(&[("app.py", "x = f'{y}'\n"), (file, text)]);
        let python = detect(&files.contents()).python;
        assert_eq!(python.named, told.map(|(major, minor)| crate::python::Version::new(major, minor)), "{file} {text}");
        if told.is_some() {
            assert_eq!((python.reasons[0].file.as_str(), python.reasons[0].line), (file, Some(line)));
        }
    }
}

#[test]
fn says_what_python_is_needed() {
    let version = |text: &str| Some(text.to_owned());
    assert_eq!(need(&[("app.py", "x = f'{y}'\n")]), (version("3.6"), None));
    assert_eq!(need(&[("app.py", "print 'x'\n")]), (None, version("3.0")));
    assert_eq!(
        need(&[("app.py", "x = 1\n"), ("setup.cfg", "[options]\npython_requires = >=3.7,<3.12\n")]),
        (version("3.7"), version("3.12"))
    );
    assert_eq!(
        need(&[("setup.py", "from setuptools import setup\nsetup(name='x', python_requires='>=3.5')\n")]),
        (version("3.5"), None)
    );
    assert_eq!(need(&[("pyproject.toml", "[project]\nrequires-python = \">=3.8\"\n")]), (version("3.8"), None));
    assert_eq!(need(&[("runtime.txt", "python-3.4.1\n")]), (version("3.4"), None));
    assert_eq!(need(&[("app.py", "import dataclasses\n")]), (version("3.7"), None));
    assert_eq!(need(&[("requirements.txt", "six\nDjango~=2.2.4\n")]), (version("3.5"), version("3.12")));
    assert_eq!(
        need(&[("pyproject.toml", "[project]\ndependencies = [\"django>=5.0,<5.1\"]\n")]),
        (version("3.10"), None)
    );
    assert_eq!(need(&[("setup.py", "setup(install_requires=['Flask==3.0.3'])\n")]), (version("3.8"), None));
    assert_eq!(need(&[("requirements.txt", "django==5.0; python_version >= '3.10'\n")]), (None, None));
    let locked = [("requirements.txt", "-c pins.txt\ndjango\n"), ("pins.txt", "django==4.2.1\n")];
    assert_eq!(need(&locked), (version("3.8"), None));
    assert_eq!(need(&[("app.py", "import dataclasses\n"), ("dataclasses.py", "")]), (None, None));
    assert_eq!(
        need(&[("x/METADATA", "Requires-Python: >=3.9\n"), ("y-1.dist-info/METADATA", "Requires-Python: >=3.9\n")]),
        (version("3.9"), None)
    );
    assert_eq!(need(&[("Django-4.2.dist-info/METADATA", "Name: Django\n")]), (version("3.8"), None));
}

#[test]
fn stars_in_a_circle_end() {
    let star = |n: usize| {
        ["m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7"].map(|m| ["from ", m, " import *\n"].concat()).concat()
            + &format!("x{n} = nothing()\n")
    };
    let texts: Vec<(String, String)> = (0..8).map(|n| (format!("m{n}.py"), star(n))).collect();
    let list: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert!(best(&list).starts_with("none: "));
}

#[test]
fn imports_in_a_circle_end() {
    let list = [
        ("a.py", "from b import app\n"),
        ("b.py", "from a import app\nfrom c import *\n"),
        ("c.py", "from b import *\nfrom a import *\n"),
    ];
    assert!(best(&list).starts_with("none: "));
}
