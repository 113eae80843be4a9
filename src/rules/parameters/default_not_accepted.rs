//! PAR033: a default that the validation refuses.

use crate::diagnostic::Diagnostic;
use crate::fix::{Edit, Fix};
use crate::model::expression::Expression;
use crate::model::parameters::Validation;
use crate::rules::Context;
use crate::rules::tagging::{at_default, validations};
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Compares each `defaultValue` with the validation of its parameter: one of the choices to the letter, a text in which the regular expression is found, `True` or `False`.
    /// Defaults with a `{reference}` and expressions that only .NET can judge are left alone.
    ///
    /// ## Why it matters
    /// The first screen of the installer is wrong before anybody has typed something, and cannot be left.
    /// A released package of SugarCRM had `no` for `Yes,No`.
    ///
    /// ## Example
    /// ```xml
    /// <parameter name="Samples" defaultValue="no">
    ///   <parameterValidation type="Enumeration" validationString="Yes,No" />
    /// </parameter>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameter name="Samples" defaultValue="No">
    ///   <parameterValidation type="Enumeration" validationString="Yes,No" />
    /// </parameter>
    /// ```
    ///
    /// ## Fix
    /// When a choice differs in case only, the packager offers it.
    /// Please review it.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    /// - SugarCRM, a released package
    "parameters/default-not-accepted", PAR033, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    for (parameter, validation) in validations(parameters) {
        let Some(default) = parameter.default.as_ref().filter(|default| !default.text.is_empty()) else { continue };
        if !parameter.references().is_empty() {
            continue;
        }
        let Some(wanted) = refused(validation, &default.text) else { continue };
        let message = format!("the default of `{}` is `{}`, which is not {wanted}", parameter.label(), default.text);
        let mut diagnostic = at_default(parameters, parameter, message)
            .consequence("An installer shows an answer that it does not accept.")
            .help("Use a default that the validation accepts.");
        if let Some(choice) = near(validation, &default.text) {
            let edit = Edit::replace(&parameters.source.path, default.span, xml::escape(choice));
            diagnostic.fixes.push(Fix::review(format!("Use `{choice}`"), vec![edit]));
        }
        out.push(diagnostic);
    }
}

/// What the default should be and is not.
fn refused(validation: &Validation, default: &str) -> Option<&'static str> {
    let text = validation.text.as_ref().map_or("", |text| &text.text);
    if validation.is("Enumeration") {
        // Blanks around a comma are told by the rule about the list.
        let accepted =
            text.trim().is_empty() || text.split(',').any(|choice| choice == default || choice.trim() == default);
        (!accepted).then_some("one of the choices")
    } else if validation.is("Boolean") {
        let accepted = ["true", "false"].iter().any(|word| word.eq_ignore_ascii_case(default));
        (!accepted).then_some("`True` or `False`")
    } else if validation.is("RegularExpression") {
        let accepted = Expression::compile(text).map_or(true, |expression| expression.is_match(default));
        (!accepted).then_some("what the expression accepts")
    } else {
        None
    }
}

fn near<'v>(validation: &'v Validation, default: &str) -> Option<&'v str> {
    let text = validation.text.as_ref().filter(|_| validation.is("Enumeration"))?;
    text.text.split(',').map(str::trim).find(|choice| choice.eq_ignore_ascii_case(default.trim()))
}
