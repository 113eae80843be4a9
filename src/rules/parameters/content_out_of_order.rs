//! PAR005: parts of a parameter that the gallery did not expect.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::model::{Kind, Parameters};
use crate::rules::Context;
use crate::xml::Element;

declare_rule! {
    /// ## What it does
    /// Compares what stands in a parameter with the schema of the gallery: descriptions first, then validations, then entries.
    /// It also tells of two attributes that are documented or used by Microsoft, but not in that schema: `kind` on `parameterValidation` and `tags` on `parameterEntry`.
    /// Packages of msdeploy and Visual Studio are left alone.
    ///
    /// ## Why it matters
    /// The gallery's validator compared the file with its schema and failed the package.
    /// Web Deploy itself takes the parts in any order; Microsoft's own sample package has both attributes.
    ///
    /// ## Example
    /// ```xml
    /// <parameter name="Color" defaultValue="red">
    ///   <parameterEntry type="TextFile" scope="\\settings\.py$" match="PLACEHOLDER" />
    ///   <description>The color of the pages.</description>
    /// </parameter>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameter name="Color" defaultValue="red">
    ///   <description>The color of the pages.</description>
    ///   <parameterEntry type="TextFile" scope="\\settings\.py$" match="PLACEHOLDER" />
    /// </parameter>
    /// ```
    ///
    /// ## Fix
    /// The packager puts the parts in order, and writes `type` for `kind`.
    /// What the `tags` of an entry mean is documented nowhere: they are left to you.
    ///
    /// ## References
    /// - The gallery's retired validator
    /// - Microsoft, "Reference for the Web Application Package"
    "parameters/content-out-of-order", PAR005, gallery: Warning, webdeploy: Warning, strict: Error
}

const CONSEQUENCE: &str = "The gallery's validator fails the package; Web Deploy takes it.";

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters().filter(|_| cx.package.kind != Kind::WebDeployPackage) else { return };
    for parameter in &parameters.list {
        let Some(element) = parameters.element(parameter) else { continue };
        order(cx, parameters, element, parameter.label(), out);
        for child in element.elements() {
            attributes(parameters, child, out);
        }
    }
}

fn order(cx: &Context<'_>, parameters: &Parameters, element: &Element, name: &str, out: &mut Vec<Diagnostic>) {
    let file = &parameters.source.path;
    let children: Vec<(u8, &Element)> = element.elements().map(|child| (rank(child), child)).collect();
    let mut highest = 0;
    let late = children.iter().find(|(rank, _)| {
        highest = highest.max(*rank);
        *rank < highest
    });
    let Some((_, late)) = late else { return };
    let Some(text) = cx.contents.text(file) else { return };
    // Each place takes the part that belongs there; comments stay where they are.
    let sorted = (0..=3).flat_map(|wanted| children.iter().filter(move |(rank, _)| *rank == wanted));
    let moved = children.iter().zip(sorted).filter(|((_, from), (_, to))| from.open != to.open);
    let edits = moved.map(|((_, from), (_, to))| Edit::replace(file, from.span(), text.slice(to.span()))).collect();
    let message = format!("`{}` stands too late in `{name}`", late.name);
    out.push(
        Diagnostic::new(Location::span(file, late.name_span), message)
            .consequence(CONSEQUENCE)
            .help("Write descriptions first, then validations, then entries.")
            .fix(Fix::safe("Put them in order", edits)),
    );
}

fn rank(child: &Element) -> u8 {
    if child.is_ignoring_case("parameterEntry") {
        2
    } else {
        // What is not known is left where it is, before the entries.
        u8::from(child.is_ignoring_case("parameterValidation"))
    }
}

fn attributes(parameters: &Parameters, child: &Element, out: &mut Vec<Diagnostic>) {
    let file = &parameters.source.path;
    let unexpected = [("parameterValidation", "kind"), ("parameterEntry", "tags")];
    for (element, name) in unexpected.into_iter().filter(|(element, _)| child.is_ignoring_case(element)) {
        let Some(attribute) = child.attribute_ignoring_case(name) else { continue };
        let message = format!("the schema of the gallery has no `{name}` on `{element}`");
        let mut diagnostic =
            Diagnostic::new(Location::span(file, attribute.name_span), message).consequence(CONSEQUENCE);
        if name == "kind" {
            diagnostic = diagnostic.help("Write `type`, which means the same.");
            if child.attribute_ignoring_case("type").is_none() {
                let edit = Edit::replace(file, attribute.name_span, "type");
                diagnostic.fixes.push(Fix::safe("Write `type`", vec![edit]));
            }
        } else {
            diagnostic = diagnostic.help("Write the tags on the `parameter`.");
        }
        out.push(diagnostic);
    }
}
