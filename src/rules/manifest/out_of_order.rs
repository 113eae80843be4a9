//! MAN024: a provider that runs before what it needs.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::model::Manifest;
use crate::model::manifest::Provider;
use crate::model::sql::Script;
use crate::rules::Context;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for `setAcl`, `dbFullSql` and `dbMySql` providers before the first `iisApp`, and for a script with
    /// `CREATE USER` before the first with `CREATE LOGIN`.
    ///
    /// ## Why it matters
    /// Providers run in the order in which they are written.
    /// Rights on files that were not copied yet fail with `FileOrFolderNotFound`; a user needs its login.
    ///
    /// ## Example
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <setAcl path="shop/media" setAclAccess="Modify" />
    ///   <iisApp path="shop" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    ///   <setAcl path="shop/media" setAclAccess="Modify" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Fix
    /// The packager moves the provider that is needed to the place before.
    ///
    /// ## References
    /// - Microsoft, "Using Custom Manifests"
    /// - Microsoft, "Database Notes for packaging applications"
    "manifest/out-of-order", MAN024, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    let early = manifest.providers.iter().take_while(|provider| !provider.is("iisApp"));
    let early: Vec<&Provider> = early.filter(|provider| provider.is_database() || provider.is("setAcl")).collect();
    if let (Some(first), Some(app)) = (early.first(), manifest.iis_apps().next()) {
        for provider in &early {
            out.extend(judge(cx, manifest, (provider, first), app));
        }
    }
    let mut user = None;
    for (provider, script) in manifest.scripts(cx.tree()) {
        let Some(script) = script.and_then(|path| cx.contents.text(path)).map(|text| Script::read(text.as_str()))
        else {
            continue;
        };
        if script.says("CREATE", "LOGIN") {
            out.extend(user.and_then(|user| judge(cx, manifest, (user, user), provider)));
            break;
        }
        user = user.or_else(|| script.says("CREATE", "USER").then_some(provider));
    }
}

/// `early` comes before `needed`, which is put before `first`.
fn judge(
    cx: &Context<'_>,
    manifest: &Manifest,
    (early, first): (&Provider, &Provider),
    needed: &Provider,
) -> Option<Diagnostic> {
    let file = &manifest.source.path;
    let (text, element) = (cx.contents.text(file)?, manifest.element(needed)?);
    let at = first.open.start;
    let head = text.as_str().get(..at)?;
    let blanks = head.get(head.trim_end_matches([' ', '\t']).len()..)?;
    let moved = format!("{}{}{blanks}", text.slice(element.span()), text.line_end());
    let edits = vec![Edit::insert(file, at, moved), xml::remove(file, &text, element)];
    let (name, other) = (early.path_text(), needed.path_text());
    Some(
        Diagnostic::new(
            Location::span(file, early.name_span),
            format!("`{}` for `{name}` comes before `{}` for `{other}`", early.name, needed.name),
        )
        .consequence("Providers run as they are written, so what this one needs is not there yet.")
        .help(format!("Put `{}` for `{other}` before it.", needed.name))
        .fix(Fix::safe(format!("Move `{}` up", needed.name), edits)),
    )
}
