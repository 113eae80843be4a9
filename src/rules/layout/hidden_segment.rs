//! LAY015: static files in a folder that IIS does not serve.

use crate::diagnostic::{Diagnostic, Location};
use crate::path::{PackagePath, same_name};
use crate::rules::Context;
use crate::rules::support::shown;

declare_rule! {
    /// ## What it does
    /// Looks below folders of static files (`static`, `media`, `assets`, `public`) for folders called `bin`, `App_Data`, `App_Code` or the like that hold scripts, styles, pictures or fonts.
    /// Is silent when web.config says something about hidden segments.
    ///
    /// ## Why it matters
    /// IIS takes such a folder for one of ASP.NET and serves nothing of it: "HTTP Error 404.8 - Not Found. The request filtering module is configured to deny a path in the URL that contains a hiddenSegment section."
    ///
    /// ## Example
    /// ```text
    /// shop/static/jquery/bin/jquery.js
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop/static/jquery/dist/jquery.js
    /// ```
    ///
    /// ## Fix
    /// None: pages refer to the path.
    /// Rename the folder, or take the segment out of `requestFiltering/hiddenSegments` in web.config.
    ///
    /// ## References
    /// - Microsoft, "Hidden Segments <hiddenSegments>"
    "layout/hidden-segment", LAY015, gallery: Warning, webdeploy: Warning
}

/// What IIS hides when nobody says otherwise.
const HIDDEN: [&str; 7] =
    ["bin", "App_Code", "App_Data", "App_GlobalResources", "App_LocalResources", "App_WebReferences", "App_Browsers"];

const STATIC: [&str; 4] = ["static", "media", "assets", "public"];

const SERVED: [&str; 15] =
    ["css", "js", "png", "jpg", "jpeg", "gif", "svg", "ico", "webp", "woff", "woff2", "ttf", "eot", "html", "htm"];

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let config = cx.package.web_config.as_ref().and_then(|config| cx.contents.text(&config.source.path));
    if config.is_some_and(|text| text.as_str().contains("hiddenSegments")) {
        return;
    }
    let mut told: Vec<PackagePath> = Vec::new();
    for entry in cx.tree().files().filter(|entry| SERVED.contains(&entry.path.extension().as_str())) {
        let Some(folder) = hidden(&entry.path).filter(|folder| !told.contains(folder)) else { continue };
        let name = shown(folder.as_str());
        out.push(
            Diagnostic::new(Location::file(&folder), format!("IIS serves nothing of the folder `{name}`"))
                .consequence("Requests for its files get \"HTTP Error 404.8 - Not Found\".")
                .help("Rename the folder, or remove its name from `hiddenSegments` in web.config."),
        );
        told.push(folder);
    }
}

/// The folder that IIS hides, below a folder of static files.
fn hidden(path: &PackagePath) -> Option<PackagePath> {
    let is = |names: &[&str], segment: &str| names.iter().any(|name| same_name(name, segment));
    let mut folder = path.parent()?;
    loop {
        let above = folder.parent()?;
        if is(&HIDDEN, folder.name()) && above.segments().any(|segment| is(&STATIC, segment)) {
            return Some(folder);
        }
        folder = above;
    }
}
