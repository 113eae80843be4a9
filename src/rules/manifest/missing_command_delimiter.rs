//! MAN023: a script for `MySQL` whose statements do not end where Web Deploy thinks.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::Fix;
use crate::model::sql::Script;
use crate::rules::Context;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Reads the scripts of `dbMySql` for another delimiter than the semicolon (`DELIMITER`, `//`, `$$`) without
    /// `commandDelimiter`, and looks for a `commandDelimiter` that is not removed.
    ///
    /// ## Why it matters
    /// Web Deploy cuts a script at semicolons unless it is told otherwise, so a procedure arrives in pieces.
    /// A delimiter that is not removed goes to the server with the statement. MySQL answers with error 1064.
    ///
    /// ## Example
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    ///   <dbMySql path="install.sql" commandDelimiter="//" />
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
    /// The packager offers to add the attributes.
    /// Please review it: it looks at how lines end, not at the grammar of MySQL.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    "manifest/missing-command-delimiter", MAN023, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    let file = &manifest.source.path;
    for (provider, script) in manifest.scripts(cx.tree()).filter(|(provider, _)| provider.is("dbMySql")) {
        let Some(element) = manifest.element(provider) else { continue };
        let remove = || xml::set_attribute(file, element, "removeCommandDelimiter", "true");
        let removed = provider.value("removeCommandDelimiter").eq_ignore_ascii_case("true");
        let (span, message, fix) = match provider.attribute("commandDelimiter") {
            Some(own) if own.value.trim() != ";" && !removed => {
                let fix = Fix::review("Remove the delimiter", vec![remove()]);
                (own.value_span, format!("the delimiter `{}` is not removed", own.value), fix)
            }
            Some(_) => continue,
            None => {
                let Some(text) = script.and_then(|path| cx.contents.text(path)) else { continue };
                let script = Script::read(text.as_str());
                let Some(delimiter) = script.delimiter() else { continue };
                let mut edits = vec![xml::set_attribute(file, element, "commandDelimiter", delimiter)];
                edits.extend((!removed).then(remove));
                let message = format!("`{}` separates statements with `{delimiter}`", provider.path_text());
                (provider.path_span(), message, Fix::review(format!("Use `{delimiter}`"), edits))
            }
        };
        out.push(
            Diagnostic::new(Location::span(file, span), message)
                .consequence("Statements reach MySQL in pieces or with the delimiter, and fail with error 1064.")
                .help("Write `commandDelimiter` and `removeCommandDelimiter=\"true\"`.")
                .fix(fix),
        );
    }
}
