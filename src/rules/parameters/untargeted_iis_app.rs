//! XRF001: an application whose place no parameter sets.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::Fix;
use crate::model::Parameters;
use crate::model::manifest::{Manifest, Provider};
use crate::model::parameters::Parameter;
use crate::rules::Context;
use crate::rules::support::{ParameterXml, add_entry, add_parameter};

declare_rule! {
    /// ## What it does
    /// Looks for `iisApp` providers that no ProviderPath entry of `Parameters.xml` targets.
    /// An entry targets a provider when its `scope` is found in the provider's name and its `match` in
    /// the provider's path; both are regular expressions, searched without anchors and in any case.
    ///
    /// ## Why it matters
    /// The entry is what puts the answer of the user in the place of the path.
    /// Without it the application is installed to a web site that is called as its folder.
    /// The gallery's validator failed such packages with "Unable to find corresponding parameterEntry".
    ///
    /// ## Example
    /// ```xml
    /// <iisApp path="shop" />
    /// ```
    /// ```xml
    /// <parameter name="AppPath" defaultValue="" tags="iisapp">
    ///   <parameterEntry type="ProviderPath" scope="iisapp" match="^store$" />
    /// </parameter>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameter name="AppPath" defaultValue="" tags="iisapp">
    ///   <parameterEntry type="ProviderPath" scope="iisapp" match="^shop$" />
    /// </parameter>
    /// ```
    ///
    /// ## Fix
    /// The packager adds an entry to the parameter with the tag `iisApp`, or a whole parameter when none
    /// has it. With several of them, or with several applications, please review it.
    ///
    /// ## References
    /// - Microsoft, "Package an Application for the Windows Web Application Gallery"
    /// - The gallery's retired validator
    "parameters/untargeted-iis-app", XRF001, gallery: Error, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(manifest), Some(parameters)) = (cx.manifest(), cx.parameters()) else { return };
    for provider in manifest.iis_apps().filter(|app| !app.path_text().trim().is_empty()) {
        if parameters.targets(provider) != Some(false) {
            continue;
        }
        let path = provider.path_text();
        let location = Location::span(&manifest.source.path, provider.path_span());
        let mut diagnostic = Diagnostic::new(location, format!("no parameter targets the `iisApp` provider `{path}`"))
            .consequence(format!("The application is installed to a web site that is called `{path}`."))
            .help("Add a ProviderPath entry for it to the parameter with the tag `iisApp`.");
        diagnostic.fixes.extend(fix(cx, manifest, parameters, provider));
        out.push(diagnostic);
    }
}

fn fix(cx: &Context<'_>, manifest: &Manifest, parameters: &Parameters, provider: &Provider) -> Option<Fix> {
    let tagged: Vec<&Parameter> = parameters.list.iter().filter(|parameter| parameter.has_tag("iisApp")).collect();
    let name = parameters.free_name("AppPath");
    let (title, edit) = if let Some(parameter) = tagged.first() {
        let edit = add_entry(cx, parameters, parameter, "iisapp", provider)?;
        (format!("Add an entry to `{}`", parameter.name_text()), edit)
    } else {
        let parameter = ParameterXml { name: &name, default: "", tags: "iisapp", scope: "iisapp" };
        (format!("Add the parameter `{name}`"), add_parameter(cx, parameters, &parameter, provider)?)
    };
    // A second application, a second tag or a name that is taken for something else: who knows.
    let certain = manifest.iis_apps().count() == 1 && tagged.len() <= 1 && (!tagged.is_empty() || name == "AppPath");
    Some(if certain { Fix::safe(title, vec![edit]) } else { Fix::review(title, vec![edit]) })
}
