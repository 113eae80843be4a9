//! WEB001: a web.config that IIS cannot read.

use crate::diagnostic::{Diagnostic, Location};
use crate::model::WebConfig;
use crate::rules::Context;
use crate::rules::support::not_well_formed;
use crate::xml::Element;

declare_rule! {
    /// ## What it does
    /// Looks for a `web.config` that is not well-formed XML, whose root element is not
    /// `configuration`, or in which the name of a section is written in another case.
    /// Only a `web.config` that has to do with Python is judged.
    ///
    /// ## Why it matters
    /// IIS answers every request with "HTTP Error 500.19 - Internal Server Error: The requested
    /// page cannot be accessed because the related configuration data for the page is invalid".
    /// Names of elements are case-sensitive: `system.webserver` is an unknown section.
    ///
    /// ## Example
    /// ```xml
    /// <Configuration>
    ///   <system.webserver>
    ///     <handlers>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <configuration>
    ///   <system.webServer>
    ///     <handlers>
    /// ```
    ///
    /// ## Fix
    /// None: what was meant has to be decided by a person.
    ///
    /// ## References
    /// - Microsoft, "IIS_schema.xml": names of sections and elements
    /// - Microsoft, "system.webServer/handlers" in the IIS configuration reference
    "web-config/not-well-formed", WEB001, gallery: Error, webdeploy: Error
}

const CONSEQUENCE: &str = "IIS answers every request with error 500.19, the configuration data is invalid.";

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = &cx.package.web_config else { return };
    let text = cx.contents.text(&config.source.path);
    let mentioned = text.as_ref().is_some_and(|text| {
        let text = text.as_str().to_lowercase();
        text.contains("wfastcgi") || text.contains("wsgi_handler")
    });
    if !mentioned && !config.starts_python() && !cx.is_python() {
        return;
    }
    let before = out.len();
    not_well_formed(&config.source, text.as_deref(), CONSEQUENCE, out);
    if out.len() > before {
        return;
    }
    let path = &config.source.path;
    match config.root() {
        None => out.push(
            Diagnostic::new(Location::file(path), format!("`{}` has no element", path.name()))
                .consequence(CONSEQUENCE)
                .help("Write a `configuration` element with the sections in it."),
        ),
        Some(root) if !root.is("configuration") => out.push(
            Diagnostic::new(
                Location::span(path, root.name_span),
                format!("the root element is `{}`, not `configuration`", root.name),
            )
            .consequence(CONSEQUENCE)
            .help("Call the root element `configuration`, in lower case."),
        ),
        Some(_) => out.extend(config.miscased().into_iter().map(|(element, name)| miscased(config, element, name))),
    }
}

fn miscased(config: &WebConfig, element: &Element, name: &str) -> Diagnostic {
    let location = Location::span(&config.source.path, element.name_span);
    Diagnostic::new(location, format!("`{}` is spelled `{name}` by IIS", element.name))
        .consequence(CONSEQUENCE)
        .help("Correct the upper and lower case: names of elements are compared to the letter.")
}
