//! PAR029: a file scope that looks for paths as the ZIP has them.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::rules::{Context, scopes};
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for scopes of files that hit nothing as they are, but would if they had `\\` for `/`, or
    /// did not begin with `^`.
    ///
    /// ## Why it matters
    /// Web Deploy compares a scope with the path of a file on Windows, which has `\` between folders and
    /// something before the first folder of the package.
    /// A scope such as `shop/web\.config` or `^shop` hits no file, and nothing is replaced.
    ///
    /// ## Example
    /// ```xml
    /// <parameterEntry type="TextFile" scope="shop/settings\.py$" match="PlaceHolderForKey" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameterEntry type="TextFile" scope="shop\\settings\.py$" match="PlaceHolderForKey" />
    /// ```
    ///
    /// ## Fix
    /// The packager offers the scope that hits. Please review it.
    ///
    /// ## References
    /// - Microsoft, "Package an Application for the Windows Web Application Gallery"
    /// - The scopes of packages that were accepted
    "parameters/slash-in-file-scope", PAR029, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    let file = &parameters.source.path;
    for (_, entry, _) in cx.entries() {
        let (Some(scope), Some(better)) = (&entry.scope, scopes::as_windows(cx, entry)) else { continue };
        let edits = vec![Edit::replace(file, scope.span, xml::escape(&better))];
        out.push(
            Diagnostic::new(
                Location::span(file, scope.span),
                format!("the scope `{}` hits no file on Windows", scope.text),
            )
            .consequence("Nothing is replaced, and the value is lost without a word.")
            .help(r"Write `\\` between folders, and no `^` at the beginning.")
            .fix(Fix::review(format!("Use `{better}`"), edits)),
        );
    }
}
