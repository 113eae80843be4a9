//! LAY030: passwords, keys and tokens that are written out in code and settings.

use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::path::PackagePath;
use crate::rules::support::shown;
use crate::rules::{Context, own};
use crate::secret::{Kind, Secret};

declare_rule! {
    /// ## What it does
    /// Looks into the application's own code and settings for secrets that are written out: the `SECRET_KEY` of Django and Flask, passwords and keys that are given to names such as `DB_PASSWORD` or `API_KEY`, tokens of services (Amazon Web Services, GitHub, GitLab, Slack, Stripe, SendGrid, Google and others, told by how they begin), private keys, passwords in addresses and in connection strings.
    /// Files of up to 512 KB are searched, at most 4,000 of them and 32 MB together; the report says when there are more.
    /// Words that wait for a secret (`changeme`, `<password>`, `${PASSWORD}`), files for tests and documentation, and bundled packages are left alone.
    /// A value that is only taken when the environment has none is a note, and so is one in the settings for development.
    /// Reports show dots in the place of the secret.
    ///
    /// ## Why it matters
    /// Everybody who has the package has the secret, and signs in with it or forges sessions.
    ///
    /// ## Example
    /// ```python
    /// SECRET_KEY = 'h5$k2...'
    /// DATABASES = {'default': {'USER': 'shop', 'PASSWORD': 'Tr0ub4dor&3'}}
    /// ```
    ///
    /// ## Use instead
    /// ```python
    /// SECRET_KEY = os.environ['SECRET_KEY']
    /// DATABASES = {'default': {'USER': 'shop', 'PASSWORD': os.environ['DB_PASSWORD']}}
    /// ```
    ///
    /// ## Fix
    /// None: the application must learn where to find the secret.
    ///
    /// ## References
    /// - Microsoft, "Windows Web Application Gallery Principles": applications are safe
    /// - Django, "Deployment checklist": `SECRET_KEY`
    /// - Flask, "Configuration Handling": `SECRET_KEY`
    "layout/written-secret", LAY030, gallery: Warning, webdeploy: Warning
}

/// Modules of settings that are not meant for the server.
const DEVELOPMENT: [&str; 6] = ["dev", "devel", "development", "local", "ci", "debug"];

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let all = own::secrets(cx);
    out.extend(unsearched(&all.unsearched));
    for (path, secrets) in &all.found {
        // The file as a whole is reported.
        if own::is_secret_file(path.name(), secrets) {
            continue;
        }
        let stem = path.name().split('.').next().unwrap_or("").to_lowercase();
        let is_development = stem.split(['_', '-']).any(|word| DEVELOPMENT.contains(&word));
        let is_read = ["py", "config"].contains(&path.extension().as_str());
        // Elsewhere a plain key is one for tests and builds.
        for secret in secrets.iter().filter(|secret| is_read || secret.kind != Kind::PlainKey) {
            let diagnostic = one(path, secret);
            let is_note = secret.kind.is_fallback() || is_development;
            out.push(if is_note { diagnostic.severity(Severity::Note) } else { diagnostic });
        }
    }
}

fn unsearched(files: &[&PackagePath]) -> Option<Diagnostic> {
    let first = *files.first()?;
    let message = match files.len() {
        1 => "this file was not searched for secrets".to_owned(),
        count => format!("{count} files were not searched for secrets, this one first"),
    };
    let note = Diagnostic::new(Location::file(first), message)
        .consequence("What is written out there goes to everybody who has the package.")
        .help("At most 4,000 files and 32 MB are searched: leave out what the application does not need.");
    Some(note.severity(Severity::Note))
}

fn one(path: &PackagePath, secret: &Secret) -> Diagnostic {
    let name = secret.name.as_ref().map_or_else(|| "secret".to_owned(), |name| shown(name));
    let say = |message: String, consequence: &str, help: &str| {
        Diagnostic::new(Location::span(path, secret.span), message).consequence(consequence).help(help)
    };
    let forged = "Everybody who has the package can forge the sessions of its users.";
    let known = "Everybody who has the package can sign in with it.";
    let elsewhere = "Read it from the environment, and set it on the server.";
    match secret.kind {
        Kind::SigningKey => say(format!("the `{name}` is written out"), forged, elsewhere),
        Kind::PlainKey => say(
            format!("the `{name}` is one that anybody can guess"),
            "Whoever guesses it can forge the sessions of the application's users.",
            elsewhere,
        ),
        Kind::FallbackKey => say(
            format!("a `{name}` is written out for the case that the environment has none"),
            "When it is not set on the server, everybody who has the package can forge the sessions of its users.",
            "Set it on the server; without the fallback the application would say that it is missing.",
        ),
        Kind::Named => say(format!("`{name}` is written out"), known, elsewhere),
        Kind::Fallback => say(
            format!("a value of `{name}` is written out for the case that the environment has none"),
            "When it is the one of a server, everybody who has the package can sign in with it.",
            "Take the fallback out, and set the value on the server.",
        ),
        Kind::Token("JSON Web Token") => say(
            "a JSON Web Token is written out".to_owned(),
            known,
            "Let it expire, and read another from the environment.",
        ),
        Kind::Token(service) => say(
            format!("a token of {service} is written out"),
            "Everybody who has the package can use it.",
            "Revoke it, and read another from the environment.",
        ),
        Kind::PrivateKey => say(
            "a private key is written out".to_owned(),
            "Everybody who has the package can use it.",
            "Make another, and read it from a file that is only on the server.",
        ),
        Kind::AddressPassword => say("an address has a password in it".to_owned(), known, elsewhere),
        Kind::ConnectionString => say(
            "a connection string has a password or a key in it".to_owned(),
            known,
            "Let a parameter of the package ask for it, or read it from the environment.",
        ),
    }
}
