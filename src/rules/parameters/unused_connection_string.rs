//! PAR019: a connection string for a database that the package does not have.

use crate::diagnostic::Diagnostic;
use crate::model::Manifest;
use crate::model::parameters::Parameter;
use crate::rules::Context;
use crate::rules::tagging::{at_tags, comparable};

declare_rule! {
    /// ## What it does
    /// Looks for the tags `SQLConnectionString` and `MySQLConnectionString` on parameters that no file and no other parameter uses, when the manifest has no provider of that engine.
    ///
    /// ## Why it matters
    /// The connection string goes nowhere: its database is neither created nor filled.
    /// Usually the provider of the manifest was forgotten, or the tag is that of the other engine.
    ///
    /// ## Example
    /// ```xml
    /// <dbFullSql path="schema.sql" />
    /// <parameter name="Connection" defaultValue="Server={Server};" tags="Hidden,MySQLConnectionString" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <dbFullSql path="schema.sql" />
    /// <parameter name="Connection" defaultValue="Server={Server};" tags="Hidden,SQLConnectionString" />
    /// ```
    ///
    /// ## Fix
    /// None: only you know which of the two is wrong.
    ///
    /// ## References
    /// - Microsoft, "Creating a package for SQL Server and MySQL"
    "parameters/unused-connection-string", PAR019, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(manifest), Some(parameters)) = (cx.manifest(), comparable(cx)) else { return };
    let providers = [("SQLConnectionString", "dbFullSql"), ("MySQLConnectionString", "dbMySql")];
    for parameter in &parameters.list {
        let tagged = providers.iter().find(|(tag, _)| parameter.has_tag(tag));
        let Some((_, provider)) = tagged else { continue };
        let served = providers.iter().any(|(tag, own)| parameter.has_tag(tag) && has(manifest, own));
        if served || is_used(manifest, parameter) || parameters.refers_to(parameter.name_text()) {
            continue;
        }
        let message = format!("`{}` is a connection string, but there is no `{provider}`", parameter.label());
        out.push(
            at_tags(parameters, parameter, message)
                .consequence("Its value goes nowhere.")
                .help(format!("Add the `{provider}` provider with its script, or take the parameter out.")),
        );
    }
}

/// Other providers of databases take the connection string of SQL Server as well.
fn has(manifest: &Manifest, provider: &str) -> bool {
    manifest.named(provider).next().is_some() || provider == "dbFullSql" && manifest.named("dbDacFx").next().is_some()
}

fn is_used(manifest: &Manifest, parameter: &Parameter) -> bool {
    parameter.entries.iter().any(|entry| entry.hits(manifest).is_none_or(|hits| !hits.is_empty()))
}
