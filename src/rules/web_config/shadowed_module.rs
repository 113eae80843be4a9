//! WEB053: a `WSGI_HANDLER` whose module Python has of its own.

use crate::diagnostic::{Diagnostic, Location};
use crate::model::wsgi_handler::WsgiHandler;
use crate::python::is_loaded_first;
use crate::rules::Context;
use crate::rules::configuration::set_at_installation;
use crate::rules::lookup::Lookup;

declare_rule! {
    /// ## What it does
    /// Looks for a `WSGI_HANDLER` that names a module of the application, such as `site.py` or `io.py`,
    /// where Python has a module of that name which wfastcgi has loaded before.
    ///
    /// ## Why it matters
    /// Python imports a module once: what it gets is its own module, in which there is no application.
    /// Every request ends with an AttributeError, and the file in the package is never read.
    ///
    /// ## Example
    /// ```text
    /// shop/site.py      app = Flask(__name__)
    /// shop/web.config   <add key="WSGI_HANDLER" value="site.app" />
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop/shop_site.py   app = Flask(__name__)
    /// shop/web.config     <add key="WSGI_HANDLER" value="shop_site.app" />
    /// ```
    ///
    /// ## Fix
    /// None: rename the file and what imports from it, and name it so in `WSGI_HANDLER`.
    ///
    /// ## References
    /// - wfastcgi 3.0.0, `get_wsgi_handler`
    /// - docs.python.org, "The import system": the module cache
    "web-config/shadowed-module", WEB053, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(config), Some(app)) = (cx.python_web_config(), &cx.app) else { return };
    let Some(setting) = config.setting("WSGI_HANDLER") else { return };
    let Ok(handler) = WsgiHandler::parse(&setting.value.text) else { return };
    let first = handler.module.split('.').next().unwrap_or("");
    if !is_loaded_first(first) || set_at_installation(cx, config, setting) {
        return;
    }
    let Some(file) = Lookup::new(app.contents, config).module(first) else { return };
    let message = format!("`{}` is never imported: Python has a module `{first}` of its own", file.below(app.folder));
    out.push(
        Diagnostic::new(Location::span(&config.source.path, setting.value.span), message)
            .consequence("wfastcgi looks for the application in the module of Python and stops with an AttributeError: every request gets error 500.")
            .help(format!("Rename `{}`, and what imports from it, and name it so in `WSGI_HANDLER`.", file.below(app.folder))),
    );
}
