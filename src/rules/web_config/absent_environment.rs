//! WEB046: a virtual environment that web.config starts and that is not in the package.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::rules::Context;
use crate::rules::configuration::{set_at_installation, take_out, with_fix};
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks at `WSGI_ALT_VIRTUALENV_ACTIVATE_THIS`, which names a file of a virtual environment below the
    /// site, in packages that do not have its folder.
    ///
    /// ## Why it matters
    /// On a site of Azure that was published with Git the environment was made on the server.
    /// Web Deploy makes none: the proxy stops, and every request gets error 500.
    /// To bring the environment along does not help, it is bound to the folder it was made in.
    ///
    /// ## Example
    /// ```xml
    /// <add key="WSGI_HANDLER" value="ptvs_virtualenv_proxy.get_venv_handler()" />
    /// <add key="WSGI_ALT_VIRTUALENV_HANDLER" value="app.application" />
    /// <add key="WSGI_ALT_VIRTUALENV_ACTIVATE_THIS" value="D:\home\site\wwwroot\env\Scripts\python.exe" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <add key="WSGI_HANDLER" value="app.application" />
    /// ```
    ///
    /// ## Fix
    /// Names the handler that the proxy would load, without the environment. Please review it: its
    /// packages have to lie in the application's folder.
    ///
    /// ## References
    /// - Microsoft, "Configuring Python with Azure App Service Web Apps"
    "web-config/absent-environment", WEB046, gallery: Warning, webdeploy: Warning
}

const ENVIRONMENT: &str = "WSGI_ALT_VIRTUALENV_ACTIVATE_THIS";
const HANDLER: &str = "WSGI_ALT_VIRTUALENV_HANDLER";

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(config), Some(app)) = (cx.python_web_config(), &cx.app) else { return };
    let Some(setting) = config.setting(ENVIRONMENT).filter(|own| !set_at_installation(cx, config, own)) else { return };
    let value = setting.value.text.replace('\\', "/");
    let lower = value.to_ascii_lowercase();
    let Some(at) = lower.rfind("/wwwroot/").map(|at| at + "/wwwroot/".len()) else { return };
    let Some(folder) = value.get(at..).and_then(|rest| rest.split('/').next()) else { return };
    let is_there = app
        .contents
        .tree()
        .entries()
        .any(|entry| entry.path.segments().next().is_some_and(|first| first.eq_ignore_ascii_case(folder)));
    if folder.is_empty() || is_there {
        return;
    }
    let path = &config.source.path;
    let real = config.setting(HANDLER).filter(|real| !real.value.text.trim().is_empty());
    let fix = config.setting("WSGI_HANDLER").zip(real).map(|(handler, real)| {
        let both = [HANDLER, ENVIRONMENT].into_iter().filter_map(|key| config.setting(key));
        let mut edits: Vec<Edit> = both.filter_map(|own| take_out(cx, config, own.open)).collect();
        edits.push(Edit::replace(path, handler.value.span, xml::escape(&real.value.text)));
        Fix::review(format!("Use `{}` without the environment", real.value.text), edits)
    });
    let message = format!("the virtual environment `{folder}` is not in the package");
    let diagnostic = Diagnostic::new(Location::span(path, setting.value.span), message)
        .consequence("Web Deploy makes no environment: the proxy stops, and every request gets error 500.")
        .help("Put the packages into the application's folder and name the real handler.");
    out.push(with_fix(diagnostic, fix));
}
