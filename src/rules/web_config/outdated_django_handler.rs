//! WEB024: the handler of old Django with a Django that needs another one.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Applicability, Edit, Fix};
use crate::model::wsgi_handler::WsgiHandler;
use crate::python::Version;
use crate::rules::Context;
use crate::rules::configuration::set_at_installation;
use crate::rules::lookup::Lookup;

declare_rule! {
    /// ## What it does
    /// Looks for `WSGI_HANDLER` with Django's class `WSGIHandler`, unless the Django that comes with
    /// the application, or that its `requirements.txt` names, is older than 1.7.
    ///
    /// ## Why it matters
    /// Since Django 1.7 the applications of a project must be loaded before the first request.
    /// `get_wsgi_application()` does that, `WSGIHandler()` does not: a request ends with
    /// "AppRegistryNotReady: Apps aren't loaded yet".
    /// Instructions for Azure Web Sites from 2013 have the old form.
    ///
    /// ## Example
    /// ```xml
    /// <add key="WSGI_HANDLER" value="django.core.handlers.wsgi.WSGIHandler()" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <add key="WSGI_HANDLER" value="django.core.wsgi.get_wsgi_application()" />
    /// ```
    ///
    /// ## Fix
    /// Writes `django.core.wsgi.get_wsgi_application()`, which Django has since 1.4.
    /// Please review it when the version of Django is not known.
    ///
    /// ## References
    /// - Django, "How to deploy with WSGI" and the release notes of 1.7
    /// - Microsoft, "Configuring Python with Azure Web Sites"
    "web-config/outdated-django-handler", WEB024, gallery: Warning, webdeploy: Warning
}

const BETTER: &str = "django.core.wsgi.get_wsgi_application()";

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(config), Some(app)) = (cx.python_web_config(), &cx.app) else { return };
    let Some(setting) = config.setting("WSGI_HANDLER") else { return };
    let Ok(handler) = WsgiHandler::parse(&setting.value.text) else { return };
    if (handler.module.as_str(), handler.object.as_str()) != ("django.core.handlers.wsgi", "WSGIHandler") {
        return;
    }
    let lookup = Lookup::new(app.contents, config);
    let django = lookup.django().or_else(|| lookup.required("django"));
    if django.is_some_and(|version| version < Version::new(1, 7)) || set_at_installation(cx, config, setting) {
        return;
    }
    let (since, applicability) = match django {
        Some(version) => (format!("and this is Django {version}"), Applicability::Safe),
        None => ("and the version of Django here is not known".to_owned(), Applicability::Unsafe),
    };
    let path = &config.source.path;
    let message = format!("`WSGIHandler` is for Django before 1.7, {since}");
    let edits = vec![Edit::replace(path, setting.value.span, BETTER)];
    out.push(
        Diagnostic::new(Location::span(path, setting.value.span), message)
            .consequence("With Django 1.7 or later, requests end with `Apps aren't loaded yet`.")
            .help(format!("Use `{BETTER}`, which Django has since 1.4."))
            .fix(Fix { title: format!("Use `{BETTER}`"), applicability, edits }),
    );
}
