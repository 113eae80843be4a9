//! A server of one's own: IIS starts a server in Python and passes requests on to it.
//! Source: "Configure Python web apps for IIS", "HttpPlatformHandler Configuration Reference".

use super::{Hosting, OWN_PYTHONS, Place, Setup, Site, Step, Target, own};

pub(super) const TARGET: Target = Target {
    id: "iis-httpplatform",
    name: "Own IIS with HttpPlatformHandler",
    hosting: Hosting::HttpPlatform,
    site: Site::Below(r"C:\inetpub\wwwroot"),
    interpreters: OWN_PYTHONS,
    script: Place::SitePackages,
    retired: None,
    steps,
};

fn steps(setup: &Setup<'_>) -> Vec<Step> {
    let executable = &setup.choice.executable;
    let mut steps = vec![Step::new(
        "IIS 8 or later with HttpPlatformHandler 1.2, from https://www.iis.net/downloads/microsoft/httpplatformhandler",
    )];
    if setup.rewrites {
        steps.push(own::url_rewrite());
    }
    if executable.to_ascii_lowercase().ends_with("python.exe") {
        steps.push(own::python(setup.choice));
        if setup.requirements {
            steps.push(own::requirements(executable));
        }
        if let Some(server) = setup.server {
            steps.push(
                Step::new(format!("{server}, which answers the requests; the package does not bring it:"))
                    .command(format!("{} -m pip install {server}", own::quoted(executable))),
            );
        }
    } else {
        steps.push(Step::new(format!("The program that the package starts: `{executable}`.")));
    }
    steps.push(own::unlock());
    steps.push(Step::new(format!(
        "The application in `{}`; for another folder say so in the answer `siteRoot` and make the package anew.",
        setup.site_root
    )));
    steps
}
