//! LAY003: the whole package lies in a folder.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::model::{Kind, provider, root_file};
use crate::path::PackagePath;
use crate::rules::Context;
use crate::rules::support::{is_clutter, top};
use crate::tree::FileTree;

declare_rule! {
    /// ## What it does
    /// Looks for `Manifest.xml` and `Parameters.xml` one or two folders below the root, when there is nothing else at the root.
    ///
    /// ## Why it matters
    /// Web Deploy reads the two files at the root of the package and nowhere else.
    /// This happens when the folder is zipped instead of what is in it; macOS always does so.
    ///
    /// ## Example
    /// ```text
    /// shop.zip
    ///   my-package/Manifest.xml
    ///   my-package/Parameters.xml
    ///   my-package/shop/app.py
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop.zip
    ///   Manifest.xml
    ///   Parameters.xml
    ///   shop/app.py
    /// ```
    ///
    /// ## Fix
    /// Makes the folder the root of the package.
    /// `__MACOSX`, `.DS_Store` and the like beside it are left out.
    ///
    /// ## References
    /// - Microsoft, "Package an Application for the Windows Web Application Gallery"
    "layout/nested-package", LAY003, gallery: Error, webdeploy: Off
}

/// How many folders are looked into.
const LEVELS: usize = 2;

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    if cx.package.kind != Kind::Application {
        return;
    }
    let mut inner = cx.tree().clone();
    let mut folder: Option<PackagePath> = None;
    for _ in 0..LEVELS {
        let Some(next) = single(&inner) else { return };
        inner.lift(&next);
        let folder = folder.insert(folder.as_ref().map_or(next.clone(), |folder| next.below(folder)));
        if let Some(file) = package_file(cx, &inner, folder) {
            out.push(
                Diagnostic::new(Location::file(&file), format!("your files are inside `{folder}/`"))
                    .consequence("Web Deploy looks for `Manifest.xml` at the root of the package only, and finds nothing to install.")
                    .help("Use that folder as the root of the package.")
                    .fix(Fix::safe(format!("Use `{folder}/` as the root"), vec![Edit::Lift { folder: folder.clone() }])),
            );
            return;
        }
    }
}

/// The folder at the root, when there is nothing else but clutter.
fn single(tree: &FileTree) -> Option<PackagePath> {
    let mut names = top(tree);
    names.next().filter(|first| names.next().is_none() && tree.has_folder(first) && !is_clutter(first.as_str()))
}

/// One of the two files of a package, when they are what they are called: other formats also have
/// a `manifest.xml`.
fn package_file(cx: &Context<'_>, inner: &FileTree, folder: &PackagePath) -> Option<PackagePath> {
    let find = |name: &str| root_file(inner, name).map(|path| path.below(folder));
    match (find("manifest.xml"), find("parameters.xml")) {
        (Some(manifest), Some(_)) => Some(manifest),
        (Some(manifest), None) => {
            let document = cx.contents.xml(&manifest)?;
            let root = document.root.as_ref()?;
            root.elements().any(|element| provider::known(&element.name).is_some()).then_some(manifest)
        }
        (None, Some(parameters)) => {
            let document = cx.contents.xml(&parameters)?;
            document.root.as_ref()?.is_ignoring_case("parameters").then_some(parameters)
        }
        (None, None) => None,
    }
}
