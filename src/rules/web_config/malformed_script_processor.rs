//! WEB007: a FastCGI handler that does not say which script Python runs.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::model::web_config::Handler;
use crate::rules::Context;
use crate::rules::configuration::{known_processor, replaced_at_installation, tokens, widened, with_fix};
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for handlers of `FastCgiModule` for Python whose `scriptProcessor` is missing, has no bar, or
    /// names no Python script after it.
    /// What still has place-holders in it is left to another rule.
    ///
    /// ## Why it matters
    /// IIS looks for a FastCGI application with exactly this executable and these arguments.
    /// It answers "HTTP Error 500.0 - Internal Server Error: <handler> scriptProcessor could not be found
    /// in <fastCGI> application configuration", or Python starts without wfastcgi and ends at once.
    ///
    /// ## Example
    /// ```xml
    /// <add name="Python_FastCGI" path="*" verb="*" modules="FastCgiModule"
    ///      scriptProcessor="D:\Python27\python.exe D:\Python27\Scripts\wfastcgi.py" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <add name="Python_FastCGI" path="*" verb="*" modules="FastCgiModule"
    ///      scriptProcessor="D:\Python27\python.exe|D:\Python27\Scripts\wfastcgi.py" />
    /// ```
    ///
    /// ## Fix
    /// Puts the bar between the interpreter and the script when both are there, else writes the paths of
    /// Azure Web Sites in 2013. Please review it: the server must have registered them.
    ///
    /// ## References
    /// - wfastcgi 3.0.0, what `wfastcgi-enable` prints
    /// - Microsoft, "Configure Python web apps for IIS"
    "web-config/malformed-script-processor", WEB007, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = cx.python_web_config() else { return };
    for handler in config.wfastcgi() {
        let Some(problem) = problem(handler) else { continue };
        let path = &config.source.path;
        let written = handler.script_processor.as_ref();
        let text = written.map_or("", |value| value.text.as_str());
        if tokens(text).next().is_some() || replaced_at_installation(cx, config, "scriptProcessor", text) {
            continue;
        }
        let span =
            written.map_or(handler.name_span, |value| if text.is_empty() { widened(value.span) } else { value.span });
        let better = split(text).or_else(|| known_processor(cx));
        let fix = better.and_then(|better| {
            let edit: Edit = xml::set_attribute(path, config.element(handler.open)?, "scriptProcessor", &better);
            Some(Fix::review(format!("Use `{better}`"), vec![edit]))
        });
        let diagnostic = Diagnostic::new(Location::span(path, span), format!("{} {problem}", handler.title()))
            .consequence("IIS answers every request with error 500.0: no such FastCGI application is registered.")
            .help("Write the path of `python.exe`, a bar and the path of `wfastcgi.py`, as the server has registered them.");
        out.push(with_fix(diagnostic, fix));
    }
}

fn problem(handler: &Handler) -> Option<&'static str> {
    let text = handler.script_processor.as_ref().map_or("", |value| value.text.trim());
    if text.is_empty() {
        return Some("has no `scriptProcessor`");
    }
    // The program of another language is none of our business.
    if !handler.runs_python() {
        return None;
    }
    let Some((executable, arguments)) = text.split_once('|') else {
        return Some("has no `|` in its `scriptProcessor`");
    };
    if executable.trim().is_empty() {
        return Some("names no interpreter before the `|`");
    }
    let runs = arguments.to_lowercase().contains(".py") || arguments.contains("-m ") || arguments.contains("-c ");
    (!runs).then_some("names no Python script after the `|`")
}

/// `python.exe wfastcgi.py` with the bar that it lacks.
fn split(text: &str) -> Option<String> {
    if text.contains('|') {
        return None;
    }
    let at = text.to_ascii_lowercase().find(".exe")? + ".exe".len();
    let rest = text.get(at..)?.trim_start_matches(['"', ' ', ';', ',']);
    rest.trim_end_matches('"')
        .ends_with(".py")
        .then(|| format!("{}|{rest}", text.get(..at).unwrap_or("").trim_start_matches('"')))
}
