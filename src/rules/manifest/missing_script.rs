//! MAN021: an SQL script that the package does not have.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::rules::Context;
use crate::rules::support::elsewhere;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for the script that a `dbFullSql` or `dbMySql` names, in any case and with either separator.
    ///
    /// ## Why it matters
    /// Web Deploy stops at the provider, after it copied the files.
    ///
    /// ## Example
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    ///   <dbFullSql path="instal.sql" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    ///   <dbFullSql path="install.sql" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Fix
    /// When the package has one file of that name elsewhere, the packager offers its path.
    /// Please review it.
    ///
    /// ## References
    /// - Microsoft, "Package an Application for the Windows Web Application Gallery"
    "manifest/missing-script", MAN021, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    let file = &manifest.source.path;
    for (provider, script) in manifest.scripts(cx.tree()) {
        let path = provider.path_text().trim();
        // A connection string is the path of a database that is not in the package by intention.
        if path.is_empty() || script.is_some() || path.contains('=') {
            continue;
        }
        let span = provider.path_span();
        let mut diagnostic =
            Diagnostic::new(Location::span(file, span), format!("the script `{path}` is not in the package"))
                .consequence("Web Deploy stops at the provider, after it copied the files.")
                .help("Put the script at the root of the package, or correct the path.");
        if let Some(other) = elsewhere(cx.tree(), path) {
            let edit = Edit::replace(file, span, xml::escape(other.as_str()));
            diagnostic = diagnostic.fix(Fix::review(format!("Use `{other}`"), vec![edit]));
        }
        out.push(diagnostic);
    }
}
