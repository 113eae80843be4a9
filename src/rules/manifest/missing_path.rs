//! MAN007: a provider that does not say what to deploy.

use crate::diagnostic::{Diagnostic, Location};
use crate::model::provider;
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Looks for providers whose `path` is missing or empty, where Web Deploy has no path of its own
    /// for them. `alias` has `from` and `to` instead.
    ///
    /// ## Why it matters
    /// The path is what a provider deploys: the folder, the script, the command.
    /// Without it Web Deploy stops with `ERROR_INVALID_PATH` before anything is installed.
    ///
    /// ## Example
    /// ```xml
    /// <iisApp path="" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <iisApp path="shop" />
    /// ```
    ///
    /// ## Fix
    /// None: only you know what the provider is for.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    /// - Microsoft, "Web Deploy error codes"
    "manifest/missing-path", MAN007, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    for provider in &manifest.providers {
        let Some(known) = provider::known(&provider.name).filter(|known| known.needs_path()) else { continue };
        if !provider.path_text().trim().is_empty() {
            continue;
        }
        let what = if provider.path.is_some() { "an empty `path`" } else { "no `path`" };
        let location = Location::span(&manifest.source.path, provider.path_span());
        out.push(
            Diagnostic::new(location, format!("the provider `{}` has {what}", provider.name))
                .consequence("Web Deploy stops with `ERROR_INVALID_PATH` and installs nothing.")
                .help(help(known.name)),
        );
    }
}

fn help(name: &str) -> &'static str {
    match name {
        "iisApp" => "Write the application's folder in the package into `path`.",
        "setAcl" => "Write the folder or file that the rights are for into `path`.",
        "dbFullSql" | "dbMySql" => "Write the script's path in the package into `path`.",
        "runCommand" => "Write the command line into `path`.",
        _ => "Write what the provider deploys into `path`.",
    }
}
