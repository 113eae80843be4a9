//! A module that serves an application with its own framework, on the port that IIS says.

use super::imported;
use crate::detect::Served;

pub(super) fn new(module: &str, object: &str, call: bool, framework: Served) -> String {
    let (import, name) = imported(module, object);
    let call = if call { "()" } else { "" };
    let (package, serve) = match framework {
        Served::Aiohttp => ("from aiohttp import web as serving", "serving.run_app(application, host=HOST, port=PORT)"),
        Served::Tornado => (
            "from tornado import ioloop as serving",
            "application.listen(PORT, address=HOST)\n    serving.IOLoop.current().start()",
        ),
    };
    format!(
        r#""""Serves `{module}:{object}` on the port that IIS says.

Written while the application was packaged; HttpPlatformHandler starts it as a program.
"""
import os

{package}

{import}
HOST = "127.0.0.1"
PORT = int(os.environ["HTTP_PLATFORM_PORT"])

if __name__ == "__main__":
    application = {name}{call}
    {serve}
"#
    )
}
