//! MAN022: a script that cannot run in a transaction, and does.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::Fix;
use crate::model::sql::Script;
use crate::rules::Context;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Reads the scripts of `dbFullSql` for `CREATE LOGIN`, `sp_addlogin`, `CREATE DATABASE` and transactions of
    /// their own, when `transacted` is not `false`. Comments do not count; what is in a string does.
    ///
    /// ## Why it matters
    /// Web Deploy runs a script in one transaction unless it is told not to.
    /// SQL Server answers "statement not allowed within multi-statement transaction", and nothing is set up.
    ///
    /// ## Example
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    ///   <dbFullSql path="createlogin.sql" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    ///   <dbFullSql path="createlogin.sql" transacted="false" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Fix
    /// The packager adds `transacted="false"`.
    ///
    /// ## References
    /// - Microsoft, "Database Notes for packaging applications"
    "manifest/transacted-script", MAN022, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    let file = &manifest.source.path;
    for (provider, script) in manifest.scripts(cx.tree()) {
        if !provider.is("dbFullSql") || provider.value("transacted").eq_ignore_ascii_case("false") {
            continue;
        }
        let Some((text, element)) = script.and_then(|path| cx.contents.text(path)).zip(manifest.element(provider))
        else {
            continue;
        };
        let Some(statement) = Script::read(text.as_str()).outside_transaction() else { continue };
        let edit = xml::set_attribute(file, element, "transacted", "false");
        out.push(
            Diagnostic::new(
                Location::span(file, provider.path_span()),
                format!("`{}` has `{statement}` and runs in a transaction", provider.path_text()),
            )
            .consequence("SQL Server refuses the statement in a transaction, and the script is undone.")
            .help("Write `transacted=\"false\"`.")
            .fix(Fix::safe("Run it without a transaction", vec![edit])),
        );
    }
}
