//! Hosting targets: where Python is, how IIS runs it, and what has to be on the server. One file per
//! target and one line in [`ALL`].

mod azure_classic;
mod azure_extension;
mod choice;
mod iis_httpplatform;
mod iis_wfastcgi;
mod own;

pub use choice::{Choice, NotAnInterpreter, check, suited};
use own::OWN_PYTHONS;

use crate::path::PackagePath;
use crate::python::Version;

/// A kind of host.
pub struct Target {
    /// Its name in answers and on the command line.
    pub id: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// What runs Python.
    pub hosting: Hosting,
    /// The folder that the application is installed to.
    pub site: Site,
    /// What it offers, in the order of preference.
    pub interpreters: &'static [Interpreter],
    /// Where wfastcgi is, for an interpreter that a person names.
    pub script: Place,
    /// Why nobody should begin anything new there; a sentence.
    pub retired: Option<&'static str>,
    /// What has to be on the server.
    pub steps: fn(&Setup<'_>) -> Vec<Step>,
}

/// How a request gets to Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hosting {
    /// IIS starts wfastcgi, which reads `appSettings` and imports the application.
    FastCgi,
    /// IIS starts any server and passes requests on to its port.
    HttpPlatform,
}

/// Where an application is installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Site {
    /// The same folder on every site.
    Fixed(&'static str),
    /// Paths are said relative to the application's folder.
    Relative,
    /// A folder of the application's name below this one.
    Below(&'static str),
}

/// Where wfastcgi is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In `Scripts`.
    Scripts,
    /// Beside the interpreter.
    Beside,
    /// In `Lib\site-packages`.
    SitePackages,
}

/// A Python on a host.
#[derive(Debug, PartialEq, Eq)]
pub struct Interpreter {
    /// Its version.
    pub version: Version,
    /// `python.exe` with its folder.
    pub executable: &'static str,
    /// `wfastcgi.py` with its folder.
    pub script: &'static str,
}

/// What is known of a package when it is said what has to be on the server.
#[derive(Debug)]
pub struct Setup<'a> {
    /// The interpreter.
    pub choice: &'a Choice,
    /// Where the application is installed.
    pub site_root: &'a str,
    /// A server that is started and does not come with the application: `waitress`.
    pub server: Option<&'a str>,
    /// Whether web.config has rules of URL Rewrite.
    pub rewrites: bool,
    /// Whether there is a `requirements.txt` with packages that may not be bundled.
    pub requirements: bool,
}

/// Something that has to be on the server, and the lines that bring it there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// A sentence.
    pub text: String,
    /// For a prompt, to be copied.
    pub commands: Vec<String>,
}

/// Where Azure installs an application.
pub const AZURE_SITE: &str = r"D:\home\site\wwwroot";

/// Every target, the default first.
pub const ALL: &[&Target] =
    &[&azure_classic::TARGET, &azure_extension::TARGET, &iis_wfastcgi::TARGET, &iis_httpplatform::TARGET];

/// The target when nothing says otherwise.
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
    /// The folder that the application is installed to, as paths in web.config name it: `.` where
    /// they are relative to it.
    #[must_use]
    pub fn site_root(&self, app_folder: &PackagePath, answer: Option<&str>) -> String {
        if let Some(answer) = answer {
            return answer.trim().trim_end_matches('\\').to_owned();
        }
        match self.site {
            Site::Fixed(folder) => folder.to_owned(),
            Site::Relative => ".".to_owned(),
            Site::Below(folder) => format!("{folder}\\{}", app_folder.as_str().replace('/', "\\")),
        }
    }
}

impl PartialEq for Target {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Target {}

impl std::fmt::Debug for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

impl Step {
    fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), commands: Vec::new() }
    }

    fn command(mut self, line: impl Into<String>) -> Self {
        self.commands.push(line.into());
        self
    }
}
