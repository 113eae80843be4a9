//! XRF009: a connection string for the other kind of database.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::model::Manifest;
use crate::model::expression::Expression;
use crate::model::parameters::{Parameter, ParameterEntry};
use crate::rules::Context;
use crate::rules::tagging::{comparable, entries};

declare_rule! {
    /// ## What it does
    /// Looks for ProviderPath entries that hit a `dbMySql` provider and belong to a parameter for SQL Server, or the other way round.
    /// It also looks for entries whose `scope` names one of the two providers when the script in their `match` is run by the other.
    ///
    /// ## Why it matters
    /// The script of one engine gets the connection string of the other and cannot log in, or the entry finds no provider and the connection string stays empty.
    /// Microsoft's page about packages for both engines has this slip itself.
    ///
    /// ## Example
    /// ```xml
    /// <dbMySql path="schema.sql" />
    /// <parameterEntry type="ProviderPath" scope="dbFullSql" match="^schema\.sql$" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <dbMySql path="schema.sql" />
    /// <parameterEntry type="ProviderPath" scope="dbMySql" match="^schema\.sql$" />
    /// ```
    ///
    /// ## Fix
    /// For a scope the packager offers the right one.
    /// Please review it.
    ///
    /// ## References
    /// - Microsoft, "Creating a package for SQL Server and MySQL"
    /// - n2cms, a released package
    "parameters/foreign-database-engine", XRF009, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(manifest), Some(parameters)) = (cx.manifest(), comparable(cx)) else { return };
    let file = &parameters.source.path;
    for (parameter, entry) in entries(parameters) {
        let Some(hits) = entry.hits(manifest) else { continue };
        let name = parameter.label();
        if let Some(provider) = hits.iter().find(|hit| is_foreign(parameter, &hit.name)) {
            let message =
                format!("`{name}` is for another engine than the `{}` provider that it targets", provider.name);
            out.push(
                Diagnostic::new(Location::span(file, parameter.tags_span()), message)
                    .consequence("The script cannot log in.")
                    .help("Use the tags of the engine that runs the script."),
            );
        } else if let (true, Some((other, scope))) = (hits.is_empty(), other_provider(manifest, entry)) {
            let message = format!("the script of an entry of `{name}` is run by `{other}`");
            let fix = Fix::review(format!("Use `{other}`"), vec![Edit::replace(file, scope, other)]);
            out.push(
                Diagnostic::new(Location::span(file, scope), message)
                    .consequence("The entry finds no provider: the connection string stays empty.")
                    .help(format!("Write `scope=\"{other}\"`."))
                    .fix(fix),
            );
        }
    }
}

/// Whether a parameter is for the one of the two engines that a provider is not for.
fn is_foreign(parameter: &Parameter, provider: &str) -> bool {
    let is_for = |engine: &str| parameter.engines().any(|own| own == engine);
    match provider.to_ascii_lowercase().as_str() {
        "dbmysql" => is_for("SQL") && !is_for("MySQL"),
        "dbfullsql" => is_for("MySQL") && !is_for("SQL"),
        _ => false,
    }
}

/// The other provider, when it is the one that has the script.
fn other_provider(manifest: &Manifest, entry: &ParameterEntry) -> Option<(&'static str, crate::text::Span)> {
    let scope = entry.scope.as_ref()?;
    let other = match scope.text.trim().to_ascii_lowercase().as_str() {
        "dbmysql" => "dbFullSql",
        "dbfullsql" => "dbMySql",
        _ => return None,
    };
    let matching = Expression::compile(&entry.matching.as_ref()?.text).ok()?;
    manifest.named(other).any(|own| matching.is_match(own.path_text())).then_some((other, scope.span))
}
