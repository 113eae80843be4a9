//! PAR001: a Parameters.xml that cannot be read.

use crate::diagnostic::Diagnostic;
use crate::rules::Context;
use crate::rules::support::not_well_formed;

declare_rule! {
    /// ## What it does
    /// Reads `Parameters.xml` and reports every place where it is not well-formed XML, or where its
    /// bytes are not text in the encoding that the byte order mark or the declaration names.
    ///
    /// ## Why it matters
    /// An installer reads the parameters before it can ask for them.
    /// When it cannot, nothing is installed.
    /// A released package of TikiWiki had a parameter that was never closed.
    /// The other rules about parameters are silent until the file can be read.
    ///
    /// ## Example
    /// ```xml
    /// <parameters>
    ///   <parameter name="AppPath" defaultValue="" tags="iisapp">
    ///     <parameterEntrytype="ProviderPath" scope="iisapp" match="^shop$" />
    /// </parameters>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameters>
    ///   <parameter name="AppPath" defaultValue="" tags="iisapp">
    ///     <parameterEntry type="ProviderPath" scope="iisapp" match="^shop$" />
    ///   </parameter>
    /// </parameters>
    /// ```
    ///
    /// ## Fix
    /// None: only you know what was meant.
    ///
    /// ## References
    /// - W3C, "Extensible Markup Language (XML) 1.0"
    "parameters/not-well-formed", PAR001, gallery: Error, webdeploy: Error
}

const CONSEQUENCE: &str = "Web Deploy cannot read the parameters and installs nothing.";

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    if let Some(parameters) = &cx.package.parameters {
        let text = cx.contents.text(&parameters.source.path);
        not_well_formed(&parameters.source, text.as_deref(), CONSEQUENCE, out);
    }
}
