//! PAR034: a validation of a kind that Web Deploy does not know.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::rules::Context;
use crate::rules::tagging::{nearest, validations};

const KNOWN: [&str; 5] = ["AllowEmpty", "Boolean", "Enumeration", "RegularExpression", "None"];

/// What people write for one of them.
const MEANT: [(&str, &str); 4] =
    [("Regex", "RegularExpression"), ("RegExp", "RegularExpression"), ("Enum", "Enumeration"), ("Bool", "Boolean")];

declare_rule! {
    /// ## What it does
    /// Compares the kinds of each `parameterValidation` with `AllowEmpty`, `Boolean`, `Enumeration`, `RegularExpression` and `None`, in any case; several have a comma between them.
    ///
    /// ## Why it matters
    /// Answers are not validated, and the installer shows a plain field instead of a list or a check box.
    ///
    /// ## Example
    /// ```xml
    /// <parameterValidation type="Regex" validationString=".{5,}" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameterValidation type="RegularExpression" validationString=".{5,}" />
    /// ```
    ///
    /// ## Fix
    /// When a known kind is near, the packager offers it.
    /// Please review it.
    ///
    /// ## References
    /// - Microsoft, Web Deploy API, "DeploymentSyncParameterValidationKind"
    "parameters/unknown-validation", PAR034, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    let file = &parameters.source.path;
    for (parameter, validation) in validations(parameters) {
        let name = parameter.label();
        let Some(kinds) = validation.kind.as_ref().filter(|_| validation.kinds().next().is_some()) else {
            let location = Location::span(file, validation.name_span);
            out.push(
                Diagnostic::new(location, format!("a validation of `{name}` has no `type`"))
                    .consequence("Answers are not validated.")
                    .help("Give it a `type`, such as `RegularExpression`."),
            );
            continue;
        };
        for kind in validation.kinds().filter(|kind| !KNOWN.iter().any(|known| known.eq_ignore_ascii_case(kind))) {
            let message = format!("a validation of `{name}` has the unknown type `{kind}`");
            let said = MEANT.iter().find(|(word, _)| word.eq_ignore_ascii_case(kind)).map(|(_, meant)| *meant);
            let mut diagnostic =
                Diagnostic::new(Location::span(file, kinds.span), message).consequence("Answers are not validated.");
            if let Some(meant) = said.or_else(|| nearest(kind, &KNOWN)) {
                let mended: Vec<&str> = validation.kinds().map(|own| if own == kind { meant } else { own }).collect();
                diagnostic = diagnostic.help(format!("Did you mean `{meant}`?")).fix(Fix::review(
                    format!("Use `{meant}`"),
                    vec![Edit::replace(file, kinds.span, mended.join(","))],
                ));
            } else {
                diagnostic = diagnostic.help("Use `RegularExpression`, `Enumeration`, `Boolean` or `AllowEmpty`.");
            }
            out.push(diagnostic);
        }
    }
}
