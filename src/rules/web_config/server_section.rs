//! WEB032: a section that only the configuration of the server may have.

use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::fix::Fix;
use crate::model::WebConfig;
use crate::rules::Context;
use crate::rules::configuration::{nested, take_out, with_fix};
use crate::xml::Element;

declare_rule! {
    /// ## What it does
    /// Looks, in every web.config of the application, for `fastCgi`, `globalModules`, `globalRules`,
    /// `isapiCgiRestriction` and all of `system.applicationHost`.
    /// `httpCompression` is a warning: servers since IIS 8 allow it in many places.
    ///
    /// ## Why it matters
    /// IIS answers every request with "HTTP Error 500.19 - Internal Server Error: This configuration section
    /// cannot be used at this path".
    /// A FastCGI application is registered in applicationHost.config; `wfastcgi-enable` does that.
    ///
    /// ## Example
    /// ```xml
    /// <system.webServer>
    ///   <fastCgi>
    ///     <application fullPath="D:\Python27\python.exe" arguments="..." />
    ///   </fastCgi>
    /// </system.webServer>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <system.webServer>
    ///   <handlers> ... </handlers>
    /// </system.webServer>
    /// ```
    ///
    /// ## Fix
    /// Takes the section away. Please review it: the server has to be set up in another way.
    ///
    /// ## References
    /// - Microsoft, "IIS_schema.xml" and the section table of applicationHost.config
    "web-config/server-section", WEB032, gallery: Error, webdeploy: Error
}

/// Below `system.webServer`.
const SECTIONS: &[&str] =
    &["fastCgi", "globalModules", "httpCompression", "security/isapiCgiRestriction", "rewrite/globalRules"];

/// At the root, or below `system.webServer` where people put them.
const HOST: &[&str] = &["system.applicationHost", "applicationPools", "sites", "listenerAdapters", "webLimits"];

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = cx.python_web_config() else { return };
    judge(cx, config, out);
    for config in nested(cx) {
        judge(cx, &config, out);
    }
}

fn judge(cx: &Context<'_>, config: &WebConfig, out: &mut Vec<Diagnostic>) {
    let Some(root) = config.root().filter(|root| root.is("configuration")) else { return };
    let scopes = || root.all("location").chain([root]);
    let below = config.servers().flat_map(|server| SECTIONS.iter().filter_map(|path| server.find(path)));
    let places = scopes().chain(config.servers());
    let host = places.flat_map(|place| place.elements().filter(|child| HOST.iter().any(|name| child.is(name))));
    let found: Vec<&Element> = below.chain(host).collect();
    for element in found {
        let name = element.local_name();
        let often = name == "httpCompression";
        let message = format!("`{name}` belongs to the configuration of the server");
        let diagnostic = Diagnostic::new(Location::span(&config.source.path, element.name_span), message)
            .consequence("IIS answers with error 500.19: the section cannot be used at this path.")
            .help(match name {
                "fastCgi" => "Take it away and register Python on the server with `wfastcgi-enable`.",
                _ => "Take it away; what it does is set up on the server.",
            })
            .severity(if often { Severity::Warning } else { Severity::Error });
        let fix = take_out(cx, config, element.open).map(|edit| Fix::review(format!("Take `{name}` away"), vec![edit]));
        out.push(with_fix(diagnostic, fix));
    }
}
