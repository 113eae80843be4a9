//! WEB013: a FastCGI handler that no request reaches.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::model::WebConfig;
use crate::rules::Context;
use crate::rules::configuration::{closed_rules, handler_file, with_fix};
use crate::xml::{self, Element};

declare_rule! {
    /// ## What it does
    /// Looks for FastCGI handlers for one file, such as `handler.fcgi`, to which no rewrite rule leads.
    ///
    /// ## Why it matters
    /// Only a request for `/handler.fcgi` itself reaches Python.
    /// Everything else ends with "HTTP Error 404.0 - Not Found" or "HTTP Error 403.14 - Forbidden".
    ///
    /// ## Example
    /// ```xml
    /// <handlers>
    ///   <add name="Python_FastCGI" path="handler.fcgi" ... />
    /// </handlers>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <handlers>
    ///   <add name="Python_FastCGI" path="handler.fcgi" ... />
    /// </handlers>
    /// <rewrite>
    ///   <rules>
    ///     <rule name="Rewrite Rule" stopProcessing="true">
    ///       <match url="(.*)" ignoreCase="false" />
    ///       <action type="Rewrite" url="handler.fcgi/{R:1}" appendQueryString="true" />
    ///     </rule>
    ///   </rules>
    /// </rewrite>
    /// ```
    ///
    /// ## Fix
    /// Adds the rewrite rule, and one before it that lets requests for static files pass.
    /// They need the URL Rewrite module.
    ///
    /// ## References
    /// - Microsoft, "Configuring Python with Azure Web Sites"
    /// - Microsoft, "URL Rewrite Module Configuration Reference"
    "web-config/unrouted-handler", WEB013, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = cx.python_web_config() else { return };
    // Another handler may take what this one does not.
    let takes_all = config.handlers.iter().any(|handler| handler.path.as_ref().is_some_and(|path| path.text == "*"));
    if takes_all || !config.miscased().is_empty() {
        return;
    }
    for handler in config.wfastcgi() {
        let (Some(path), Some(file)) = (&handler.path, handler_file(handler)) else { continue };
        let name = file.as_str().to_ascii_lowercase();
        if config.servers().any(|server| mentions(server, &name)) {
            continue;
        }
        let message = format!("no rewrite rule leads to `{}`, which {} is for", file.as_str(), handler.title());
        let diagnostic = Diagnostic::new(Location::span(&config.source.path, path.span), message)
            .consequence("Only requests for that file reach Python, all others get error 404 or 403.14.")
            .help(format!("Add a rewrite rule that leads to `{}`.", file.as_str()));
        let fix = rule(cx, config, file.as_str()).map(|edit| {
            Fix::safe(format!("Send every request that is not for a static file to `{}`", file.as_str()), vec![edit])
        });
        out.push(with_fix(diagnostic, fix));
    }
}

/// Whether a rule, a map or an error page leads to a file.
fn mentions(element: &Element, file: &str) -> bool {
    let leads = !element.is("handlers")
        && element.attributes.iter().any(|attribute| attribute.value.to_ascii_lowercase().contains(file));
    leads || !element.is("handlers") && element.elements().any(|child| mentions(child, file))
}

fn rule(cx: &Context<'_>, config: &WebConfig, file: &str) -> Option<Edit> {
    let taken = |name: &str| config.rewrites.iter().any(|own| own.name.as_ref().is_some_and(|own| own.text == name));
    let name = ["Rewrite Rule", "Python", "Python Handler"].into_iter().find(|name| !taken(name))?;
    let rule = closed_rules(cx, name, file);
    let within = |name: &str, lines: &str| {
        let indented: String = lines.lines().map(|line| format!("  {line}\n")).collect();
        format!("<{name}>\n{indented}</{name}>")
    };
    let server = config.root()?.find("system.webServer")?;
    let (parent, lines) = match (server.find("rewrite/rules"), server.find("rewrite")) {
        (Some(rules), _) => (rules, rule),
        (None, Some(rewrite)) => (rewrite, within("rules", &rule)),
        (None, None) => (server, within("rewrite", &within("rules", &rule))),
    };
    let path = &config.source.path;
    Some(xml::append_child(path, &*cx.contents.text(path)?, parent, &lines))
}
