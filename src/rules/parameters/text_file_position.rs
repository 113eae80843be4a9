//! PAR027: a place in a file that is given by numbers.

use crate::diagnostic::{Diagnostic, Location};
use crate::rules::Context;
use crate::rules::tagging::entries;

declare_rule! {
    /// ## What it does
    /// Looks for entries of the type `TextFilePosition`, and says when their `match` is not `line;column;count`.
    ///
    /// ## Why it matters
    /// The type is deprecated: the first edit above the place moves it, and the value overwrites something else.
    /// The gallery's validator failed packages with it.
    ///
    /// ## Example
    /// ```xml
    /// <parameterEntry type="TextFilePosition" scope="\\app\.py$" match="3;9;6" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameterEntry type="TextFile" scope="\\app\.py$" match="SECRET" />
    /// ```
    ///
    /// ## Fix
    /// None: only you know which text stands at the place.
    ///
    /// ## References
    /// - Microsoft, "Package an Application for the Windows Web Application Gallery"
    /// - The gallery's retired validator
    "parameters/text-file-position", PAR027, gallery: Warning, webdeploy: Off, strict: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    for (parameter, entry) in entries(parameters).filter(|(_, entry)| entry.is("TextFilePosition")) {
        let numbers = entry.matching.as_ref().map_or("", |matching| &matching.text).split(';');
        let name = parameter.label();
        let (message, consequence) = if numbers.clone().count() == 3 && numbers.clone().all(is_number) {
            (format!("an entry of `{name}` gives its place by numbers"), "The first edit above the place moves it.")
        } else {
            (
                format!("the place of an entry of `{name}` is not `line;column;count`"),
                "Web Deploy does not find the place.",
            )
        };
        out.push(
            Diagnostic::new(Location::span(&parameters.source.path, entry.match_span()), message)
                .consequence(consequence)
                .help("Use `TextFile` with a placeholder in the file."),
        );
    }
}

fn is_number(part: &str) -> bool {
    !part.trim().is_empty() && part.trim().chars().all(|c| c.is_ascii_digit())
}
