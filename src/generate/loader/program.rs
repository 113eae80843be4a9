//! A loader that runs a program up to the place where it would start its own server.

use super::{join, literal, shown};
use crate::detect::Starter;
use crate::path::PackagePath;

pub(super) fn new(file: &PackagePath, package: &str, starter: &Starter) -> String {
    let Part { import, what, take, finish } = part(starter);
    let package =
        if package.is_empty() { String::new() } else { format!("program.__package__ = {}\n", literal(package)) };
    format!(
        r#""""Runs `{file}` up to {what}, and takes the application that it would have served.

Written while the application was packaged: `{file}` starts a server of its own, and here the web
server is IIS.
"""
import os
import sys
import types

{import}
HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = {join}


class Served(BaseException):
    """Ends the program where it would begin to serve."""


{take}
program = types.ModuleType("__main__")
program.__file__ = PROGRAM
{package}outer = sys.modules["__main__"]
sys.modules["__main__"] = program
served = []
try:
    with open(PROGRAM, "rb") as source:
        exec(compile(source.read(), PROGRAM, "exec"), program.__dict__)
except Served:
    pass
finally:
    sys.modules["__main__"] = outer
{finish}"#,
        file = shown(file),
        join = join(file),
    )
}

struct Part {
    import: String,
    /// To stand after "up to".
    what: String,
    /// What stands for what starts the server.
    take: String,
    /// Binds `application`.
    finish: String,
}

const LAST: &str = "application = served[-1]";

fn part(starter: &Starter) -> Part {
    match *starter {
        Starter::Function { module, name, position, keyword } => Part {
            import: format!("import {module}\n"),
            what: format!("its call of `{name}`"),
            take: format!(
                r#"def take(*arguments, **named):
    served.append(named["{keyword}"] if "{keyword}" in named else arguments[{position}])
    raise Served()


{module}.{name} = take
"#
            ),
            finish: format!("{LAST}\n"),
        },
        Starter::Method { module, class, name, finish } => Part {
            import: format!("import {module}\n"),
            what: format!("its call of `{name}`"),
            take: format!(
                r"def take(self, *arguments, **named):
    served.append(self)
    raise Served()


{module}.{class}.{name} = take
"
            ),
            finish: format!("{LAST}{finish}\n"),
        },
        Starter::Bottle => Part {
            import: "import bottle\n".to_owned(),
            what: "its call of `run`".to_owned(),
            take: r"def take(app=None, *arguments, **named):
    served.append(bottle.load_app(app) if isinstance(app, str) else app or bottle.default_app())
    raise Served()


bottle.run = take
"
            .to_owned(),
            finish: format!("{LAST}\n"),
        },
        Starter::CherryPy => Part {
            import: "import cherrypy\n".to_owned(),
            what: "the start of CherryPy's server".to_owned(),
            take: r#"def block(*arguments, **named):
    raise Served()


def quickstart(root=None, script_name="", config=None):
    if config:
        cherrypy.config.update(config)
    cherrypy.config.update({"environment": "embedded"})
    cherrypy.tree.mount(root, script_name, config)
    cherrypy.engine.start()
    raise Served()


cherrypy.config.update({"environment": "embedded"})
cherrypy.server.unsubscribe()
cherrypy.quickstart = quickstart
cherrypy.engine.block = block
"#
            .to_owned(),
            finish: "application = cherrypy.tree\n".to_owned(),
        },
    }
}
