//! SET001: a `SetParameters` file that cannot be read as one.

use crate::diagnostic::{Diagnostic, Location};
use crate::model::Source;
use crate::publish::Alone;
use crate::rules::Context;
use crate::rules::support::not_well_formed;

declare_rule! {
    /// ## What it does
    /// Looks whether a `SetParameters` file is well-formed, whether its root is `parameters`, and whether each `setParameter` has a name.
    ///
    /// ## Why it matters
    /// msdeploy reads the file of `-setParamFile` before it does anything, and stops when it cannot.
    /// A value without a name belongs to no parameter.
    ///
    /// ## Example
    /// ```xml
    /// <parameters>
    ///   <setParameter value="Default Web Site/shop" />
    /// </parameters>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameters>
    ///   <setParameter name="AppPath" value="Default Web Site/shop" />
    /// </parameters>
    /// ```
    ///
    /// ## Fix
    /// None: only you know which parameter is meant.
    ///
    /// ## References
    /// - Files that Visual Studio and `msdeploy -declareParamFile` write
    "set-parameters/unreadable-values", SET001, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(Alone::SetParameters(values)) = &cx.package.alone else { return };
    let markup = &values.markup;
    let source = Source::from(markup);
    if !cx.is_whole(&source) {
        let text = cx.contents.text(&markup.path);
        not_well_formed(&source, text.as_deref(), "msdeploy stops before it begins.", out);
        return;
    }
    let Some(root) = markup.root() else { return };
    if !root.is("parameters") {
        out.push(
            Diagnostic::new(
                Location::span(&markup.path, root.name_span),
                format!("the root is `{}`, not `parameters`", root.name),
            )
            .consequence("msdeploy stops before it begins.")
            .help("Put the `setParameter` elements into `parameters`."),
        );
        return;
    }
    for child in root.elements().filter(|child| !child.is("setParameter")) {
        out.push(
            Diagnostic::new(
                Location::span(&markup.path, child.name_span),
                format!("`{}` stands where only `setParameter` may", child.name),
            )
            .consequence("msdeploy does not take the file for values of parameters.")
            .help("Write `setParameter` with a `name` and a `value`."),
        );
    }
    for parameter in &values.list {
        if parameter.name.as_ref().is_none_or(|name| name.value.is_empty()) {
            out.push(
                Diagnostic::new(Location::span(&markup.path, parameter.open), "a `setParameter` has no name")
                    .consequence("msdeploy does not know which parameter the value is for.")
                    .help("Give it the `name` of a parameter of the package."),
            );
        }
    }
}
