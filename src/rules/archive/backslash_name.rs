//! ZIP008: `\` between the segments of a name.

use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::path::PackagePath;
use crate::rules::Context;
use crate::rules::support::shown;
use crate::sorted::Map;
use crate::tree::Oddity;

declare_rule! {
    /// ## What it does
    /// Looks for `\` in the names of the entries.
    /// It is an error when the same path is there with `/` too.
    ///
    /// ## Why it matters
    /// A ZIP has `/` between the segments of a name.
    /// Kudu, among others, takes `\` for a letter: it creates a file called `shop\app.py` instead of a file in a folder.
    ///
    /// ## Example
    /// ```text
    /// shop\app.py
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop/app.py
    /// ```
    ///
    /// ## Fix
    /// None to choose: names get `/` when the package is written.
    ///
    /// ## References
    /// - PKWARE, "APPNOTE.TXT", 4.4.17: all slashes are forward slashes
    /// - Kudu, issue 3071: backslashes in a ZIP become part of the file name
    "archive/backslash-name", ZIP008, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut names = Vec::new();
    // How often a path stands with `\`, and how often it stands there again in any form.
    let mut forms: Map<&PackagePath, (&str, usize, usize)> = Map::new();
    for oddity in cx.tree().oddities() {
        if let Oddity::Backslash { name, path } = oddity {
            names.push(name.as_str());
            forms.change(path, || (name, 0, 0), |form| form.1 += 1);
        }
    }
    for oddity in cx.tree().oddities() {
        if let Oddity::Duplicate { path, .. } = oddity
            && let Some(form) = forms.get_mut(path)
        {
            form.2 += 1;
        }
    }
    for (path, (name, backslashes, again)) in forms {
        if backslashes <= again {
            let name = shown(name);
            out.push(
                Diagnostic::new(
                    Location::raw(&name),
                    format!("the package has `{name}` and also `{}`", shown(path.as_str())),
                )
                .severity(Severity::Error)
                .consequence("On Windows both are one file: which of the two is installed depends on the tool.")
                .help("Remove one of the two; the package is written with the first, as a name with `/`."),
            );
        }
    }
    let Some(first) = names.first().map(|name| shown(name)) else { return };
    let message = match names.len() {
        1 => format!("`{first}` has a backslash in its name"),
        2 => format!("`{first}` and 1 other entry have a backslash in their names"),
        count => format!("`{first}` and {} other entries have a backslash in their names", count - 1),
    };
    out.push(
        Diagnostic::new(Location::raw(&first), message)
            .consequence("Some tools create files with `\\` in their names instead of folders.")
            .help("Save the package: it is written with `/` in the names."),
    );
}
