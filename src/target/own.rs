//! What a server of one's own needs, whichever module runs Python on it. The lines are for a prompt
//! of an administrator.

use super::{Choice, Interpreter, Step};
use crate::python::Version;

/// The tool of IIS.
pub(super) const APPCMD: &str = r"%windir%\system32\inetsrv\appcmd.exe";

macro_rules! pythons {
    ($($folder:literal $major:literal $minor:literal,)*) => {
        &[$(Interpreter {
            version: Version::new($major, $minor),
            executable: concat!(r"C:\", $folder, r"\python.exe"),
            script: concat!(r"C:\", $folder, r"\Lib\site-packages\wfastcgi.py"),
        },)*]
    };
}

/// Where the installer of Python puts it for all users when it is told the folder, the version that
/// is preferred first.
pub(super) const OWN_PYTHONS: &[Interpreter] = pythons![
    "Python312" 3 12,
    "Python313" 3 13,
    "Python311" 3 11,
    "Python310" 3 10,
    "Python39" 3 9,
    "Python38" 3 8,
    "Python37" 3 7,
    "Python36" 3 6,
    "Python35" 3 5,
    "Python34" 3 4,
    "Python27" 2 7,
    "Python314" 3 14,
];

/// Parts of Windows that have to be turned on.
pub(super) fn feature(what: &str, name: &str) -> Step {
    Step::new(what).command(format!("dism /online /enable-feature /all /featurename:{name}"))
}

pub(super) fn url_rewrite() -> Step {
    Step::new(
        "The URL Rewrite module, from https://www.iis.net/downloads/microsoft/url-rewrite; without it every request gets \
         error 500.19.",
    )
}

pub(super) fn python(choice: &Choice) -> Step {
    let executable = &choice.executable;
    let version = choice.version.map_or_else(|| "Python".to_owned(), |version| format!("Python {version}"));
    Step::new(format!(
        "{version}, installed for all users, as `{executable}`: the application pool cannot read the folders of one user."
    ))
}

pub(super) fn requirements(executable: &str) -> Step {
    Step::new("The packages that do not come with the application, in the folder where it is installed:")
        .command(format!("{} -m pip install -r requirements.txt", quoted(executable)))
}

/// The section is locked where IIS was only just installed.
pub(super) fn unlock() -> Step {
    Step::new("Handlers in web.config have to be allowed, else every request gets error 500.19:")
        .command(format!("{APPCMD} unlock config /section:system.webServer/handlers"))
}

/// A path as a command line takes it.
pub(super) fn quoted(path: &str) -> String {
    if path.contains(' ') { format!("\"{path}\"") } else { path.to_owned() }
}
