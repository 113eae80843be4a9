//! What an application says that it needs: one file per format, and one way to say it.
//!
//! Nothing is resolved: a requirement is what a line says. Locks say which versions were tried.

mod json;
mod lock;
mod marker;
mod metadata;
mod pipfile;
mod poetry;
mod pyproject;
mod requirement;
mod requirements_txt;
mod setup_cfg;
mod setup_py;
mod toml;

pub use marker::Marker;
pub use metadata::{metadata_name, requires};
pub use requirement::{Origin, Requirement};

use crate::contents::Contents;
use crate::path::PackagePath;
use crate::python::project_name;
use crate::sorted::Map;

/// What the files of an application say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requirements {
    /// In the order of the files and their lines; a project that several lines name stands several
    /// times.
    pub list: Vec<Requirement>,
    /// The versions that locks and constraints name, by the project's name in small letters.
    pub locked: Map<String, String>,
    /// Whether some file says anything, were it that nothing is needed.
    pub stated: bool,
    /// What could not be followed: sentences.
    pub notes: Vec<String>,
}

/// One file per format.
const READERS: [fn(&Contents<'_>, &mut Requirements); 6] =
    [requirements_txt::read, pyproject::read, poetry::read, setup_cfg::read, setup_py::read, pipfile::read];

/// Reads every file at an application's root that names requirements.
#[must_use]
pub fn read(contents: &Contents<'_>) -> Requirements {
    let mut all = Requirements::default();
    for reader in READERS {
        reader(contents, &mut all);
    }
    lock::read(contents, &mut all);
    all
}

impl Requirements {
    fn lock(&mut self, project: &str, version: &str) {
        self.locked.add(project_name(project), version.to_owned());
    }
}

/// What is said about a line that means nothing here. The line itself is not shown: an address in it
/// may have a password or a token.
fn not_understood(path: &PackagePath, line: u32) -> String {
    format!("`{path}` line {line} is not understood.")
}

/// A file at the root, and its text.
fn file(contents: &Contents<'_>, name: &str) -> Option<(PackagePath, std::rc::Rc<crate::text::Text>)> {
    let path = contents.tree().file_ignoring_case(name)?.path.clone();
    let text = contents.text(&path)?;
    Some((path, text))
}
