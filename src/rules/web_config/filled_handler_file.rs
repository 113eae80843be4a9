//! WEB012: a `handler.fcgi` that is not empty.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::rules::Context;
use crate::rules::configuration::handler_file;

declare_rule! {
    /// ## What it does
    /// Looks for the file that a FastCGI handler is for, such as `handler.fcgi`, when something stands in it.
    ///
    /// ## Why it matters
    /// IIS wants the file to be there, but nothing ever runs it: wfastcgi starts what `WSGI_HANDLER` names.
    /// Where the handler is missing, IIS shows the file to everybody.
    ///
    /// ## Example
    /// ```text
    /// shop/handler.fcgi    #!/usr/bin/python ...
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop/handler.fcgi    (empty)
    /// ```
    ///
    /// ## Fix
    /// Empties the file. Please review it: code that stands there has to move into a module.
    ///
    /// ## References
    /// - Microsoft, "Configuring Python with Azure Web Sites"
    "web-config/filled-handler-file", WEB012, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(config), Some(app)) = (cx.python_web_config(), &cx.app) else { return };
    for name in config.wfastcgi().filter_map(handler_file).filter(|name| name.has_extension("fcgi")) {
        let Some(entry) = app.contents.tree().file_ignoring_case(name.as_str()) else { continue };
        if entry.size == 0 {
            continue;
        }
        let file = entry.path.below(app.folder);
        let fix = Fix::review(
            format!("Empty `{}`", name.as_str()),
            vec![Edit::Write { file: file.clone(), bytes: Vec::new() }],
        );
        out.push(
            Diagnostic::new(Location::file(&file), format!("`{}` is not empty, and nothing runs it", file.as_str()))
                .consequence("wfastcgi starts what `WSGI_HANDLER` names; IIS may show the file to visitors.")
                .help("Move code that is needed into a module and leave the file empty.")
                .fix(fix),
        );
    }
}
