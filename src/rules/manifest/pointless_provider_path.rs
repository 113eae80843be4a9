//! XRF004: an entry that targets nothing.

use crate::diagnostic::{Diagnostic, Location, Profile};
use crate::fix::{Edit, Fix};
use crate::model::expression::{self, Expression};
use crate::model::manifest::Provider;
use crate::model::parameters::ParameterEntry;
use crate::rules::Context;
use crate::rules::tagging::{comparable, entries, nearest};
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for ProviderPath entries that hit no provider of the manifest.
    /// Expressions that only .NET can judge are left alone.
    ///
    /// ## Why it matters
    /// The entry has no effect, and its value goes nowhere.
    /// Released packages of Umbraco and TikiWiki had such entries, left over from a provider that was taken out; in others the path is misspelt, and the rights are set on the wrong folder.
    /// The gallery's validator failed the package.
    ///
    /// ## Example
    /// ```xml
    /// <setAcl path="shop/media" />
    /// <parameterEntry type="ProviderPath" scope="setAcl" match="^shop/medja$" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <setAcl path="shop/media" />
    /// <parameterEntry type="ProviderPath" scope="setAcl" match="^shop/media$" />
    /// ```
    ///
    /// ## Fix
    /// The packager offers the nearest path that no other entry targets.
    /// Please review it.
    ///
    /// ## References
    /// - The gallery's retired validator
    /// - Umbraco and TikiWiki, released packages
    "manifest/pointless-provider-path", XRF004, gallery: Warning, webdeploy: Warning, strict: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(manifest), Some(parameters)) = (cx.manifest(), comparable(cx)) else { return };
    let file = &parameters.source.path;
    let mut free: Option<Vec<&Provider>> = None;
    for (parameter, entry) in entries(parameters) {
        let (Some(scope), Some(matching)) = (&entry.scope, &entry.matching) else { continue };
        let blank = scope.text.trim() != scope.text && cx.profile != Profile::Strict;
        if blank
            || scope.text.is_empty()
            || matching.text.is_empty()
            || entry.hits(manifest).is_none_or(|hits| !hits.is_empty())
        {
            continue;
        }
        let message = format!("an entry of `{}` targets no provider", parameter.label());
        let mut diagnostic = Diagnostic::new(Location::span(file, entry.match_span()), message)
            .consequence("The entry has no effect.")
            .help("Take it out, or write the path of a provider.");
        // The paths that nothing targets, looked for once.
        let free = free.get_or_insert_with(|| {
            manifest.providers.iter().filter(|own| parameters.targets(own) == Some(false)).collect()
        });
        if let Some(path) = meant(free, entry) {
            let pattern = format!("^{}$", expression::escape(path));
            let edit = Edit::replace(file, matching.span, xml::escape(&pattern));
            diagnostic.fixes.push(Fix::review(format!("Use `{pattern}`"), vec![edit]));
        }
        out.push(diagnostic);
    }
}

/// The nearest path in the scope of an entry.
fn meant<'m>(free: &[&'m Provider], entry: &ParameterEntry) -> Option<&'m str> {
    let scope = Expression::compile(&entry.scope.as_ref()?.text).ok()?;
    let paths: Vec<&str> = free.iter().filter(|own| scope.is_match(&own.name)).map(|own| own.path_text()).collect();
    let bare = entry.matching.as_ref()?.text.replace('\\', "");
    nearest(bare.trim_start_matches('^').trim_end_matches('$'), &paths)
}
