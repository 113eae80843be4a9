//! Classes and functions of frameworks, by what calling them gives.

use crate::python::{Import, Module};

/// What an application speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// wfastcgi can call it.
    Wsgi,
    /// It needs an ASGI server.
    Asgi,
    /// It is a server of its own.
    Server,
}

use Protocol::{Asgi, Server, Wsgi};

/// What calling it gives, and the name of the framework as people write it.
const KNOWN: [(&str, Protocol, &str); 61] = [
    ("flask.Flask", Wsgi, "Flask"),
    ("flask.app.Flask", Wsgi, "Flask"),
    ("apiflask.APIFlask", Wsgi, "Flask"),
    ("flask_openapi3.OpenAPI", Wsgi, "Flask"),
    ("django.core.wsgi.get_wsgi_application", Wsgi, "Django"),
    ("django.core.handlers.wsgi.WSGIHandler", Wsgi, "Django"),
    ("configurations.wsgi.get_wsgi_application", Wsgi, "Django"),
    ("bottle.Bottle", Wsgi, "Bottle"),
    ("bottle.app", Wsgi, "Bottle"),
    ("bottle.default_app", Wsgi, "Bottle"),
    ("bottle.app.push", Wsgi, "Bottle"),
    ("falcon.API", Wsgi, "Falcon"),
    ("falcon.App", Wsgi, "Falcon"),
    ("webapp2.WSGIApplication", Wsgi, "webapp2"),
    ("google.appengine.ext.webapp.WSGIApplication", Wsgi, "webapp"),
    ("cherrypy.Application", Wsgi, "CherryPy"),
    ("cherrypy.tree.mount", Wsgi, "CherryPy"),
    ("pyramid.paster.get_app", Wsgi, "Pyramid"),
    ("paste.deploy.loadapp", Wsgi, "PasteDeploy"),
    ("paste.deploy.loadwsgi.loadapp", Wsgi, "PasteDeploy"),
    ("pecan.make_app", Wsgi, "Pecan"),
    ("pecan.deploy.deploy", Wsgi, "Pecan"),
    ("tornado.wsgi.WSGIApplication", Wsgi, "Tornado"),
    ("tornado.wsgi.WSGIAdapter", Wsgi, "Tornado"),
    ("tg.AppConfig.make_wsgi_app", Wsgi, "TurboGears"),
    ("tg.MinimalApplicationConfigurator.make_wsgi_app", Wsgi, "TurboGears"),
    ("a2wsgi.ASGIMiddleware", Wsgi, "a2wsgi"),
    ("werkzeug.wsgi.DispatcherMiddleware", Wsgi, "Werkzeug"),
    ("werkzeug.middleware.dispatcher.DispatcherMiddleware", Wsgi, "Werkzeug"),
    ("eve.Eve", Wsgi, "Flask"),
    ("spyne.server.wsgi.WsgiApplication", Wsgi, "Spyne"),
    ("nameko.web", Server, "Nameko"),
    ("wsgiref.simple_server.demo_app", Wsgi, "WSGI"),
    ("trac.web.main.dispatch_request", Wsgi, "Trac"),
    ("mercurial.hgweb.hgweb", Wsgi, "Mercurial hgweb"),
    ("mercurial.hgweb.hgwebdir", Wsgi, "Mercurial hgweb"),
    ("mercurial.hgweb.hgweb_mod.hgweb", Wsgi, "Mercurial hgweb"),
    ("mercurial.hgweb.hgwebdir_mod.hgwebdir", Wsgi, "Mercurial hgweb"),
    ("socketio.WSGIApp", Wsgi, "Socket.IO"),
    ("engineio.WSGIApp", Wsgi, "Engine.IO"),
    ("fastapi.FastAPI", Asgi, "FastAPI"),
    ("fastapi.applications.FastAPI", Asgi, "FastAPI"),
    ("starlette.applications.Starlette", Asgi, "Starlette"),
    ("quart.Quart", Asgi, "Quart"),
    ("quart.app.Quart", Asgi, "Quart"),
    ("sanic.Sanic", Asgi, "Sanic"),
    ("litestar.Litestar", Asgi, "Litestar"),
    ("starlite.Starlite", Asgi, "Starlite"),
    ("falcon.asgi.App", Asgi, "Falcon (ASGI)"),
    ("blacksheep.Application", Asgi, "BlackSheep"),
    ("blacksheep.server.Application", Asgi, "BlackSheep"),
    ("django.core.asgi.get_asgi_application", Asgi, "Django (ASGI)"),
    ("channels.routing.ProtocolTypeRouter", Asgi, "Django Channels"),
    ("socketio.ASGIApp", Asgi, "Socket.IO (ASGI)"),
    ("connexion.AsyncApp", Asgi, "Connexion (ASGI)"),
    ("responder.API", Asgi, "Responder"),
    ("robyn.Robyn", Server, "Robyn"),
    ("aiohttp.web.Application", Server, "aiohttp"),
    ("tornado.web.Application", Server, "Tornado"),
    ("twisted.web.server.Site", Server, "Twisted"),
    ("nicegui.app", Asgi, "NiceGUI"),
];

/// What a package that a module imports belongs to.
const PACKAGES: [(&str, &str); 9] = [
    ("pyramid", "Pyramid"),
    ("falcon", "Falcon"),
    ("bottle", "Bottle"),
    ("flask", "Flask"),
    ("cherrypy", "CherryPy"),
    ("webapp2", "webapp2"),
    ("pecan", "Pecan"),
    ("tg", "TurboGears"),
    ("web", "web.py"),
];

/// What calling it gives is no application yet: the method that gives one, and the framework.
const UNFINISHED: [(&str, &str, &str); 3] = [
    ("web.application", "wsgifunc", "web.py"),
    ("web.auto_application", "wsgifunc", "web.py"),
    ("pyramid.config.Configurator", "make_wsgi_app", "Pyramid"),
];

/// What calling it gives holds an application: its attribute, and the framework.
const HOLDERS: [(&str, &str, &str); 3] = [
    ("dash.Dash", "server", "Dash"),
    ("dash.dash.Dash", "server", "Dash"),
    ("jupyter_dash.JupyterDash", "server", "Dash"),
];

/// Objects of frameworks that are applications.
const OBJECTS: [(&str, &str); 1] = [("cherrypy.tree", "CherryPy")];

/// Methods that give a WSGI application, of objects that only running would tell.
const METHODS: [(&str, &str); 2] = [("make_wsgi_app", "Pyramid"), ("wsgifunc", "web.py")];

/// What calling a dotted name gives; also when the framework lies inside a package of the application.
pub(super) fn made_by(dotted: &str) -> Option<(Protocol, &'static str)> {
    let is = |name: &str| dotted.strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with('.'));
    KNOWN.iter().find(|(name, ..)| is(name)).map(|&(_, protocol, product)| (protocol, product))
}

/// The method that makes an application of what calling a dotted name gives, and the framework.
pub(super) fn unfinished(dotted: &str) -> Option<(&'static str, &'static str)> {
    UNFINISHED.iter().find(|(name, ..)| *name == dotted).map(|&(_, method, product)| (method, product))
}

/// The attribute that is an application of what calling a dotted name gives, and the framework.
pub(super) fn holder(dotted: &str) -> Option<(&'static str, &'static str)> {
    HOLDERS.iter().find(|(name, ..)| *name == dotted).map(|&(_, attribute, product)| (attribute, product))
}

/// The framework of an object that is an application.
pub(super) fn object(dotted: &str) -> Option<&'static str> {
    OBJECTS.iter().find(|(name, _)| *name == dotted).map(|&(_, product)| product)
}

/// What calling a method of an unknown object gives.
pub(super) fn made_by_method(method: &str) -> Option<(Protocol, &'static str)> {
    METHODS.iter().find(|(name, _)| *name == method).map(|&(_, product)| (Wsgi, product))
}

/// The framework that a module imports, among names that are not the application's own; `WSGI` when
/// it imports none.
pub(super) fn product_of(module: &Module, is_own: impl Fn(&str) -> bool) -> &'static str {
    let first = |import: &Import| import.module.split('.').next().map(str::to_owned);
    let imported: Vec<String> = module.imports.iter().filter(|own| own.level == 0).filter_map(first).collect();
    let found = PACKAGES.iter().find(|(package, _)| imported.iter().any(|own| own == package) && !is_own(package));
    found.map_or("WSGI", |&(_, product)| product)
}

/// Whether two required parameters are those of a WSGI application.
pub(super) fn are_wsgi_parameters(required: &[String]) -> bool {
    let [environ, start] = required else { return false };
    let start = start.to_lowercase();
    let environ = environ.to_lowercase();
    let starts = start.starts_with("start_resp") || start == "startresponse";
    // PEP 3333 leaves the names open; these two are what people write.
    let is_usual = is_environ(&environ)
        && (start.starts_with("start") || matches!(start.as_str(), "responder" | "respond" | "sr"));
    starts && (environ.contains("env") || environ == "req") || is_usual
}

/// Whether a parameter is called what a WSGI server gives first.
pub(super) fn is_environ(name: &str) -> bool {
    matches!(name.to_lowercase().as_str(), "environ" | "env")
}

/// Whether three required parameters are those of an ASGI application.
pub(super) fn are_asgi_parameters(required: &[String]) -> bool {
    matches!(required, [scope, receive, send] if scope == "scope" && receive == "receive" && send == "send")
}
