//! Azure App Service with a site extension for Python, 2016 to 2020.
//! Source: "Managing Python on Azure App Service".

use super::{AZURE_SITE, Hosting, Interpreter, Place, Setup, Site, Step, Target};
use crate::python::Version;

const INTERPRETERS: &[Interpreter] = &[
    Interpreter {
        version: Version::new(3, 6),
        executable: r"D:\home\python364x64\python.exe",
        script: r"D:\home\python364x64\wfastcgi.py",
    },
    Interpreter {
        version: Version::new(3, 5),
        executable: r"D:\home\python354x64\python.exe",
        script: r"D:\home\python354x64\wfastcgi.py",
    },
    Interpreter {
        version: Version::new(2, 7),
        executable: r"D:\home\Python27\python.exe",
        script: r"D:\home\Python27\wfastcgi.py",
    },
];

pub(super) const TARGET: Target = Target {
    id: "azure-extension",
    name: "Azure site extension",
    hosting: Hosting::FastCgi,
    site: Site::Fixed(AZURE_SITE),
    interpreters: INTERPRETERS,
    script: Place::Beside,
    retired: Some("The site extensions for Python are retired: they cannot be added to a site any more."),
    steps,
};

fn steps(setup: &Setup<'_>) -> Vec<Step> {
    let executable = &setup.choice.executable;
    let folder = executable.rsplit_once('\\').map_or(executable.as_str(), |(folder, _)| folder);
    let mut steps = vec![Step::new(format!(
        "The site needs the extension that puts Python into `{folder}`, under Extensions in the portal; wfastcgi comes with it."
    ))];
    if setup.requirements {
        steps.push(
            Step::new(
                "Packages that do not come with the application are installed in the console of the site (Kudu):",
            )
            .command(format!(r"{executable} -m pip install -r {AZURE_SITE}\requirements.txt")),
        );
    }
    steps
}
