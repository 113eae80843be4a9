//! WEB031: a debugger that is shipped along.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::rules::Context;
use crate::rules::configuration::{take_out, with_fix};

declare_rule! {
    /// ## What it does
    /// Looks for `WSGI_PTVSD_SECRET` and `WSGI_PTVSD_ADDRESS` in the settings, and for
    /// `<compilation debug="true">`.
    ///
    /// ## Why it matters
    /// With the settings, wfastcgi lets anybody who knows the secret attach a debugger and run code.
    /// The secret is in the package for all to read.
    /// Debug compilation makes ASP.NET slow and its error pages talkative.
    ///
    /// ## Example
    /// ```xml
    /// <add key="WSGI_PTVSD_SECRET" value="secret" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// (no such setting)
    /// ```
    ///
    /// ## Fix
    /// Takes the setting away, or turns debug compilation off.
    ///
    /// ## References
    /// - wfastcgi 3.0.0, `main`
    /// - Microsoft, "compilation Element (ASP.NET Settings Schema)"
    "web-config/debugging-aid", WEB031, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = cx.python_web_config() else { return };
    let path = &config.source.path;
    for setting in &config.settings {
        let key = setting.key.text.trim();
        if !key.to_ascii_uppercase().starts_with("WSGI_PTVSD_") {
            continue;
        }
        let fix = take_out(cx, config, setting.open).map(|edit| Fix::safe(format!("Take `{key}` away"), vec![edit]));
        let diagnostic = Diagnostic::new(
            Location::span(path, setting.key.span),
            format!("`{key}` opens the application to a remote debugger"),
        )
        .consequence("Whoever reads the package can attach to the application and run code in it.")
        .help("Take the setting away before the package is given to others.");
        out.push(with_fix(diagnostic, fix));
    }
    let compilation = config.root().and_then(|root| root.find("system.web/compilation"));
    let debug = compilation.and_then(|element| element.attribute("debug"));
    if let Some(debug) = debug.filter(|debug| debug.value.eq_ignore_ascii_case("true")) {
        let edit = Edit::replace(path, debug.value_span, "false");
        out.push(
            Diagnostic::new(Location::span(path, debug.value_span), "ASP.NET is to compile for debugging")
                .consequence("Managed modules run slowly, and error pages show more than they should.")
                .help("Set `debug` to `false`.")
                .fix(Fix::safe("Set `debug` to `false`", vec![edit])),
        );
    }
}
