//! WEB034: a process that is not told its port.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::model::Value;
use crate::rules::Context;
use crate::rules::absence::code_says;
use crate::rules::configuration::with_fix;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for `httpPlatform` with neither arguments nor environment variables that have
    /// `%HTTP_PLATFORM_PORT%`.
    /// Where the code of the application reads `HTTP_PLATFORM_PORT` itself, nothing is said.
    ///
    /// ## Why it matters
    /// The module asks the process on a port of its own choice.
    /// A process that listens on another one is never reached: "HTTP Error 502.3 - Bad Gateway".
    ///
    /// ## Example
    /// ```xml
    /// <httpPlatform processPath="C:\Python312\python.exe" arguments="run.py --port 5000" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <httpPlatform processPath="C:\Python312\python.exe" arguments="run.py --port %HTTP_PLATFORM_PORT%" />
    /// ```
    ///
    /// ## Fix
    /// Writes `%HTTP_PLATFORM_PORT%` in the place of the number after a port option. Please review it.
    ///
    /// ## References
    /// - Microsoft, "HttpPlatformHandler Configuration Reference"
    /// - Microsoft, "Configure Python web apps for IIS"
    "web-config/unheeded-port", WEB034, gallery: Warning, webdeploy: Warning
}

const PORT: &str = "HTTP_PLATFORM_PORT";

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(config), Some(app)) = (cx.python_web_config(), &cx.app) else { return };
    let Some(process) = &config.http_platform else { return };
    let says = |value: &Value| value.text.to_ascii_uppercase().contains(PORT);
    let told = process.arguments.iter().any(says) || process.environment.iter().any(|variable| says(&variable.value));
    let Some(element) = config.element(process.open) else { return };
    if told || code_says(app.contents, PORT) || code_says(app.contents, "ASPNETCORE_PORT") {
        return;
    }
    let path = &config.source.path;
    let span = process.arguments.as_ref().map_or(element.name_span, |arguments| arguments.span);
    let fix = process.arguments.as_ref().and_then(|arguments| {
        let better = with_port(&arguments.text)?;
        Some(Fix::review(format!("Use `{better}`"), vec![Edit::replace(path, arguments.span, xml::escape(&better))]))
    });
    let diagnostic =
        Diagnostic::new(Location::span(path, span), "nothing tells the process to listen on `%HTTP_PLATFORM_PORT%`")
            .consequence("The process listens on another port than IIS asks: every request gets error 502.3.")
            .help(
                "Pass `%HTTP_PLATFORM_PORT%` in `arguments` or in an environment variable that the application reads.",
            );
    out.push(with_fix(diagnostic, fix));
}

/// The arguments with the variable in the place of the number of a port.
fn with_port(arguments: &str) -> Option<String> {
    let at = arguments.find("port")? + "port".len();
    let rest = arguments.get(at..)?;
    let number = rest.trim_start_matches([' ', '=', ':']);
    let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    let start = at + (rest.len() - number.len());
    (end > 0).then(|| format!("{}%{PORT}%{}", arguments.get(..start).unwrap_or(""), number.get(end..).unwrap_or("")))
}
