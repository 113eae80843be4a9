//! WEB015: a rewrite rule that sends files to Python as well.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::Fix;
use crate::model::static_rule;
use crate::path::PackagePath;
use crate::rules::Context;
use crate::rules::configuration::{python_rewrites, static_folders, with_fix};
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for rewrite rules that lead every request to Python, without a condition and without a rule
    /// before them, in applications that have a folder of static files.
    ///
    /// ## Why it matters
    /// Each picture goes through Python, which is slow, and an application that does not serve files
    /// itself answers 404: pages come without style. Some applications want it so.
    ///
    /// ## Example
    /// ```xml
    /// <rule name="Rewrite Rule" stopProcessing="true">
    ///   <match url="(.*)" />
    ///   <action type="Rewrite" url="handler.fcgi/{R:1}" />
    /// </rule>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <rule name="Static files" stopProcessing="true">
    ///   <match url="^static/.+$" />
    ///   <conditions>
    ///     <add input="{REQUEST_FILENAME}" matchType="IsFile" />
    ///   </conditions>
    ///   <action type="None" />
    /// </rule>
    /// <rule name="Rewrite Rule" stopProcessing="true">
    ///   <match url="(.*)" />
    ///   <action type="Rewrite" url="handler.fcgi/{R:1}" />
    /// </rule>
    /// ```
    ///
    /// ## Fix
    /// Adds the rule for static files before the other. Please review it: files of these folders can then
    /// be fetched by their names.
    ///
    /// ## References
    /// - Microsoft, "URL Rewrite Module Configuration Reference"
    "web-config/unconditional-rewrite", WEB015, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(config), Some(app)) = (cx.python_web_config(), &cx.app) else { return };
    let Some(rewrite) = python_rewrites(config).next() else { return };
    let all =
        rewrite.url.as_ref().is_some_and(|url| matches!(url.text.as_str(), "(.*)" | ".*" | "^(.*)$" | "^.*$" | "*"));
    let first = config.rewrites.first().is_some_and(|first| first.open == rewrite.open);
    if !all || !first || !rewrite.conditions.is_empty() {
        return;
    }
    let folders = static_folders(cx);
    let inside = |path: &PackagePath| folders.iter().any(|folder| path.is_below(folder));
    let Some(file) = app.contents.tree().files().map(|entry| &entry.path).find(|path| inside(path)) else { return };
    let path = &config.source.path;
    let fix = cx.contents.text(path).and_then(|text| {
        let rule = static_rule::files(&folders, &static_rule::root_files(app.contents.tree()))?;
        let edit = xml::insert_before(path, &text, config.element(rewrite.open)?, &rule);
        Some(Fix::review("Let IIS answer requests for static files", vec![edit]))
    });
    let message = format!("requests for files, such as `{}`, go to Python as well", file.as_str());
    let diagnostic = Diagnostic::new(Location::span(path, rewrite.open), message)
        .consequence("Files are served slowly, or not at all when the application does not serve them itself.")
        .help("Add a rule before it that lets requests for static files pass, unless the application means it so.");
    out.push(with_fix(diagnostic, fix));
}
