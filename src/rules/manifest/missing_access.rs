//! MAN020: data that the application writes, and no rights to write it.

use crate::diagnostic::{Diagnostic, Location, Profile};
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Looks for a `setAcl` provider when the application has a SQLite database or a folder that by its name
    /// takes what visitors upload. The gallery's own validator, and the profile `strict` with it, wants one in
    /// each package.
    ///
    /// ## Why it matters
    /// Applications may only read what Web Deploy installs.
    /// Writing fails with "Access is denied" or "attempt to write a readonly database".
    ///
    /// ## Example
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    ///   <setAcl path="shop/media" setAclAccess="Modify" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Fix
    /// None: the packager cannot tell where the application writes.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    /// - The gallery's retired validator: a package without `setAcl` failed, later it was told
    "manifest/missing-access", MAN020, gallery: Note, webdeploy: Off, strict: Error
}

/// Folders that take what visitors upload.
const FOLDERS: [&str; 3] = ["media", "upload", "uploads"];
/// Databases in one file.
const FILES: [&str; 3] = ["db", "sqlite", "sqlite3"];

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    let file = &manifest.source.path;
    let (None, Some(root)) = (manifest.named("setAcl").next(), manifest.root()) else { return };
    let (span, message) = match written(cx) {
        Some(path) => (root.name_span, format!("no `setAcl` lets the application write to `{path}`")),
        None if cx.profile == Profile::Strict => (root.name_span, "the manifest has no `setAcl`".to_owned()),
        None => return,
    };
    out.push(
        Diagnostic::new(Location::span(file, span), message)
            .consequence("The application may read its files and not write them.")
            .help("Add a `setAcl` for each folder that it writes to, and a parameter for it."),
    );
}

/// What the application most likely writes to.
fn written(cx: &Context<'_>) -> Option<String> {
    let app = cx.app.as_ref()?;
    let tree = app.contents.tree();
    let database = tree.files().map(|entry| &entry.path).find(|path| FILES.contains(&&*path.extension()));
    let folder = || tree.top().into_iter().find(|path| FOLDERS.contains(&&*path.key()) && tree.has_folder(path));
    let path = database.cloned().or_else(folder)?;
    Some(format!("{}/{path}", app.folder))
}
