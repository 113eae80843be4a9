//! PAR028: a file scope that hits more than the file that is meant.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::rules::{Context, scopes};
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks at the `scope` of entries that look for files: a dot in a file name that is not escaped,
    /// and an end without `$`.
    /// A scope that names a folder or a provider is left alone.
    ///
    /// ## Why it matters
    /// The scope is searched anywhere in the path: `web.config` hits `web.config.bak` and
    /// `webXconfig.txt` as well.
    /// What was meant for one file is replaced in each of them.
    ///
    /// ## Example
    /// ```xml
    /// <parameterEntry type="TextFile" scope="\\settings.py" match="PlaceHolderForKey" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameterEntry type="TextFile" scope="\\settings\.py$" match="PlaceHolderForKey" />
    /// ```
    ///
    /// ## Fix
    /// The packager escapes the dots and adds the `$`. When the scope would then lose files of this
    /// package, please review it.
    ///
    /// ## References
    /// - Microsoft, "Package an Application for the Windows Web Application Gallery", tips
    "parameters/loose-file-scope", PAR028, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    let file = &parameters.source.path;
    for (_, entry, run) in cx.entries().filter(|(_, entry, _)| entry.is_on_files()) {
        let Some((scope, better)) = entry.scope.as_ref().and_then(|own| Some((own, scopes::tightened(&own.text)?)))
        else {
            continue;
        };
        let kept = run.files.iter().filter(|file| scopes::hits(&better, file)).count();
        // It names a folder or a provider, hits nothing at all, or is not judged.
        if kept == 0 {
            continue;
        }
        let title = format!("Use `{better}`");
        let edits = vec![Edit::replace(file, scope.span, xml::escape(&better))];
        let fix = if kept == run.files.len() { Fix::safe(title, edits) } else { Fix::review(title, edits) };
        out.push(
            Diagnostic::new(
                Location::span(file, scope.span),
                format!("the scope `{}` hits more than one file name", scope.text),
            )
            .consequence("Files such as a copy that ends in `.bak` are changed as well.")
            .help(r"Write `\.` for a dot, and `$` at the end.")
            .fix(fix),
        );
    }
}
