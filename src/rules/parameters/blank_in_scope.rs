//! XRF006: a scope with a blank at its end.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::rules::Context;
use crate::rules::tagging::entries;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for entries whose `scope` begins or ends with a blank.
    ///
    /// ## Why it matters
    /// The scope is a regular expression, so the blank is looked for as well: `dbFullSql ` is found in no provider's name, and the entry does nothing.
    /// Released packages of Subtext, DotNetNuke and YAF had it.
    ///
    /// ## Example
    /// ```xml
    /// <parameterEntry type="ProviderPath" scope="dbFullSql " match="^schema\.sql$" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameterEntry type="ProviderPath" scope="dbFullSql" match="^schema\.sql$" />
    /// ```
    ///
    /// ## Fix
    /// The packager takes the blanks away.
    ///
    /// ## References
    /// - Subtext, DotNetNuke and YAF, released packages
    "parameters/blank-in-scope", XRF006, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    let file = &parameters.source.path;
    for (parameter, entry) in entries(parameters) {
        let Some(scope) = &entry.scope else { continue };
        // `\ ` is a blank that is meant.
        let bare = scope.text.trim();
        if bare == scope.text || bare.is_empty() || bare.ends_with('\\') {
            continue;
        }
        let message = format!("the scope of an entry of `{}` has a blank around it", parameter.label());
        out.push(
            Diagnostic::new(Location::span(file, scope.span), message)
                .consequence("The blank is looked for as well: the entry finds nothing.")
                .help(format!("Write `{bare}`."))
                .fix(Fix::safe(format!("Use `{bare}`"), vec![Edit::replace(file, scope.span, xml::escape(bare))])),
        );
    }
}
