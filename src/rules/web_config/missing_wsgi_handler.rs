//! WEB020: wfastcgi is not told which object is the application.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::Fix;
use crate::rules::Context;
use crate::rules::configuration::{set_at_installation, widened, write_setting};

declare_rule! {
    /// ## What it does
    /// Looks for a `web.config` that starts wfastcgi and has no setting `WSGI_HANDLER`, or an
    /// empty one.
    /// A value that a parameter writes at installation is left alone.
    ///
    /// ## Why it matters
    /// wfastcgi cannot know the application and stops with "WSGI_HANDLER env var must be set".
    /// The visitor sees error 500.
    ///
    /// ## Example
    /// ```xml
    /// <appSettings>
    ///   <add key="PYTHONPATH" value="D:\home\site\wwwroot" />
    /// </appSettings>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <appSettings>
    ///   <add key="PYTHONPATH" value="D:\home\site\wwwroot" />
    ///   <add key="WSGI_HANDLER" value="app.application" />
    /// </appSettings>
    /// ```
    ///
    /// ## Fix
    /// Adds the entry point that was found in the code.
    /// Please review it: another object may be meant.
    ///
    /// ## References
    /// - wfastcgi 3.0.0, `get_wsgi_handler`
    "web-config/missing-wsgi-handler", WEB020, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    if cx.wanted.absent_from.is_some() || cx.wanted.unfound_in.is_some() {
        return; // there is nothing to name
    }
    let Some(config) = cx.python_web_config().filter(|config| config.is_for_wfastcgi()) else { return };
    let setting = config.setting("WSGI_HANDLER");
    if setting.is_some_and(|setting| !setting.value.text.trim().is_empty() || set_at_installation(cx, config, setting))
    {
        return;
    }
    let path = &config.source.path;
    let (span, message) = if let Some(setting) = setting {
        (widened(setting.value.span), "`WSGI_HANDLER` is empty".to_owned())
    } else {
        let list = config.root().and_then(|root| root.find("appSettings")).map(|list| list.name_span);
        let handler = || config.wfastcgi().next().map(|handler| handler.name_span);
        let Some(span) = list.or_else(handler) else { return };
        (span, format!("`{}` has no setting `WSGI_HANDLER`", path.name()))
    };
    let diagnostic = Diagnostic::new(Location::span(path, span), message)
        .consequence("wfastcgi stops with `WSGI_HANDLER env var must be set`: every request gets error 500.")
        .help("Name the application's object after its module, as in `app.application`.");
    let fix = cx.entry_point().and_then(|handler| {
        let edit = write_setting(cx, config, "WSGI_HANDLER", &handler)?;
        Some(Fix::review(format!("Set `WSGI_HANDLER` to `{handler}`"), vec![edit]))
    });
    out.push(match fix {
        Some(fix) => diagnostic.fix(fix),
        None => diagnostic,
    });
}
