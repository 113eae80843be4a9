//! XRF005: an entry that hits more than one path.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::model::expression::Expression;
use crate::model::manifest::Provider;
use crate::model::parameters::ParameterEntry;
use crate::model::{Manifest, Parameters};
use crate::rules::Context;
use crate::rules::tagging::{comparable, entries};
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for ProviderPath entries that hit several providers with different paths, because the expression is not anchored: `shop/media` is also found in `shop/media/small`.
    /// An entry that hits several SQL scripts is told of only when another entry targets one of them as well: one connection string for all scripts is fine.
    ///
    /// ## Why it matters
    /// The first replacement changes the path, so the parameter that is meant for it no longer finds it: the rights are set on the wrong folder, without a word.
    /// Microsoft's sample for Gallery Server explains it in a comment.
    ///
    /// ## Example
    /// ```xml
    /// <parameterEntry type="ProviderPath" scope="setAcl" match="shop/media" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameterEntry type="ProviderPath" scope="setAcl" match="^shop/media$" />
    /// ```
    ///
    /// ## Fix
    /// The packager anchors the expression when that leaves one path and every other is targeted by another entry; else please review it.
    ///
    /// ## References
    /// - Microsoft, sample package "Gallery Server Pro"
    "manifest/ambiguous-provider-path", XRF005, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(manifest), Some(parameters)) = (cx.manifest(), comparable(cx)) else { return };
    for (parameter, entry) in entries(parameters) {
        let Some(hits) = entry.hits(manifest) else { continue };
        let Some(first) = hits.first() else { continue };
        let others = || hits.iter().filter(|other| !other.path_text().eq_ignore_ascii_case(first.path_text()));
        let shared = |hit: &&Provider| is_targeted(parameters, entry, hit);
        let scripts = hits.iter().all(|hit| hit.is("dbFullSql") || hit.is("dbMySql"));
        if others().next().is_none() || scripts && !hits.iter().any(shared) {
            continue;
        }
        let paths: Vec<&str> = hits.iter().take(1).chain(others()).map(|hit| hit.path_text()).take(3).collect();
        let more = if others().count() > 2 { " and more" } else { "" };
        let message = format!("an entry of `{}` hits `{}`{more}", parameter.label(), paths.join("`, `"));
        let mut diagnostic = Diagnostic::new(Location::span(&parameters.source.path, entry.match_span()), message)
            .consequence("It may replace a path that is meant for another parameter.")
            .help("Anchor the expression with `^` and `$`.");
        diagnostic.fixes.extend(fix(manifest, parameters, entry, &hits));
        out.push(diagnostic);
    }
}

/// Whether another entry targets a provider.
fn is_targeted(parameters: &Parameters, entry: &ParameterEntry, provider: &Provider) -> bool {
    let others = entries(parameters).filter(|(_, other)| other.open != entry.open && other.is("ProviderPath"));
    others.into_iter().any(|(_, other)| other.targets(provider).is_ok_and(|targets| targets))
}

fn fix(manifest: &Manifest, parameters: &Parameters, entry: &ParameterEntry, hits: &[&Provider]) -> Option<Fix> {
    let matching = entry.matching.as_ref()?;
    // Alternatives would have to be put in parentheses; whoever writes them means several paths.
    let bare = matching.text.trim_start_matches('^').trim_end_matches('$');
    if bare.contains('|') || bare.ends_with('\\') {
        return None;
    }
    let pattern = format!("^{bare}$");
    let anchored = Expression::compile(&pattern).ok()?;
    let kept = || hits.iter().filter(|hit| anchored.is_match(hit.path_text()));
    let path = kept().next()?.path_text();
    if kept().any(|hit| !hit.path_text().eq_ignore_ascii_case(path)) {
        return None;
    }
    let lost = manifest
        .providers
        .iter()
        .filter(|own| hits.iter().any(|hit| hit.open == own.open) && !anchored.is_match(own.path_text()));
    let edits = vec![Edit::replace(&parameters.source.path, matching.span, xml::escape(&pattern))];
    let title = format!("Use `{pattern}`");
    let certain = lost.into_iter().all(|own| exactly(parameters, entry, own));
    Some(if certain { Fix::safe(title, edits) } else { Fix::review(title, edits) })
}

/// Whether another entry goes on targeting a provider when it is anchored as well.
fn exactly(parameters: &Parameters, entry: &ParameterEntry, provider: &Provider) -> bool {
    let others = entries(parameters)
        .filter(|(_, other)| other.open != entry.open && other.targets(provider).is_ok_and(|targets| targets));
    others.filter_map(|(_, other)| other.matching.as_ref()).any(|matching| {
        let bare = matching.text.trim_start_matches('^').trim_end_matches('$');
        Expression::compile(&format!("^(?:{bare})$")).is_ok_and(|anchored| anchored.is_match(provider.path_text()))
    })
}
