//! PAR026: an XPath that finds nothing, because the elements are in a namespace.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::rules::{Context, scopes};
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Runs the `match` of every XmlFile entry on the files in its scope. When it finds nothing, but
    /// would if namespaces did not matter, it says so.
    ///
    /// ## Why it matters
    /// In XPath 1.0 a name without a prefix means an element without a namespace.
    /// A file with `xmlns="..."` on its root has none of these, and an entry cannot declare a prefix.
    /// Web Deploy replaces nothing, and says nothing.
    ///
    /// ## Example
    /// ```xml
    /// <configuration xmlns="http://schemas.microsoft.com/.NetConfiguration/v2.0">
    /// ```
    /// ```xml
    /// <parameterEntry type="XmlFile" scope="\\web\.config$" match="/configuration/appSettings/add/@value" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameterEntry type="XmlFile" scope="\\web\.config$"
    ///   match="/*[local-name()='configuration']/*[local-name()='appSettings']/*[local-name()='add']/@value" />
    /// ```
    ///
    /// ## Fix
    /// The packager offers to name every element by its `local-name()`. Please review it.
    ///
    /// ## References
    /// - Microsoft, "Web Deploy Parameterization"
    /// - W3C, "XML Path Language (XPath) Version 1.0", 2.3
    "parameters/unprefixed-xpath", PAR026, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    let file = &parameters.source.path;
    for (_, entry, run) in cx.entries() {
        let (Some(matching), Some(better)) = (&entry.matching, scopes::beyond_namespace(cx, entry, run)) else {
            continue;
        };
        // Either quote may delimit the attribute.
        let text = xml::escape(&better).replace('\'', "&apos;");
        let edits = vec![Edit::replace(file, matching.span, text)];
        out.push(
            Diagnostic::new(
                Location::span(file, matching.span),
                format!("`{}` finds nothing: the elements are in a namespace", matching.text),
            )
            .consequence("Nothing is replaced, and the value is lost without a word.")
            .help("Name the elements with `*[local-name()='...']`.")
            .fix(Fix::review("Name the elements by `local-name()`", edits)),
        );
    }
}
