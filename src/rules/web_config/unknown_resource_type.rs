//! WEB004: a handler whose resourceType IIS does not know.

use crate::diagnostic::Diagnostic;
use crate::rules::Context;
use crate::rules::configuration::unknown_choice;

declare_rule! {
    /// ## What it does
    /// Looks for handlers whose `resourceType` is none of `File`, `Directory`, `Either` and
    /// `Unspecified`.
    /// Another case of a known word is a warning.
    ///
    /// ## Why it matters
    /// IIS answers every request with "HTTP Error 500.19 - Internal Server Error: The 'resourceType'
    /// attribute is invalid. Enum must be one of File, Directory, Either, Unspecified".
    /// `Script` is a value of `requireAccess`, not of `resourceType`.
    ///
    /// ## Example
    /// ```xml
    /// <add name="Python_FastCGI" path="*" verb="*" modules="FastCgiModule" resourceType="Script" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <add name="Python_FastCGI" path="*" verb="*" modules="FastCgiModule" resourceType="Unspecified" />
    /// ```
    ///
    /// ## Fix
    /// Writes the known word that is nearest, else `Unspecified`, which is what IIS takes when the
    /// attribute is not there.
    ///
    /// ## References
    /// - Microsoft, "IIS_schema.xml", section `system.webServer/handlers`
    "web-config/unknown-resource-type", WEB004, gallery: Error, webdeploy: Error
}

const KNOWN: &[&str] = &["File", "Directory", "Either", "Unspecified"];

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = cx.python_web_config() else { return };
    for value in config.handlers.iter().filter_map(|handler| handler.resource_type.as_ref()) {
        out.extend(unknown_choice(&config.source.path, "resourceType", value, KNOWN, "Unspecified"));
    }
}
