//! MAN027: a placeholder of a template in a path.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::rules::Context;
use crate::rules::support::only_folder;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for `%NAME%`, `@NAME@` and `__NAME__` in the paths of providers other than `runCommand`.
    ///
    /// ## Why it matters
    /// Such names stand in templates of manifests until a build fills them in.
    /// Web Deploy takes them to the letter.
    ///
    /// ## Example
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="%DIST_NAME%" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Fix
    /// When the package has one folder at its root, the packager offers it for `iisApp`.
    /// Please review it.
    ///
    /// ## References
    /// - Web Deploy packages of the years 2009 to 2013
    "manifest/unfilled-placeholder", MAN027, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    let file = &manifest.source.path;
    for provider in manifest.providers.iter().filter(|provider| !provider.is("runCommand")) {
        for attribute in ["path", "from", "to"].into_iter().filter_map(|name| provider.attribute(name)) {
            let Some(token) = placeholder(&attribute.value) else { continue };
            let span = attribute.value_span;
            let mut diagnostic =
                Diagnostic::new(Location::span(file, span), format!("`{token}` looks like a placeholder"))
                    .consequence("Web Deploy takes it to the letter.")
                    .help("Write the path as it is in the package.");
            let folder = only_folder(cx.tree()).filter(|_| provider.is("iisApp") && attribute.value == token);
            if let Some(folder) = folder {
                let edit = Edit::replace(file, span, xml::escape(folder.as_str()));
                diagnostic = diagnostic.fix(Fix::review(format!("Use `{folder}`"), vec![edit]));
            }
            out.push(diagnostic);
        }
    }
}

/// The first placeholder in a path, marks included.
fn placeholder(path: &str) -> Option<&str> {
    ["%", "@", "__"].into_iter().find_map(|mark| {
        let start = path.find(mark)?;
        let (name, _) = path.get(start + mark.len()..)?.split_once(mark)?;
        let capital = |c: char| c.is_ascii_uppercase() || c == '_' || c.is_ascii_digit();
        let is_name = name.starts_with(|c: char| c.is_ascii_uppercase()) && name.chars().all(capital);
        is_name.then(|| path.get(start..start + name.len() + 2 * mark.len()))?
    })
}

#[cfg(test)]
mod tests {
    use super::placeholder;

    #[test]
    fn knows_a_placeholder_from_a_name() {
        for (path, token) in [
            ("%DIST_NAME%", Some("%DIST_NAME%")),
            ("shop/__VERSION2__/x", Some("__VERSION2__")),
            ("@PATH@/x", Some("@PATH@")),
            ("shop/__pycache__", None),
            ("50%_OFF", None),
            ("a@B", None),
        ] {
            assert_eq!(placeholder(path), token);
        }
    }
}
