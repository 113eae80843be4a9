//! LAY005: the manifest spells the application's folder in another case.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::path::PackagePath;
use crate::rules::Context;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Compares the path of `iisApp` with the name of the folder, letter by letter.
    ///
    /// ## Why it matters
    /// Windows takes `Shop` and `shop` for the same folder.
    /// Tools that read packages on other systems do not find it.
    ///
    /// ## Example
    /// ```xml
    /// <!-- The folder in the package is called `shop`. -->
    /// <iisApp path="Shop" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <iisApp path="shop" />
    /// ```
    ///
    /// ## Fix
    /// Writes the name of the folder into the manifest.
    ///
    /// ## References
    /// - Seen in packages of the gallery, which was used on Windows only
    "layout/app-folder-differing-in-case", LAY005, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = &cx.package.manifest else { return };
    for provider in manifest.iis_apps() {
        let Some(value) = &provider.path else { continue };
        let Ok(path) = PackagePath::new(&value.text) else { continue };
        let is_there = cx.tree().has_folder(&path);
        let Some(folder) = cx.tree().folders_like(path.as_str()).last().filter(|_| !is_there) else { continue };
        let file = &manifest.source.path;
        let edit = Edit::replace(file, value.span, xml::escape(folder.as_str()));
        out.push(
            Diagnostic::new(
                Location::span(file, value.span),
                format!("the folder `{path}` is spelled `{folder}` in the package"),
            )
            .consequence("Windows finds the folder all the same; tools on other systems do not.")
            .help("Spell the path as the folder is spelled.")
            .fix(Fix::safe(format!("Use `{folder}`"), vec![edit])),
        );
    }
}
