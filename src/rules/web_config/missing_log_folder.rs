//! WEB035: a log of the process in a folder that is not there.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::path::PackagePath;
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Looks for `stdoutLogFile` in a folder of the application that the package does not have, when
    /// `stdoutLogEnabled` is on.
    ///
    /// ## Why it matters
    /// The module does not make the folder: there is no log, or the process does not start.
    ///
    /// ## Example
    /// ```text
    /// shop/app.py
    /// shop/web.config      <httpPlatform stdoutLogEnabled="true" stdoutLogFile=".\logs\python.log" ... />
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop/app.py
    /// shop/logs/readme.txt
    /// shop/web.config      <httpPlatform stdoutLogEnabled="true" stdoutLogFile=".\logs\python.log" ... />
    /// ```
    ///
    /// ## Fix
    /// Adds the folder, with a short text in it: Web Deploy leaves empty folders out.
    ///
    /// ## References
    /// - Microsoft, "HttpPlatformHandler Configuration Reference"
    "web-config/missing-log-folder", WEB035, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(config), Some(app)) = (cx.python_web_config(), &cx.app) else { return };
    let Some(element) = config.http_platform.as_ref().and_then(|process| config.element(process.open)) else { return };
    let enabled = element.value("stdoutLogEnabled").is_some_and(|value| value.eq_ignore_ascii_case("true"));
    let (true, Some(log)) = (enabled, element.attribute("stdoutLogFile")) else { return };
    let Some(folder) = folder(&log.value) else { return };
    if app.contents.tree().folder_ignoring_case(&folder).is_some() {
        return;
    }
    let own = folder.below(app.folder);
    let readme =
        own.join("readme.txt").map(|file| Edit::Write { file, bytes: b"Python writes its log here.\n".to_vec() });
    let fix = readme.map(|edit| Fix::safe(format!("Add the folder `{}`", own.as_str()), vec![edit]));
    let diagnostic = Diagnostic::new(
        Location::span(&config.source.path, log.value_span),
        format!("there is no folder `{}` for the log", own.as_str()),
    )
    .consequence("The module does not make it: there is no log, or the process does not start.")
    .help("Add the folder with a file in it.");
    out.push(Diagnostic { fixes: fix.into_iter().collect(), ..diagnostic });
}

/// The folder of a log below the application; nothing when it is the application's own or outside it.
fn folder(log: &str) -> Option<PackagePath> {
    let log = log.trim().replace('\\', "/");
    if log.contains([':', '%', '[', '{', '$']) || log.starts_with('/') || log.contains("..") {
        return None;
    }
    PackagePath::new(log.trim_start_matches("./")).ok()?.parent()
}
