//! XRF011: a `SetParameters` file that does not fit the parameters.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::model::Parameters;
use crate::model::parameters::Parameter;
use crate::path::PackagePath;
use crate::rules::Context;
use crate::rules::tagging::{comparable, nearest};
use crate::xml::{self, Element};

declare_rule! {
    /// ## What it does
    /// Compares files called `...SetParameters.xml` at the root with `Parameters.xml`: every name that they set exists, and every parameter without a `defaultValue` is set, unless it may be empty.
    ///
    /// ## Why it matters
    /// The file is given to `msdeploy -setParamFile`.
    /// A misspelt name sets nothing, and the installation goes on with the default; a parameter without any value stops it.
    ///
    /// ## Example
    /// ```xml
    /// <setParameter name="ApPath" value="Default Web Site/shop" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <setParameter name="AppPath" value="Default Web Site/shop" />
    /// ```
    ///
    /// ## Fix
    /// When the name of a parameter is near, the packager offers it.
    /// Please review it.
    ///
    /// ## References
    /// - Microsoft, "Web Deploy Parameterization"
    /// - Microsoft, "Package an Application for the Windows Web Application Gallery"
    "parameters/unset-parameter", XRF011, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = comparable(cx) else { return };
    for path in cx.tree().files().map(|entry| &entry.path).filter(|path| path.depth() == 1) {
        if !path.name().to_ascii_lowercase().ends_with("setparameters.xml") {
            continue;
        }
        let Some(document) = cx.contents.xml(path).filter(|document| document.problems.is_empty()) else { continue };
        if let Some(root) = document.root.as_ref().filter(|root| root.is_ignoring_case("parameters")) {
            compare(parameters, path, root, out);
        }
    }
}

fn compare(parameters: &Parameters, file: &PackagePath, root: &Element, out: &mut Vec<Diagnostic>) {
    let values = || root.elements().filter(|child| child.is_ignoring_case("setParameter"));
    let names = || values().filter_map(|child| child.attribute_ignoring_case("name"));
    for name in names().filter(|name| parameters.referred(&name.value).is_none()) {
        let known: Vec<&str> = parameters.list.iter().map(Parameter::name_text).filter(|own| !own.is_empty()).collect();
        let mut diagnostic =
            Diagnostic::new(Location::span(file, name.value_span), format!("there is no parameter `{}`", name.value))
                .consequence("The value goes nowhere.");
        if let Some(meant) = nearest(&name.value, &known) {
            let edit = Edit::replace(file, name.value_span, xml::escape(meant));
            diagnostic = diagnostic.help(format!("Did you mean `{meant}`?"));
            diagnostic.fixes.push(Fix::review(format!("Use `{meant}`"), vec![edit]));
        } else {
            diagnostic = diagnostic.help("Use the name of a parameter, to the letter.");
        }
        out.push(diagnostic);
    }
    let needed = parameters.list.iter().filter(|own| own.default.is_none() && !own.validates("AllowEmpty"));
    for parameter in needed.filter(|own| own.name.is_some() && !names().any(|name| own.is_called(&name.value))) {
        let message = format!("`{}` has no default and is not set", parameter.label());
        out.push(
            Diagnostic::new(Location::span(file, root.name_span), message)
                .consequence("The installation stops, or asks for the value.")
                .help("Set it in this file, or give it a `defaultValue`."),
        );
    }
}
