//! PAR017: two administrators for one engine.

use crate::diagnostic::Diagnostic;
use crate::rules::Context;
use crate::rules::tagging::{at_tags, comparable};

declare_rule! {
    /// ## What it does
    /// Looks for more than one parameter with the tag `dbAdminUsername`, or `dbAdminPassword`, for the same engine.
    ///
    /// ## Why it matters
    /// An installer logs in to the server of one engine once.
    /// Credentials of an administrator must be single, and the gallery's validator failed packages with two.
    ///
    /// ## Example
    /// ```xml
    /// <parameter name="Admin" tags="SQL,dbAdminUsername" />
    /// <parameter name="Owner" tags="SQL,dbAdminUsername" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameter name="Admin" tags="SQL,dbAdminUsername" />
    /// <parameter name="Owner" tags="SQL,dbUsername" />
    /// ```
    ///
    /// ## Fix
    /// None: only you know which one is meant.
    ///
    /// ## References
    /// - Microsoft, "Package an Application for the Windows Web Application Gallery"
    /// - The gallery's retired validator
    "parameters/second-database-administrator", PAR017, gallery: Warning, webdeploy: Off, strict: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = comparable(cx) else { return };
    for tag in ["dbAdminUsername", "dbAdminPassword"] {
        let tagged = || parameters.list.iter().filter(|parameter| parameter.has_tag(tag));
        for (at, parameter) in tagged().enumerate() {
            let same = |engine: &str| tagged().take(at).any(|other| other.engines().any(|own| own == engine));
            let Some(engine) = parameter.engines().find(|engine| same(engine)) else { continue };
            let message = format!("`{}` is the second parameter with the tag `{tag}` for {engine}", parameter.label());
            out.push(
                at_tags(parameters, parameter, message)
                    .consequence("An installer logs in with one of the two.")
                    .help(format!("Keep one parameter with the tag `{tag}` for each engine.")),
            );
        }
    }
}
