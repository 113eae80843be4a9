//! Hosting targets: where Python and wfastcgi lie, and where the site is. One file per target.

mod azure_classic;

use crate::detect::PythonNeed;
use crate::python::Version;

/// A kind of host.
#[derive(Debug, PartialEq, Eq)]
pub struct Target {
    /// Its name in answers and on the command line.
    pub id: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// The folder that the application is installed to.
    pub site_root: &'static str,
    /// What it offers, in the order of preference.
    pub interpreters: &'static [Interpreter],
}

/// A Python on a host.
#[derive(Debug, PartialEq, Eq)]
pub struct Interpreter {
    /// Its version.
    pub version: Version,
    /// `python.exe|wfastcgi.py`, as a handler's `scriptProcessor` wants it.
    pub script_processor: &'static str,
}

/// The interpreter for an application, and why.
#[derive(Debug)]
pub struct Choice {
    /// What the handler will start.
    pub interpreter: &'static Interpreter,
    /// Why this one; a sentence.
    pub reason: String,
}

/// Every target, the default first.
pub const ALL: &[&Target] = &[&azure_classic::TARGET];

/// The target when nobody says otherwise.
#[must_use]
pub fn default() -> &'static Target {
    &azure_classic::TARGET
}

/// The target with an id.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static Target> {
    ALL.iter().copied().find(|target| target.id == id)
}

impl Target {
    /// The interpreter that an application needs.
    #[must_use]
    pub fn choose(&self, need: &PythonNeed) -> Choice {
        let runs = |interpreter: &&Interpreter| {
            need.minimum.is_none_or(|minimum| interpreter.version >= minimum)
                && need.below.is_none_or(|below| interpreter.version < below)
        };
        let because = need.reasons.first().map_or_else(String::new, |evidence| {
            let line = evidence.line.map_or_else(String::new, |line| format!(" line {line}"));
            format!(" (`{}`{line}: {})", evidence.file, evidence.text)
        });
        if let Some(interpreter) = self.interpreters.iter().find(runs) {
            let version = interpreter.version;
            let reason = if need.minimum.is_none() && need.below.is_none() {
                format!("Python {version}: nothing in the application asks for another version.")
            } else {
                format!("Python {version}: the application needs {}{because}.", said(need))
            };
            return Choice { interpreter, reason };
        }
        let nearest = self.interpreters.iter().max_by_key(|interpreter| interpreter.version);
        let interpreter = nearest.unwrap_or(&azure_classic::PYTHON_27);
        let offers: Vec<String> = self.interpreters.iter().map(|own| own.version.to_string()).collect();
        let reason = format!(
            "Python {}, although it will not do: the application needs {}{because}, and {} has only Python {}.",
            interpreter.version,
            said(need),
            self.name,
            offers.join(" and ")
        );
        Choice { interpreter, reason }
    }
}

/// "Python 3.4 or later", "a Python before 3.0".
fn said(need: &PythonNeed) -> String {
    match (need.minimum, need.below) {
        (Some(minimum), Some(below)) => format!("Python {minimum} or later, before {below}"),
        (Some(minimum), None) => format!("Python {minimum} or later"),
        (None, Some(below)) => format!("a Python before {below}"),
        (None, None) => "any Python".to_owned(),
    }
}
