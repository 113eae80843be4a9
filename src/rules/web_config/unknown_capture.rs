//! WEB018: a back reference to a group that the pattern does not have.

use crate::diagnostic::{Diagnostic, Location};
use crate::model::Value;
use crate::model::rewrite_pattern::outline;
use crate::model::web_config::Rewrite;
use crate::rules::Context;
use crate::text::Span;

declare_rule! {
    /// ## What it does
    /// Looks for `{R:n}` in rewrite rules with a number beyond the groups of `match/@url`, and for `{C:n}`
    /// beyond the groups of the conditions.
    ///
    /// ## Why it matters
    /// The module puts nothing in its place: every request leads to the same URL, and the application
    /// sees only its start page.
    ///
    /// ## Example
    /// ```xml
    /// <match url=".*" />
    /// <action type="Rewrite" url="handler.fcgi/{R:1}" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <match url="(.*)" />
    /// <action type="Rewrite" url="handler.fcgi/{R:1}" />
    /// ```
    ///
    /// ## Fix
    /// None: only you know which part of the path is meant.
    ///
    /// ## References
    /// - Microsoft, "URL Rewrite Module Configuration Reference"
    "web-config/unknown-capture", WEB018, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = cx.python_web_config() else { return };
    for rewrite in &config.rewrites {
        let (Some(of_rule), Some(of_conditions)) = (rule_groups(rewrite), condition_groups(rewrite)) else { continue };
        let inputs = rewrite.conditions.iter().filter_map(|condition| condition.input.as_ref());
        for value in rewrite.target.iter().chain(inputs) {
            for (kind, groups, place) in [('R', of_rule, "`match`"), ('C', of_conditions, "the conditions")] {
                let Some((number, span)) = beyond(value, kind, groups) else { continue };
                let message = format!("`{{{kind}:{number}}}` stands for group {number}, and {place} has {groups}");
                let message = if kind == 'C' { message.replace(" has ", " have ") } else { message };
                out.push(
                    Diagnostic::new(Location::span(&config.source.path, span), message)
                        .consequence("URL Rewrite puts nothing in its place: requests lead to the wrong URL.")
                        .help("Put parentheses around the part of the pattern that is meant."),
                );
            }
        }
    }
}

/// The groups of `match`; nothing when they cannot be counted.
fn rule_groups(rewrite: &Rewrite) -> Option<usize> {
    let url = rewrite.url.as_ref().filter(|_| !rewrite.negate)?;
    groups(rewrite, &url.text)
}

fn condition_groups(rewrite: &Rewrite) -> Option<usize> {
    let patterns = rewrite.conditions.iter().filter_map(|condition| condition.pattern.as_ref());
    let mut counted = 0;
    for pattern in patterns {
        let own = groups(rewrite, &pattern.text)?;
        counted = if rewrite.tracks_all { counted + own } else { own.max(counted) };
    }
    Some(counted)
}

fn groups(rewrite: &Rewrite, pattern: &str) -> Option<usize> {
    if rewrite.has_expressions() {
        let outline = outline(pattern);
        return outline.broken.is_none().then_some(outline.groups);
    }
    let syntax = rewrite.syntax.as_ref()?;
    (syntax.text == "Wildcard").then(|| pattern.matches('*').count())
}

/// The first reference beyond a number of groups; `{R:0}` is all of it.
fn beyond(value: &Value, kind: char, groups: usize) -> Option<(usize, Span)> {
    let sign = format!("{{{kind}:");
    value.text.match_indices(&sign).find_map(|(at, _)| {
        let rest = value.text.get(at + sign.len()..)?;
        let number = rest.split('}').next()?;
        let end = at + sign.len() + number.len() + 1;
        let plain = value.span.end - value.span.start == value.text.len();
        let span = if plain { Span::new(value.span.start + at, value.span.start + end) } else { value.span };
        number.parse().ok().filter(|number| *number > groups).map(|number| (number, span))
    })
}
