//! PAR030: an entry that replaces nothing.

use crate::diagnostic::{Diagnostic, Location};
use crate::model::Kind;
use crate::rules::{Context, scopes};

declare_rule! {
    /// ## What it does
    /// Runs every TextFile and XmlFile entry on the package, and reports those whose `scope` hits no
    /// file, or whose `match` finds nothing in any of them.
    /// Files that are empty, and expressions that could not be judged, are left alone.
    ///
    /// ## Why it matters
    /// Web Deploy says nothing: what the person typed is lost, and the application starts with the
    /// placeholder, or with the values of the author's machine.
    /// The gallery's validator failed a package when a file was there and the text was not.
    ///
    /// ## Example
    /// ```xml
    /// <parameterEntry type="TextFile" scope="\\settings\.py$" match="PlaceHolderForKey" />
    /// ```
    /// ```python
    /// SECRET_KEY = "PlaceholderKey"
    /// ```
    ///
    /// ## Use instead
    /// ```python
    /// SECRET_KEY = "PlaceHolderForKey"
    /// ```
    ///
    /// ## Fix
    /// There is none: either the entry or the file is wrong, and only the author knows which.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    /// - The gallery's retired validator
    "parameters/ineffective-entry", PAR030, gallery: Warning, webdeploy: Warning, strict: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    // Without the application there is nothing to hit, and that is said already.
    if cx.app.is_none() || cx.package.kind != Kind::GalleryPackage {
        return;
    }
    for (_, entry, run) in cx.entries().filter(|(_, entry, _)| entry.is("TextFile") || entry.is("XmlFile")) {
        let (Some(scope), Some(matching)) = (&entry.scope, &entry.matching) else { continue };
        let said = scopes::as_windows(cx, entry).is_some() || scopes::beyond_namespace(cx, entry, run).is_some();
        let empty = |path| cx.tree().get(path).is_some_and(|file| file.size == 0);
        let all_empty = !run.files.is_empty() && run.files.iter().all(empty);
        if !run.hits.is_empty() || run.unchecked.is_some() || said || all_empty {
            continue;
        }
        let (value, message, help) = match run.files.as_slice() {
            [] => (
                scope,
                format!("the scope `{}` hits no file of the package", scope.text),
                "Add the file, or correct the scope.",
            ),
            [file] => (
                matching,
                format!("`{}` is not found in `{file}`", matching.text),
                "Correct the match, or put the text into the file.",
            ),
            [file, others @ ..] => (
                matching,
                format!("`{}` is found neither in `{file}` nor in the {} other files", matching.text, others.len()),
                "Correct the match, or put the text into one of the files.",
            ),
        };
        out.push(
            Diagnostic::new(Location::span(&parameters.source.path, value.span), message)
                .consequence("Nothing is replaced, and the value is lost without a word.")
                .help(help),
        );
    }
}
