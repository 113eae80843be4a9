//! WEB023: `WSGI_HANDLER` calls the application itself, or does not call what makes it.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Applicability, Edit, Fix};
use crate::model::wsgi_handler::WsgiHandler;
use crate::rules::configuration::set_at_installation;
use crate::rules::lookup::{Found, Lookup, Object};
use crate::rules::{App, Context};

declare_rule! {
    /// ## What it does
    /// Looks up the object of `WSGI_HANDLER` in the application's code: an application must stand
    /// there without parentheses, a function that makes the application with them.
    /// Only what the code says for certain is reported.
    ///
    /// ## Why it matters
    /// wfastcgi calls what has `()` once, when it starts, without arguments.
    /// An application ends there with "TypeError: __call__() missing 2 required positional
    /// arguments: 'environ' and 'start_response'".
    /// A function that makes the application and is not called gets each request instead: "TypeError:
    /// get_wsgi_application() takes 0 positional arguments but 2 were given".
    ///
    /// ## Example
    /// ```xml
    /// <!-- app.py: app = Flask(__name__) -->
    /// <add key="WSGI_HANDLER" value="app.app()" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <add key="WSGI_HANDLER" value="app.app" />
    /// ```
    ///
    /// ## Fix
    /// Takes the parentheses away or adds them.
    /// Please review it where the code does not say that the function gives an application.
    ///
    /// ## References
    /// - wfastcgi 3.0.0, `get_wsgi_handler`
    /// - PEP 3333, "Python Web Server Gateway Interface"
    "web-config/miscalled-wsgi-handler", WEB023, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(config), Some(app)) = (cx.python_web_config(), &cx.app) else { return };
    let Some(setting) = config.setting("WSGI_HANDLER") else { return };
    let written = setting.value.text.as_str();
    let Ok(handler) = WsgiHandler::parse(written) else { return };
    if handler.module.contains('(') || set_at_installation(cx, config, setting) {
        return;
    }
    let name = format!("{}.{}", handler.module, handler.object);
    let (message, consequence, better, certain) = match Lookup::new(app.contents, config).object(&name) {
        Object::Application(found) if handler.call => (
            format!("`{written}` calls the application: `{name}` is {}", told(app, &found)),
            "wfastcgi calls it without a request and stops with a TypeError: every request gets error 500.",
            name,
            true,
        ),
        Object::Factory(found, certain) if !handler.call => (
            format!("`{written}` is not called: it is {}", told(app, &found)),
            "It gets the request instead of making the application: every request ends with a TypeError.",
            format!("{name}()"),
            certain,
        ),
        _ => return,
    };
    let path = &config.source.path;
    let applicability = if certain { Applicability::Safe } else { Applicability::Unsafe };
    let edits = vec![Edit::replace(path, setting.value.span, better.clone())];
    out.push(
        Diagnostic::new(Location::span(path, setting.value.span), message)
            .consequence(consequence)
            .help("Write an application without parentheses, and what makes one with them.")
            .fix(Fix { title: format!("Use `{better}`"), applicability, edits }),
    );
}

fn told(app: &App<'_>, found: &Found) -> String {
    match &found.place {
        Some((file, line)) => format!("{} (`{}` line {line})", found.what, file.below(app.folder).as_str()),
        None => found.what.clone(),
    }
}
