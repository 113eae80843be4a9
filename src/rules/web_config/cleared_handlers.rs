//! WEB039: handlers that are all removed, also the one for files.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::Fix;
use crate::rules::Context;
use crate::rules::configuration::with_fix;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for `<clear />` in the handlers of the application without a handler of `StaticFileModule` after it.
    /// Where a handler takes every path, files go there, and nothing is said.
    ///
    /// ## Why it matters
    /// IIS has nothing left for files: style sheets and pictures end with "HTTP Error 404.4 - Not Found".
    ///
    /// ## Example
    /// ```xml
    /// <handlers>
    ///   <clear />
    ///   <add name="Python_FastCGI" path="handler.fcgi" ... />
    /// </handlers>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <handlers>
    ///   <clear />
    ///   <add name="Python_FastCGI" path="handler.fcgi" ... />
    ///   <add name="StaticFile" path="*" verb="*" modules="StaticFileModule" resourceType="File" requireAccess="Read" />
    /// </handlers>
    /// ```
    ///
    /// ## Fix
    /// Adds the handler for files, after the others. Please review it.
    ///
    /// ## References
    /// - Microsoft, "Adding Handler Mappings" in the IIS configuration reference
    "web-config/cleared-handlers", WEB039, gallery: Warning, webdeploy: Warning
}

const STATIC: &str = "<add name=\"StaticFile\" path=\"*\" verb=\"*\" modules=\"StaticFileModule\" resourceType=\"File\" requireAccess=\"Read\" />";

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = cx.python_web_config() else { return };
    let Some(clear) = config.removals.iter().rev().find(|removal| removal.name.is_none()) else { return };
    let mut after = config.handlers.iter().filter(|handler| handler.open.start > clear.open.start);
    // A `remove` without a name is another mistake.
    let Some(element) = config.element(clear.open).filter(|element| element.is("clear")) else { return };
    if after.any(|handler| {
        handler.has_module("StaticFileModule") || handler.path.as_ref().is_some_and(|path| path.text == "*")
    }) {
        return;
    }
    let path = &config.source.path;
    let fix = cx.contents.text(path).and_then(|text| {
        let mut lists = config.servers().filter_map(|server| server.find("handlers"));
        let handlers = lists.find(|list| list.elements().any(|child| child.open == clear.open))?;
        Some(Fix::review("Add the handler for files", vec![xml::append_child(path, &text, handlers, STATIC)]))
    });
    let diagnostic = Diagnostic::new(
        Location::span(path, element.name_span),
        "all handlers are removed, also the one that serves files",
    )
    .consequence("Style sheets, scripts and pictures get error 404.4.")
    .help("Add a handler with `modules=\"StaticFileModule\"`, or remove only the handlers that are in the way.");
    out.push(with_fix(diagnostic, fix));
}
