//! WEB025: Django is started without being told where its settings are.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Applicability, Fix};
use crate::model::wsgi_handler::WsgiHandler;
use crate::rules::configuration::{set_at_installation, write_setting};
use crate::rules::{App, Context};
use crate::sorted::Set;

declare_rule! {
    /// ## What it does
    /// Looks for a Django project whose `WSGI_HANDLER` is a function of Django itself and whose
    /// `web.config` has no setting `DJANGO_SETTINGS_MODULE`.
    /// A handler in a module of the project is left alone: that module may set it.
    ///
    /// ## Why it matters
    /// Nothing else tells Django which settings to take.
    /// wfastcgi stops with "ImproperlyConfigured: Requested setting INSTALLED_APPS, but settings are
    /// not configured".
    ///
    /// ## Example
    /// ```xml
    /// <add key="WSGI_HANDLER" value="django.core.wsgi.get_wsgi_application()" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <add key="WSGI_HANDLER" value="django.core.wsgi.get_wsgi_application()" />
    /// <add key="DJANGO_SETTINGS_MODULE" value="shop.settings" />
    /// ```
    ///
    /// ## Fix
    /// Adds the setting with the module that was found in the project.
    /// Please review it when there are several.
    ///
    /// ## References
    /// - Django, "Designating the settings"
    /// - Microsoft, "Configuring Python with Azure Web Sites"
    "web-config/missing-django-settings", WEB025, gallery: Warning, webdeploy: Warning
}

const KEY: &str = "DJANGO_SETTINGS_MODULE";

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(config), Some(app)) = (cx.python_web_config(), &cx.app) else { return };
    let Some(setting) = config.setting("WSGI_HANDLER") else { return };
    let Ok(handler) = WsgiHandler::parse(&setting.value.text) else { return };
    if !handler.module.starts_with("django.") || !is_project(app) {
        return;
    }
    let present = config.setting(KEY);
    if present.is_some_and(|own| !own.value.text.trim().is_empty() || set_at_installation(cx, config, own)) {
        return;
    }
    let path = &config.source.path;
    let message = format!("`{}` has no `{KEY}`, which `{}` needs", path.name(), setting.value.text);
    let diagnostic = Diagnostic::new(Location::span(path, setting.value.span), message)
        .consequence(
            "Django stops with ImproperlyConfigured, settings are not configured: every request gets error 500.",
        )
        .help(format!("Add a setting `{KEY}` with the dotted name of the settings module."));
    let known: Set<&str> = settings(app).collect();
    let fix = settings(app).next().and_then(|module| {
        let edits = vec![write_setting(cx, config, KEY, module)?];
        let applicability = if known.len() == 1 { Applicability::Safe } else { Applicability::Unsafe };
        Some(Fix { title: format!("Set `{KEY}` to `{module}`"), applicability, edits })
    });
    out.push(match fix {
        Some(fix) => diagnostic.fix(fix),
        None => diagnostic,
    });
}

/// The settings modules that were found, best first.
fn settings<'a>(app: &'a App<'_>) -> impl Iterator<Item = &'a str> {
    app.detection.candidates.iter().filter_map(|candidate| candidate.settings.as_deref())
}

fn is_project(app: &App<'_>) -> bool {
    let named = |name: &str| app.contents.tree().files().any(|entry| entry.path.name() == name);
    settings(app).next().is_some() || named("manage.py") || named("settings.py")
}
