//! WEB028: a `PYTHONPATH` without a folder that the application imports from.

use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::fix::Fix;
use crate::model::web_config::WebConfig;
use crate::rules::configuration::{set_at_installation, tokens, with_fix, write_setting};
use crate::rules::lookup::Lookup;
use crate::rules::{App, Context};
use crate::target;

declare_rule! {
    /// ## What it does
    /// Looks for folders from which the application imports its modules and which `PYTHONPATH` does not have.
    /// A file without any `PYTHONPATH` is a note: wfastcgi starts in the application's folder and finds
    /// what lies there.
    ///
    /// ## Why it matters
    /// Python does not find the modules: each request ends with `"shop.wsgi.application" could not be
    /// imported`.
    ///
    /// ## Example
    /// ```text
    /// shop/src/app.py
    /// shop/web.config      <add key="PYTHONPATH" value="D:\home\site\wwwroot" />
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop/src/app.py
    /// shop/web.config      <add key="PYTHONPATH" value="D:\home\site\wwwroot;D:\home\site\wwwroot\src" />
    /// ```
    ///
    /// ## Fix
    /// Adds the folders, below the root that is already there.
    ///
    /// ## References
    /// - wfastcgi 3.0.0, `get_environment`
    /// - Microsoft, "Configuring Python with Azure Web Sites"
    "web-config/missing-python-path", WEB028, gallery: Warning, webdeploy: Warning
}

const KEY: &str = "PYTHONPATH";

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(config), Some(app)) = (cx.python_web_config(), &cx.app) else { return };
    let Some(handler) = config.setting("WSGI_HANDLER").filter(|_| config.is_for_wfastcgi()) else { return };
    let path = config.setting(KEY);
    let value = path.map_or("", |setting| &setting.value.text);
    if path.is_some_and(|own| set_at_installation(cx, config, own) || tokens(value).next().is_some()) {
        return;
    }
    let missing = missing(config, app, &handler.value.text);
    if missing.is_empty() && path.is_some() {
        return;
    }
    let root = value.split(';').next().map(|root| root.trim().trim_end_matches('\\')).filter(|root| !root.is_empty());
    let root = root.unwrap_or(target::AZURE_SITE);
    let mut better = if value.is_empty() { root.to_owned() } else { value.to_owned() };
    for folder in &missing {
        better.push_str(&format!(";{root}\\{}", folder.replace('/', "\\")));
    }
    let place = path.map_or(handler.key.span, |own| own.value.span);
    let location = Location::span(&config.source.path, place);
    let fix =
        write_setting(cx, config, KEY, &better).map(|edit| Fix::safe(format!("Set `{KEY}` to `{better}`"), vec![edit]));
    let diagnostic = if missing.is_empty() {
        Diagnostic::new(location, format!("there is no `{KEY}`"))
            .consequence("Python finds only what lies in the application's own folder.")
            .help(format!("Add `{KEY}` with the folder that the application is installed to."))
            .severity(Severity::Note)
    } else {
        let list = missing.join("` and `");
        Diagnostic::new(location, format!("`{list}` is not on `{KEY}`, and `{}` lies there", handler.value.text))
            .consequence("Python does not find the module: every request gets error 500.")
            .help(format!("Add the folder to `{KEY}`, with a semicolon before it."))
    };
    out.push(with_fix(diagnostic, fix));
}

/// The folders that the handler's own candidate needs and that are not on the path.
fn missing<'a>(config: &WebConfig, app: &'a App<'_>, handler: &str) -> Vec<&'a str> {
    let lookup = Lookup::new(app.contents, config);
    let own = app.detection.candidates.iter().find(|own| own.entry_point.handler() == handler);
    let folders = own.map(|own| own.python_path.as_slice()).unwrap_or_default();
    if lookup.reaches_out {
        return Vec::new();
    }
    let names = folders.iter().map(crate::path::PackagePath::as_str);
    names.filter(|name| !lookup.roots.iter().any(|root| root.eq_ignore_ascii_case(name))).collect()
}
