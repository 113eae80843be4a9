//! WEB041: a `runtime.txt`, which nothing reads.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Looks for `runtime.txt` at the root of the application.
    /// `requirements.txt` is another rule's business.
    ///
    /// ## Why it matters
    /// Azure read the file when an application was published with git, to choose the Python and to install
    /// packages. Web Deploy only copies: the handler's `scriptProcessor` decides which Python runs.
    ///
    /// ## Example
    /// ```text
    /// shop/runtime.txt     python-3.4
    /// shop/web.config      scriptProcessor="D:\Python27\python.exe|..."
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop/web.config      scriptProcessor="D:\Python34\python.exe|..."
    /// ```
    ///
    /// ## Fix
    /// Takes the file out of the package. Please review it: its text may be what the handler should start.
    ///
    /// ## References
    /// - Microsoft, "Configuring Python with Azure App Service Web Apps"
    "web-config/unread-runtime", WEB041, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(_), Some(app)) = (cx.python_web_config(), &cx.app) else { return };
    let Some(entry) = app.contents.tree().file_ignoring_case("runtime.txt") else { return };
    let Some(text) = app.contents.text(&entry.path) else { return };
    let wanted = text.as_str().trim();
    if !wanted.starts_with("python") {
        return;
    }
    let path = entry.path.below(app.folder);
    out.push(
        Diagnostic::new(Location::file(&path), format!("nothing reads `{}`, which asks for `{wanted}`", path.as_str()))
            .consequence("Web Deploy only copies files: the handler in `web.config` decides which Python runs.")
            .help("Name the interpreter in the handler's `scriptProcessor`.")
            .fix(Fix::review(format!("Take `{}` out of the package", path.as_str()), vec![Edit::Remove { path }])),
    );
}
