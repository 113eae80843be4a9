//! PAR021: parameters that refer to each other in a circle.

use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::model::Parameters;
use crate::rules::Context;
use crate::rules::tagging::{at_default, comparable};

declare_rule! {
    /// ## What it does
    /// Follows `{Name}` in each `defaultValue` and looks for a parameter that leads back to itself.
    ///
    /// ## Why it matters
    /// The value of each needs the value of the other: no value can be made of it.
    ///
    /// ## Example
    /// ```xml
    /// <parameter name="Path" defaultValue="{Media}/.." tags="Hidden" />
    /// <parameter name="Media" defaultValue="{Path}/media" tags="Hidden" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameter name="Path" defaultValue="Default Web Site/shop" tags="iisApp" />
    /// <parameter name="Media" defaultValue="{Path}/media" tags="Hidden" />
    /// ```
    ///
    /// ## Fix
    /// None: only you know which of them is meant to have a value of its own.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    "parameters/circular-reference", PAR021, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = comparable(cx) else { return };
    let mut told: Vec<&str> = Vec::new();
    for parameter in parameters.list.iter().filter(|parameter| parameter.name.is_some()) {
        let name = parameter.name_text();
        if told.contains(&name) {
            continue;
        }
        let Some(circle) = circle(parameters, name) else { continue };
        let message = match circle.as_slice() {
            [_] => format!("`{name}` refers to itself"),
            _ => format!("`{name}` refers to itself by way of `{}`", circle.get(1..).unwrap_or_default().join("`, `")),
        };
        told.extend(circle);
        out.push(
            at_default(parameters, parameter, message)
                .consequence("No value can be made of it.")
                .help("Give one of the parameters a value of its own."),
        );
    }
}

/// The names on the way from a name back to it, itself first.
fn circle<'p>(parameters: &'p Parameters, name: &str) -> Option<Vec<&'p str>> {
    let mut ways: Vec<Vec<&'p str>> = vec![vec![parameters.named(name)?.name_text()]];
    let mut seen: Vec<&str> = Vec::new();
    while let Some(way) = ways.pop() {
        let Some(parameter) = way.last().and_then(|last| parameters.named(last)) else { continue };
        for reference in parameter.references() {
            if reference.name == name {
                return Some(way);
            }
            if !seen.contains(&reference.name) && seen.len() < limits::REFERENCES {
                seen.push(reference.name);
                ways.push(way.iter().copied().chain([reference.name]).collect());
            }
        }
    }
    None
}
