//! LAY012: files with passwords and keys that everybody gets with the package.

use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::fix::{Edit, Fix};
use crate::path::PackagePath;
use crate::rules::support::shown;
use crate::rules::{Context, own};
use crate::secret::Secret;

declare_rule! {
    /// ## What it does
    /// Looks for files that hold secrets: `.env`, `*.PublishSettings`, `*.pubxml.user`, `*.pfx`, `.netrc`, `.pypirc`, `.htpasswd`, the history of a shell or a database, and private keys under any name, with which credentials of cloud services come too.
    /// A `.env` in which no secret is recognised is a note.
    /// Files for tests and documentation, and those of bundled packages, are left alone; so are examples such as `.env.example`.
    ///
    /// ## Why it matters
    /// Everybody who has the package has the secret, and signs in with it.
    ///
    /// ## Example
    /// ```text
    /// shop/.env
    /// shop/keys/id_rsa
    /// shop/credentials.json
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop/.env.example
    /// ```
    ///
    /// ## Fix
    /// Leaves the file out; please review it, since the application may read it.
    ///
    /// ## References
    /// - Microsoft, "Windows Web Application Gallery Principles": applications are safe
    /// - Django, "Deployment checklist"
    "layout/secret", LAY012, gallery: Warning, webdeploy: Warning
}

/// How many names of secrets are told.
const NAMED: usize = 3;

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let secrets = &own::secrets(cx).found;
    for entry in own::files(cx).filter(|entry| entry.size > 0) {
        let (path, name) = (&entry.path, entry.path.name());
        let found = secrets.get(path).map_or(&[][..], |found| found.as_slice());
        let (message, severity) = if own::is_environment(name) {
            if found.is_empty() {
                (format!("`{}` usually holds secrets; none is recognised in it", shown(path.as_str())), Severity::Note)
            } else {
                (format!("`{}` holds secrets{}", shown(path.as_str()), names(found)), Severity::Warning)
            }
        } else if own::is_key(name, found) {
            (format!("`{}` holds a private key", shown(path.as_str())), Severity::Warning)
        } else if own::is_key_file(name) {
            (format!("`{}` usually holds secrets", shown(path.as_str())), Severity::Warning)
        } else {
            continue;
        };
        out.push(leave_out(path, message, "Everybody who has the package can read them.").severity(severity));
    }
}

fn names(found: &[Secret]) -> String {
    let mut names: Vec<&str> = found.iter().filter_map(|secret| secret.name.as_deref()).collect();
    names.dedup();
    let more = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    let names: Vec<String> = names.into_iter().map(|name| format!("`{}`", shown(name))).collect();
    match (names.is_empty(), more) {
        (true, _) => String::new(),
        (false, 0) => format!(": {}", names.join(", ")),
        (false, more) => format!(": {} and {more} more", names.join(", ")),
    }
}

fn leave_out(path: &PackagePath, message: String, consequence: &str) -> Diagnostic {
    let edit = Edit::Remove { path: path.clone() };
    Diagnostic::new(Location::file(path), message)
        .consequence(consequence)
        .help("Leave it out, and set what the application needs on the server.")
        .fix(Fix::review(format!("Leave out `{}`", shown(path.as_str())), vec![edit]))
}
