//! WEB026: a `DJANGO_SETTINGS_MODULE` that is not in the application.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::rules::Context;
use crate::rules::absence::absent_module;
use crate::rules::configuration::{set_at_installation, tokens, with_fix};
use crate::rules::lookup::Lookup;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for the module of `DJANGO_SETTINGS_MODULE` where Python will look for it.
    /// Modules that the server may have are left alone.
    ///
    /// ## Why it matters
    /// Django stops with "ImportError: Could not import settings 'shop.settings'": every request gets
    /// error 500.
    ///
    /// ## Example
    /// ```text
    /// shop/shop/settings.py
    /// shop/web.config      <add key="DJANGO_SETTINGS_MODULE" value="settings" />
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop/shop/settings.py
    /// shop/web.config      <add key="DJANGO_SETTINGS_MODULE" value="shop.settings" />
    /// ```
    ///
    /// ## Fix
    /// Names the settings that were found in the code. Please review it.
    ///
    /// ## References
    /// - Django, "Django settings"
    /// - wfastcgi 3.0.0, `get_environment`
    "web-config/absent-settings-module", WEB026, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(config), Some(app)) = (cx.python_web_config(), &cx.app) else { return };
    let Some(setting) = config.setting("DJANGO_SETTINGS_MODULE") else { return };
    let module = setting.value.text.trim();
    let candidates = || app.detection.candidates.iter();
    let in_folder = candidates().any(|own| !own.python_path.is_empty() && own.settings.as_deref() == Some(module));
    if module.is_empty() || in_folder || tokens(module).next().is_some() || set_at_installation(cx, config, setting) {
        return;
    }
    let lookup = Lookup::new(app.contents, config);
    if absent_module(&lookup, module).is_none() {
        return;
    }
    let path = &config.source.path;
    let mut settings = candidates().filter_map(|own| own.settings.as_deref());
    let fix = settings.find(|own| lookup.module(own).is_some()).map(|own| {
        Fix::review(format!("Use `{own}`"), vec![Edit::replace(path, setting.value.span, xml::escape(own))])
    });
    let message = format!("there is no module `{module}` in the application");
    let diagnostic = Diagnostic::new(Location::span(path, setting.value.span), message)
        .consequence(format!("Django stops with `Could not import settings '{module}'`: every request gets error 500."))
        .help("Name the settings module as Python imports it, or add its folder to `PYTHONPATH`.");
    out.push(with_fix(diagnostic, fix));
}
