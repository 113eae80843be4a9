//! PAR032: a list of choices that is not what it looks like.

use crate::diagnostic::{Diagnostic, Location, Profile, Severity};
use crate::fix::{Edit, Fix};
use crate::rules::Context;
use crate::rules::tagging::validations;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks at the `validationString` of enumerations: it is there, no choice is empty or there twice, and there are no blanks around the commas.
    /// A blank within a choice is a note, a warning for the gallery.
    ///
    /// ## Why it matters
    /// The list is split at commas, and blanks are part of a choice: `Yes, No` offers `Yes` and ` No`, and an application that looks for `No` does not find it.
    /// Microsoft's portal split the list at blanks as well, which tears a choice of two words apart.
    ///
    /// ## Example
    /// ```xml
    /// <parameterValidation type="Enumeration" validationString="Yes, No" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameterValidation type="Enumeration" validationString="Yes,No" />
    /// ```
    ///
    /// ## Fix
    /// The packager takes away blanks around the commas, empty choices and those that are there twice.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    /// - Microsoft, the gallery of the Azure portal
    "parameters/malformed-enumeration", PAR032, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    let file = &parameters.source.path;
    for (parameter, validation) in validations(parameters).filter(|(_, own)| own.is("Enumeration")) {
        let name = parameter.label();
        let Some(list) = validation.text.as_ref().filter(|list| !list.text.trim().is_empty()) else {
            out.push(
                Diagnostic::new(Location::span(file, validation.name_span), format!("`{name}` has no choices"))
                    .consequence("An installer offers an empty list.")
                    .help("Write the choices into `validationString`, with commas between them."),
            );
            continue;
        };
        let mut kept: Vec<&str> = Vec::new();
        let mut problem = None;
        for choice in list.text.split(',') {
            let bare = choice.trim();
            let wrong = if bare.is_empty() {
                Some("an empty choice")
            } else if kept.contains(&bare) {
                Some("a choice twice")
            } else {
                kept.push(bare);
                (bare != choice).then_some("blanks around its commas")
            };
            problem = problem.or(wrong);
        }
        let report =
            |problem| Diagnostic::new(Location::span(file, list.span), format!("the list of `{name}` has {problem}"));
        if let Some(problem) = problem {
            let edit = Edit::replace(file, list.span, xml::escape(&kept.join(",")));
            out.push(
                report(problem)
                    .consequence("An installer offers it as it stands: blanks are part of a choice.")
                    .help("Write each choice once, with nothing but a comma between them.")
                    .fix(Fix::safe(format!("Use `{}`", kept.join(",")), vec![edit])),
            );
        } else if kept.iter().any(|choice| choice.contains(' ')) {
            let severity = if cx.profile == Profile::WebDeploy { Severity::Note } else { Severity::Warning };
            out.push(
                report("a choice with a blank in it")
                    .consequence("The portal of the gallery splits the list there.")
                    .help("Use choices of one word.")
                    .severity(severity),
            );
        }
    }
}
