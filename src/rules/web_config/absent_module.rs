//! WEB022: a `WSGI_HANDLER` that names what the application does not have.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::model::wsgi_handler::WsgiHandler;
use crate::rules::Context;
use crate::rules::absence::{Absent, absent_module, absent_object};
use crate::rules::configuration::{set_at_installation, with_fix};
use crate::rules::lookup::Lookup;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for the module of `WSGI_HANDLER` where Python will look for it, and for the object in it.
    /// Frameworks, what `requirements.txt` asks for, and folders of the server on `PYTHONPATH` are not in
    /// the package, so nothing is said about them.
    ///
    /// ## Why it matters
    /// wfastcgi imports the longest part of the name that is a module.
    /// Each request ends with `"myapp.handler" could not be imported`, or with an AttributeError: the module
    /// has no attribute of that name.
    ///
    /// ## Example
    /// ```text
    /// shop/app.py          application = make()
    /// shop/web.config      <add key="WSGI_HANDLER" value="shop.application" />
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop/app.py          application = make()
    /// shop/web.config      <add key="WSGI_HANDLER" value="app.application" />
    /// ```
    ///
    /// ## Fix
    /// Names the entry point that was found in the code. Please review it.
    ///
    /// ## References
    /// - wfastcgi 3.0.0, `get_wsgi_handler`
    /// - Microsoft, the tests of wfastcgi: BadHandler
    "web-config/absent-module", WEB022, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(config), Some(app)) = (cx.python_web_config(), &cx.app) else { return };
    let Some(setting) = config.setting("WSGI_HANDLER") else { return };
    let written = setting.value.text.as_str();
    let Ok(handler) = WsgiHandler::parse(written) else { return };
    if handler.module.contains('(') || set_at_installation(cx, config, setting) {
        return;
    }
    // A module in a folder that is not on the path is the business of another rule.
    if app.detection.candidates.iter().any(|own| !own.python_path.is_empty() && own.entry_point.handler() == written) {
        return;
    }
    let lookup = Lookup::new(app.contents, config);
    let Some(absent) = absent_object(&lookup, &handler.module, &handler.object) else { return };
    let could_not = format!("wfastcgi stops with `\"{written}\" could not be imported`: every request gets error 500.");
    let (message, consequence) = match &absent {
        Absent::Module(module) => (format!("there is no module `{module}` in the application"), could_not),
        Absent::None(name, file) => (format!("`{name}` is `None` in `{}`", file.below(app.folder).as_str()), could_not),
        Absent::Name(name, file) => (
            format!("`{}` has no `{name}`", file.below(app.folder).as_str()),
            format!("wfastcgi stops with an AttributeError, no attribute `{name}`: every request gets error 500."),
        ),
    };
    // What was found has to be there as Python will look for it.
    let found = cx.entry_point().filter(|found| {
        WsgiHandler::parse(found).is_ok_and(|own| absent_module(&lookup, &own.module).is_none()) && found != written
    });
    let path = &config.source.path;
    let fix = found.map(|found| {
        Fix::review(format!("Use `{found}`"), vec![Edit::replace(path, setting.value.span, xml::escape(&found))])
    });
    let diagnostic = Diagnostic::new(Location::span(path, setting.value.span), message)
        .consequence(consequence)
        .help("Name a module of the application and an object in it, or add the folder of the module to `PYTHONPATH`.");
    out.push(with_fix(diagnostic, fix));
}
