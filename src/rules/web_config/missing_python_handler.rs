//! WEB002: a web.config without a handler that starts Python.

use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::fix::{Edit, Fix};
use crate::model::WebConfig;
use crate::model::web_config::Handler;
use crate::rules::Context;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for a `web.config` that has to do with Python and has no handler for `FastCgiModule`
    /// or `httpPlatformHandler`.
    /// A handler that runs Python through another module of IIS is taken as well; the handler of
    /// ASP.NET Core gets a note.
    ///
    /// ## Why it matters
    /// `WSGI_HANDLER` and the other settings are read by wfastcgi, but nothing starts wfastcgi.
    /// IIS treats the application as static files: it answers "HTTP Error 403.14 - Forbidden" or
    /// "HTTP Error 404.0 - Not Found".
    ///
    /// ## Example
    /// ```xml
    /// <configuration>
    ///   <appSettings>
    ///     <add key="WSGI_HANDLER" value="app.application" />
    ///   </appSettings>
    /// </configuration>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <configuration>
    ///   <appSettings>
    ///     <add key="WSGI_HANDLER" value="app.application" />
    ///   </appSettings>
    ///   <system.webServer>
    ///     <handlers>
    ///       <add name="Python_FastCGI" path="*" verb="*" modules="FastCgiModule"
    ///            scriptProcessor="D:\Python27\python.exe|D:\Python27\Scripts\wfastcgi.py"
    ///            resourceType="Unspecified" requireAccess="Script" />
    ///     </handlers>
    ///   </system.webServer>
    /// </configuration>
    /// ```
    ///
    /// ## Fix
    /// Adds a handler for the path that a rewrite rule leads to, else for every path.
    /// Please review it: the interpreter is the one of Azure Web Sites in 2013, another server has
    /// another one.
    ///
    /// ## References
    /// - Microsoft, "Configure Python web apps for IIS"
    /// - Microsoft, "Configuring Python with Azure Web Sites"
    "web-config/missing-python-handler", WEB002, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = cx.python_web_config() else { return };
    let Some(root) = config.root().filter(|root| root.is("configuration")) else { return };
    // A name in another case is reported already, and may hide the handler.
    if !config.miscased().is_empty() || config.handlers.iter().any(starts_a_process) {
        return;
    }
    let path = &config.source.path;
    if let Some(handler) = config.handlers.iter().find(|handler| uses(handler, "aspnetcore")) {
        let message = format!("{} uses the module of ASP.NET Core to start Python", handler.title());
        out.push(
            Diagnostic::new(Location::span(path, handler.name_span), message)
                .consequence("Python starts only where the ASP.NET Core Module is installed.")
                .help("Use `httpPlatformHandler`, which is made for other languages.")
                .severity(Severity::Note),
        );
        return;
    }
    let message = format!("`{}` has no handler that starts Python", path.name());
    let diagnostic = Diagnostic::new(Location::span(path, root.name_span), message)
        .consequence("No Python is started: IIS answers with error 403.14 or 404, or shows the files.")
        .help("Add a handler with `modules=\"FastCgiModule\"` and the path of the interpreter.");
    out.push(match fix(cx, config) {
        Some(fix) => diagnostic.fix(fix),
        None => diagnostic,
    });
}

/// Whether it is one of the two modules, however misspelt: that is another rule's business.
fn starts_a_process(handler: &Handler) -> bool {
    uses(handler, "fastcgi") || uses(handler, "httpplatform") || handler.runs_python()
}

fn uses(handler: &Handler, module: &str) -> bool {
    handler.modules.as_ref().is_some_and(|modules| modules.text.to_lowercase().contains(module))
}

fn fix(cx: &Context<'_>, config: &WebConfig) -> Option<Fix> {
    let path = rewritten_to(config).unwrap_or("*");
    let path = xml::escape(path);
    let add = format!(
        "<add name=\"Python_FastCGI\" path=\"{path}\" verb=\"*\" modules=\"FastCgiModule\" \
         scriptProcessor=\"D:\\Python27\\python.exe|D:\\Python27\\Scripts\\wfastcgi.py\" \
         resourceType=\"Unspecified\" requireAccess=\"Script\" />"
    );
    let root = config.root()?;
    let (parent, lines) = match (root.find("system.webServer/handlers"), root.find("system.webServer")) {
        (Some(handlers), _) => (handlers, add),
        (None, Some(server)) => (server, format!("<handlers>\n  {add}\n</handlers>")),
        (None, None) => {
            let lines = format!("<system.webServer>\n  <handlers>\n    {add}\n  </handlers>\n</system.webServer>");
            (root, lines)
        }
    };
    let text = cx.contents.text(&config.source.path)?;
    let edit: Edit = xml::append_child(&config.source.path, &text, parent, &lines);
    Some(Fix::review(r"Add a handler that starts `D:\Python27\python.exe`", vec![edit]))
}

/// The file that a rewrite rule sends requests to: `handler.fcgi` in `handler.fcgi/{R:1}`.
fn rewritten_to(config: &WebConfig) -> Option<&str> {
    let targets = config.rewrites.iter().filter_map(|rewrite| rewrite.target.as_ref());
    let files = targets.filter_map(|target| target.text.trim_start_matches('/').split_once("/{R:"));
    files.map(|(file, _)| file).find(|file| !file.is_empty() && !file.contains(['{', '/', ':']))
}
