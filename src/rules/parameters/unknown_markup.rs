//! PAR007: an element or attribute that Web Deploy does not read.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::path::PackagePath;
use crate::rules::Context;
use crate::rules::tagging::nearest;
use crate::xml::{self, Element};

/// The elements, where they stand and what attributes they have.
const KNOWN: &[(&str, &str, &[&str])] = &[
    ("parameters", "parameter", &["name", "friendlyName", "description", "defaultValue", "tags", "value"]),
    ("parameter", "description", &["culture"]),
    ("parameter", "friendlyName", &["culture"]),
    ("parameter", "parameterValidation", &["type", "kind", "validationString"]),
    ("parameter", "parameterEntry", &["type", "kind", "scope", "match", "tags"]),
];

declare_rule! {
    /// ## What it does
    /// Looks for elements and attributes that are not those of `Parameters.xml`, in any case.
    /// Attributes with a prefix and markup within a description are left alone.
    ///
    /// ## Why it matters
    /// Web Deploy passes over what it does not know: a misspelt `defualtValue` leaves the field empty.
    ///
    /// ## Example
    /// ```xml
    /// <parameter name="Color" defualtValue="red" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameter name="Color" defaultValue="red" />
    /// ```
    ///
    /// ## Fix
    /// When a known name is near, the packager offers it.
    /// Please review it.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    "parameters/unknown-markup", PAR007, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    let Some(root) = parameters.root() else { return };
    below(&parameters.source.path, root, "parameters", out);
}

fn below(file: &PackagePath, element: &Element, name: &str, out: &mut Vec<Diagnostic>) {
    let children = || KNOWN.iter().filter(|(parent, ..)| *parent == name);
    if children().next().is_none() {
        return;
    }
    for child in element.elements() {
        let Some((_, known, attributes)) = children().find(|(_, own, _)| child.is_ignoring_case(own)) else {
            let names: Vec<&str> = children().map(|(_, own, _)| *own).collect();
            let message = format!("`{}` is no element of `{name}`", child.name);
            let diagnostic = Diagnostic::new(Location::span(file, child.name_span), message);
            let meant = nearest(&child.name, &names);
            out.push(told(diagnostic, meant, |meant| xml::rename(file, child, meant)));
            continue;
        };
        for attribute in &child.attributes {
            let own = attribute.name.as_str();
            let is_known = attributes.iter().any(|known| known.eq_ignore_ascii_case(own));
            if is_known || own.contains(':') || own == "xmlns" {
                continue;
            }
            let free = |meant: &&str| child.attribute_ignoring_case(meant).is_none();
            let meant = nearest(own, attributes).filter(free);
            let diagnostic = Diagnostic::new(
                Location::span(file, attribute.name_span),
                format!("`{own}` is no attribute of `{known}`"),
            );
            out.push(told(diagnostic, meant, |meant| vec![Edit::replace(file, attribute.name_span, meant)]));
        }
        below(file, child, known, out);
    }
}

fn told(diagnostic: Diagnostic, meant: Option<&str>, edits: impl FnOnce(&str) -> Vec<Edit>) -> Diagnostic {
    let diagnostic = diagnostic.consequence("Web Deploy passes over it, or refuses the file.");
    match meant {
        Some(meant) => {
            diagnostic.help(format!("Did you mean `{meant}`?")).fix(Fix::review(format!("Use `{meant}`"), edits(meant)))
        }
        None => diagnostic.help("Take it out, or correct its name."),
    }
}
