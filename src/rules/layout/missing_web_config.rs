//! LAY010: an application without web.config.

use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Looks for `web.config` in the application's folder, in any case.
    ///
    /// ## Why it matters
    /// IIS learns from `web.config` which program answers requests.
    /// Nothing starts Python without it, so for a Python application this is an error.
    ///
    /// ## Example
    /// ```text
    /// shop.zip
    ///   Manifest.xml
    ///   Parameters.xml
    ///   shop/app.py
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop.zip
    ///   Manifest.xml
    ///   Parameters.xml
    ///   shop/app.py
    ///   shop/handler.fcgi
    ///   shop/web.config
    /// ```
    ///
    /// ## Fix
    /// None here: add the folder of the application, and the packager writes `web.config` for the Python that you choose.
    ///
    /// ## References
    /// - Microsoft, "Configure Python web apps for IIS"
    "layout/missing-web-config", LAY010, gallery: Warning, webdeploy: Off
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(app) = &cx.app else { return };
    let (folder, tree) = (app.folder, app.contents.tree());
    // An empty folder has a rule of its own.
    if tree.files().next().is_none() {
        return;
    }
    let path = format!("{folder}/web.config");
    if cx.tree().file_ignoring_case(&path).is_some() {
        return;
    }
    let (severity, consequence) = if cx.is_python() {
        (Severity::Error, "Nothing tells IIS to start Python, so the application answers no request.")
    } else {
        (Severity::Warning, "IIS serves this folder with the settings of the server only.")
    };
    out.push(
        Diagnostic::new(Location::raw(&path), format!("the application's folder `{folder}` has no `web.config`"))
            .severity(severity)
            .consequence(consequence)
            .help("Add a `web.config` whose handler starts the application; for a Python application, add its folder and the packager writes the file."),
    );
}
