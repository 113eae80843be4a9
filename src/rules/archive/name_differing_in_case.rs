//! ZIP010: two names that Windows takes for one.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::path::PackagePath;
use crate::rules::Context;
use crate::rules::support::shown;
use crate::sorted::Set;

declare_rule! {
    /// ## What it does
    /// Looks for files, and for folders, whose names differ in nothing but case.
    ///
    /// ## Why it matters
    /// Windows ignores case: one file overwrites the other, and two folders become one.
    ///
    /// ## Example
    /// ```text
    /// shop/Models.py
    /// shop/models.py
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop/models.py
    /// ```
    ///
    /// ## Fix
    /// Removes one of the two files, or moves what is in the second folder to the first.
    /// Please review it: only you know which of them is meant.
    ///
    /// ## References
    /// - Microsoft, "Naming Files, Paths, and Namespaces": do not assume case sensitivity
    "archive/name-differing-in-case", ZIP010, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let files = cx.tree().same_files();
    let twins: Set<String> = files.iter().map(|(first, _)| first.key()).collect();
    for (first, second) in cx.tree().same_folders() {
        // Below two folders that become one, every folder would be named again.
        if first.parent() != second.parent() {
            continue;
        }
        let title = format!("Move what is in `{}` to `{}`", shown(second.as_str()), shown(first.as_str()));
        let overwrites = cx.tree().children(second).any(|entry| twins.contains(&entry.path.key()));
        let diagnostic = diagnostic(first, second, "folder", "Windows puts the files of both into one folder.");
        let edit = Edit::Move { from: second.clone(), to: first.clone() };
        out.push(if overwrites { diagnostic } else { diagnostic.fix(Fix::review(title, vec![edit])) });
    }
    for (first, second) in files {
        let remove = |path: &PackagePath| {
            Fix::review(format!("Remove `{}`", shown(path.as_str())), vec![Edit::Remove { path: path.clone() }])
        };
        out.push(
            diagnostic(first, second, "file", "One of the two overwrites the other when they are installed.")
                .fix(remove(second))
                .fix(remove(first)),
        );
    }
}

fn diagnostic(first: &PackagePath, second: &PackagePath, what: &str, consequence: &str) -> Diagnostic {
    let (one, other) = (shown(second.as_str()), shown(first.as_str()));
    Diagnostic::new(Location::file(second), format!("`{one}` and `{other}` are the same {what} to Windows"))
        .consequence(consequence)
        .help("Keep one of the two, or give one of them another name.")
}
