//! WEB003: a handler without a name, path or verb, or with the name of another.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::model::Value;
use crate::model::web_config::{Handler, WebConfig};
use crate::rules::Context;
use crate::rules::configuration::widened;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for handlers without a name, a path or a verb, and for a name that two handlers of
    /// the file have.
    /// A name may come again after `remove` or `clear`.
    ///
    /// ## Why it matters
    /// IIS answers every request with "HTTP Error 500.19 - Internal Server Error": "Required
    /// attribute 'verb' not found", or "Cannot add duplicate collection entry of type 'add' with
    /// unique key attribute 'name' set to 'Python_FastCGI'".
    ///
    /// ## Example
    /// ```xml
    /// <add name="Python_FastCGI" path="handler.fcgi" modules="FastCgiModule" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <add name="Python_FastCGI" path="handler.fcgi" verb="*" modules="FastCgiModule" />
    /// ```
    ///
    /// ## Fix
    /// Adds `verb="*"`, the name `PythonHandler`, or another name for the second handler.
    /// A path that is missing is set to `*`, which please review.
    ///
    /// ## References
    /// - Microsoft, "IIS_schema.xml", section `system.webServer/handlers`
    /// - Microsoft, "Adding Handler Mappings" in the IIS configuration reference
    "web-config/malformed-handler", WEB003, gallery: Error, webdeploy: Error
}

const CONSEQUENCE: &str = "IIS answers every request with error 500.19, the configuration data is invalid.";

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = cx.python_web_config() else { return };
    for (index, handler) in config.handlers.iter().enumerate() {
        let parts = [("name", &handler.name), ("path", &handler.path), ("verb", &handler.verb)];
        for (attribute, value) in parts {
            if value.as_ref().is_none_or(|value| value.text.trim().is_empty()) {
                out.push(missing(config, handler, attribute, value.as_ref()));
            }
        }
        let before = config.handlers.get(..index).unwrap_or_default();
        if let Some(name) = handler.name.as_ref().filter(|name| taken(config, before, name)) {
            out.push(duplicate(config, name));
        }
    }
}

fn missing(config: &WebConfig, handler: &Handler, attribute: &str, value: Option<&Value>) -> Diagnostic {
    let path = &config.source.path;
    let span = value.map_or(handler.name_span, |value| widened(value.span));
    let state = if value.is_some() { "an empty" } else { "no" };
    let message = match attribute {
        "name" => format!("a handler has {state} `name`"),
        _ => format!("{} has {state} `{attribute}`", handler.title()),
    };
    let text = match attribute {
        "name" => unused(config, "PythonHandler"),
        _ => "*".to_owned(),
    };
    let title = format!("Set `{attribute}` to `{text}`");
    let edit = config.element(handler.open).map(|element| xml::set_attribute(path, element, attribute, &text));
    let edits: Vec<Edit> = edit.into_iter().collect();
    let fix = if attribute == "path" { Fix::review(title, edits) } else { Fix::safe(title, edits) };
    Diagnostic::new(Location::span(path, span), message)
        .consequence(CONSEQUENCE)
        .help(match attribute {
            "name" => "Give the handler a name that no other handler has.",
            "path" => "Set `path` to `*`, or to the file that a rewrite rule leads to.",
            _ => "Set `verb` to `*`, or to the methods that are meant.",
        })
        .fix(fix)
}

fn duplicate(config: &WebConfig, name: &Value) -> Diagnostic {
    let path = &config.source.path;
    let other = unused(config, &name.text);
    let edit = Edit::replace(path, name.span, xml::escape(&other));
    Diagnostic::new(Location::span(path, name.span), format!("two handlers are called `{}`", name.text))
        .consequence(CONSEQUENCE)
        .help("Give one of them another name, or take it away when it is a left-over.")
        .fix(Fix::safe(format!("Call the second one `{other}`"), vec![edit]))
}

/// Whether an earlier handler has the name and is still there.
fn taken(config: &WebConfig, before: &[Handler], name: &Value) -> bool {
    before.iter().any(|other| {
        let same = other.name.as_ref().is_some_and(|own| own.text == name.text && !own.text.trim().is_empty());
        let removed = config.removals.iter().any(|removal| {
            let this = removal.name.as_ref().is_none_or(|own| own.text == name.text);
            this && other.open.start < removal.open.start && removal.open.start < name.span.start
        });
        same && !removed
    })
}

fn unused(config: &WebConfig, name: &str) -> String {
    let free = |candidate: &String| {
        config.handlers.iter().all(|handler| handler.name.as_ref().is_none_or(|own| own.text != *candidate))
    };
    let numbered = (2..).map(|number| format!("{name}_{number}"));
    let first = Some(name.to_owned()).filter(free);
    first.or_else(|| numbered.take(1000).find(free)).unwrap_or_default()
}
