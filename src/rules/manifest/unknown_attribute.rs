//! MAN010: an attribute that the provider does not have.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::model::manifest::Provider;
use crate::model::provider;
use crate::path::PackagePath;
use crate::rules::Context;
use crate::xml::Attribute;

declare_rule! {
    /// ## What it does
    /// Looks for attributes that are not documented for their provider.
    /// Of `dbFullSql`, `createApp`, `contentPath` and `runCommand`, which have more than are listed here, only
    /// those are reported that are nearly one of the listed. What begins with `MSDeploy` is Web Deploy's own.
    ///
    /// ## Why it matters
    /// Web Deploy either stops with `ERROR_INVALID_SETTING_SPECIFIED` or does without the setting:
    /// a script whose delimiter is misspelt is run as one statement and fails.
    ///
    /// ## Example
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    ///   <dbMySql path="install.sql" commandDelimeter="//" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    ///   <dbMySql path="install.sql" commandDelimiter="//" removeCommandDelimiter="true" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Fix
    /// When the name is nearly that of an attribute, the packager corrects it.
    ///
    /// ## References
    /// - Microsoft, "Web Deploy Providers"
    /// - Microsoft, "Web Deploy error codes"
    "manifest/unknown-attribute", MAN010, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    let file = &manifest.source.path;
    for provider in &manifest.providers {
        out.extend(provider.attributes.iter().filter_map(|attribute| judge(file, provider, attribute)));
    }
}

fn judge(file: &PackagePath, provider: &Provider, attribute: &Attribute) -> Option<Diagnostic> {
    let attributes = provider::attributes(&provider.name)?;
    let name = &attribute.name;
    let foreign = name.contains(':') || name == "xmlns" || name.to_ascii_lowercase().starts_with("msdeploy");
    if foreign || attributes.get(name).is_some() {
        return None;
    }
    let near = attributes.nearest(name).filter(|near| provider.attribute(near).is_none());
    if near.is_none() && !attributes.are_all() {
        return None;
    }
    let message = format!("`{}` has no attribute `{name}`", provider.name);
    let diagnostic = Diagnostic::new(Location::span(file, attribute.name_span), message)
        .consequence("Web Deploy stops with `ERROR_INVALID_SETTING_SPECIFIED`, or does without the setting.");
    Some(match near {
        Some(near) => diagnostic
            .help(format!("Did you mean `{near}`?"))
            .fix(Fix::safe(format!("Use `{near}`"), vec![Edit::replace(file, attribute.name_span, near)])),
        None => diagnostic.help("Remove it."),
    })
}
