//! One requirement: `celery[redis]>=5,<6; python_version >= "3.8"`.

use super::Marker;
use crate::path::PackagePath;
use crate::python::project_name;

/// What a line says that is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// The project, as the line spells it.
    pub project: String,
    /// Parts of it that are asked for.
    pub extras: Vec<String>,
    /// Which versions will do: `>=5,<6`; empty for any.
    pub versions: String,
    /// When it counts; nothing for always.
    pub marker: Option<Marker>,
    /// Where it comes from.
    pub origin: Origin,
    /// The file that says so.
    pub file: PackagePath,
    /// From 1.
    pub line: u32,
}

/// Where a requirement comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// An index of packages.
    Index,
    /// An address, which no index knows.
    Address(String),
}

impl Requirement {
    /// Reads a requirement as PEP 508 has it; nothing when it is none.
    #[must_use]
    pub fn parse(text: &str, file: &PackagePath, line: u32) -> Option<Self> {
        let text = text.trim();
        let length =
            text.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '.')).unwrap_or(text.len());
        let (project, rest) = text.split_at_checked(length)?;
        let fine = project.starts_with(|c: char| c.is_ascii_alphanumeric())
            && project.ends_with(|c: char| c.is_ascii_alphanumeric());
        if !fine {
            return None;
        }
        let (extras, rest) = extras(rest.trim_start());
        // In an address, `;` begins a marker only after a blank.
        let (what, marker) = match rest.strip_prefix('@') {
            Some(address) => address.split_once(" ;").unwrap_or((address, "")),
            None => rest.split_once(';').unwrap_or((rest, "")),
        };
        let what = what.trim();
        let origin = if rest.starts_with('@') { Origin::Address(what.to_owned()) } else { Origin::Index };
        let versions = if origin == Origin::Index { versions(what)? } else { String::new() };
        let marker = Some(marker.trim()).filter(|marker| !marker.is_empty()).map(Marker::new);
        Some(Self { project: project.to_owned(), extras, versions, marker, origin, file: file.clone(), line })
    }

    /// The name by which projects are compared.
    #[must_use]
    pub fn normalized(&self) -> String {
        project_name(&self.project)
    }

    /// What to ask pip for; `locked` is the version that was tried, where one is known.
    #[must_use]
    pub fn for_pip(&self, locked: Option<&str>) -> String {
        let extras = if self.extras.is_empty() { String::new() } else { format!("[{}]", self.extras.join(",")) };
        let versions = match (&self.origin, locked) {
            (Origin::Address(_), _) => String::new(),
            (Origin::Index, Some(version)) if !self.versions.contains("==") => format!("=={version}"),
            (Origin::Index, _) => self.versions.clone(),
        };
        format!("{}{extras}{versions}", self.project)
    }
}

/// `[redis, auth]` and what follows.
fn extras(text: &str) -> (Vec<String>, &str) {
    let Some((inside, rest)) = text.strip_prefix('[').and_then(|text| text.split_once(']')) else {
        return (Vec::new(), text);
    };
    let list = inside.split(',').map(str::trim).filter(|extra| !extra.is_empty());
    (list.map(str::to_owned).collect(), rest.trim_start())
}

/// `>=5, <6` and `(>=5)` without blanks and brackets; nothing when it is something else.
fn versions(text: &str) -> Option<String> {
    let text = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or(text);
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let fine = |clause: &str| {
        let number = clause.trim_start_matches(['<', '>', '=', '~', '!']);
        let operator = clause.strip_suffix(number).unwrap_or("");
        let known = ["==", "===", ">=", "<=", "<", ">", "~=", "!="].contains(&operator);
        known
            && !number.is_empty()
            && number.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '*' | '+' | '!' | '-' | '_'))
    };
    let text = text.trim_end_matches(',');
    (text.is_empty() || text.split(',').all(fine)).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_a_line_says() {
        let file = PackagePath::new("requirements.txt").unwrap();
        for (text, told) in [
            ("Flask", Some("Flask")),
            ("Flask==3.0.3", Some("Flask==3.0.3")),
            ("celery[redis, auth] >=5, <6 ; python_version > '3'", Some("celery[redis,auth]>=5,<6")),
            ("zope.interface (>=5)", Some("zope.interface>=5")),
            ("pip @ https://example.org/pip.zip ; os_name=='nt'", Some("pip")),
            ("x~=1.0,!=1.2.*,", Some("x~=1.0,!=1.2.*")),
            ("x 1.0", None),
            ("x == ", None),
            ("https://example.org/x.zip", None),
            ("./here", None),
            ("-e .", None),
            ("a-", None),
            ("", None),
        ] {
            let read = Requirement::parse(text, &file, 1).map(|read| read.for_pip(None));
            assert_eq!(read.as_deref(), told, "{text}");
        }
        let read = Requirement::parse("Flask>=2", &file, 1).unwrap();
        assert_eq!(read.for_pip(Some("3.0.3")), "Flask==3.0.3");
    }
}
