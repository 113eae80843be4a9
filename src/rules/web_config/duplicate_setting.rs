//! WEB029: a setting that stands there twice.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::Fix;
use crate::rules::Context;
use crate::rules::configuration::{take_out, with_fix};

declare_rule! {
    /// ## What it does
    /// Looks for keys of `appSettings` that come twice, in whatever case.
    ///
    /// ## Why it matters
    /// wfastcgi takes the last one, so the first says something that is not true.
    /// Other tools may take the first.
    ///
    /// ## Example
    /// ```xml
    /// <add key="WSGI_HANDLER" value="old.app" />
    /// <add key="wsgi_handler" value="app.application" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <add key="WSGI_HANDLER" value="app.application" />
    /// ```
    ///
    /// ## Fix
    /// Takes the earlier one away, which changes nothing for wfastcgi.
    ///
    /// ## References
    /// - wfastcgi 3.0.0, `get_environment`
    "web-config/duplicate-setting", WEB029, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = cx.python_web_config() else { return };
    for (index, setting) in config.settings.iter().enumerate() {
        let key = setting.key.text.trim();
        let later = config.settings.get(index + 1..).unwrap_or_default();
        let Some(last) = later.iter().rev().find(|other| other.key.text.trim().eq_ignore_ascii_case(key)) else {
            continue;
        };
        let fix = take_out(cx, config, setting.open).map(|edit| Fix::safe("Take the earlier one away", vec![edit]));
        let message = format!("`{key}` comes again further down, with the value `{}`", last.value.text);
        let diagnostic = Diagnostic::new(Location::span(&config.source.path, setting.key.span), message)
            .consequence("wfastcgi takes the last one: this value has no effect.")
            .help("Keep one of them.");
        out.push(with_fix(diagnostic, fix));
    }
}
