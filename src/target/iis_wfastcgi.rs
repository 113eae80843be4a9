//! A server of one's own: IIS runs Python through `FastCGI` and wfastcgi.
//! Source: "Configure Python web apps for IIS".

use super::{Hosting, OWN_PYTHONS, Place, Setup, Site, Step, Target, own};

pub(super) const TARGET: Target = Target {
    id: "iis-wfastcgi",
    name: "Own IIS with wfastcgi",
    hosting: Hosting::FastCgi,
    // wfastcgi makes the application's folder its working folder, wherever that is.
    site: Site::Relative,
    interpreters: OWN_PYTHONS,
    script: Place::SitePackages,
    retired: Some("Nobody maintains wfastcgi any more; Microsoft recommends HttpPlatformHandler instead."),
    steps,
};

fn steps(setup: &Setup<'_>) -> Vec<Step> {
    let choice = setup.choice;
    let executable = &choice.executable;
    let folder = executable.rsplit_once('\\').map_or("", |(folder, _)| folder);
    let scripts =
        if folder.to_ascii_lowercase().ends_with("scripts") { folder.to_owned() } else { format!("{folder}\\Scripts") };
    let mut steps = vec![own::feature("IIS with CGI, which is what Windows calls FastCGI:", "IIS-CGI")];
    steps.push(own::url_rewrite());
    steps.push(own::python(choice));
    if setup.requirements {
        steps.push(own::requirements(executable));
    }
    steps.push(
        Step::new(format!(
            "wfastcgi, and its registration; what the second line prints has to be `{}`, the `scriptProcessor` in web.config:",
            choice.script_processor()
        ))
        .command(format!("{} -m pip install wfastcgi", own::quoted(executable)))
        .command(own::quoted(&format!("{scripts}\\wfastcgi-enable.exe"))),
    );
    steps.push(
        Step::new("Or the same registration by hand:").command(format!(
            r#"{APPCMD} set config /section:system.webServer/fastCgi "/+[fullPath='{executable}', arguments='{}']" /commit:apphost"#,
            choice.script,
            APPCMD = own::APPCMD,
        )),
    );
    steps.push(own::unlock());
    steps
}
