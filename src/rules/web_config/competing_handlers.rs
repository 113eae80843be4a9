//! WEB036: two handlers that start Python for the same requests.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::Fix;
use crate::model::web_config::Handler;
use crate::rules::Context;
use crate::rules::configuration::{take_out, with_fix};

declare_rule! {
    /// ## What it does
    /// Looks for a handler of `FastCgiModule` and one of `httpPlatformHandler` that are both for `*`.
    ///
    /// ## Why it matters
    /// The first in the file takes every request, the other one never runs; another order starts the
    /// application in another way.
    ///
    /// ## Example
    /// ```xml
    /// <add name="a" path="*" verb="*" modules="FastCgiModule" ... />
    /// <add name="b" path="*" verb="*" modules="httpPlatformHandler" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <add name="b" path="*" verb="*" modules="httpPlatformHandler" />
    /// ```
    ///
    /// ## Fix
    /// Takes the second one away, which changes nothing today. Please review which one is meant.
    ///
    /// ## References
    /// - Microsoft, "HttpPlatformHandler Configuration Reference"
    /// - Microsoft, "Configure Python web apps for IIS"
    "web-config/competing-handlers", WEB036, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = cx.python_web_config() else { return };
    let all = |handler: &&Handler| {
        let for_all = |value: &Option<crate::model::Value>| value.as_ref().is_some_and(|value| value.text == "*");
        for_all(&handler.path) && for_all(&handler.verb)
    };
    let fast_cgi = config.wfastcgi().find(all);
    let platform = config.handlers.iter().filter(all).find(|handler| handler.has_module("httpPlatformHandler"));
    let (Some(fast_cgi), Some(platform)) = (fast_cgi, platform) else { return };
    // One that is taken away again does not compete.
    let first = fast_cgi.open.start.min(platform.open.start);
    let second = if fast_cgi.open.start == first { platform } else { fast_cgi };
    if config.removals.iter().any(|removal| removal.open.start > first) {
        return;
    }
    let fix =
        take_out(cx, config, second.open).map(|edit| Fix::review(format!("Take {} away", second.title()), vec![edit]));
    let diagnostic = Diagnostic::new(
        Location::span(&config.source.path, second.name_span),
        format!("{} never runs: another one before it takes every request", second.title()),
    )
    .consequence("Which of the two starts Python depends on their order.")
    .help("Keep the one that is meant.");
    out.push(with_fix(diagnostic, fix));
}
