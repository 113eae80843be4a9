//! WEB037: a mask for a folder that removes a handler which nothing defines.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::model::WebConfig;
use crate::rules::Context;
use crate::rules::configuration::{nested, with_fix};
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for `<remove name="..." />` in the `web.config` of a folder, with the name of a handler for
    /// Python that the `web.config` of the application does not have.
    /// Names that Azure had for handlers of the server are left alone.
    ///
    /// ## Why it matters
    /// The mask has no effect: requests for files in the folder go on to Python.
    /// Names of handlers are compared with their case.
    ///
    /// ## Example
    /// ```text
    /// shop/web.config            <add name="Python_FastCGI" ... />
    /// shop/static/web.config     <remove name="PythonHandler" />
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop/web.config            <add name="Python_FastCGI" ... />
    /// shop/static/web.config     <remove name="Python_FastCGI" />
    /// ```
    ///
    /// ## Fix
    /// Writes the name of the application's handler. Please review it.
    ///
    /// ## References
    /// - Microsoft, "Adding Handler Mappings" in the IIS configuration reference
    /// - Microsoft, the tests of wfastcgi
    "web-config/pointless-mask", WEB037, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(root) = cx.python_web_config() else { return };
    for mask in nested(cx) {
        for name in mask.removals.iter().filter_map(|removal| removal.name.as_ref()) {
            if defines(root, &name.text)
                || mask.handlers.iter().any(|own| own.name.as_ref() == Some(name))
                || !is_ours(&name.text)
            {
                continue;
            }
            let path = &mask.source.path;
            let mut own = root.wfastcgi().filter_map(|handler| handler.name.as_ref());
            let fix = own.next().map(|own| {
                let edit = Edit::replace(path, name.span, xml::escape(&own.text));
                Fix::review(format!("Use `{}`", own.text), vec![edit])
            });
            let message = format!("the application has no handler `{}` that could be removed here", name.text);
            let diagnostic = Diagnostic::new(Location::span(path, name.span), message)
                .consequence("Files in this folder go through Python all the same, unless the server has that handler.")
                .help("Name the handler as the `web.config` of the application does.");
            out.push(with_fix(diagnostic, fix));
        }
    }
}

fn defines(root: &WebConfig, name: &str) -> bool {
    root.handlers.iter().any(|handler| handler.name.as_ref().is_some_and(|own| own.text == name))
}

/// Whether the name is one for Python, and none of those that servers had.
fn is_ours(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let python = ["python", "fastcgi", "wsgi", "django", "flask"].iter().any(|word| lower.contains(word));
    python && !(lower.starts_with("python") && lower.ends_with("_via_fastcgi"))
}
