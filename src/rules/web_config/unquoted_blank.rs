//! WEB010: a path with a blank in a script processor, without quotes.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::rules::Context;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for interpreters and scripts in `scriptProcessor` whose path has a blank and no quotes around it.
    ///
    /// ## Why it matters
    /// Windows splits a command at blanks: the wrong program is started, or wfastcgi gets half a path.
    /// IIS answers "HTTP Error 500.0 - Internal Server Error".
    ///
    /// ## Example
    /// ```text
    /// scriptProcessor="C:\Program Files\Python\python.exe|C:\Program Files\Python\Lib\wfastcgi.py"
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// scriptProcessor="&quot;C:\Program Files\Python\python.exe&quot;|&quot;C:\Program Files\Python\Lib\wfastcgi.py&quot;"
    /// ```
    ///
    /// ## Fix
    /// Puts quotes around each path that has a blank.
    ///
    /// ## References
    /// - Microsoft, "Configure Python web apps for IIS"
    /// - wfastcgi 3.0.0, what `wfastcgi-enable` prints
    "web-config/unquoted-blank", WEB010, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = cx.python_web_config() else { return };
    for handler in config.wfastcgi() {
        let Some(processor) = &handler.script_processor else { continue };
        let Some((executable, script)) = processor.text.split_once('|') else { continue };
        let better = format!("{}|{}", quoted(executable, ".exe"), quoted(script, ".py"));
        if better == processor.text {
            continue;
        }
        let path = &config.source.path;
        let edit = Edit::replace(path, processor.span, xml::escape(&better));
        let message = format!("{} has a path with a blank and no quotes around it", handler.title());
        out.push(
            Diagnostic::new(Location::span(path, processor.span), message)
                .consequence("Windows splits the command at the blank and starts the wrong program.")
                .help("Put `&quot;` before and after each path that has a blank.")
                .fix(Fix::safe("Put quotes around the path", vec![edit])),
        );
    }
}

/// A command with quotes around its path, when there is a blank in it.
fn quoted(command: &str, ending: &str) -> String {
    let end = command.to_ascii_lowercase().find(ending).map(|at| at + ending.len());
    let split = end.and_then(|end| Some((command.get(..end)?, command.get(end..)?)));
    match split {
        Some((path, rest)) if path.trim().contains(' ') && !path.contains('"') && !path.trim().starts_with('-') => {
            format!("\"{}\"{rest}", path.trim())
        }
        _ => command.to_owned(),
    }
}
