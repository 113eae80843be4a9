//! WEB040: the proxy for a virtual environment is not in the application.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::rules::Context;
use crate::rules::configuration::{take_out, with_fix};
use crate::rules::lookup::Lookup;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for a `WSGI_HANDLER` or for settings that use `ptvs_virtualenv_proxy`, in applications
    /// without that file.
    ///
    /// ## Why it matters
    /// wfastcgi stops with `"ptvs_virtualenv_proxy.get_virtualenv_handler()" could not be imported`, unless
    /// the server has the file.
    /// A virtual environment does not work in another folder than the one it was made in.
    ///
    /// ## Example
    /// ```xml
    /// <add key="WSGI_HANDLER" value="ptvs_virtualenv_proxy.get_virtualenv_handler()" />
    /// <add key="WSGI_ALT_VIRTUALENV_HANDLER" value="app.application" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <add key="WSGI_HANDLER" value="app.application" />
    /// ```
    ///
    /// ## Fix
    /// Puts the handler that the proxy would load in its place. Please review it: packages from the virtual
    /// environment then have to lie in the application's folder.
    ///
    /// ## References
    /// - Microsoft, "Configuring Python with Azure App Service Web Apps"
    "web-config/missing-virtualenv-proxy", WEB040, gallery: Note, webdeploy: Note
}

const PROXY: &str = "ptvs_virtualenv_proxy";

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(config), Some(app)) = (cx.python_web_config(), &cx.app) else { return };
    let Some(handler) = config.setting("WSGI_HANDLER").filter(|own| own.value.text.contains(PROXY)) else { return };
    let anywhere = app.contents.tree().files().any(|entry| entry.path.same(&format!("{PROXY}.py")));
    if anywhere || Lookup::new(app.contents, config).module(PROXY).is_some() {
        return;
    }
    let path = &config.source.path;
    let fix = config.setting("WSGI_ALT_VIRTUALENV_HANDLER").map(|own| {
        let keys = ["WSGI_ALT_VIRTUALENV_HANDLER", "WSGI_ALT_VIRTUALENV_ACTIVATE_THIS"];
        let settings = keys.into_iter().filter_map(|key| config.setting(key));
        let mut edits: Vec<Edit> = settings.filter_map(|setting| take_out(cx, config, setting.open)).collect();
        edits.push(Edit::replace(path, handler.value.span, xml::escape(&own.value.text)));
        Fix::review(format!("Use `{}` without the proxy", own.value.text), edits)
    });
    let diagnostic = Diagnostic::new(
        Location::span(path, handler.value.span),
        format!("`{PROXY}.py`, which `WSGI_HANDLER` needs, is not in the application"),
    )
    .consequence("Unless the server has the file, wfastcgi cannot import the handler: every request gets error 500.")
    .help("Put the packages into the application's folder and name the real handler.");
    out.push(with_fix(diagnostic, fix));
}
