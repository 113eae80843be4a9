//! WEB005: a handler whose requireAccess IIS does not know.

use crate::diagnostic::Diagnostic;
use crate::rules::Context;
use crate::rules::configuration::unknown_choice;

declare_rule! {
    /// ## What it does
    /// Looks for handlers whose `requireAccess` is none of `None`, `Read`, `Write`, `Script` and
    /// `Execute`.
    /// Another case of a known word is a warning.
    ///
    /// ## Why it matters
    /// IIS answers every request with "HTTP Error 500.19 - Internal Server Error: The
    /// 'requireAccess' attribute is invalid. Enum must be one of None, Read, Write, Script, Execute".
    ///
    /// ## Example
    /// ```xml
    /// <add name="Python_FastCGI" path="*" verb="*" modules="FastCgiModule" requireAccess="Scripts" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <add name="Python_FastCGI" path="*" verb="*" modules="FastCgiModule" requireAccess="Script" />
    /// ```
    ///
    /// ## Fix
    /// Writes the known word that is nearest, else `Script`, which is what IIS takes when the
    /// attribute is not there.
    ///
    /// ## References
    /// - Microsoft, "IIS_schema.xml", section `system.webServer/handlers`
    "web-config/unknown-access", WEB005, gallery: Error, webdeploy: Error
}

const KNOWN: &[&str] = &["None", "Read", "Write", "Script", "Execute"];

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = cx.python_web_config() else { return };
    for value in config.handlers.iter().filter_map(|handler| handler.require_access.as_ref()) {
        out.extend(unknown_choice(&config.source.path, "requireAccess", value, KNOWN, "Script"));
    }
}
