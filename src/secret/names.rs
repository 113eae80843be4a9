//! Which names are those of secrets.

/// What a name is that of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// The key that sessions are signed with.
    SigningKey,
    /// A key or a token, which a machine makes.
    Key,
    /// A password, which a person may make up.
    Password,
}

const KEYS: &[&str] = &[
    "secretkey",
    "clientsecret",
    "appsecret",
    "consumersecret",
    "apisecret",
    "sharedsecret",
    "jwtsecret",
    "webhooksecret",
    "signingsecret",
    "apikey",
    "apitoken",
    "accesskey",
    "accesstoken",
    "authtoken",
    "authkey",
    "bearertoken",
    "bottoken",
    "refreshtoken",
    "privatekey",
    "clientkeydata",
    "encryptionkey",
    "masterkey",
    "secretaccesskey",
    "accountkey",
    "passwordsalt",
    "licensekey",
    "deploytoken",
    "secrettoken",
    "githubtoken",
    "oauthtoken",
    "identitytoken",
];
const PASSWORDS: &[&str] = &["password", "passwd", "passphrase", "dbpass", "pwd"];

/// Words in a name that make it that of something else.
const OTHERS: &[&str] = &[
    "valid",
    "hasher",
    "reset",
    "change",
    "confirm",
    "field",
    "form",
    "url",
    "uri",
    "path",
    "file",
    "dir",
    "template",
    "label",
    "help",
    "hint",
    "placeholder",
    "min",
    "max",
    "length",
    "policy",
    "view",
    "username",
    "public",
    "header",
    "prefix",
    "suffix",
    "algorithm",
    "expir",
    "timeout",
    "regex",
    "pattern",
    "error",
    "message",
    "text",
    "csrf",
    "require",
    "widget",
    "input",
    "column",
    "attr",
    "param",
    "title",
    "class",
    "type",
    "format",
    "method",
    "scheme",
    "forgot",
    "forget",
    "recover",
    "remember",
    "enabled",
    "allow",
    "show",
    "mask",
    "check",
    "encod",
    "charset",
    "serializer",
    "endpoint",
    "service",
    "version",
    "arn",
    "keyname",
    "secretname",
    "hash",
];

pub(super) fn kind(name: &str) -> Option<Named> {
    if !(3..=64).contains(&name.len()) {
        return None;
    }
    let plain: String =
        name.chars().filter(char::is_ascii_alphanumeric).map(|char| char.to_ascii_lowercase()).collect();
    if matches!(plain.as_str(), "secretkey" | "secretkeybase" | "sessionsecret" | "cookiesecret") {
        return Some(Named::SigningKey);
    }
    if OTHERS.iter().any(|word| plain.contains(word)) {
        None
    } else if KEYS.iter().any(|word| plain.contains(word)) || plain == "secret" {
        Some(Named::Key)
    } else if PASSWORDS.iter().any(|word| plain.contains(word)) || plain == "pass" {
        Some(Named::Password)
    } else {
        None
    }
}
