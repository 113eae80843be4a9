//! LAY011: files that belong to the developer's machine.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::path::PackagePath;
use crate::rules::Context;
use crate::rules::support::shown;
use crate::select::{self, Choice};

declare_rule! {
    /// ## What it does
    /// Looks for what version control, editors, systems and Python leave behind: `.git`, `.svn`, `__pycache__`, `*.pyc` beside their sources, `.DS_Store`, `Thumbs.db`, `node_modules`, and virtual environments.
    ///
    /// ## Why it matters
    /// `.git` publishes the whole history of the source, with every password that was ever in it.
    /// A virtual environment is bound to the folder and the computer it was made in, and does not run on the server.
    /// The rest makes the package larger.
    ///
    /// ## Example
    /// ```text
    /// shop/.git/config
    /// shop/venv/pyvenv.cfg
    /// shop/app.py
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop/app.py
    /// ```
    ///
    /// ## Fix
    /// Leaves it out.
    ///
    /// ## References
    /// - Microsoft, "Configuring Python with Azure Web Sites": virtual environments are made on the server
    "layout/left-over", LAY011, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (_, left_out) = select::select(cx.contents, None, &Choice::default());
    for found in left_out {
        let name = shown(found.path.as_str());
        let slash = if found.folder { "/" } else { "" };
        let Ok(path) = PackagePath::new(&found.path) else { continue };
        let edit = Edit::Remove { path: path.clone() };
        out.push(
            Diagnostic::new(Location::file(&path), format!("`{name}{slash}` is in the package ({})", found.reason))
                .consequence("The server does not need it, and visitors may be able to read it.")
                .help("Leave it out.")
                .fix(Fix::safe(format!("Leave out `{name}{slash}`"), vec![edit])),
        );
    }
}
