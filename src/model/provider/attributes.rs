//! What providers may be told. Source: Web Deploy provider reference (TechNet dd569040 and its
//! children); "Reference for the Web Application Package".

/// The attributes of a provider, as far as they are known.
#[derive(Debug)]
pub struct Attributes {
    known: &'static [(&'static str, Values)],
    all: bool,
}

/// What an attribute may say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    /// Anything.
    Text,
    /// `true` or `false`.
    Boolean,
    /// One of these, in any case.
    OneOf(&'static [&'static str]),
}

impl Attributes {
    /// The attribute with a name, in any case: its name as documented, and what it may say.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<(&'static str, Values)> {
        self.known.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).copied()
    }

    /// The attribute that a misspelt one was meant to be.
    #[must_use]
    pub fn nearest(&self, name: &str) -> Option<&'static str> {
        let lower = name.to_ascii_lowercase();
        let near = |known: &str| super::distance(&lower, &known.to_ascii_lowercase());
        let distances = self.known.iter().map(|(known, _)| (near(known), *known));
        distances.min().filter(|(distance, _)| *distance <= 2 && *distance < name.len() / 2).map(|(_, name)| name)
    }

    /// Whether there are no others than those that are known here.
    #[must_use]
    pub const fn are_all(&self) -> bool {
        self.all
    }
}

/// The attributes of the provider with a name, in any case; nothing when they are not known here.
#[must_use]
pub fn attributes(provider: &str) -> Option<&'static Attributes> {
    TABLES.iter().find(|(name, _)| name.eq_ignore_ascii_case(provider)).map(|(_, attributes)| attributes)
}

use Values::{Boolean, OneOf, Text};

const PIPELINE_MODES: Values = OneOf(&["Integrated", "Classic"]);

const TABLES: &[(&str, Attributes)] = &[
    (
        "iisApp",
        Attributes {
            known: &[
                ("path", Text),
                ("skipAppCreation", Boolean),
                ("managedRuntimeVersion", Text),
                ("managedPipelineMode", PIPELINE_MODES),
                ("enable32BitAppOnWin64", Boolean),
                ("appOfflineTemplate", Text),
                ("webConfigEncryptProvider", Text),
                ("syncPackageTimeStamps", Text),
            ],
            all: true,
        },
    ),
    (
        "setAcl",
        Attributes {
            known: &[
                ("path", Text),
                ("setAclAccess", Text),
                ("setAclUser", Text),
                ("setAclResourceType", OneOf(&["Directory", "File"])),
            ],
            all: true,
        },
    ),
    (
        "dbFullSql",
        Attributes {
            known: &[
                ("path", Text),
                ("transacted", Boolean),
                ("commandDelimiter", Text),
                ("removeCommandDelimiter", Boolean),
                ("commandTimeout", Text),
                ("skipSqlCmdParsing", Boolean),
                ("sqlCe", Text),
                ("createDBConnectionString", Text),
                ("dropDestinationDatabase", Boolean),
                ("forceScriptDatabase", Boolean),
                ("scriptDropsFirst", Boolean),
                ("objectList", Text),
                ("storeConnectionStringPassword", Boolean),
                ("copyAllUsers", Boolean),
                ("scriptData", Boolean),
            ],
            // It has a hundred more, all those of the scripting options of SQL Server.
            all: false,
        },
    ),
    (
        "dbMySql",
        Attributes {
            known: &[
                ("path", Text),
                ("commandDelimiter", Text),
                ("removeCommandDelimiter", Boolean),
                ("createDBConnectionString", Text),
                ("includeData", Boolean),
                ("includeSchema", Boolean),
                ("transacted", Boolean),
                ("waitAttempts", Text),
                ("waitInterval", Text),
                ("commandTimeout", Text),
            ],
            all: true,
        },
    ),
    ("alias", Attributes { known: &[("from", Text), ("to", Text)], all: true }),
    (
        "createApp",
        Attributes {
            known: &[
                ("path", Text),
                ("managedRuntimeVersion", Text),
                ("managedPipelineMode", PIPELINE_MODES),
                ("enable32BitAppOnWin64", Boolean),
            ],
            all: false,
        },
    ),
    (
        "contentPath",
        Attributes {
            known: &[
                ("path", Text),
                ("appOfflineTemplate", Text),
                ("webConfigEncryptProvider", Text),
                ("syncPackageTimeStamps", Text),
            ],
            all: false,
        },
    ),
    (
        "runCommand",
        Attributes {
            known: &[
                ("path", Text),
                ("dontUseCommandExe", Boolean),
                ("dontUseJobObject", Boolean),
                ("waitAttempts", Text),
                ("waitInterval", Text),
                ("successReturnCodes", Text),
            ],
            all: false,
        },
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_attribute_that_was_meant() {
        let mysql = attributes("dbmysql").unwrap();
        assert_eq!(mysql.nearest("commandDelimeter"), Some("commandDelimiter"));
        assert_eq!(mysql.nearest("collation"), None);
        assert_eq!(mysql.get("PATH"), Some(("path", Text)));
        assert!(attributes("regKey").is_none());
    }
}
