//! MAN011: a value that the attribute cannot have.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::model::provider::{self, Values};
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Looks for attributes whose value is not one of those that are documented: `true` or `false`,
    /// `Integrated` or `Classic`, `Directory` or `File`, in any case.
    ///
    /// ## Why it matters
    /// Web Deploy stops with `ERROR_INVALID_SETTING_VALUE_SPECIFIED` before anything is installed.
    ///
    /// ## Example
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" skipAppCreation="yes" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" skipAppCreation="true" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Fix
    /// When the value is nearly one of them, or says yes or no, the packager offers that one.
    /// Please review it: another may have been meant.
    ///
    /// ## References
    /// - Microsoft, "Web Deploy error codes"
    /// - Microsoft, "Web Deploy Providers"
    "manifest/unknown-value", MAN011, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    let file = &manifest.source.path;
    for provider in &manifest.providers {
        let Some(attributes) = provider::attributes(&provider.name) else { continue };
        for attribute in &provider.attributes {
            let Some((name, values)) = attributes.get(&attribute.name) else { continue };
            let value = attribute.value.trim();
            let allowed = match values {
                Values::Text => continue,
                Values::Boolean => &["true", "false"][..],
                Values::OneOf(allowed) => allowed,
            };
            if value.is_empty() || allowed.iter().any(|allowed| allowed.eq_ignore_ascii_case(value)) {
                continue;
            }
            let mut diagnostic = Diagnostic::new(
                Location::span(file, attribute.value_span),
                format!("`{name}` of `{}` cannot be `{value}`", provider.name),
            )
            .consequence("Web Deploy stops with `ERROR_INVALID_SETTING_VALUE_SPECIFIED` and installs nothing.")
            .help(format!("Write `{}`.", allowed.join("` or `")));
            if let Some(meant) = meant(value, allowed) {
                let edit = Edit::replace(file, attribute.value_span, meant);
                diagnostic = diagnostic.fix(Fix::review(format!("Use `{meant}`"), vec![edit]));
            }
            out.push(diagnostic);
        }
    }
}

/// The value that was meant.
fn meant(value: &str, allowed: &[&'static str]) -> Option<&'static str> {
    let lower = value.to_ascii_lowercase();
    let same = match lower.as_str() {
        "1" | "yes" | "on" => "true",
        "0" | "no" | "off" => "false",
        "folder" => "directory",
        other => other,
    };
    let near = |allowed: &str| provider::distance(same, &allowed.to_ascii_lowercase());
    allowed.iter().copied().find(|allowed| near(allowed) <= 2 && near(allowed) < allowed.len() / 2)
}
