//! MAN026: an alias whose copy lies outside the application.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::path::PackagePath;
use crate::rules::Context;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for `alias` providers whose `to` is not below the path of an `iisApp` provider.
    ///
    /// ## Why it matters
    /// The copy is made in the package before it is installed. Only what lies in the application's folder is installed.
    ///
    /// ## Example
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    ///   <alias from="shop/settings.sample.py" to="settings.py" />
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
    /// The packager offers the same path below the application's folder.
    /// Please review it.
    ///
    /// ## References
    /// - Microsoft, "Package an Application for the Windows Web Application Gallery"
    "manifest/alias-outside-app", MAN026, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    let file = &manifest.source.path;
    for provider in manifest.named("alias") {
        let Some(to) = provider.attribute("to").filter(|to| !to.value.trim().is_empty()) else { continue };
        let path = PackagePath::new(to.value.trim());
        if manifest.iis_apps().next().is_none()
            || path.as_ref().is_ok_and(|path| manifest.is_in_an_app(path) != Some(false))
        {
            continue;
        }
        let mut diagnostic = Diagnostic::new(
            Location::span(file, to.value_span),
            format!("`{}` is not below the application's folder", to.value),
        )
        .consequence("The copy is made and not installed.")
        .help("Begin the path with the path of `iisApp`.");
        let below = cx.package.app_folder.as_ref().zip(path.ok()).and_then(|(app, path)| app.join(path.as_str()).ok());
        if let Some(below) = below {
            let edit = Edit::replace(file, to.value_span, xml::escape(below.as_str()));
            diagnostic = diagnostic.fix(Fix::review(format!("Use `{below}`"), vec![edit]));
        }
        out.push(diagnostic);
    }
}
