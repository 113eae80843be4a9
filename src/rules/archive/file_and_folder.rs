//! ZIP011: a name that is a file and also a folder.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::path::PackagePath;
use crate::rules::Context;
use crate::rules::support::shown;
use crate::sorted::Set;
use crate::tree::Oddity;

declare_rule! {
    /// ## What it does
    /// Looks for names that are a file and also a folder, in any case.
    ///
    /// ## Why it matters
    /// No disk can hold both.
    /// Web Deploy stops: "Child object 'filePath' cannot be added to object 'filePath'. The 'filePath' provider may not support this deployment."
    ///
    /// ## Example
    /// ```text
    /// shop/static
    /// shop/static/style.css
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop/static/style.css
    /// ```
    ///
    /// ## Fix
    /// Removes the file when its name differs from that of the folder in case; please review it.
    /// When the names are the same there is nothing to choose: the package is written with the folder.
    ///
    /// ## References
    /// - Microsoft, "Web Deploy package Provider"
    "archive/file-and-folder", ZIP011, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let same = cx.tree().oddities().iter().filter_map(|oddity| match oddity {
        Oddity::FileAndFolder { path, .. } => Some(path),
        _ => None,
    });
    for path in same.collect::<Set<&PackagePath>>() {
        out.push(
            diagnostic(path, path)
                .help("Remove one of the two in the source; when the package is saved, it has the folder."),
        );
    }
    // There are far fewer folders than files.
    let tree = cx.tree();
    let files: Set<&PackagePath> =
        tree.folders().iter().filter_map(|folder| tree.first_file_ignoring_case(folder.as_str())).collect();
    let mut files: Vec<&PackagePath> = files.into_iter().flat_map(|file| tree.files_like(file.as_str())).collect();
    files.sort();
    for file in files {
        if let Some(folder) = tree.folders_like(file.as_str()).last() {
            let edit = Edit::Remove { path: file.clone() };
            let fix = Fix::review(format!("Remove the file `{}`", shown(file.as_str())), vec![edit]);
            out.push(diagnostic(file, folder).help("Give one of the two another name.").fix(fix));
        }
    }
}

fn diagnostic(file: &PackagePath, folder: &PackagePath) -> Diagnostic {
    let name = shown(file.as_str());
    let message = if file == folder {
        format!("`{name}` is a file and also a folder")
    } else {
        format!("the file `{name}` and the folder `{}` have the same name to Windows", shown(folder.as_str()))
    };
    Diagnostic::new(Location::file(file), message)
        .consequence("Web Deploy stops: \"Child object 'filePath' cannot be added to object 'filePath'. The 'filePath' provider may not support this deployment.\"")
}
