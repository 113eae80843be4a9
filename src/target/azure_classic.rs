//! Azure Web Sites as the article knew it: Python 2.7, from 2014 also 3.4, both installed by the host.
//! Source: "Configuring Python with Azure Web Sites", 2013 and 2015.

use super::{AZURE_SITE, Hosting, Interpreter, Place, Setup, Site, Step, Target};
use crate::python::Version;

const INTERPRETERS: &[Interpreter] = &[
    Interpreter {
        version: Version::new(2, 7),
        executable: r"D:\Python27\python.exe",
        script: r"D:\Python27\Scripts\wfastcgi.py",
    },
    Interpreter {
        version: Version::new(3, 4),
        executable: r"D:\Python34\python.exe",
        script: r"D:\Python34\Scripts\wfastcgi.py",
    },
];

pub(super) const TARGET: Target = Target {
    id: "azure-classic",
    name: "Azure classic",
    hosting: Hosting::FastCgi,
    site: Site::Fixed(AZURE_SITE),
    interpreters: INTERPRETERS,
    script: Place::Scripts,
    retired: Some("Azure App Service does not run Python on Windows any more; only sites of that time have it."),
    steps,
};

fn steps(setup: &Setup<'_>) -> Vec<Step> {
    vec![Step::new(format!(
        "Nothing has to be installed: `{}`, wfastcgi and URL Rewrite came with the host.",
        setup.choice.executable
    ))]
}
