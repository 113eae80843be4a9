//! WEB043: a web.config whose name is spelled in an unusual way.

use crate::diagnostic::{Diagnostic, Location};
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Looks for a `web.config` that is called neither `web.config` nor `Web.config`.
    ///
    /// ## Why it matters
    /// Windows does not mind the case of the name, and IIS and wfastcgi find the file.
    /// Tools on other systems, and expressions of parameters that mind it, do not.
    ///
    /// ## Example
    /// ```text
    /// shop/WEB.CONFIG
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop/web.config
    /// ```
    ///
    /// ## Fix
    /// None: nothing fails on Windows. Rename the file where you made it.
    ///
    /// ## References
    /// - wfastcgi 3.0.0, `get_environment`, which opens `Web.config`
    "web-config/name-in-another-case", WEB043, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = &cx.package.web_config else { return };
    let path = &config.source.path;
    if matches!(path.name(), "web.config" | "Web.config") {
        return;
    }
    out.push(
        Diagnostic::new(Location::file(path), format!("`{}` is usually spelled `web.config`", path.as_str()))
            .consequence("Windows finds it all the same; a tool on another system may not.")
            .help("Rename it to `web.config`."),
    );
}
