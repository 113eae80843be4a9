//! XRF007: rights that go to another folder than the package has.

use crate::diagnostic::Diagnostic;
use crate::fix::{Edit, Fix};
use crate::model::Parameters;
use crate::model::manifest::{Manifest, Provider};
use crate::model::parameters::ParameterEntry;
use crate::model::reference::references;
use crate::path::PackagePath;
use crate::rules::Context;
use crate::rules::tagging::{at_default, comparable, entries};
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Compares the default of each hidden parameter that targets one `setAcl` provider with the provider's path: it begins with a `{reference}` to the application path, and goes on as the provider's path does after the application's folder.
    /// Case and the kind of slash do not matter.
    ///
    /// ## Why it matters
    /// The default takes the place of the path.
    /// The rights are set on a folder that is not there, which fails, or on one that nobody meant.
    ///
    /// ## Example
    /// ```xml
    /// <setAcl path="shop/media" />
    /// <parameter name="MediaRights" defaultValue="{AppPath}/images" tags="Hidden">
    ///   <parameterEntry type="ProviderPath" scope="setAcl" match="^shop/media$" />
    /// </parameter>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <setAcl path="shop/media" />
    /// <parameter name="MediaRights" defaultValue="{AppPath}/media" tags="Hidden">
    ///   <parameterEntry type="ProviderPath" scope="setAcl" match="^shop/media$" />
    /// </parameter>
    /// ```
    ///
    /// ## Fix
    /// The packager writes the default that belongs to the path.
    /// When the parameter is used for something else as well, please review it.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    "manifest/wrong-rights-path", XRF007, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(manifest), Some(parameters)) = (cx.manifest(), comparable(cx)) else { return };
    for (parameter, entry) in entries(parameters).filter(|(parameter, _)| parameter.has_tag("Hidden")) {
        let Some(default) = parameter.default.as_ref().filter(|default| !default.text.trim().is_empty()) else {
            continue;
        };
        let Some(provider) = only_rights(manifest, entry) else { continue };
        let Some((base, rest)) = expected(manifest, parameters, provider) else { continue };
        let wanted = format!("{{{base}}}{rest}");
        if is_same(parameters, &default.text, base, &rest) {
            continue;
        }
        let message = format!("the default of `{}` does not lead to `{}`", parameter.label(), provider.path_text());
        let edits = vec![Edit::replace(&parameters.source.path, default.span, xml::escape(&wanted))];
        let title = format!("Use `{wanted}`");
        let alone = parameter.entries.len() == 1 && !parameters.refers_to(parameter.name_text());
        out.push(
            at_default(parameters, parameter, message)
                .consequence("The rights are set on another folder, or their setting fails.")
                .help(format!("Write `{wanted}`."))
                .fix(if alone { Fix::safe(title, edits) } else { Fix::review(title, edits) }),
        );
    }
}

/// The provider of rights that an entry hits, when it hits nothing else.
fn only_rights<'m>(manifest: &'m Manifest, entry: &ParameterEntry) -> Option<&'m Provider> {
    let hits = entry.hits(manifest)?;
    let first = *hits.first()?;
    let one = hits.iter().all(|hit| hit.is("setAcl") && hit.path_text().eq_ignore_ascii_case(first.path_text()));
    one.then_some(first)
}

/// The parameter of the application path, and how the path goes on.
fn expected<'p>(manifest: &Manifest, parameters: &'p Parameters, provider: &Provider) -> Option<(&'p str, String)> {
    let target = PackagePath::new(provider.path_text()).ok()?;
    manifest.iis_apps().find_map(|app| {
        let folder = PackagePath::new(app.path_text()).ok()?;
        let below = target.strip_ignoring_case(&folder).map(|rest| format!("/{rest}"));
        let rest = below.or_else(|| target.same(folder.as_str()).then(String::new))?;
        let base = parameters.application_path(app)?.name.as_ref()?;
        Some((base.text.as_str(), rest))
    })
}

/// Whether a default leads to a path below a parameter, by way of other parameters if need be.
fn is_same(parameters: &Parameters, default: &str, base: &str, rest: &str) -> bool {
    let mut text = default.to_owned();
    for _ in 0..8 {
        let other = references(&text).into_iter().map(|own| own.name).find(|name| *name != base);
        let Some(value) = other.and_then(|name| Some((name, parameters.referred(name)?))) else { break };
        let (name, parameter) = value;
        // A parameter of its own that takes an application somewhere is as good as this one.
        let is_base = parameter.has_tag("iisApp");
        let instead = if is_base { format!("{{{base}}}") } else { parameter.default_text().to_owned() };
        text = text.replace(&format!("{{{name}}}"), &instead);
    }
    let plain = |text: &str| text.replace('\\', "/").trim().trim_end_matches('/').to_lowercase();
    plain(&text) == plain(&format!("{{{base}}}{rest}"))
}
