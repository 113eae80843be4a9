//! ZIP013: a path that is too long once it is on the server.

use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::rules::Context;
use crate::rules::support::shown;

declare_rule! {
    /// ## What it does
    /// Looks for paths of more than 200 characters below the application's folder, and notes those of more than 150; and for names of more than 255.
    ///
    /// ## Why it matters
    /// The .NET Framework, on which Web Deploy runs, takes no path of more than 259 characters.
    /// `D:\home\site\wwwroot\` or `C:\inetpub\wwwroot\shop\` comes before it, and so the installation fails.
    /// Windows has no name of more than 255 characters at all.
    ///
    /// ## Example
    /// ```text
    /// shop/static/vendor/a-very-long-folder-name/ ... /another-long-folder-name/and-a-long-file-name.min.js
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop/static/vendor/short/name.min.js
    /// ```
    ///
    /// ## Fix
    /// None: the code that uses the path must be changed too.
    ///
    /// ## References
    /// - Microsoft, "Maximum Path Length Limitation"
    "archive/long-path", ZIP013, gallery: Warning, webdeploy: Warning
}

/// Beyond this, common folders of servers lead over the limit.
const LONG: usize = 200;
/// Beyond this, deep folders of servers do.
const NOTABLE: usize = 150;
/// Longest name that a file system of Windows has, in UTF-16.
const NAME: usize = 255;

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let length = |text: &str| text.encode_utf16().count();
    for entry in cx.tree().entries().filter(|entry| entry.path.as_str().len() > NOTABLE) {
        let folder = cx.app.as_ref().map(|app| app.folder);
        let inner = folder.and_then(|folder| entry.path.strip(folder));
        let below = length(inner.as_ref().unwrap_or(&entry.path).as_str());
        let name = entry.path.segments().map(length).max().unwrap_or(0);
        if below <= NOTABLE && name <= NAME {
            continue;
        }
        let message = if name > NAME {
            format!("a name in the path has {name} characters")
        } else {
            format!("the path has {below} characters in the application")
        };
        let diagnostic = Diagnostic::new(Location::raw(&shown(entry.path.as_str())), message)
            .consequence("With the folder of the server before it, the path exceeds the 259 characters of Windows, and the installation fails.")
            .help("Use shorter names or fewer folders.");
        let only_note = below <= LONG && name <= NAME;
        out.push(if only_note { diagnostic.severity(Severity::Note) } else { diagnostic });
    }
}
