//! PAR009: more parameters are tagged as the application path than there are applications.

use crate::diagnostic::Diagnostic;
use crate::fix::Fix;
use crate::model::parameters::Parameter;
use crate::rules::Context;
use crate::rules::tagging::{at_tags, comparable, without_tag};

declare_rule! {
    /// ## What it does
    /// Counts the parameters with the tag `iisApp` and compares them with the `iisApp` providers of the manifest.
    ///
    /// ## Why it matters
    /// An installer offers the web sites of the server for each of them.
    /// A released package of n2cms had the tag on a password, so the password was asked for as a site.
    ///
    /// ## Example
    /// ```xml
    /// <parameter name="WebPassword" tags="iisApp,Password" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameter name="WebPassword" tags="Password" />
    /// ```
    ///
    /// ## Fix
    /// The packager offers to take the tag away.
    /// Please review it.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    /// - n2cms, a released package
    "parameters/repeated-iis-app-tag", PAR009, gallery: Warning, webdeploy: Off
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(manifest), Some(parameters)) = (cx.manifest(), comparable(cx)) else { return };
    let tagged = || parameters.list.iter().filter(|parameter| parameter.has_tag("iisApp"));
    if tagged().count() <= manifest.iis_apps().count().max(1) {
        return;
    }
    let targets = |parameter: &Parameter| manifest.iis_apps().any(|app| parameter.targets(app));
    // Those that say where an application goes are right; when none does, the first is taken for it.
    let any = tagged().any(targets);
    for parameter in
        tagged().enumerate().filter(|(at, own)| if any { !targets(own) } else { *at > 0 }).map(|(_, own)| own)
    {
        let message = format!("`{}` has the tag `iisApp`, but no application goes where it says", parameter.label());
        let mut diagnostic = at_tags(parameters, parameter, message)
            .consequence("An installer asks for a second web site.")
            .help("Keep the tag for the parameter of the application path.");
        let edit = without_tag(parameters, parameter, "iisApp");
        diagnostic.fixes.extend(edit.map(|edit| Fix::review("Take the tag `iisApp` away", vec![edit])));
        out.push(diagnostic);
    }
}
