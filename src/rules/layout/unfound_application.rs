//! LAY033: Python in which nothing was found that a server could start.

use crate::detect::Protocol;
use crate::diagnostic::{Diagnostic, Location};
use crate::model::{Value, WebConfig};
use crate::path::PackagePath;
use crate::rules::Context;
use crate::rules::configuration::is_python;

declare_rule! {
    /// ## What it does
    /// Looks for a way to start what was added to be packaged: an application that a module binds or
    /// makes, Django settings, a program that starts a server of its own, or a `web.config` that says
    /// what is started.
    ///
    /// ## Why it matters
    /// The server has nothing to start: every request ends with an error.
    /// Often the folder is a library or has scripts only, the application lies in another folder, or it
    /// is bound in a way that only running would tell.
    ///
    /// ## Example
    /// ```text
    /// shop/prices.py   def price(article): ...
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop/prices.py   def price(article): ...
    /// shop/app.py      app = Flask(__name__)
    /// ```
    ///
    /// ## Fix
    /// None: name the entry point, or a command for a host with HttpPlatformHandler.
    ///
    /// ## References
    /// - wfastcgi 3.0.0, `get_wsgi_handler`
    "layout/unfound-application", LAY033, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(folder) = &cx.wanted.unfound_in else { return };
    let config = cx.package.web_config.as_ref().filter(|config| cx.is_whole(&config.source));
    if config.is_some_and(says_what_starts) {
        return;
    }
    let (message, help) = why(cx, folder);
    out.push(
        Diagnostic::new(Location::file(folder), message)
            .consequence("There is nothing that the server could start: every request gets an error.")
            .help(help),
    );
}

/// What keeps it from being started here, and what to do.
fn why(cx: &Context<'_>, folder: &PackagePath) -> (String, String) {
    let detection = cx.app.as_ref().map(|app| app.detection);
    let other = "Choose the target `iis-httpplatform`, which starts a server and passes requests on to it.".to_owned();
    if let Some(server) = detection.and_then(|found| found.own_server.as_ref()) {
        let file = server.evidence.file.below(folder);
        return (format!("`{file}` serves by itself, and wfastcgi can call nothing in it"), other);
    }
    match detection.and_then(|found| found.candidates.first()) {
        Some(own) if own.protocol != Protocol::Wsgi => {
            (format!("`{}` is no WSGI application, and wfastcgi can call no other", own.entry_point), other)
        }
        Some(own) => (
            format!("nothing in `{folder}` is started unasked: the report says what speaks against what was found"),
            format!("Choose an entry point, such as `{}`, once you have looked at it.", own.entry_point),
        ),
        None => (
            format!("no web application was found in `{folder}`: the report says what was looked for, and where"),
            "Name the entry point, as in `app:application`, or the command that starts a server; or add the folder in which the application lies."
                .to_owned(),
        ),
    }
}

/// Whether a web.config names an application or a program, found or not, of Python or not.
fn says_what_starts(config: &WebConfig) -> bool {
    let says = |value: &Option<Value>| value.as_ref().is_some_and(|value| !value.text.trim().is_empty());
    let program = |value: &Option<Value>| value.as_ref().is_some_and(|value| !is_python(&value.text));
    config.setting("WSGI_HANDLER").is_some_and(|setting| !setting.value.text.trim().is_empty())
        || config.http_platform.as_ref().is_some_and(|process| {
            says(&process.arguments) || says(&process.process_path) && program(&process.process_path)
        })
        || config.handlers.iter().any(|handler| {
            let hosts = ["iisnode", "AspNetCoreModule", "AspNetCoreModuleV2"].iter().any(|own| handler.has_module(own));
            // What FastCGI runs of Python is wfastcgi, which waits to be told.
            let runs =
                says(&handler.script_processor) && !(handler.has_module("FastCgiModule") && handler.runs_python());
            hosts || runs
        })
}
