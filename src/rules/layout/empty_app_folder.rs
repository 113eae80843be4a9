//! LAY006: the application's folder holds no application.

use crate::diagnostic::{Diagnostic, Location};
use crate::rules::Context;
use crate::rules::support::is_clutter;

declare_rule! {
    /// ## What it does
    /// Looks for a file in the application's folder that is neither `handler.fcgi` nor `web.config`.
    ///
    /// ## Why it matters
    /// There is nothing that could answer a request.
    /// The gallery takes web applications only.
    ///
    /// ## Example
    /// ```text
    /// shop.zip
    ///   Manifest.xml
    ///   Parameters.xml
    ///   shop/handler.fcgi
    ///   shop/web.config
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
    /// None: add the files of the application.
    ///
    /// ## References
    /// - Microsoft, "Windows Web Application Gallery Principles"
    "layout/empty-app-folder", LAY006, gallery: Warning, webdeploy: Off
}

const HELPERS: [&str; 2] = ["handler.fcgi", "web.config"];

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(app) = &cx.app else { return };
    let folder = app.folder;
    let paths = || app.contents.tree().files().map(|entry| &entry.path).filter(|path| !is_clutter(path.name()));
    if paths().any(|path| !HELPERS.iter().any(|helper| path.same(helper))) {
        return;
    }
    let names: Vec<String> = paths().map(|path| format!("`{path}`")).collect();
    let message = if names.is_empty() {
        format!("the application's folder `{folder}` is empty")
    } else {
        format!("the application's folder `{folder}` holds nothing but {}", names.join(" and "))
    };
    out.push(
        Diagnostic::new(Location::file(folder), message)
            .consequence("There is no application that could answer a request.")
            .help("Put the files of the application into this folder."),
    );
}
