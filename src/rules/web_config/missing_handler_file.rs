//! WEB011: the file that a handler is for is not in the application.

use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::fix::{Edit, Fix};
use crate::model::web_config::Handler;
use crate::rules::Context;
use crate::rules::configuration::handler_file;

declare_rule! {
    /// ## What it does
    /// Looks for FastCGI handlers whose `path` names one file that is not in the application's
    /// folder.
    /// With `resourceType="File"` or `Either` that is an error, else a warning.
    ///
    /// ## Why it matters
    /// With `File` or `Either`, IIS runs the handler only when the file exists: the rewritten
    /// request ends with "HTTP Error 404.0 - Not Found".
    /// The file may be empty, nothing ever reads it.
    /// Microsoft's instructions ask for an empty `handler.fcgi` in any case.
    ///
    /// ## Example
    /// ```text
    /// shop/app.py
    /// shop/web.config      <add path="handler.fcgi" resourceType="Either" ... />
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop/app.py
    /// shop/handler.fcgi
    /// shop/web.config      <add path="handler.fcgi" resourceType="Either" ... />
    /// ```
    ///
    /// ## Fix
    /// Adds the file, empty.
    ///
    /// ## References
    /// - Microsoft, "Configuring Python with Azure Web Sites"
    /// - Microsoft, "Adding Handler Mappings" in the IIS configuration reference
    "web-config/missing-handler-file", WEB011, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(config), Some(app)) = (cx.python_web_config(), &cx.app) else { return };
    for handler in config.wfastcgi() {
        let Some(path) = &handler.path else { continue };
        let Some(name) = handler_file(handler) else { continue };
        let Some(severity) = severity(handler) else { continue };
        if app.contents.tree().file_ignoring_case(name.as_str()).is_some() {
            continue;
        }
        let folder = app.folder.as_str();
        let location = Location::span(&config.source.path, path.span);
        out.push(
            Diagnostic::new(location, format!("there is no `{name}` in `{folder}`", name = name.as_str()))
                .consequence(match severity {
                    Severity::Error => {
                        "IIS answers with error 404.0: it runs the handler only for a file that is there."
                    }
                    _ => "IIS runs the handler only as long as it does not look for the file, else it answers with error 404.0.",
                })
                .help(format!("Add an empty file `{}`.", name.below(app.folder).as_str()))
                .fix(Fix::safe(
                    format!("Add an empty `{}`", name.as_str()),
                    vec![Edit::Write { file: name.below(app.folder), bytes: Vec::new() }],
                ))
                .severity(severity),
        );
    }
}

fn severity(handler: &Handler) -> Option<Severity> {
    let kind = handler.resource_type.as_ref().map_or("Unspecified", |kind| kind.text.as_str());
    match kind.to_ascii_lowercase().as_str() {
        "file" | "either" => Some(Severity::Error),
        "unspecified" => Some(Severity::Warning),
        // A folder, or a word that another rule reports.
        _ => None,
    }
}
