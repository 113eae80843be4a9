//! WEB006: a handler whose module is misspelt.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::model::provider::distance;
use crate::rules::Context;
use crate::text::Span;

declare_rule! {
    /// ## What it does
    /// Looks for handlers whose `modules` names a module of IIS in another case or with a slip.
    /// Modules that are not known here are left alone: a server may have any.
    ///
    /// ## Why it matters
    /// Names of modules are case-sensitive.
    /// IIS answers "HTTP Error 500.21 - Internal Server Error: Handler "Python_FastCGI" has a bad
    /// module "FastCGIModule" in its module list".
    ///
    /// ## Example
    /// ```xml
    /// <add name="Python_FastCGI" path="*" verb="*" modules="FastCGIModule" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <add name="Python_FastCGI" path="*" verb="*" modules="FastCgiModule" />
    /// ```
    ///
    /// ## Fix
    /// Writes the name as IIS knows it.
    ///
    /// ## References
    /// - Microsoft, "Adding Handler Mappings" in the IIS configuration reference
    /// - Microsoft, "HttpPlatformHandler Configuration Reference"
    "web-config/misspelt-module", WEB006, gallery: Error, webdeploy: Error
}

const KNOWN: &[&str] = &[
    "FastCgiModule",
    "httpPlatformHandler",
    "StaticFileModule",
    "DefaultDocumentModule",
    "DirectoryListingModule",
    "CgiModule",
    "IsapiModule",
];

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = cx.python_web_config() else { return };
    for handler in &config.handlers {
        let Some(modules) = &handler.modules else { continue };
        for written in modules.text.split(',').map(str::trim) {
            let Some(known) = meant(written) else { continue };
            let path = &config.source.path;
            // Where the value holds entities, the place within it is not known.
            let plain = modules.span.end - modules.span.start == modules.text.len();
            let at = modules.text.find(written).filter(|_| plain);
            let span = at
                .map_or(modules.span, |at| Span::new(modules.span.start + at, modules.span.start + at + written.len()));
            let message = format!("{} has the module `{written}`, which is spelled `{known}`", handler.title());
            let mut diagnostic = Diagnostic::new(Location::span(path, span), message)
                .consequence("IIS answers with error 500.21, the handler has a bad module in its module list.")
                .help(format!("Write `{known}`: names of modules are compared to the letter."));
            if at.is_some() {
                diagnostic =
                    diagnostic.fix(Fix::safe(format!("Use `{known}`"), vec![Edit::replace(path, span, known)]));
            }
            out.push(diagnostic);
        }
    }
}

/// The module that a misspelt name means; nothing when the name is right or means something else.
fn meant(written: &str) -> Option<&'static str> {
    if written.is_empty() || KNOWN.contains(&written) {
        return None;
    }
    let lower = written.to_lowercase();
    let close = |known: &&&str| {
        let known = known.to_lowercase();
        // `FastCgi` and `FastCgiModules` are meant as well; `IsapiModule` is not `CgiModule`.
        let near = known.len() > 9 && !lower.ends_with(|c: char| c.is_ascii_digit()) && distance(&lower, &known) <= 2;
        known == lower || near || known.len() > 9 && known.strip_suffix("module") == Some(&lower)
    };
    KNOWN.iter().find(close).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_which_module_is_meant() {
        for (written, known) in [
            ("FastCGIModule", Some("FastCgiModule")),
            ("FastCgi", Some("FastCgiModule")),
            ("FastCgiModules", Some("FastCgiModule")),
            ("HttpPlatformHandler", Some("httpPlatformHandler")),
            ("FastCgiModule", None),
            ("httpPlatformHandlerV2", None),
            ("AspNetCoreModule", None),
            ("CgiModul", None),
            ("", None),
        ] {
            assert_eq!(meant(written), known, "{written}");
        }
    }
}
