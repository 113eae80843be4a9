//! XRF003: a script for which nobody says where its database is.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::Fix;
use crate::model::Parameters;
use crate::model::expression::Expression;
use crate::model::manifest::Provider;
use crate::model::parameters::ParameterEntry;
use crate::rules::Context;
use crate::rules::support::{ParameterXml, add_parameter};
use crate::rules::tagging::{comparable, entries};

declare_rule! {
    /// ## What it does
    /// Looks for `dbFullSql` and `dbMySql` providers that no ProviderPath entry of `Parameters.xml` targets.
    /// An entry targets a provider when its `scope` is found in the provider's name and its `match` in the provider's path; both are regular expressions, searched without anchors and in any case.
    ///
    /// ## Why it matters
    /// The value of the entry is the connection string.
    /// Without it the connection string is empty, which is the default of the system: the script runs in another database than the application uses, or not at all.
    /// The gallery's validator failed such packages with "Unable to find corresponding parameterEntry".
    ///
    /// ## Example
    /// ```xml
    /// <dbFullSql path="schema.sql" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <dbFullSql path="schema.sql" />
    /// <parameter name="Connection" defaultValue="Server={Server};Database={Name};uid={Admin};Pwd={AdminPassword};" tags="Hidden,SQLConnectionString,Validate">
    ///   <parameterEntry type="ProviderPath" scope="dbFullSql" match="^schema\.sql$" />
    /// </parameter>
    /// ```
    ///
    /// ## Fix
    /// When each of `dbServer`, `dbName`, `dbAdminUsername` and `dbAdminPassword` has one parameter for the engine, the packager adds a hidden connection string that is made of them.
    /// When an entry has the path of the script and another scope, please review it.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    /// - The gallery's retired validator
    "parameters/untargeted-database", XRF003, gallery: Error, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(manifest), Some(parameters)) = (cx.manifest(), comparable(cx)) else { return };
    for (provider, number) in manifest.providers.iter().filter(|own| own.is("dbFullSql") || own.is("dbMySql")).zip(1..)
    {
        if provider.path_text().trim().is_empty() || parameters.targets(provider) != Some(false) {
            continue;
        }
        let path = provider.path_text();
        let message = format!("no parameter targets the `{}` provider `{path}`", provider.name);
        let mut diagnostic = Diagnostic::new(Location::span(&manifest.source.path, provider.path_span()), message)
            .consequence("Its connection string is empty: the script runs in some other database, or not at all.")
            .help("Add a hidden connection string with a ProviderPath entry.");
        diagnostic.fixes.extend(fix(cx, parameters, provider, number));
        out.push(diagnostic);
    }
}

fn fix(cx: &Context<'_>, parameters: &Parameters, provider: &Provider, number: usize) -> Option<Fix> {
    let (engine, scope) = if provider.is("dbMySql") { ("MySQL", "dbMySql") } else { ("SQL", "dbFullSql") };
    let only = |tag: &str| {
        let mut found = parameters.list.iter().filter(|own| own.has_tag(tag) && own.engines().any(|own| own == engine));
        found.next().filter(|_| found.next().is_none()).and_then(|parameter| Some(&parameter.name.as_ref()?.text))
    };
    let default = format!(
        "Server={{{}}};Database={{{}}};uid={{{}}};Pwd={{{}}};",
        only("dbServer")?,
        only("dbName")?,
        only("dbAdminUsername")?,
        only("dbAdminPassword")?
    );
    // By its number among the scripts, so that two fixes at once do not choose one name.
    let name = parameters.free_name(&format!("ConnectionString{number}"));
    let tags = format!("Hidden,{engine}ConnectionString,Validate");
    let parameter = ParameterXml { name: &name, default: &default, tags: &tags, scope };
    let edits = vec![add_parameter(cx, parameters, &parameter, provider)?];
    let title = format!("Add the parameter `{name}`");
    // An entry with its path and another scope may be the one that is meant.
    let hits = |entry: &ParameterEntry| {
        let Some(matching) = entry.matching.as_ref().filter(|_| entry.is("ProviderPath")) else { return false };
        Expression::compile(&matching.text).map_or(true, |matching| matching.is_match(provider.path_text()))
    };
    let claimed = entries(parameters).any(|(_, entry)| hits(entry));
    Some(if claimed { Fix::review(title, edits) } else { Fix::safe(title, edits) })
}
