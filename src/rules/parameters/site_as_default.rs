//! XRF010: a default for the application path without a path.

use crate::diagnostic::Diagnostic;
use crate::rules::Context;
use crate::rules::tagging::{at_default, comparable};

declare_rule! {
    /// ## What it does
    /// Looks at the default of the parameter that targets an `iisApp` provider: a name without a slash is that of a web site.
    /// An empty default is left alone: an installer fills it.
    ///
    /// ## Why it matters
    /// `gallery` is not an application in the default web site, but a web site called `gallery`, which has to be there.
    /// Released packages have it, and on Azure the name of the site is what is wanted: it is only a note.
    ///
    /// ## Example
    /// ```xml
    /// <parameter name="AppPath" defaultValue="shop" tags="iisApp" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameter name="AppPath" defaultValue="Default Web Site/shop" tags="iisApp" />
    /// ```
    ///
    /// ## Fix
    /// None: only you know whether the web site is meant.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    "parameters/site-as-default", XRF010, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(manifest), Some(parameters)) = (cx.manifest(), comparable(cx)) else { return };
    for parameter in parameters.list.iter().filter(|own| manifest.iis_apps().any(|app| own.targets(app))) {
        let default = parameter.default_text().trim();
        if default.is_empty() || default.contains(['/', '\\', '{', '%']) {
            continue;
        }
        let message = format!("the default of `{}` is the web site `{default}`", parameter.label());
        out.push(
            at_default(parameters, parameter, message)
                .consequence(format!("The application is the root of a web site that has to be called `{default}`."))
                .help(format!("For an application in a site write `Default Web Site/{default}`.")),
        );
    }
}
