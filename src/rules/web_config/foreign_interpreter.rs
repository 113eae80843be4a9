//! WEB008: an interpreter that the host does not have.

use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::fix::{Edit, Fix};
use crate::model::web_config::WebConfig;
use crate::rules::Context;
use crate::rules::configuration::{known_processor, replaced_at_installation, with_fix};
use crate::target::{self, Target};
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for interpreters that are not where the hosts that are known here have them: the site
    /// extensions of Azure (`D:\home\python364x64`), a Python that one user has installed for himself, and
    /// a disk other than the one that the settings of the same file name.
    ///
    /// ## Why it matters
    /// IIS answers "HTTP Error 500.0 - Internal Server Error", 0x80070585, when the FastCGI application is
    /// not registered.
    /// The extensions of Azure are retired, which is only noted of one that there was; the folders of a user cannot be read by the application pool.
    ///
    /// ## Example
    /// ```text
    /// scriptProcessor="D:\home\python364x64\python.exe|D:\home\python364x64\wfastcgi.py"
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// scriptProcessor="D:\Python27\python.exe|D:\Python27\Scripts\wfastcgi.py"
    /// ```
    ///
    /// ## Fix
    /// Writes the paths of Azure Web Sites when they suit the application.
    /// Please review it: only you know what the server has.
    ///
    /// ## References
    /// - Microsoft, "Managing Python on Azure App Service"
    /// - Microsoft, "Configure Python web apps for IIS"
    "web-config/foreign-interpreter", WEB008, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = cx.python_web_config() else { return };
    let handlers = config.wfastcgi().filter_map(|handler| {
        let (executable, _) = handler.command()?;
        Some(("scriptProcessor", handler.script_processor.as_ref()?, executable))
    });
    let process = config.http_platform.as_ref().and_then(|process| process.process_path.as_ref());
    let process = process.map(|path| ("processPath", path, path.text.as_str()));
    for (attribute, value, executable) in handlers.chain(process) {
        let Some(problem) = problem(config, executable) else { continue };
        if replaced_at_installation(cx, config, attribute, &value.text) {
            continue;
        }
        let path = &config.source.path;
        let known = known_processor(cx).map(|known| match attribute {
            "processPath" => known.split('|').next().unwrap_or(&known).to_owned(),
            _ => known,
        });
        let fix = known.map(|known| {
            Fix::review(format!("Use `{known}`"), vec![Edit::replace(path, value.span, xml::escape(&known))])
        });
        let diagnostic = Diagnostic::new(Location::span(path, value.span), format!("`{executable}` {problem}"))
            .consequence("Where it is not there, or cannot be read, every request gets error 500.0 or 502.3.")
            .help("Name the interpreter of the server that the package is for.");
        // Whoever chose that target knows it; a folder that no extension has is a slip.
        let extension = target::by_id("azure-extension")
            .is_some_and(|target| is_of(target, &executable.replace('/', "\\").to_ascii_lowercase()));
        let diagnostic = if extension { diagnostic.severity(Severity::Note) } else { diagnostic };
        out.push(with_fix(diagnostic, fix));
    }
}

fn problem(config: &WebConfig, executable: &str) -> Option<&'static str> {
    let lower = executable.replace('/', "\\").to_ascii_lowercase();
    if is_of(target::default(), &lower) {
        return None;
    }
    if lower.contains(r"\appdata\") || lower.starts_with(r"c:\users\") {
        return Some("lies in the folder of one user, which the application pool cannot read");
    }
    if lower.starts_with(r"d:\home\python") {
        return Some("is there only with a site extension of Azure, which is retired");
    }
    let path = config.setting("PYTHONPATH").map_or("", |setting| &setting.value.text).to_ascii_lowercase();
    (lower.starts_with("c:") && path.starts_with(r"d:\home\")).then_some("is not on Azure, where `PYTHONPATH` lies")
}

/// Whether a target has the interpreter.
fn is_of(target: &Target, lower: &str) -> bool {
    target.interpreters.iter().any(|own| own.executable.to_ascii_lowercase() == lower)
}
