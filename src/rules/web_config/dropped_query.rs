//! WEB014: a rewrite rule that drops the query string.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::rules::Context;
use crate::rules::configuration::python_rewrites;

declare_rule! {
    /// ## What it does
    /// Looks for rewrite rules to the Python handler with `appendQueryString="false"`.
    /// A rule that carries the query string itself, with `{QUERY_STRING}`, is left alone.
    ///
    /// ## Why it matters
    /// wfastcgi restores the path of the request from `X-Original-URL`, and only the path.
    /// The query string is gone: `request.GET` and `request.args` are empty on every page.
    ///
    /// ## Example
    /// ```xml
    /// <action type="Rewrite" url="handler.fcgi/{R:1}" appendQueryString="false" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <action type="Rewrite" url="handler.fcgi/{R:1}" appendQueryString="true" />
    /// ```
    ///
    /// ## Fix
    /// Writes `appendQueryString="true"`.
    ///
    /// ## References
    /// - wfastcgi 3.0.0, `read_fastcgi_record`
    /// - Microsoft, "URL Rewrite Module Configuration Reference"
    "web-config/dropped-query", WEB014, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = cx.python_web_config() else { return };
    for rewrite in python_rewrites(config) {
        let Some(append) = rewrite.append_query_string.as_ref().filter(|own| own.text.eq_ignore_ascii_case("false"))
        else {
            continue;
        };
        if rewrite
            .target
            .as_ref()
            .is_some_and(|target| target.text.contains(['?']) || target.text.contains("{QUERY_STRING}"))
        {
            continue;
        }
        let path = &config.source.path;
        out.push(
            Diagnostic::new(Location::span(path, append.span), "the rewrite rule drops the query string")
                .consequence("wfastcgi restores only the path: the application sees no `?name=value`.")
                .help("Set `appendQueryString` to `true`.")
                .fix(Fix::safe("Set `appendQueryString` to `true`", vec![Edit::replace(path, append.span, "true")])),
        );
    }
}
