//! XRF008: the application path without its tag.

use crate::diagnostic::{Diagnostic, Profile};
use crate::fix::Fix;
use crate::rules::Context;
use crate::rules::tagging::{at_tags, comparable, with_tag};

declare_rule! {
    /// ## What it does
    /// Looks for parameters that are asked for and target an `iisApp` provider, but have no tag `iisApp`.
    /// When no parameter has the tag, the gallery's own rule tells it.
    ///
    /// ## Why it matters
    /// The tag is what makes an installer offer the web sites of the server.
    /// Without it the user has to type the name of the site into an empty field.
    ///
    /// ## Example
    /// ```xml
    /// <parameter name="AppPath" defaultValue="Default Web Site/shop">
    ///   <parameterEntry type="ProviderPath" scope="iisApp" match="^shop$" />
    /// </parameter>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameter name="AppPath" defaultValue="Default Web Site/shop" tags="iisApp">
    ///   <parameterEntry type="ProviderPath" scope="iisApp" match="^shop$" />
    /// </parameter>
    /// ```
    ///
    /// ## Fix
    /// The packager adds the tag.
    /// When as many parameters have it as there are applications, please review it.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    "parameters/untagged-application-path", XRF008, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(manifest), Some(parameters)) = (cx.manifest(), comparable(cx)) else { return };
    let tagged = parameters.list.iter().filter(|parameter| parameter.has_tag("iisApp")).count();
    if tagged == 0 && cx.profile != Profile::WebDeploy {
        return;
    }
    let asked = parameters.list.iter().filter(|own| !own.has_tag("Hidden") && !own.has_tag("iisApp"));
    for parameter in asked.filter(|parameter| manifest.iis_apps().any(|app| parameter.targets(app))) {
        let message = format!("`{}` says where the application goes and has no tag `iisApp`", parameter.label());
        let mut diagnostic = at_tags(parameters, parameter, message)
            .consequence("An installer shows an empty field instead of the web sites of the server.")
            .help("Add the tag `iisApp`.");
        if let Some(edit) = with_tag(parameters, parameter, "iisApp") {
            let certain = tagged < manifest.iis_apps().count();
            let fix = if certain { Fix::safe } else { Fix::review };
            diagnostic.fixes.push(fix("Add the tag `iisApp`".to_owned(), vec![edit]));
        }
        out.push(diagnostic);
    }
}
