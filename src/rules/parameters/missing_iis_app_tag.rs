//! PAR008: no parameter is tagged as the application path.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::model::manifest::Provider;
use crate::model::{Kind, Parameters};
use crate::rules::Context;
use crate::rules::support::{ParameterXml, add_parameter};
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for a parameter with the tag `iisApp`, in any case.
    ///
    /// ## Why it matters
    /// The tag tells an installer which parameter is the application path, so that it can offer the web
    /// sites of the server instead of an empty field.
    /// The gallery requires it.
    ///
    /// ## Example
    /// ```xml
    /// <parameter name="AppPath" defaultValue="">
    ///   <parameterEntry type="ProviderPath" scope="iisapp" match="^shop$" />
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
    /// The packager offers to tag the parameter that targets the `iisApp` provider, or to add one.
    /// Please review it.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    "parameters/missing-iis-app-tag", PAR008, gallery: Error, webdeploy: Off
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    let Some(root) = parameters.root() else { return };
    if cx.package.kind != Kind::GalleryPackage || parameters.list.iter().any(|parameter| parameter.has_tag("iisApp")) {
        return;
    }
    let location = Location::span(&parameters.source.path, root.name_span);
    let mut diagnostic = Diagnostic::new(location, "no parameter has the tag `iisApp`")
        .consequence(
            "An installer cannot tell which parameter is the application path, and the gallery refuses the package.",
        )
        .help("Give the parameter for the application path `tags=\"iisApp\"`.");
    let provider = cx.manifest().and_then(|manifest| manifest.iis_apps().find(|app| !app.path_text().is_empty()));
    diagnostic.fixes.extend(provider.and_then(|provider| fix(cx, parameters, provider)));
    out.push(diagnostic);
}

fn fix(cx: &Context<'_>, parameters: &Parameters, provider: &Provider) -> Option<Fix> {
    let Some(parameter) = parameters.application_path(provider) else {
        let name = parameters.free_name("AppPath");
        let parameter = ParameterXml { name: &name, default: "", tags: "iisapp", scope: "iisapp" };
        let edit = add_parameter(cx, parameters, &parameter, provider)?;
        return Some(Fix::review(format!("Add the parameter `{name}`"), vec![edit]));
    };
    let file = &parameters.source.path;
    let edit = match &parameter.tags {
        Some(tags) if !tags.text.trim().is_empty() => Edit::insert(file, tags.span.end, ",iisApp"),
        _ => xml::set_attribute(file, parameters.element(parameter)?, "tags", "iisApp"),
    };
    Some(Fix::review(format!("Tag `{}` with `iisApp`", parameter.name_text()), vec![edit]))
}
