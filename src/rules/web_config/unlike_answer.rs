//! WEB047: web.config says something else than the person chose.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::model::{Value, WebConfig};
use crate::rules::Context;
use crate::rules::configuration::{replaced_at_installation, with_fix};
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Compares what was chosen for the package (the entry point, the settings module, the host or its
    /// Python) with a `web.config` that the application has already.
    /// What stands in such a file is kept, so it is what counts.
    ///
    /// ## Why it matters
    /// The server starts what the file says, not what was chosen.
    ///
    /// ## Example
    /// ```text
    /// chosen        shop.wsgi:application
    /// web.config    <add key="WSGI_HANDLER" value="shop.old.application" />
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// chosen        shop.wsgi:application
    /// web.config    <add key="WSGI_HANDLER" value="shop.wsgi.application" />
    /// ```
    ///
    /// ## Fix
    /// Writes what was chosen. Please review it: the file may be right, then choose what it says.
    ///
    /// ## References
    /// - wfastcgi 3.0.0, `get_environment`
    "web-config/unlike-answer", WEB047, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = cx.python_web_config() else { return };
    let mut compare = |name: &str, value: Option<&Value>, wanted: Option<&str>, rest: Option<&str>| {
        let (Some(value), Some(wanted)) = (value, wanted) else { return };
        if same(&value.text, wanted) || replaced_at_installation(cx, config, name, &value.text) {
            return;
        }
        let path = &config.source.path;
        let fix = rest.is_none().then(|| {
            let edit = Edit::replace(path, value.span, xml::escape(wanted));
            Fix::review(format!("Use `{wanted}`, as was chosen"), vec![edit])
        });
        let message = match rest {
            Some(rest) => format!("`{name}` is here, and {rest} was chosen"),
            None => format!("`{name}` is `{}`, and `{wanted}` was chosen", value.text),
        };
        let diagnostic = Diagnostic::new(Location::span(path, value.span), message)
            .consequence("The server does what the file says.")
            .help("Take over what was chosen, or choose what the file says.");
        out.push(with_fix(diagnostic, fix));
    };
    let wanted = cx.wanted;
    let setting = |key: &str| config.setting(key).map(|setting| &setting.value);
    if config.is_for_wfastcgi() {
        compare("WSGI_HANDLER", setting("WSGI_HANDLER"), wanted.handler.as_deref(), None);
        compare("DJANGO_SETTINGS_MODULE", setting("DJANGO_SETTINGS_MODULE"), wanted.settings.as_deref(), None);
    }
    let processor = config.wfastcgi().find_map(|handler| handler.script_processor.as_ref());
    let process = config.http_platform.as_ref().and_then(|process| process.process_path.as_ref());
    match (&wanted.script_processor, &wanted.process) {
        (Some(own), _) if processor.is_some() => compare("scriptProcessor", processor, Some(own), None),
        (Some(own), _) => compare("httpPlatform", process, Some(own), Some("a host with wfastcgi")),
        (None, Some(own)) if process.is_some() => compare("processPath", process, Some(own), None),
        (None, Some(own)) if !starts_otherwise(config) => {
            compare("scriptProcessor", processor, Some(own), Some("a host with HttpPlatformHandler"));
        }
        _ => {}
    }
}

/// Whether the file has no handler of its own, so that the chosen one is added.
fn starts_otherwise(config: &WebConfig) -> bool {
    config.wfastcgi().next().is_none()
}

/// Quotes around paths, and their case, make no difference.
fn same(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.replace('"', "").replace('/', "\\").trim().to_ascii_lowercase();
    plain(one) == plain(other)
}
