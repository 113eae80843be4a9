//! PAR039: a script with the address of the developer.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::Fix;
use crate::model::Parameters;
use crate::model::expression;
use crate::path::PackagePath;
use crate::rules::Context;
use crate::text::Span;
use crate::xml;

const ADDRESS: &str = "http://localhost";

declare_rule! {
    /// ## What it does
    /// Looks for `http://localhost` in the SQL scripts of the manifest when no parameter has the tag `AppURL`.
    ///
    /// ## Why it matters
    /// Applications keep their own address in the database.
    /// With the tag an installer fills in the address that the application gets; without it every link of the installed application leads to `localhost`.
    ///
    /// ## Example
    /// ```sql
    /// INSERT INTO options VALUES ('home', 'http://localhost/shop');
    /// ```
    ///
    /// ## Use instead
    /// ```sql
    /// INSERT INTO options VALUES ('home', 'PlaceholderForAddress');
    /// ```
    ///
    /// ## Fix
    /// The packager offers to add a parameter that puts the address there.
    /// Please review it.
    ///
    /// ## References
    /// - Microsoft, "Package an Application for the Windows Web Application Gallery"
    "parameters/missing-address", PAR039, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(manifest), Some(parameters)) = (cx.manifest(), cx.parameters()) else { return };
    if parameters.list.iter().any(|parameter| parameter.has_tag("AppURL")) {
        return;
    }
    for provider in manifest.providers.iter().filter(|own| own.is("dbFullSql") || own.is("dbMySql")) {
        let Some(entry) = cx.tree().file_ignoring_case(provider.path_text()) else { continue };
        let Some(text) = cx.contents.text(&entry.path) else { continue };
        let Some(at) = text.as_str().find(ADDRESS) else { continue };
        let location = Location::span(&entry.path, Span::new(at, at + ADDRESS.len()));
        let mut diagnostic =
            Diagnostic::new(location, format!("the script has `{ADDRESS}`, and no parameter is tagged `AppURL`"))
                .consequence("The installed application goes on with the address of the developer.")
                .help("Add a parameter with the tag `AppURL` that puts the address there.");
        diagnostic.fixes.extend(fix(cx, parameters, &entry.path));
        out.push(diagnostic);
    }
}

fn fix(cx: &Context<'_>, parameters: &Parameters, script: &PackagePath) -> Option<Fix> {
    let name = parameters.free_name("AppUrl");
    let scope = xml::escape(&expression::escape(script.name()));
    let lines = format!(
        "<parameter name=\"{name}\" defaultValue=\"{ADDRESS}\" tags=\"AppURL\">\n  \
         <parameterEntry type=\"TextFile\" scope=\"{scope}$\" match=\"{ADDRESS}\" />\n</parameter>"
    );
    let file = &parameters.source.path;
    let edit = xml::append_child(file, &*cx.contents.text(file)?, parameters.root()?, &lines);
    Some(Fix::review(format!("Add the parameter `{name}`"), vec![edit]))
}
