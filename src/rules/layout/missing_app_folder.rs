//! LAY004: the manifest names a folder that is not in the package.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::path::{PackagePath, PathProblem};
use crate::rules::Context;
use crate::rules::support::only_folder;

declare_rule! {
    /// ## What it does
    /// Looks for the folder that an `iisApp` provider names, in any case.
    ///
    /// ## Why it matters
    /// That folder is what gets installed.
    /// Web Deploy stops when it is not there.
    ///
    /// ## Example
    /// ```xml
    /// <!-- The folder in the package is called `shop`. -->
    /// <MSDeploy.iisApp>
    ///   <iisApp path="store" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Fix
    /// When there is just one folder that no provider uses: gives it the name that the manifest expects, so that parameters and access rights still fit.
    /// Please review it.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    "layout/missing-app-folder", LAY004, gallery: Error, webdeploy: Off
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = &cx.package.manifest else { return };
    let is_there = |path: &PackagePath| cx.tree().folders_like(path.as_str()).next().is_some();
    let mut paths = manifest.iis_apps().map(|provider| PackagePath::new(provider.path_text()));
    // A folder that another provider installs already has its name.
    let spare = only_folder(cx.tree()).filter(|_| !paths.any(|path| path.is_ok_and(|path| is_there(&path))));
    for value in manifest.iis_apps().filter_map(|provider| provider.path.as_ref()) {
        let path = PackagePath::new(&value.text);
        if path == Err(PathProblem::Empty) || path.as_ref().is_ok_and(is_there) {
            continue;
        }
        let place = Location::span(&manifest.source.path, value.span);
        let mut diagnostic = Diagnostic::new(place, format!("there is no folder `{}` in the package", value.text))
            .consequence("Web Deploy does not find what it shall install, and stops.")
            .help("Write the name of the application's folder into `path`, or give the folder this name.");
        if let (Ok(to), Some(from)) = (path, spare.clone())
            && cx.tree().get(&to).is_none()
        {
            let title = format!("Rename the folder `{from}` to `{to}`");
            diagnostic = diagnostic.fix(Fix::review(title, vec![Edit::Move { from, to }]));
        }
        out.push(diagnostic);
    }
}
