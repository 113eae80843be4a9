//! The providers that Web Deploy knows. Source: Web Deploy provider reference (TechNet dd569040 and
//! its children); the gallery's five: "Reference for the Web Application Package".

mod attributes;

pub use attributes::{Attributes, Values, attributes};

/// A provider of Web Deploy.
#[derive(Debug, PartialEq, Eq)]
pub struct KnownProvider {
    /// As documented.
    pub name: &'static str,
    /// Whether a package of the gallery may use it.
    pub gallery: bool,
}

impl KnownProvider {
    /// Whether it can do nothing without a path. The others have one of their own, such as the whole
    /// server, or the documentation does not tell.
    #[must_use]
    pub fn needs_path(&self) -> bool {
        self.gallery && self.name != "alias" || NEED_PATH.contains(&self.name)
    }
}

/// Beside the gallery's, the providers whose path names the one thing that they deploy.
const NEED_PATH: [&str; 11] = [
    "archiveDir",
    "contentPath",
    "createApp",
    "dirPath",
    "filePath",
    "gacAssembly",
    "gacInstall",
    "recycleApp",
    "regKey",
    "regValue",
    "runCommand",
];

/// The provider with a name, in any case.
#[must_use]
pub fn known(name: &str) -> Option<&'static KnownProvider> {
    KNOWN.iter().find(|provider| provider.name.eq_ignore_ascii_case(name))
}

/// The known name that is nearest to a misspelt one, when it is near enough to be meant.
#[must_use]
pub fn nearest(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    let distances = KNOWN.iter().map(|known| (distance(&lower, &known.name.to_ascii_lowercase()), known.name));
    distances.min().filter(|(distance, _)| *distance <= 2 && *distance < name.len() / 2).map(|(_, name)| name)
}

/// How many letters have to be added, taken away or changed.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut left = i + 1;
        let mut diagonal = i;
        let cells = row.iter().copied().skip(1).collect::<Vec<_>>();
        let mut next = vec![left];
        for (above, y) in cells.into_iter().zip(&b) {
            left = (diagonal + usize::from(x != *y)).min(above + 1).min(left + 1);
            diagonal = above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

const fn gallery(name: &'static str) -> KnownProvider {
    KnownProvider { name, gallery: true }
}

const fn other(name: &'static str) -> KnownProvider {
    KnownProvider { name, gallery: false }
}

const KNOWN: &[KnownProvider] = &[
    gallery("alias"),
    gallery("dbFullSql"),
    gallery("dbMySql"),
    gallery("iisApp"),
    gallery("setAcl"),
    other("appHostAuthOverride"),
    other("appHostConfig"),
    other("appHostSchema"),
    other("appPoolConfig"),
    other("appPoolEnable32Bit"),
    other("appPoolNetFx"),
    other("appPoolPipeline"),
    other("archiveDir"),
    other("auto"),
    other("backupManager"),
    other("backupSettings"),
    other("cert"),
    other("certStoreSettings"),
    other("comObject32"),
    other("comObject64"),
    other("contentPath"),
    other("contentPathAspNetCore"),
    other("contentPathLib"),
    other("createApp"),
    other("dbDacFx"),
    other("dbSqlite"),
    other("delegationRules"),
    other("dirPath"),
    other("fcgiExtConfig"),
    other("filePath"),
    other("gacAssembly"),
    other("gacInstall"),
    other("machineConfig32"),
    other("machineConfig64"),
    other("manifest"),
    other("metaKey"),
    other("package"),
    other("recycleApp"),
    other("regKey"),
    other("regValue"),
    other("rootWebConfig32"),
    other("rootWebConfig64"),
    other("runCommand"),
    other("urlScanConfig"),
    other("webServer"),
    other("webServer60"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_name_that_was_meant() {
        assert_eq!(nearest("iiApp"), Some("iisApp"));
        assert_eq!(nearest("setacls"), Some("setAcl"));
        assert_eq!(nearest("banana"), None);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
