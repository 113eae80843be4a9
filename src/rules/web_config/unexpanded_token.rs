//! WEB009: a place-holder of a template that nobody filled in.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::model::Value;
use crate::model::web_config::{WebConfig, is_python_setting};
use crate::rules::Context;
use crate::rules::configuration::{known_processor, replaced_at_installation, tokens, with_fix};
use crate::target;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for place-holders in the interpreter, the process and the settings that Python reads:
    /// `%INTERPRETERPATH%`, `%WFASTCGIPATH%`, `%ROOTDIR%`, `%PYTHON_HOME%`, and names in capitals between
    /// brackets, braces or dollar signs.
    /// Ones that a parameter of the package replaces are left alone, and so are other environment variables.
    ///
    /// ## Why it matters
    /// IIS takes the place-holder to the letter and answers "HTTP Error 500.0 - Internal Server Error:
    /// <handler> scriptProcessor could not be found in <fastCGI> application configuration".
    ///
    /// ## Example
    /// ```text
    /// scriptProcessor="%INTERPRETERPATH%|%WFASTCGIPATH%"
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// scriptProcessor="D:\Python27\python.exe|D:\Python27\Scripts\wfastcgi.py"
    /// ```
    ///
    /// ## Fix
    /// Writes the paths of Azure Web Sites. Please review it: only you know what the server has.
    ///
    /// ## References
    /// - Microsoft, "Configure Python web apps for IIS"
    /// - Azure DevOps, the templates of web.config for Python
    "web-config/unexpanded-token", WEB009, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = cx.python_web_config() else { return };
    for (name, value) in places(config) {
        let Some(token) = tokens(&value.text).next() else { continue };
        if replaced_at_installation(cx, config, name, &value.text) {
            continue;
        }
        let better = match name {
            "scriptProcessor" => known_processor(cx),
            "processPath" => known_processor(cx).and_then(|known| known.split('|').next().map(str::to_owned)),
            "PYTHONPATH" => Some(target::AZURE_SITE.to_owned()),
            _ => None,
        };
        let path = &config.source.path;
        let fix = better.map(|better| {
            Fix::review(format!("Use `{better}`"), vec![Edit::replace(path, value.span, xml::escape(&better))])
        });
        let message = format!("`{name}` has the place-holder `{token}`, which nothing replaces");
        let diagnostic = Diagnostic::new(Location::span(path, value.span), message)
            .consequence("IIS and wfastcgi take it to the letter: the application does not start.")
            .help("Write what it stands for, or let a parameter of the package replace it.");
        out.push(with_fix(diagnostic, fix));
    }
}

/// What may have a place-holder: name and value.
fn places(config: &WebConfig) -> impl Iterator<Item = (&str, &Value)> {
    let handlers = config.fast_cgi().filter_map(|handler| handler.script_processor.as_ref());
    let settings = config.settings.iter().filter(|setting| is_python_setting(&setting.key.text));
    let process = config.http_platform.iter().flat_map(|process| {
        let path = process.process_path.iter().map(|value| ("processPath", value));
        path.chain(process.arguments.iter().map(|value| ("arguments", value)))
    });
    let variables = config.http_platform.iter().flat_map(|process| &process.environment);
    let named = settings.chain(variables).map(|setting| (setting.key.text.trim(), &setting.value));
    handlers.map(|value| ("scriptProcessor", value)).chain(process).chain(named)
}
