//! ZIP012: a name that Windows refuses or changes.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::path::{PackagePath, WindowsProblem, windows_problem};
use crate::rules::Context;
use crate::rules::support::{is_shapeless, shown};

declare_rule! {
    /// ## What it does
    /// Looks for names with one of `< > : " | ? *`, with a dot or a blank at the end, and for names of devices such as `con`, `aux.py` or `nul.txt`.
    /// Also for characters that are not seen, and for dots and slashes of another script, which look like what they are not.
    ///
    /// ## Why it matters
    /// macOS and Linux allow such names and Windows does not.
    /// The installation fails when it writes the file, or the file arrives under another name.
    ///
    /// ## Example
    /// ```text
    /// shop/aux.py
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop/aux_.py
    /// ```
    ///
    /// ## Fix
    /// Gives the file or folder a name that Windows takes.
    /// Please review it: code that imports or opens it by its name must be changed too.
    ///
    /// ## References
    /// - Microsoft, "Naming Files, Paths, and Namespaces"
    "archive/windows-name", ZIP012, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let folders = cx.tree().folders();
    let is_taken = |path: &PackagePath| {
        let mut folders = cx.tree().folders_like(path.as_str());
        folders.next().is_some() || cx.tree().first_file_ignoring_case(path.as_str()).is_some()
    };
    for path in folders.iter().chain(cx.tree().files().map(|entry| &entry.path)) {
        let Some(problem) = windows_problem(path.name()) else {
            out.extend(misleading(path));
            continue;
        };
        let name = shown(path.as_str());
        let (message, consequence) = match problem {
            WindowsProblem::Character(bad) => (
                format!("`{name}` has a `{bad}` in its name"),
                "Windows has no such names: the installation fails when it writes this one.",
            ),
            WindowsProblem::Trailing(last) => (
                format!("`{name}` has a {} at the end of its name", if last == '.' { "dot" } else { "blank" }),
                "Windows drops it, so the file arrives under another name.",
            ),
            WindowsProblem::Device => (
                format!("`{name}` has the name of a device"),
                "Windows opens the device instead of a file, and the installation fails.",
            ),
        };
        let diagnostic = Diagnostic::new(Location::file(path), message)
            .consequence(consequence)
            .help("Give it a name that Windows takes, and change the code that uses the name.");
        out.push(match renamed(path).filter(|to| !is_taken(to)) {
            None => diagnostic,
            Some(to) => {
                let title = format!("Rename it to `{}`", shown(to.name()));
                diagnostic.fix(Fix::review(title, vec![Edit::Move { from: path.clone(), to }]))
            }
        });
    }
}

/// A name that does not look like what it is.
fn misleading(path: &PackagePath) -> Option<Diagnostic> {
    // Dots and slashes as wide as Chinese characters, and a slash that is a fraction's.
    let alike = |char| matches!(char, '．' | '／' | '＼' | '：' | '\u{2024}'..='\u{2026}' | '\u{2044}' | '\u{2215}');
    let bad = path.name().chars().find(|&char| is_shapeless(char) || alike(char))?;
    let what = if is_shapeless(bad) { "cannot be seen" } else { "looks like another" };
    let message =
        format!("`{}` has a character in its name that {what}: U+{:04X}", shown(path.as_str()), u32::from(bad));
    Some(
        Diagnostic::new(Location::file(path), message)
            .consequence("Nobody who sees the name can type it, and it may pass for another file.")
            .help("Give it a name of plain letters."),
    )
}

/// The path with the nearest name that Windows takes.
fn renamed(path: &PackagePath) -> Option<PackagePath> {
    let mut name = path.name().to_owned();
    while let Some(problem) = windows_problem(&name) {
        name = match problem {
            WindowsProblem::Character(bad) => name.replace(bad, "_"),
            WindowsProblem::Trailing(_) => match name.trim_end_matches(['.', ' ']) {
                "" => "_".to_owned(),
                rest => rest.to_owned(),
            },
            WindowsProblem::Device => {
                let (stem, rest) = name.split_at(name.find('.').unwrap_or(name.len()));
                format!("{}_{rest}", stem.trim_end())
            }
        };
    }
    match path.parent() {
        Some(folder) => folder.join(&name).ok(),
        None => PackagePath::new(&name).ok(),
    }
}
