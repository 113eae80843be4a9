//! PAR025: an `XmlFile` entry whose match is no XPath.

use crate::diagnostic::{Diagnostic, Location};
use crate::model::parameters::Matching;
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Reads the `match` of every XmlFile entry as an expression of XPath 1.0.
    ///
    /// ## Why it matters
    /// Web Deploy compiles it before it looks into any file, and .NET throws an exception:
    /// `'/configuration/appSettings[' has an invalid token.`
    /// The whole installation stops there.
    ///
    /// ## Example
    /// ```xml
    /// <parameterEntry type="XmlFile" scope="\\web\.config$" match="//add[@key='SECRET_KEY'/@value" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameterEntry type="XmlFile" scope="\\web\.config$" match="//add[@key='SECRET_KEY']/@value" />
    /// ```
    ///
    /// ## Fix
    /// There is none: only the author knows what is meant.
    ///
    /// ## References
    /// - Microsoft, "Web Deploy Parameterization"
    /// - W3C, "XML Path Language (XPath) Version 1.0"
    /// - The gallery's retired validator, which compiled the expression too
    "parameters/malformed-xpath", PAR025, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    for entry in parameters.list.iter().flat_map(|parameter| &parameter.entries) {
        let (Some(matching), Matching::Path(Err(mistake))) = (&entry.matching, &entry.matching_read) else { continue };
        let location = Location::span(&parameters.source.path, matching.span);
        out.push(
            Diagnostic::new(location, format!("`{}` is no XPath: {}", matching.text, mistake.message))
                .consequence("The installation stops with an exception of .NET.")
                .help("Check the brackets and quotes; attributes are written `@name`."),
        );
    }
}
