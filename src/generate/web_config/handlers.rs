//! `handlers`: what IIS runs for a path.

use super::Plan;
use super::lines::indent;
use crate::generate::HANDLER_FILE;
use crate::target::Hosting;
use crate::xml::escape;

const FAST_CGI_COMMENT: &str = "\
<!-- Sends requests for handler.fcgi to Python: the path of the interpreter, a bar, and the path
     of wfastcgi, exactly as the host has registered them. -->";

const HTTP_PLATFORM_COMMENT: &str = "\
<!-- Sends every request to the process below, also one for a file that exists, so that nobody can
     read the application's own files. What stands before it is fetched as a file. -->";

/// The name of the handler for wfastcgi.
pub(super) const FAST_CGI: &str = "Python_FastCGI";
/// The name of the handler for a process.
pub(super) const HTTP_PLATFORM: &str = "PythonHandler";

/// The section, with the handler for Python under a name.
pub(super) fn section(plan: &Plan<'_>, name: &str) -> String {
    let comment = match plan.target.hosting {
        Hosting::FastCgi => FAST_CGI_COMMENT,
        Hosting::HttpPlatform => HTTP_PLATFORM_COMMENT,
    };
    format!("{comment}\n<handlers>\n{}</handlers>\n", indent(&lines(plan, name), 1))
}

/// The handlers alone.
pub(super) fn lines(plan: &Plan<'_>, name: &str) -> String {
    match plan.target.hosting {
        Hosting::FastCgi => fast_cgi(plan, name),
        Hosting::HttpPlatform => http_platform(plan, name),
    }
}

fn fast_cgi(plan: &Plan<'_>, name: &str) -> String {
    format!(
        r#"<add name="{name}"
     path="{HANDLER_FILE}"
     verb="*"
     modules="FastCgiModule"
     scriptProcessor="{processor}"
     resourceType="Either"
     requireAccess="Script" />"#,
        name = escape(name),
        processor = escape(&plan.choice.script_processor()),
    )
}

fn http_platform(plan: &Plan<'_>, name: &str) -> String {
    let folders = plan.static_folders.iter().map(|own| format!("{}/*", own.folder.as_str()));
    let mut paths: Vec<String> = Vec::new();
    for path in folders.chain(plan.root_files.iter().cloned()) {
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    let files: String = paths.iter().zip(1..).map(|(path, number)| file(path, number)).collect();
    format!(
        r#"{files}<add name="{name}" path="*" verb="*" modules="httpPlatformHandler" resourceType="Unspecified" />"#,
        name = escape(name),
    )
}

/// Lets IIS answer with a file, if there is one.
fn file(path: &str, number: usize) -> String {
    format!(
        "<add name=\"Static files {number}\" path=\"{}\" verb=\"*\" modules=\"StaticFileModule\" \
         resourceType=\"File\" requireAccess=\"Read\" />\n",
        escape(path)
    )
}
