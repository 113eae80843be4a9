//! Programs that start a server of their own: a loader runs them up to that place.

use super::evaluate::Thing;
use super::known::Protocol;
use super::project::{Own, Project};
use super::{Candidate, Evidence, Load, Starter};
use crate::python::{Call, Module, When};

/// How many programs are offered.
const OFFERED: usize = 4;

const fn function(module: &'static str, name: &'static str, position: usize, keyword: &'static str) -> Starter {
    Starter::Function { module, name, position, keyword }
}

/// What starts a server, and the framework that it belongs to; empty where any may be served.
const STARTERS: [(&str, Starter, &str); 20] = [
    ("wsgiref.simple_server.make_server", function("wsgiref.simple_server", "make_server", 2, "app"), ""),
    ("werkzeug.serving.run_simple", function("werkzeug.serving", "run_simple", 2, "application"), "Werkzeug"),
    ("werkzeug.run_simple", function("werkzeug", "run_simple", 2, "application"), "Werkzeug"),
    ("waitress.serve", function("waitress", "serve", 0, "app"), ""),
    ("paste.httpserver.serve", function("paste.httpserver", "serve", 0, "application"), ""),
    ("gevent.pywsgi.WSGIServer", function("gevent.pywsgi", "WSGIServer", 1, "application"), ""),
    ("gevent.wsgi.WSGIServer", function("gevent.wsgi", "WSGIServer", 1, "application"), ""),
    ("eventlet.wsgi.server", function("eventlet.wsgi", "server", 1, "site"), ""),
    ("tornado.wsgi.WSGIContainer", function("tornado.wsgi", "WSGIContainer", 0, "wsgi_application"), ""),
    ("cheroot.wsgi.Server", function("cheroot.wsgi", "Server", 1, "wsgi_app"), ""),
    ("cheroot.wsgi.WSGIServer", function("cheroot.wsgi", "WSGIServer", 1, "wsgi_app"), ""),
    (
        "cherrypy.wsgiserver.CherryPyWSGIServer",
        function("cherrypy.wsgiserver", "CherryPyWSGIServer", 1, "wsgi_app"),
        "",
    ),
    ("bjoern.run", function("bjoern", "run", 0, "wsgi_app"), ""),
    ("meinheld.server.run", function("meinheld.server", "run", 0, "app"), ""),
    ("flup.server.fcgi.WSGIServer", function("flup.server.fcgi", "WSGIServer", 0, "application"), ""),
    ("twisted.web.wsgi.WSGIResource", function("twisted.web.wsgi", "WSGIResource", 2, "application"), ""),
    ("web.httpserver.runsimple", function("web.httpserver", "runsimple", 0, "func"), "web.py"),
    ("bottle.run", Starter::Bottle, "Bottle"),
    ("cherrypy.quickstart", Starter::CherryPy, "CherryPy"),
    ("cherrypy.engine.block", Starter::CherryPy, "CherryPy"),
];

/// Methods of applications that start a server, by what made the application.
const METHODS: [(&str, &str, Starter); 4] = [
    (
        "web.application",
        "web.py",
        Starter::Method { module: "web", class: "application", name: "run", finish: ".wsgifunc()" },
    ),
    ("flask.Flask", "Flask", Starter::Method { module: "flask", class: "Flask", name: "run", finish: "" }),
    ("bottle.Bottle", "Bottle", Starter::Bottle),
    ("bottle.default_app", "Bottle", Starter::Bottle),
];

/// A place where a program starts its server.
struct Start {
    line: u32,
    when: When,
    starter: Starter,
    product: &'static str,
    written: String,
}

/// Programs are only looked at when nothing can be called as it is, or when importing the only
/// module that binds it would start the server.
pub(super) fn detect(project: &Project<'_>) -> Vec<Candidate> {
    let usable: Vec<&Own> = project.callables().iter().filter(|own| own.usable()).map(|own| &own.own).collect();
    let elsewhere = usable.iter().any(|own| !blocks(project, own));
    let mut found: Vec<Candidate> = Vec::new();
    for own in project.modules.iter().chain(&project.unnamed) {
        let Some(module) = project.python(&own.path) else { continue };
        let Some(start) = start_of(project, own, &module) else { continue };
        let blocks = !elsewhere && start.when == When::Import && usable.iter().any(|other| other.path == own.path);
        if usable.is_empty() || blocks {
            found.push(candidate(own, &start, blocks));
        }
    }
    found.sort_by_key(|candidate| std::cmp::Reverse(candidate.strength));
    found.truncate(OFFERED);
    found
}

/// Whether importing a module would start a server and never end.
fn blocks(project: &Project<'_>, own: &Own) -> bool {
    let start = project.python(&own.path).and_then(|module| start_of(project, own, &module));
    start.is_some_and(|start| start.when == When::Import)
}

/// What lies in a module that starts a server when it is imported is not taken unasked.
pub(super) fn hold_back(project: &Project<'_>, candidates: &mut [Candidate]) {
    for candidate in candidates.iter_mut().filter(|own| own.loader.is_none()) {
        let own = project.module(&candidate.entry_point.module, None);
        candidate.only_offered |= own.is_some_and(|own| blocks(project, own));
    }
}

/// Where a module starts a server when it is run; a start in a function counts when the module
/// does something as a program.
fn start_of(project: &Project<'_>, own: &Own, module: &Module) -> Option<Start> {
    let runs = module.called.iter().any(|own| own.when != When::Called);
    let mut starts: Vec<Start> = module
        .called
        .iter()
        .filter(|own| own.when != When::Called || runs)
        .filter_map(|called| {
            let (starter, product) = starter(project, own, module, &called.call)?;
            let product = if product.is_empty() { project.product_of(module) } else { product };
            let written = called.call.callee.dotted.clone();
            Some(Start { line: called.call.line, when: called.when, starter, product, written })
        })
        .collect();
    starts.sort_by_key(|start| match start.when {
        When::Import => 0,
        When::Program => 1,
        When::Perhaps => 2,
        When::Called => 3,
    });
    (!starts.is_empty()).then(|| starts.swap_remove(0))
}

fn starter(project: &Project<'_>, own: &Own, module: &Module, call: &Call) -> Option<(Starter, &'static str)> {
    let callee = &call.callee;
    if callee.imported
        && let Some(&(_, starter, product)) = STARTERS.iter().find(|(dotted, ..)| *dotted == callee.dotted)
    {
        return Some((starter, product));
    }
    let object = callee.dotted.strip_suffix(".run")?;
    let made = match project.look_up(&own.path, object, callee.imported) {
        Thing::Application(Protocol::Wsgi, product) | Thing::Unfinished(_, product) => {
            METHODS.iter().find(|(_, own, _)| *own == product)
        }
        // What only the program binds is not known by name.
        _ => METHODS.iter().find(|(maker, ..)| module.calls().any(|call| call.callee.is(maker))),
    };
    made.map(|&(_, product, starter)| (starter, product))
}

fn candidate(own: &Own, start: &Start, blocks: bool) -> Candidate {
    let Start { line, when, starter, product, written } = start;
    let says = match when {
        When::Import => format!("calls `{written}`, which starts a server as soon as the module is imported"),
        _ => format!("calls `{written}`, which starts a server when the module is run as a program"),
    };
    let evidence = vec![Evidence::new(&own.path, Some(*line), says)];
    let package = own.dotted.rsplit_once('.').map_or("", |(package, _)| package).to_owned();
    let load = Load::Program { file: own.path.clone(), package, starter: *starter };
    let depth = i32::try_from(own.path.depth()).unwrap_or(i32::MAX / 8);
    let usual = if super::callable::is_conventional(own) { 10 } else { 0 };
    // Importing the module itself would never end.
    let at_once = if *when == When::Import { 35 } else { 10 };
    let strength = if blocks { 100 } else { at_once + usual } - 5 * depth;
    Candidate {
        python_path: own.base.iter().cloned().collect(),
        ..Candidate::through(product, load, evidence, strength)
    }
}
