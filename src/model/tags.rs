//! The tags of parameters, by which an installer knows what it asks for. Sources: Microsoft, the
//! enumeration of well-known parameter tags, and what accepted packages have beside it.

use super::provider::distance;

/// What a package with a database has to ask for.
pub const DATABASE: [&str; 6] =
    ["dbServer", "dbName", "dbUsername", "dbUserPassword", "dbAdminUsername", "dbAdminPassword"];

/// The engines of databases.
pub const ENGINES: [&str; 6] = ["SQL", "MySQL", "SQLCE", "SQLite", "VistaDB", "FlatFile"];

/// The other tags of Web Deploy, and those that accepted packages have.
const OTHERS: [&str; 30] = [
    "AdminConnectionString",
    "AppHostConfig",
    "AppPoolConfig",
    "AppURL",
    "Boolean",
    "ComObject32",
    "ComObject64",
    "DBAdminConnectionString",
    "DBConnectionString",
    "DBUserConnectionString",
    "DbPassword",
    "DestinationVirtualDirectory",
    "Hidden",
    "IisApp",
    "MetaKey",
    "MySQLConnectionString",
    "MySQLParam",
    "New",
    "NoDatabase",
    "NoProtocol",
    "NoStore",
    "None",
    "Password",
    "PhysicalPath",
    "RegKey",
    "SQLConnectionString",
    "SetAcl",
    "SingleLineConnectionString",
    "UserConnectionString",
    "Validate",
];

fn all() -> impl Iterator<Item = &'static str> + Clone {
    DATABASE.into_iter().chain(ENGINES).chain(OTHERS)
}

/// Whether an installer knows a tag, in any case.
#[must_use]
pub fn is_known(tag: &str) -> bool {
    all().any(|known| known.eq_ignore_ascii_case(tag))
}

/// The known tag that is nearest to a misspelt one, when it is near enough to be meant.
#[must_use]
pub fn nearest(tag: &str) -> Option<&'static str> {
    let lower = tag.to_ascii_lowercase();
    let near = all().map(|known| (distance(&lower, &known.to_ascii_lowercase()), known)).min();
    near.filter(|(distance, known)| *distance <= 2 && *distance < known.len() / 2).map(|(_, known)| known)
}

/// The known tags that one consists of, when they are run together or set apart by something else
/// than a comma: `SQLdbServer`, `Hidden;NoStore`, `New Password`.
#[must_use]
pub fn run_together(tag: &str) -> Option<Vec<&str>> {
    if is_known(tag) {
        return None;
    }
    let parts: Vec<&str> = tag.split([';', '|', ' ', '\t']).filter(|part| !part.is_empty()).collect();
    if parts.len() > 1 {
        return parts.iter().all(|part| is_known(part)).then_some(parts);
    }
    let cuts = tag.char_indices().map(|(at, _)| tag.split_at(at));
    cuts.skip(1).find(|(first, second)| is_known(first) && is_known(second)).map(|(first, second)| vec![first, second])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_apart_what_has_no_comma() {
        assert_eq!(run_together("SQLdbServer"), Some(vec!["SQL", "dbServer"]));
        assert_eq!(run_together("Hidden;NoStore"), Some(vec!["Hidden", "NoStore"]));
        assert_eq!(run_together("MySQLConnectionString"), None);
        assert_eq!(run_together("Contact Mail"), None);
        assert_eq!(nearest("Pasword"), Some("Password"));
        assert_eq!(nearest("Contact"), None);
    }
}
