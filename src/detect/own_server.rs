//! Programs that serve by themselves and have nothing that wfastcgi could call: what starts them.

use super::callable::{Callable, is_conventional_name};
use super::known::Protocol;
use super::project::Project;
use super::{Candidate, Evidence, LOADER, Load, Loader, Served};
use crate::path::PackagePath;
use crate::python::{Module, When};

/// A program that `HttpPlatformHandler` has to start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnServer {
    /// The framework as people write it.
    pub product: &'static str,
    /// What says so.
    pub evidence: Evidence,
    /// How it is started.
    pub starts: Starts,
    /// Folders below the application's root that must be on `PYTHONPATH`.
    pub python_path: Vec<PackagePath>,
}

/// How a program that serves by itself is started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Starts {
    /// By a command of its framework, which is told the file and the port.
    Tool {
        /// The package of Python that has the command.
        package: &'static str,
        /// What stands behind the file, with the port.
        after: &'static str,
    },
    /// As it is; the variable tells its framework the port, or the program has to read it itself.
    Program {
        /// `PORT` where no framework reads one of its own.
        variable: &'static str,
    },
    /// By a module that is written, which takes the application and reads the port itself.
    Loader(Loader),
}

impl OwnServer {
    /// The module that has to be written for it.
    #[must_use]
    pub const fn loader(&self) -> Option<&Loader> {
        match &self.starts {
            Starts::Loader(loader) => Some(loader),
            _ => None,
        }
    }
}

/// Frameworks whose own command runs a file: the package, the framework, what stands in such a file and
/// not in one that only draws, and what follows the file in the command.
/// Sources: "streamlit run", "panel serve", "bokeh serve" and "chainlit run" in the documentation of each.
const TOOLS: [(&str, &str, &str, &str); 4] = [
    (
        "streamlit",
        "Streamlit",
        "streamlit",
        "--server.port %HTTP_PLATFORM_PORT% --server.address 127.0.0.1 --server.headless true",
    ),
    ("chainlit", "Chainlit", "chainlit", "--headless --host 127.0.0.1 --port %HTTP_PLATFORM_PORT%"),
    ("panel", "Panel", ".servable(", BOKEH_SERVER),
    ("bokeh", "Bokeh", "curdoc(", BOKEH_SERVER),
];

/// Without the origin, Bokeh's server refuses every WebSocket that does not come from `localhost`, and pages stay empty.
/// Source: "bokeh serve", `--allow-websocket-origin`, in its documentation.
const BOKEH_SERVER: &str = "--address 127.0.0.1 --port %HTTP_PLATFORM_PORT% --allow-websocket-origin=*";

/// What stands in a line that starts a server, or waits for one to end: methods of what has no name too, but not the start
/// of a thread.
const WAITS: [&str; 6] =
    ["run_app(", "loop.start(", ".current().start(", ".instance().start(", ".run_forever(", "asyncio.run("];

/// Lines that only begin what may run later.
const BLOCKS: [&str; 4] = ["def ", "async def ", "if ", "class "];

/// Calls that start a server and never end, and the framework.
const CALLS: [(&str, &str); 12] = [
    ("aiohttp.web.run_app", "aiohttp"),
    ("nicegui.ui.run", "NiceGUI"),
    ("http.server.HTTPServer", "`http.server`"),
    ("http.server.ThreadingHTTPServer", "`http.server`"),
    ("BaseHTTPServer.HTTPServer", "`BaseHTTPServer`"),
    ("socketserver.TCPServer", "`socketserver`"),
    ("SocketServer.TCPServer", "`SocketServer`"),
    ("twisted.internet.reactor.run", "Twisted"),
    ("flet.app", "Flet"),
    ("pywebio.start_server", "PyWebIO"),
    ("websockets.serve", "websockets"),
    ("uvicorn.run", "uvicorn"),
];

/// Methods that start a server where a module imports their framework, and the variable that tells the
/// port. Gradio's is in its guide "Environment Variables".
const METHODS: [(&str, &str, &str, &str); 3] = [
    (".launch(", "gradio", "Gradio", "GRADIO_SERVER_PORT"),
    (".listen(", "tornado", "Tornado", "PORT"),
    (".start(", "robyn", "Robyn", "PORT"),
];

/// What starts the application when wfastcgi cannot: nothing where it can, or where an ASGI server can.
pub(super) fn find(project: &Project<'_>, candidates: &[Candidate]) -> Option<OwnServer> {
    if super::best_of(candidates).is_some() || candidates.iter().any(|own| own.protocol == Protocol::Asgi) {
        return None;
    }
    let mut found: Vec<OwnServer> = Vec::new();
    for own in project.modules.iter().chain(&project.unnamed) {
        let Some(module) = project.python(&own.path) else { continue };
        // What was written once is started again.
        if own.dotted.starts_with(LOADER)
            && let Some(line) = line_with(project, &own.path, "HTTP_PLATFORM_PORT")
        {
            let evidence = Evidence::new(&own.path, Some(line), "reads the port that IIS says");
            let (product, starts) = (project.product_of(&module), Starts::Program { variable: "PORT" });
            return Some(OwnServer { product, evidence, starts, python_path: Vec::new() });
        }
        let started = tool(project, &module, &own.path).or_else(|| program(project, &module, &own.path));
        let Some((product, evidence, starts)) = started else { continue };
        found.push(OwnServer { product, evidence, starts, python_path: own.base.iter().cloned().collect() });
    }
    let servers = || project.callables().iter().filter(|own| own.protocol == Protocol::Server);
    found.extend(servers().filter(|own| !waits(project, &own.own.path)).filter_map(served));
    found.into_iter().min_by_key(rank)
}

/// The shallowest that has a usual name; what can be told its port before what has to ask for it.
fn rank(own: &OwnServer) -> (u8, usize, bool) {
    let told = match &own.starts {
        Starts::Loader(_) => 0,
        Starts::Tool { .. } => 1,
        Starts::Program { .. } => 2,
    };
    let path = &own.evidence.file;
    let name = path.name().to_lowercase();
    let usual = is_conventional_name(&name) || matches!(name.as_str(), "streamlit_app.py" | "home.py");
    (told, path.depth(), !usual)
}

type Found = (&'static str, Evidence, Starts);

fn tool(project: &Project<'_>, module: &Module, path: &PackagePath) -> Option<Found> {
    // Other pages of the same application, which the tool finds by itself.
    if path.parent().is_some_and(|folder| folder.name() == "pages") {
        return None;
    }
    TOOLS.iter().find_map(|&(package, product, mark, after)| {
        let import = imported(module, package)?;
        line_with(project, path, mark)?;
        let evidence = Evidence::new(path, Some(import), format!("imports `{package}`"));
        Some((product, evidence, Starts::Tool { package, after }))
    })
}

fn program(project: &Project<'_>, module: &Module, path: &PackagePath) -> Option<Found> {
    let runs = module.called.iter().any(|own| own.when != When::Called);
    let calls = module.called.iter().filter(|own| own.when != When::Called || runs).map(|own| &own.call);
    let by_name = calls.filter(|call| call.callee.imported).find_map(|call| {
        let &(dotted, product) = CALLS.iter().find(|(dotted, _)| *dotted == call.callee.dotted)?;
        Some((product, "PORT", dotted, call.line))
    });
    let by_method = || {
        METHODS.iter().find_map(|&(method, package, product, variable)| {
            imported(module, package)?;
            Some((product, variable, method, line_with(project, path, method)?))
        })
    };
    let (product, variable, written, line) = by_name.or_else(by_method)?;
    let written = written.trim_matches(['.', '(']);
    let evidence = Evidence::new(path, Some(line), format!("calls `{written}`, which starts a server"));
    Some((product, evidence, Starts::Program { variable }))
}

/// The line of the first import of a package.
fn imported(module: &Module, package: &str) -> Option<u32> {
    let is_it = |dotted: &str| dotted.split('.').next() == Some(package);
    module.imports.iter().find(|own| own.level == 0 && is_it(&own.module)).map(|own| own.line)
}

/// The first line of code in which something stands: a method of what has no name is no known call.
fn line_with(project: &Project<'_>, path: &PackagePath, word: &str) -> Option<u32> {
    let text = project.contents.text(path)?;
    let code = |line: &str| line.split('#').next().is_some_and(|code| code.contains(word));
    text.as_str().lines().zip(1..).find(|(line, _)| code(line)).map(|(_, line)| line)
}

/// Whether importing a module does not end: what is not indented runs then.
fn waits(project: &Project<'_>, path: &PackagePath) -> bool {
    let Some(text) = project.contents.text(path) else { return false };
    let code = text.as_str().lines().filter_map(|line| line.split('#').next());
    let runs = |line: &&str| !line.starts_with([' ', '\t']) && !BLOCKS.iter().any(|own| line.starts_with(own));
    code.filter(runs).any(|line| WAITS.iter().any(|word| line.contains(word)))
}

/// An application that a module binds and that its framework serves.
fn served(own: &Callable) -> Option<OwnServer> {
    let framework = match own.product {
        "aiohttp" => Served::Aiohttp,
        "Tornado" => Served::Tornado,
        _ => return None,
    };
    if !own.required.is_empty() {
        return None;
    }
    let (module, object) = (own.own.dotted.clone(), own.name.clone());
    let load = Load::Serve { module, object, call: own.factory, framework };
    let text = format!("{} `{}`", if own.factory { "defines" } else { "binds" }, own.name);
    Some(OwnServer {
        product: own.product,
        evidence: Evidence::new(&own.own.path, Some(own.line), text),
        starts: Starts::Loader(Loader { module: LOADER.to_owned(), load }),
        python_path: own.own.base.iter().cloned().collect(),
    })
}
