//! WEB017: a rewrite pattern that is no regular expression.

use crate::diagnostic::{Diagnostic, Location};
use crate::model::rewrite_pattern::outline;
use crate::rules::Context;
use crate::text::Span;

declare_rule! {
    /// ## What it does
    /// Looks for patterns of rewrite rules and conditions with a bracket or parenthesis that has no
    /// partner, or with something to repeat that is not there.
    /// What only an engine for ECMAScript could tell is not said.
    ///
    /// ## Why it matters
    /// The module cannot compile the expression: IIS answers "HTTP Error 500.19 - Internal Server
    /// Error" for every request.
    ///
    /// ## Example
    /// ```xml
    /// <match url="^shop/(.*" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <match url="^shop/(.*)" />
    /// ```
    ///
    /// ## Fix
    /// None: only you know what was meant.
    ///
    /// ## References
    /// - Microsoft, "URL Rewrite Module Configuration Reference"
    /// - ECMA-262, "RegExp (Regular Expression) Objects"
    "web-config/broken-rewrite-pattern", WEB017, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = cx.python_web_config() else { return };
    for rewrite in config.rewrites.iter().filter(|rewrite| rewrite.has_expressions()) {
        let patterns = rewrite.conditions.iter().filter_map(|condition| condition.pattern.as_ref());
        for pattern in rewrite.url.iter().chain(patterns) {
            let Some((at, what)) = outline(&pattern.text).broken else { continue };
            // Where the value holds entities, the place within it is not known.
            let plain = pattern.span.end - pattern.span.start == pattern.text.len();
            let start = pattern.span.start + at;
            let span = if plain { Span::new(start, start + 1) } else { pattern.span };
            let message = format!("`{}` is not a regular expression: {what}", pattern.text);
            out.push(
                Diagnostic::new(Location::span(&config.source.path, span), message)
                    .consequence("IIS answers every request with error 500.19, or the rule never matches.")
                    .help("Correct the expression, or put a backslash before a character that is meant to the letter."),
            );
        }
    }
}
