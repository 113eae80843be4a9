//! WEB027: a blank or a curly quote that came along with a copy.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::model::Value;
use crate::model::web_config::is_python_setting;
use crate::rules::Context;
use crate::rules::configuration::set_at_installation;
use crate::rules::support::shown;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for blanks around keys and values that wfastcgi reads, for blanks that do not break, for curly
    /// quotes in them, and for `D: \` with a blank after the colon.
    ///
    /// ## Why it matters
    /// wfastcgi before November 2016 makes an environment variable of a key with its blank: Django stops with
    /// ImproperlyConfigured, because ` DJANGO_SETTINGS_MODULE` is another variable.
    /// A path with a blank or a curly quote is another path.
    ///
    /// ## Example
    /// ```xml
    /// <add key=" DJANGO_SETTINGS_MODULE" value="shop.settings" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <add key="DJANGO_SETTINGS_MODULE" value="shop.settings" />
    /// ```
    ///
    /// ## Fix
    /// Takes the blanks and quotes away.
    ///
    /// ## References
    /// - wfastcgi 3.0.0 and 2.2, `get_environment`
    "web-config/stray-blank", WEB027, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = cx.python_web_config() else { return };
    let mut judge = |what: &str, value: &Value| {
        let better = cleaned(&value.text);
        if better == value.text || value.text.trim().is_empty() {
            return;
        }
        let path = &config.source.path;
        let edit = Edit::replace(path, value.span, xml::escape(&better));
        let message = format!("{what} `{}` has a stray blank or quote in it", shown(&value.text));
        out.push(
            Diagnostic::new(Location::span(path, value.span), message)
                .consequence("The server takes it to the letter: it is another name or another path.")
                .help(format!("Write `{better}`."))
                .fix(Fix::safe(format!("Use `{better}`"), vec![edit])),
        );
    };
    for setting in config.settings.iter().filter(|own| is_python_setting(&cleaned(&own.key.text))) {
        judge("the key", &setting.key);
        // A handler with blanks is refused by another rule.
        if !setting.key.text.trim().eq_ignore_ascii_case("WSGI_HANDLER") && !set_at_installation(cx, config, setting) {
            judge("the value", &setting.value);
        }
    }
    for processor in config.wfastcgi().filter_map(|handler| handler.script_processor.as_ref()) {
        judge("the script processor", processor);
    }
    if let Some(path) = config.http_platform.as_ref().and_then(|process| process.process_path.as_ref()) {
        judge("the process", path);
    }
}

/// A text without what copying from a page adds.
fn cleaned(text: &str) -> String {
    let text = text.replace('\u{a0}', " ").replace(['\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}'], "");
    let mut out = text.trim().to_owned();
    for drive in ["C: \\", "D: \\", "c: \\", "d: \\"] {
        out = out.replace(drive, &drive.replace(' ', ""));
    }
    out
}
