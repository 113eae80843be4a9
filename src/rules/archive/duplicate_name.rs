//! ZIP009: two entries with one name.

use crate::diagnostic::{Diagnostic, Location};
use crate::path::PackagePath;
use crate::rules::Context;
use crate::rules::support::shown;
use crate::sorted::Map;
use crate::tree::Oddity;

declare_rule! {
    /// ## What it does
    /// Looks for names that stand in the package more than once.
    ///
    /// ## Why it matters
    /// Some tools take the first of the two and others the last, so nobody knows what is installed.
    /// Web Deploy may also stop: "Child object 'filePath' cannot be added to object 'filePath'."
    ///
    /// ## Example
    /// ```text
    /// shop.zip
    ///   shop/app.py
    ///   shop/app.py
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop.zip
    ///   shop/app.py
    /// ```
    ///
    /// ## Fix
    /// None to choose: the package is written with the first of them.
    ///
    /// ## References
    /// - Microsoft, "Web Deploy package Provider"
    "archive/duplicate-name", ZIP009, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    // How often a path stands there again, and how often with `\`: both forms of one path are
    // what another rule reports.
    let mut again: Map<&PackagePath, (usize, usize)> = Map::new();
    for oddity in cx.tree().oddities() {
        match oddity {
            Oddity::Duplicate { path, .. } => again.change(path, Default::default, |times| times.0 += 1),
            Oddity::Backslash { path, .. } => again.change(path, Default::default, |times| times.1 += 1),
            _ => {}
        }
    }
    for (path, (again, backslashes)) in again {
        if again == 0 || (1..=again).contains(&backslashes) {
            continue;
        }
        let name = shown(path.as_str());
        let times = if again == 1 { "twice".to_owned() } else { format!("{} times", again + 1) };
        out.push(
            Diagnostic::new(Location::raw(&name), format!("`{name}` is in the package {times}"))
                .consequence("Some tools install the first and others the last, and Web Deploy may stop: \"Child object 'filePath' cannot be added to object 'filePath'.\"")
                .help("Remove all but one in the source; when the package is saved, it has the first."),
        );
    }
}
