//! MAN025: an alias without a source or a destination.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::path::PackagePath;
use crate::rules::Context;
use crate::rules::support::{elsewhere, exists};
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for `alias` providers without `from` or `to`, and for a `from` that the package does not have.
    ///
    /// ## Why it matters
    /// Web Deploy cannot make the copy and stops.
    ///
    /// ## Example
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    ///   <alias from="shop/settings.smaple.py" to="shop/settings.py" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    ///   <alias from="shop/settings.sample.py" to="shop/settings.py" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Fix
    /// When the package has one file of that name elsewhere, the packager offers its path.
    /// Please review it.
    ///
    /// ## References
    /// - Microsoft, "Package an Application for the Windows Web Application Gallery"
    "manifest/incomplete-alias", MAN025, gallery: Error, webdeploy: Error
}

const CONSEQUENCE: &str = "Web Deploy cannot make the copy and stops.";

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    let file = &manifest.source.path;
    for provider in manifest.named("alias") {
        for name in ["from", "to"].into_iter().filter(|name| provider.value(name).is_empty()) {
            let span = provider.attribute(name).map_or(provider.name_span, |own| own.value_span);
            out.push(
                Diagnostic::new(Location::span(file, span), format!("`alias` has no `{name}`"))
                    .consequence(CONSEQUENCE)
                    .help("Write the file to copy into `from`, and the path of the copy into `to`."),
            );
        }
        let Some(from) = provider.attribute("from").filter(|from| !from.value.trim().is_empty()) else { continue };
        if PackagePath::new(from.value.trim()).is_ok_and(|path| exists(cx.tree(), &path)) {
            continue;
        }
        let mut diagnostic =
            Diagnostic::new(Location::span(file, from.value_span), format!("`{}` is not in the package", from.value))
                .consequence(CONSEQUENCE)
                .help("Correct the path, or put the file into the package.");
        if let Some(other) = elsewhere(cx.tree(), from.value.trim()) {
            let edit = Edit::replace(file, from.value_span, xml::escape(other.as_str()));
            diagnostic = diagnostic.fix(Fix::review(format!("Use `{other}`"), vec![edit]));
        }
        out.push(diagnostic);
    }
}
