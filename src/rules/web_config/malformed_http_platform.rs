//! WEB033: an `httpPlatform` that the module refuses.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::rules::Context;
use crate::rules::configuration::{tokens, widened};

declare_rule! {
    /// ## What it does
    /// Looks for `httpPlatform` without `processPath`, with numbers that are none, with more than 100
    /// processes, and with times and switches that cannot be read.
    ///
    /// ## Why it matters
    /// IIS answers every request with "HTTP Error 500.19 - Internal Server Error: Required attribute
    /// 'processPath' not found", or with "HTTP Error 502.3 - Bad Gateway" because nothing is started.
    ///
    /// ## Example
    /// ```xml
    /// <httpPlatform arguments="run.py" processesPerApplication="500" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <httpPlatform processPath="C:\Python312\python.exe" arguments="run.py" processesPerApplication="4" />
    /// ```
    ///
    /// ## Fix
    /// Writes the default of an attribute that cannot be read. Please review it.
    /// Which process is meant only you know.
    ///
    /// ## References
    /// - Microsoft, "HttpPlatformHandler Configuration Reference"
    "web-config/malformed-http-platform", WEB033, gallery: Error, webdeploy: Error
}

/// Whole numbers: name, default, and the most that the module takes.
const NUMBERS: &[(&str, &str, u32)] = &[
    ("startupTimeLimit", "10", u32::MAX),
    ("startupRetryCount", "10", u32::MAX),
    ("rapidFailsPerMinute", "10", u32::MAX),
    ("processesPerApplication", "1", 100),
];

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = cx.python_web_config() else { return };
    let Some(element) = config.http_platform.as_ref().and_then(|process| config.element(process.open)) else { return };
    let path = &config.source.path;
    let process = element.attribute("processPath");
    if process.is_none_or(|process| process.value.trim().is_empty()) {
        let span = process.map_or(element.name_span, |process| widened(process.value_span));
        out.push(
            Diagnostic::new(Location::span(path, span), "`httpPlatform` has no `processPath`")
                .consequence("IIS answers every request with error 500.19 or 502.3: there is nothing to start.")
                .help("Set `processPath` to the path of the Python interpreter on the server."),
        );
    }
    for attribute in &element.attributes {
        let Some((problem, default)) = problem(&attribute.name, &attribute.value) else { continue };
        if tokens(&attribute.value).next().is_some() {
            continue;
        }
        let message = format!("`{}` is `{}`, which {problem}", attribute.name, attribute.value);
        let fix = Fix::review(format!("Use `{default}`"), vec![Edit::replace(path, attribute.value_span, default)]);
        out.push(
            Diagnostic::new(Location::span(path, attribute.value_span), message)
                .consequence("IIS answers every request with error 500.19, the configuration data is invalid.")
                .help(format!("Write another value; without the attribute it is `{default}`."))
                .fix(fix),
        );
    }
}

/// What is wrong with an attribute, and its default.
fn problem(name: &str, value: &str) -> Option<(&'static str, &'static str)> {
    if let Some((_, default, most)) = NUMBERS.iter().find(|(own, ..)| *own == name) {
        return match value.parse::<u32>() {
            Err(_) => Some(("is no whole number", default)),
            Ok(number) if number > *most => Some(("is more than 100", default)),
            Ok(0) if name == "processesPerApplication" => Some(("is no process at all", default)),
            Ok(_) => None,
        };
    }
    let switch = name == "stdoutLogEnabled" || name == "forwardWindowsAuthToken";
    if switch && !["true", "false"].iter().any(|word| word.eq_ignore_ascii_case(value)) {
        return Some(("is neither `true` nor `false`", "false"));
    }
    let time = name != "requestTimeout" || is_time(value);
    (!time).then_some(("is no time such as `00:02:00`", "00:02:00"))
}

fn is_time(value: &str) -> bool {
    let time = value.split_once('.').map_or(value, |(_, time)| time);
    let digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    digits(value) || time.split(':').count() == 3 && time.split(':').all(digits)
}
