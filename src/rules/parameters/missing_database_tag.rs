//! PAR016: a database without the parameters for it.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::Fix;
use crate::model::{Parameters, tags};
use crate::rules::Context;
use crate::rules::tagging::only_engine;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for the six tags `dbServer`, `dbName`, `dbUsername`, `dbUserPassword`, `dbAdminUsername` and `dbAdminPassword` in packages with a `dbFullSql` or `dbMySql` provider.
    ///
    /// ## Why it matters
    /// An installer asks for the database by these tags and creates it, or uses one that is there.
    /// All six are required as soon as the manifest has a database, and the gallery's validator failed packages without one of them.
    ///
    /// ## Example
    /// ```xml
    /// <parameter name="Server" tags="SQL,dbServer" />
    /// <parameter name="Database" tags="SQL,dbName" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameter name="Server" tags="SQL,dbServer" />
    /// <parameter name="Database" tags="SQL,dbName" />
    /// <parameter name="User" tags="SQL,dbUsername" />
    /// <parameter name="UserPassword" tags="SQL,New,Password,dbUserPassword" />
    /// <parameter name="Admin" tags="SQL,dbAdminUsername" />
    /// <parameter name="AdminPassword" tags="SQL,Password,dbAdminPassword" />
    /// ```
    ///
    /// ## Fix
    /// The packager offers to add the parameters that are missing.
    /// Please review it: where their values go only you know.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    /// - The gallery's retired validator
    "parameters/missing-database-tag", PAR016, gallery: Error, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(manifest), Some(parameters)) = (cx.manifest(), cx.parameters()) else { return };
    let mut databases = manifest.providers.iter().filter(|own| own.is("dbFullSql") || own.is("dbMySql"));
    let Some(provider) = databases.next() else { return };
    let has = |tag: &str| parameters.list.iter().any(|parameter| parameter.has_tag(tag));
    let missing: Vec<&str> = tags::DATABASE.into_iter().filter(|tag| !has(tag)).collect();
    if missing.is_empty() {
        return;
    }
    let message = match missing.as_slice() {
        [tag] => format!("there is a database, and no parameter has the tag `{tag}`"),
        several => format!("there is a database, and no parameter has the tags `{}`", several.join("`, `")),
    };
    let mut diagnostic = Diagnostic::new(Location::span(&manifest.source.path, provider.name_span), message)
        .consequence("An installer cannot ask for the whole database, and the gallery refuses the package.")
        .help("Add a parameter for each of the six tags of a database.");
    diagnostic.fixes.extend(fix(cx, parameters, &missing));
    out.push(diagnostic);
}

fn fix(cx: &Context<'_>, parameters: &Parameters, missing: &[&str]) -> Option<Fix> {
    let engine = only_engine(cx)?;
    let lines: Vec<String> = missing
        .iter()
        .map(|tag| {
            let kind = match *tag {
                "dbUserPassword" => "New,Password,",
                "dbAdminPassword" => "Password,",
                _ => "",
            };
            format!("<parameter name=\"{}\" tags=\"{kind}{engine},{tag}\" />", parameters.free_name(tag))
        })
        .collect();
    let file = &parameters.source.path;
    let edit = xml::append_child(file, &*cx.contents.text(file)?, parameters.root()?, &lines.join("\n"));
    let title =
        if missing.len() == 1 { "Add the parameter".to_owned() } else { format!("Add {} parameters", missing.len()) };
    Some(Fix::review(title, vec![edit]))
}
