//! What the application needs of others, what is bundled of it, and how to get the rest.

use std::fmt::Write as _;

use crate::detect::{BundledPackage, Detection, Evidence, NeededBy};
use crate::python::{Environment, pip};
use crate::text::visible;

/// What the application needs of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependencies {
    /// The Python that it is judged for; nothing when it is not known.
    pub python: Option<Environment>,
    /// What counts on that Python; of what bundled packages need, only what is missing.
    pub list: Vec<DependencyItem>,
    /// The line that downloads wheels of what is missing; nothing when nothing is.
    pub download: Option<String>,
    /// The line that puts it into the application's folder.
    pub install: Option<String>,
    /// What could not be followed: sentences.
    pub notes: Vec<String>,
}

/// Something that the application needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DependencyItem {
    /// The project.
    pub project: String,
    /// What to ask pip for.
    pub requirement: String,
    /// Whether it has to be fetched by hand from an address.
    pub addressed: bool,
    /// What says so; the file counts from the application's root.
    pub evidence: Evidence,
    /// What is bundled of it; nothing when it is missing.
    pub bundled: Option<BundledPackage>,
}

impl Dependencies {
    /// What was found, for a Python; nothing when nothing is needed.
    #[must_use]
    pub fn of(detection: &Detection, python: Option<Environment>) -> Option<Self> {
        let found = &detection.dependencies;
        let listed = found.counting(python).filter(|own| own.by != NeededBy::Package || own.bundled.is_none());
        let list: Vec<DependencyItem> = listed
            .map(|own| DependencyItem {
                project: own.project.clone(),
                requirement: own.requirement.clone(),
                addressed: own.addressed,
                evidence: own.evidence.clone(),
                bundled: own.bundled.clone(),
            })
            .collect();
        let asked = |own: &&DependencyItem| own.bundled.is_none() && !own.addressed;
        let missing = || list.iter().filter(asked).map(|own| own.requirement.as_str());
        let python_of_missing = python.filter(|_| missing().next().is_some());
        let (download, install) = (
            python_of_missing.map(|python| pip::download(missing(), python)),
            python_of_missing.map(|python| pip::install(missing(), python)),
        );
        let notes = found.notes.clone();
        (!list.is_empty() || !notes.is_empty()).then_some(Self { python, list, download, install, notes })
    }
}

impl DependencyItem {
    /// "3.0.3", "bundled", "missing".
    #[must_use]
    pub fn state(&self) -> &str {
        match &self.bundled {
            Some(BundledPackage { version, .. }) => version.as_deref().unwrap_or("bundled"),
            None => "missing",
        }
    }

    /// `requirements.txt:3`.
    #[must_use]
    pub fn place(&self) -> String {
        let line = self.evidence.line.map_or_else(String::new, |line| format!(":{line}"));
        format!("{}{line}", self.evidence.file)
    }
}

/// How to get what is missing; a sentence before the line that does it.
#[must_use]
pub fn advice(python: Environment) -> String {
    let other = if python.bits.is_none() { " For a Python of 32 bits write `win32`." } else { "" };
    format!("Get what is missing for {python} as wheels, and drop the files in `wheels` on the application.{other}")
}

/// The dependencies for a terminal: what is missing, and the rest as a number.
pub(super) fn text(own: &Dependencies, out: &mut String) -> std::fmt::Result {
    let missing: Vec<&DependencyItem> = own.list.iter().filter(|item| item.bundled.is_none()).collect();
    writeln!(out, "packages: {} needed, {} missing", own.list.len(), missing.len())?;
    for item in missing {
        writeln!(out, "  missing: {} ({})", visible(&item.requirement), visible(&item.place()))?;
    }
    for note in &own.notes {
        writeln!(out, "  {}", visible(note))?;
    }
    if let (Some(line), Some(python)) = (&own.download, own.python) {
        writeln!(out, "  {}\n      {}", advice(python).replace('`', ""), visible(line))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::{Bits, Version};
    use crate::testing::files;

    #[test]
    fn asks_no_index_for_what_comes_from_an_address() {
        let text = "Flask==3.0.3\n-e git+https://user:t0ken@example.org/a/zed.git#egg=zed\nhttps://example.org/a-1.0-py3-none-any.whl\n";
        let files = files(&[("requirements.txt", text), ("app.py", "import flask\napp = flask.Flask(__name__)\n")]);
        let python = Environment { version: Version::new(3, 12), bits: Some(Bits::X64) };
        let told = Dependencies::of(&crate::detect::detect(&files.contents()), Some(python)).unwrap();
        assert!(told.download.unwrap().ends_with("-d wheels Flask==3.0.3"));
        assert!(told.install.unwrap().ends_with("--target . Flask==3.0.3"));
        assert_eq!(told.list.len(), 3);
        assert!(told.notes[0].starts_with("`requirements.txt` line 2 takes `zed` from an address"), "{:?}", told.notes);
        assert!(told.notes.len() == 2 && !told.notes.concat().contains("t0ken"));
    }
}
