//! XRF002: rights that are set on a path of the package instead of the server.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::Fix;
use crate::model::Parameters;
use crate::model::manifest::{Manifest, Provider};
use crate::path::PackagePath;
use crate::rules::Context;
use crate::rules::support::{ParameterXml, add_parameter};

declare_rule! {
    /// ## What it does
    /// Looks for `setAcl` providers that no ProviderPath entry of `Parameters.xml` targets.
    /// An entry targets a provider when its `scope` is found in the provider's name and its `match` in
    /// the provider's path; both are regular expressions, searched without anchors and in any case.
    ///
    /// ## Why it matters
    /// The application goes where the user says, and `setAcl` has to follow it.
    /// Without an entry its path stays that of the package, which the server does not have, and the
    /// installation fails at run time.
    /// The gallery's validator failed such packages with "Unable to find corresponding parameterEntry".
    ///
    /// ## Example
    /// ```xml
    /// <iisApp path="shop" />
    /// <setAcl path="shop/media" setAclAccess="Modify" />
    /// ```
    /// ```xml
    /// <parameter name="AppPath" defaultValue="" tags="iisapp">
    ///   <parameterEntry type="ProviderPath" scope="iisapp" match="^shop$" />
    /// </parameter>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameter name="AppPath" defaultValue="" tags="iisapp">
    ///   <parameterEntry type="ProviderPath" scope="iisapp" match="^shop$" />
    /// </parameter>
    /// <parameter name="SetAclParameter1" defaultValue="{AppPath}/media" tags="Hidden">
    ///   <parameterEntry type="ProviderPath" scope="setAcl" match="^shop/media$" />
    /// </parameter>
    /// ```
    ///
    /// ## Fix
    /// The packager adds such a hidden parameter when the path lies in the application's folder and a
    /// parameter targets the `iisApp` provider.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    /// - The gallery's retired validator
    "parameters/untargeted-set-acl", XRF002, gallery: Error, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(manifest), Some(parameters)) = (cx.manifest(), cx.parameters()) else { return };
    for (provider, number) in manifest.named("setAcl").zip(1_usize..) {
        let path = provider.path_text();
        if path.trim().is_empty() || parameters.targets(provider) != Some(false) {
            continue;
        }
        let location = Location::span(&manifest.source.path, provider.path_span());
        let mut diagnostic = Diagnostic::new(location, format!("no parameter targets the `setAcl` provider `{path}`"))
            .consequence("Its path stays that of the package, and the installation fails when the rights are set.")
            .help("Add a hidden parameter whose default is the path on the server, with a ProviderPath entry.");
        diagnostic.fixes.extend(fix(cx, manifest, parameters, provider, number));
        out.push(diagnostic);
    }
}

fn fix(
    cx: &Context<'_>,
    manifest: &Manifest,
    parameters: &Parameters,
    provider: &Provider,
    number: usize,
) -> Option<Fix> {
    let target = PackagePath::new(provider.path_text()).ok()?;
    let (app, rest) = manifest.iis_apps().find_map(|app| {
        let folder = PackagePath::new(app.path_text()).ok()?;
        let rest = target.strip_ignoring_case(&folder).map(|rest| format!("/{rest}"));
        rest.or_else(|| target.same(folder.as_str()).then(String::new)).map(|rest| (app, rest))
    })?;
    let base = parameters.application_path(app)?.name.as_ref()?;
    let default = format!("{{{}}}{rest}", base.text);
    // By its number among the providers, so that two fixes at once do not choose one name.
    let name = parameters.free_name(&format!("SetAclParameter{number}"));
    let parameter = ParameterXml { name: &name, default: &default, tags: "Hidden", scope: "setAcl" };
    let edit = add_parameter(cx, parameters, &parameter, provider)?;
    Some(Fix::safe(format!("Add the parameter `{name}` with `{default}`"), vec![edit]))
}
