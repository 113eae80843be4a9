//! MAN020: data that the application writes, and no rights to write it.

use crate::diagnostic::{Diagnostic, Location, Profile};
use crate::fix::Fix;
use crate::path::PackagePath;
use crate::rules::Context;
use crate::xml::{self, Element};

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
    /// When it is a folder, the packager offers `Modify` on it; the parameter comes with the fix of what
    /// is reported then. Please review it: it may not be where the application writes.
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
    let written = written(cx);
    let message = match &written {
        Some(path) => format!("no `setAcl` lets the application write to `{path}`"),
        None if cx.profile == Profile::Strict => "the manifest has no `setAcl`".to_owned(),
        None => return,
    };
    let mut diagnostic = Diagnostic::new(Location::span(file, root.name_span), message)
        .consequence("The application may read its files and not write them.")
        .help("Add a `setAcl` for each folder that it writes to, and a parameter for it.");
    diagnostic.fixes.extend(written.and_then(|path| fix(cx, root, &path)));
    out.push(diagnostic);
}

/// `SQLite` writes beside its database as well, so the rights are for the folder; those on the whole
/// application are never offered.
fn fix(cx: &Context<'_>, root: &Element, path: &PackagePath) -> Option<Fix> {
    let tree = cx.tree();
    let folder = if tree.has_folder(path) { path.clone() } else { path.parent()? };
    if folder.same(cx.package.app_folder.as_ref()?.as_str()) {
        return None;
    }
    let file = &cx.manifest()?.source.path;
    let line = format!("<setAcl path=\"{}\" setAclAccess=\"Modify\" />", xml::escape(folder.as_str()));
    let edit = xml::append_child(file, &*cx.contents.text(file)?, root, &line);
    Some(Fix::review(format!("Let it write to `{folder}`"), vec![edit]))
}

/// What the application most likely writes to.
fn written(cx: &Context<'_>) -> Option<PackagePath> {
    let app = cx.app.as_ref()?;
    let tree = app.contents.tree();
    let database = tree.files().map(|entry| &entry.path).find(|path| FILES.contains(&&*path.extension()));
    let folder = || tree.top().into_iter().find(|path| FOLDERS.contains(&&*path.key()) && tree.has_folder(path));
    Some(database.cloned().or_else(folder)?.below(app.folder))
}
