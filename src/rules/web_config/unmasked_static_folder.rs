//! WEB038: a folder of files that all go through Python.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::path::PackagePath;
use crate::rules::Context;
use crate::rules::configuration::with_fix;

declare_rule! {
    /// ## What it does
    /// Looks for `static`, `staticfiles` and `media` in applications whose handler takes every path, when
    /// no `web.config` in the folder takes the handler away.
    ///
    /// ## Why it matters
    /// Each picture and style sheet is a request to Python, which is slow, and an application that does
    /// not serve files itself answers 404.
    ///
    /// ## Example
    /// ```text
    /// shop/web.config            <add name="Python_FastCGI" path="*" ... />
    /// shop/static/site.css
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop/web.config            <add name="Python_FastCGI" path="*" ... />
    /// shop/static/site.css
    /// shop/static/web.config     <clear /> <add name="StaticFile" ... />
    /// ```
    ///
    /// ## Fix
    /// Adds a `web.config` to the folder with which IIS serves its files.
    ///
    /// ## References
    /// - Microsoft, "Configure Python web apps for IIS"
    /// - Microsoft, "Adding Handler Mappings" in the IIS configuration reference
    "web-config/unmasked-static-folder", WEB038, gallery: Note, webdeploy: Note
}

const MASK: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>
<configuration>
  <system.webServer>
    <handlers>
      <clear />
      <add name=\"StaticFile\" path=\"*\" verb=\"*\" modules=\"StaticFileModule\" resourceType=\"File\" requireAccess=\"Read\" />
    </handlers>
  </system.webServer>
</configuration>
";

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(config), Some(app)) = (cx.python_web_config(), &cx.app) else { return };
    let all = config.wfastcgi().any(|handler| handler.path.as_ref().is_some_and(|path| path.text == "*"));
    // A file that IIS serves first, or a location of its own, is as good.
    let first = config.handlers.first().is_some_and(|handler| handler.has_module("StaticFileModule"));
    let located = config.root().is_some_and(|root| root.all("location").next().is_some());
    if !all || first || located || !config.rewrites.is_empty() {
        return;
    }
    for name in ["static", "staticfiles", "media"] {
        let tree = app.contents.tree();
        let Some(folder) = PackagePath::new(name).ok().and_then(|name| tree.folder_ignoring_case(&name)) else {
            continue;
        };
        let mut files = tree.files().filter(|entry| entry.path.is_below(&folder));
        let mask = folder.join("web.config").ok();
        let masked = mask.as_ref().is_some_and(|mask| tree.file_ignoring_case(mask.as_str()).is_some());
        if masked || files.next().is_none() {
            continue;
        }
        let own = folder.below(app.folder);
        let fix = mask.map(|mask| {
            let write = Edit::Write { file: mask.below(app.folder), bytes: MASK.as_bytes().to_vec() };
            Fix::safe(format!("Let IIS serve `{}`", own.as_str()), vec![write])
        });
        let message = format!("every request for a file in `{}` goes through Python", own.as_str());
        let diagnostic = Diagnostic::new(Location::file(&own), message)
            .consequence("Files are served slowly, or not at all when the application does not serve them itself.")
            .help("Add a `web.config` to the folder that takes the handler away.");
        out.push(with_fix(diagnostic, fix));
    }
}
