//! PAR022: an entry without a type, a scope or an expression.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::Fix;
use crate::model::Value;
use crate::model::expression::Expression;
use crate::model::parameters::ParameterEntry;
use crate::model::provider;
use crate::rules::Context;
use crate::rules::tagging::{child, entries};
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for `parameterEntry` elements without `type` (or `kind`), without `scope` or without `match`.
    /// Entries of the types `DestinationBinding`, `DestinationVirtualDirectory` and `SqlCommandVariable` need no `match`.
    ///
    /// ## Why it matters
    /// All three are required to find the place where the value goes.
    /// The gallery's validator failed packages with an empty one.
    ///
    /// ## Example
    /// ```xml
    /// <parameterEntry type="ProviderPath" match="^shop$" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameterEntry type="ProviderPath" scope="iisApp" match="^shop$" />
    /// ```
    ///
    /// ## Fix
    /// When the scope names a provider, the packager offers the type `ProviderPath`; when one provider alone has the path, it offers its scope.
    /// Please review it.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    /// - The gallery's retired validator
    "parameters/incomplete-entry", PAR022, gallery: Warning, webdeploy: Warning, strict: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    let file = &parameters.source.path;
    for (parameter, entry) in entries(parameters) {
        let free = ["DestinationBinding", "DestinationVirtualDirectory", "SqlCommandVariable"];
        let needs_match = !free.iter().any(|kind| entry.is(kind));
        let empty = |value: &Option<Value>| value.as_ref().is_none_or(|value| value.text.is_empty());
        let missing = [
            ("type", empty(&entry.kind)),
            ("scope", empty(&entry.scope)),
            ("match", needs_match && empty(&entry.matching)),
        ];
        for (attribute, _) in missing.into_iter().filter(|(_, is_missing)| *is_missing) {
            let message = format!("an entry of `{}` has no `{attribute}`", parameter.label());
            let mut diagnostic = Diagnostic::new(Location::span(file, entry.name_span), message)
                .consequence("Web Deploy does not find the place where the value goes.")
                .help("Give the entry `type`, `scope` and `match`.");
            if let (Some(value), Some(element)) = (guess(cx, entry, attribute), child(parameters, entry.open)) {
                let edit = xml::set_attribute(file, element, attribute, &value);
                diagnostic.fixes.push(Fix::review(format!("Use `{attribute}=\"{value}\"`"), vec![edit]));
            }
            out.push(diagnostic);
        }
    }
}

/// What the attribute may be, by the others.
fn guess(cx: &Context<'_>, entry: &ParameterEntry, attribute: &str) -> Option<String> {
    match attribute {
        "type" => provider::known(entry.scope.as_ref()?.text.trim()).map(|_| "ProviderPath".to_owned()),
        "scope" if entry.is("ProviderPath") => {
            let matching =
                Expression::compile(&entry.matching.as_ref().filter(|own| !own.text.is_empty())?.text).ok()?;
            let mut hits = cx.manifest()?.providers.iter().filter(|provider| matching.is_match(provider.path_text()));
            hits.next().filter(|_| hits.next().is_none()).map(|provider| provider.name.clone())
        }
        _ => None,
    }
}
