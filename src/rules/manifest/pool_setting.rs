//! MAN030: a setting of the application pool, in the package of a Python application.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::Fix;
use crate::rules::Context;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for `managedRuntimeVersion`, `managedPipelineMode` and `enable32BitAppOnWin64` on the `iisApp` of a
    /// Python application.
    ///
    /// ## Why it matters
    /// They choose or change the application pool, which other applications may share, and hosts may refuse them.
    /// Python does not run in the pool but in a process of its own, so it gains nothing by them.
    ///
    /// ## Example
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" managedRuntimeVersion="v4.0" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Fix
    /// The packager offers to remove the attribute.
    /// Please review it.
    ///
    /// ## References
    /// - Microsoft, "Web Deploy iisApp Provider"
    "manifest/pool-setting", MAN030, gallery: Warning, webdeploy: Off
}

const SETTINGS: [&str; 3] = ["managedRuntimeVersion", "managedPipelineMode", "enable32BitAppOnWin64"];

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    let file = &manifest.source.path;
    let python = cx.is_python() || cx.python_web_config().is_some();
    let Some(text) = cx.contents.text(file).filter(|_| python) else { return };
    for provider in manifest.iis_apps() {
        for attribute in SETTINGS.into_iter().filter_map(|name| provider.attribute(name)) {
            let name = &attribute.name;
            out.push(
                Diagnostic::new(
                    Location::span(file, attribute.name_span),
                    format!("`{name}` is a setting of the application pool"),
                )
                .consequence("The host may refuse the package; Python does not need the setting.")
                .help("Remove it.")
                .fix(Fix::review(format!("Remove `{name}`"), vec![xml::remove_attribute(file, &text, attribute)])),
            );
        }
    }
}
