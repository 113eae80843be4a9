//! What the gallery's form asks of a package, as far as the package tells.

use crate::model::Package;

/// What the gallery's form asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// What has to be on the server before.
    pub dependencies: Vec<&'static str>,
    /// The finished package, when it is known.
    pub finished: Option<Finished>,
}

/// A package as it is on a disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    /// How large it is.
    pub bytes: u64,
    /// Its SHA-1, hexadecimal.
    pub sha1: String,
}

impl Form {
    /// What a package says.
    #[must_use]
    pub fn of(package: &Package) -> Self {
        let config = package.web_config.as_ref();
        let manifest = package.manifest.as_ref();
        let provider = |name: &str| manifest.is_some_and(|manifest| manifest.named(name).next().is_some());
        let tag = |tag: &str| {
            package.parameters.as_ref().is_some_and(|parameters| parameters.list.iter().any(|own| own.has_tag(tag)))
        };
        let found = [
            (config.is_some_and(|config| config.wfastcgi().next().is_some()), "Python with wfastcgi"),
            (config.is_some_and(|config| config.http_platform.is_some()), "HttpPlatformHandler"),
            (config.is_some_and(|config| !config.rewrites.is_empty()), "URL Rewrite"),
            (provider("dbFullSql") || tag("SQL"), "SQL Server"),
            (provider("dbMySql") || tag("MySQL"), "MySQL"),
            (tag("SQLite"), "SQLite"),
        ];
        let dependencies = found.into_iter().filter_map(|(needed, name)| needed.then_some(name)).collect();
        Self { dependencies, finished: None }
    }

    /// Its answers, each with what it answers.
    pub(super) fn lines(&self) -> Vec<(&'static str, String)> {
        let mut out = Vec::new();
        if let Some(Finished { bytes, sha1 }) = &self.finished {
            out.push(("SHA-1", sha1.to_ascii_uppercase()));
            out.push(("File size, for the form", format!("{bytes} bytes")));
            out.push(("File size, for a feed", format!("{} KB", bytes.div_ceil(1024))));
        }
        let none = self.dependencies.is_empty();
        out.push(("Dependencies", if none { "none found".to_owned() } else { self.dependencies.join(", ") }));
        out
    }
}
