//! What may be called without arguments, and what is made by packages that are not here.

use super::*;

#[test]
fn a_factory_that_needs_arguments_is_never_called_without() {
    let make = "def make(pages):\n    def answer(environ, start_response):\n        return []\n    return answer\n";
    let script = "from guests import PAGES, make\napplication = make(PAGES)\n";
    let list = [("guests/__init__.py", make), ("guests.wsgi", script)];
    assert!(best(&list).contains("by Script"), "{}", best(&list));
    for (file, text) in [
        ("Procfile", "web: gunicorn 'guests:make()'\n"),
        (".flaskenv", "FLASK_APP=guests:make()\n"),
        ("Procfile", "web: waitress-serve --call guests:make\n"),
    ] {
        assert!(best(&[list[0], (file, text)]).starts_with("none: "), "{text}");
    }
    let class = "class App:\n    def __init__(self, config):\n        pass\n";
    assert!(best(&[("guests/__init__.py", class), ("Procfile", "web: gunicorn guests:App()\n")]).starts_with("none: "));
}

#[test]
fn arguments_may_have_any_name_where_a_server_looks() {
    let two = "def application(environ, start_request):\n    return []\n";
    assert_eq!(best(&[("wsgi.py", two)]), "WSGI wsgi.application");
    assert_eq!(best(&[("trac_site.py", two)]), "WSGI trac_site.application");
    assert_eq!(best(&[("wsgi.py", "def application(request, reply):\n    return []\n")]), "WSGI wsgi.application");
    for text in [
        "def application(name, version):\n    return name\n",
        "def log(environ, message):\n    return message\n",
        "def application(scope, receive, send):\n    return []\n",
        "@register\ndef application(environ, message):\n    return message\n",
    ] {
        assert!(best(&[("tools.py", text)]).starts_with("none: "), "{text}");
    }
}

#[test]
fn packages_that_are_not_here_make_applications() {
    for (text, found) in [
        ("from mercurial.hgweb import hgweb\napplication = hgweb(b'x')\n", "Mercurial hgweb shop.application"),
        ("from klaus import make_app\napplication = make_app([], 'x')\n", "WSGI shop.application"),
        ("from dash import Dash\napp = Dash(__name__)\nserver = app.server\n", "Dash shop.server"),
        ("import dash\nview = dash.Dash(__name__)\n", "Dash shop.view.server"),
        (
            "from flask import Flask\nfrom whitenoise import WhiteNoise\napp = Flask(__name__)\napp = WhiteNoise(app, root='x')\n",
            "Flask shop.app",
        ),
        (
            "from flask import Flask\nfrom werkzeug.middleware.proxy_fix import ProxyFix\napp = Flask(__name__)\napp.wsgi_app = ProxyFix(app.wsgi_app)\n",
            "Flask shop.app",
        ),
        (
            "from whitenoise import WhiteNoise\ndef serve(environ, start_response):\n    return []\nsite = WhiteNoise(serve, root='x')\n",
            "WSGI shop.serve",
        ),
        (
            "from werkzeug.middleware.dispatcher import DispatcherMiddleware\nsite = DispatcherMiddleware(None, {})\n",
            "Werkzeug shop.site",
        ),
        (
            "from werkzeug.wrappers import Response\nclass Shorty:\n    def __call__(self, environ, start_response):\n        return []\ndef create_app():\n    return Shorty()\n",
            "Werkzeug shop.create_app()",
        ),
    ] {
        assert_eq!(best(&[("shop.py", text)]), found);
    }
    for text in
        ["from telegram import Bot\napplication = Bot('x')\n", "from sky import chart\napp = chart.make_app()\n"]
    {
        assert!(best(&[("bot.py", text)]).starts_with("none: "), "{text}");
    }
}

#[test]
fn what_a_library_is_tried_out_with_is_no_application() {
    let setup = ("setup.py", "from setuptools import setup\n");
    let settings = "INSTALLED_APPS = []\nROOT_URLCONF = 'urls'\n";
    let manage = |name: &str| format!("import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', '{name}')\n");
    for (file, named) in [
        ("manage.py", "tests.settings"),
        ("manage.py", "test_settings"),
        ("example_project/manage.py", "settings"),
        ("manage.py", "testproject.settings"),
    ] {
        let manage = manage(named);
        let list = [setup, (file, manage.as_str()), ("example_project/settings.py", settings)];
        assert!(best(&list).starts_with("none: "), "{file} {named}: {}", best(&list));
        // Without anything to install, it is what there is.
        assert!(best(&list[1..]).starts_with("Django "), "{file} {named}");
    }
    let tool = [setup, ("bin/hash_password.py", FLASK)];
    assert!(best(&tool).starts_with("none: "));
    assert_eq!(all(&tool).len(), 1);
    assert_eq!(best(&[setup, ("bin/app.py", FLASK)]), "Flask app.app in bin");
}

#[test]
fn settings_beside_a_module_need_their_folder() {
    let wsgi = "import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')\napplication = get_wsgi_application()\n";
    let list = [("site_a/__init__.py", ""), ("site_a/wsgi.py", wsgi), ("site_a/settings.py", "INSTALLED_APPS = []\n")];
    assert_eq!(best(&list), "Django site_a.wsgi.application settings in site_a");
}

#[test]
fn follows_what_packages_pass_on_and_fill_later() {
    assert_eq!(best(&[("bin_/__init__.py", "from .core import *\n"), ("bin_/core.py", FLASK)]), "Flask bin_.app");
    let own = "def make_app(config, threads=False):\n    app = wrap(config)\n    return chain(app)\n";
    let run = "from shop import make_app\napplication = make_app(load())\n";
    assert_eq!(best(&[("shop/__init__.py", own), ("shop/run.py", run)]), "WSGI shop.run.application");
    let late = "import falcon\napplication = None\ndef init():\n    global application\n    application = falcon.App()\ndef get_wsgi_app():\n    init()\n    return application\n";
    assert_eq!(best(&[("shop/__init__.py", ""), ("shop/app.py", late)]), "Falcon shop.app.get_wsgi_app()");
    let contributed = "from flask import Flask\napplication = Flask(__name__)\n";
    let list = [("shop/__init__.py", ""), ("shop/contrib/__init__.py", ""), ("shop/contrib/wsgi.py", contributed)];
    assert_eq!(best(&list), "Flask shop.contrib.wsgi.application");
}

#[test]
fn says_which_other_server_is_needed() {
    let list = [("setup.py", ""), ("shop/cli.py", "def serve():\n    import uvicorn\n")];
    assert!(missing(&list).contains("`shop/cli.py` line 2: `uvicorn` is imported"), "{}", missing(&list));
    let list = [("shop/cli.py", "from aiohttp import web\n")];
    assert!(missing(&list).contains("`aiohttp.web` is imported"), "{}", missing(&list));
    assert!(!missing(&[("shop/cli.py", "import aiohttp\n")]).contains("is imported"));
}

#[test]
fn a_module_that_never_ends_is_not_imported() {
    let run = "from app import app\napp.run(debug=True)\n";
    assert_eq!(best(&[("run.py", run), ("app/__init__.py", FLASK)]), "Flask app.app");
    let serve = "from gevent import pywsgi\nfrom web import app\npywsgi.WSGIServer(('', 80), app).serve_forever()\n";
    assert_eq!(best(&[("server.py", serve), ("web.py", FLASK)]), "Flask web.app");
    let alone = format!("{FLASK}app.run()\n");
    assert!(best(&[("run.py", alone.as_str())]).contains("by Program"), "{}", best(&[("run.py", alone.as_str())]));
}
