//! WEB045: files of the application that anyone can fetch.

use crate::detect::Evidence;
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::fix::{Edit, Fix};
use crate::model::web_config::Rewrite;
use crate::model::{WebConfig, served, static_rule};
use crate::path::{PackagePath, is_covered};
use crate::rules::configuration::{nested, python_rewrites, with_fix};
use crate::rules::{App, Context};
use crate::sorted::Set;
use crate::text::Span;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Follows the rewrite rules, the handlers and the request filtering of `web.config` for the
    /// application's own files outside its static folders, and names those that IIS gives out.
    /// Files without a type that IIS knows, such as `.py`, are never given out; bundled packages are
    /// left alone.
    /// Also finds `Flask(__name__, static_folder=".")`: there Flask itself gives them out.
    ///
    /// ## Why it matters
    /// With the usual rule only requests that are *not* for a file go to Python.
    /// A request for `/requirements.txt`, `/fixtures/customers.json` or `/templates/home.html` is for a
    /// file: IIS sends it to anyone who asks.
    ///
    /// ## Example
    /// ```xml
    /// <rule name="Rewrite Rule" stopProcessing="true">
    ///   <match url="(.*)" ignoreCase="false" />
    ///   <conditions>
    ///     <add input="{REQUEST_FILENAME}" matchType="IsFile" negate="true" />
    ///   </conditions>
    ///   <action type="Rewrite" url="handler.fcgi/{R:1}" appendQueryString="true" />
    /// </rule>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <rule name="Static files" stopProcessing="true">
    ///   <match url="^static/.+$" />
    ///   <conditions>
    ///     <add input="{REQUEST_FILENAME}" matchType="IsFile" />
    ///   </conditions>
    ///   <action type="None" />
    /// </rule>
    /// <rule name="Rewrite Rule" stopProcessing="true">
    ///   <match url="(.*)" ignoreCase="false" />
    ///   <action type="Rewrite" url="handler.fcgi/{R:1}" appendQueryString="true" />
    /// </rule>
    /// ```
    ///
    /// ## Fix
    /// Leads every request to Python except those for files in static folders.
    /// Please review it when there are style sheets, scripts or pictures elsewhere: their folders have to
    /// be added.
    ///
    /// ## References
    /// - Microsoft, "URL Rewrite Module Configuration Reference"
    /// - Microsoft, "Static Content" in the IIS configuration reference
    "web-config/readable-source", WEB045, gallery: Warning, webdeploy: Warning
}

/// How many files are named.
const NAMED: usize = 3;

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(config), Some(app)) = (cx.python_web_config(), &cx.app) else { return };
    if !config.miscased().is_empty() || !config.is_for_wfastcgi() && config.http_platform.is_none() {
        return;
    }
    out.extend(app.detection.serves_root.as_ref().map(|evidence| given_by_flask(cx, app, evidence)));
    let mut files: Vec<(u8, &PackagePath)> = own(cx, config, app);
    if files.is_empty() {
        return;
    }
    files.sort();
    let list: Vec<String> = files.iter().take(NAMED).map(|(_, path)| format!("`/{path}`")).collect();
    let more = files.len().saturating_sub(NAMED);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    let path = &config.source.path;
    let rule = python_rewrites(config).next();
    let place = rule.map(|rule| rule.open).or_else(|| config.handlers.first().map(|handler| handler.open));
    let location = place.map_or_else(|| Location::file(path), |span| Location::span(path, span));
    let harmless = files.first().is_none_or(|(rank, _)| *rank > 1);
    let diagnostic = Diagnostic::new(location, format!("anyone can fetch {}{more}", list.join(", ")))
        .consequence("IIS sends these files to whoever asks for their names: what is in them is public.")
        .help("Lead every request to Python except those for files in static folders.");
    let diagnostic = if harmless { diagnostic.severity(Severity::Note) } else { diagnostic };
    out.push(with_fix(diagnostic, rule.and_then(|rule| close(cx, config, app, rule))));
}

/// An application whose framework gives out its own root: no rule of IIS helps against that.
fn given_by_flask(cx: &Context<'_>, app: &App<'_>, evidence: &Evidence) -> Diagnostic {
    let file = evidence.file.below(app.folder);
    let line = evidence.line.and_then(|line| Some(cx.contents.text(&file)?.line_span(line)));
    let location = line.map_or_else(|| Location::file(&file), |span| Location::span(&file, span));
    Diagnostic::new(location, "Flask serves the application's own folder as its static files")
        .consequence("Anyone can fetch the sources, the settings and the databases of the application.")
        .help("Put the files for browsers into a folder such as `static`, and name that in `static_folder`.")
}

/// The application's own files that are given out, with how bad that is: data before sources before
/// what only tells how it is made.
fn own<'a>(cx: &Context<'_>, config: &WebConfig, app: &'a App<'_>) -> Vec<(u8, &'a PackagePath)> {
    let tree = app.contents.tree();
    let masks: Vec<PackagePath> =
        nested(cx).iter().filter_map(|mask| mask.source.path.strip_ignoring_case(app.folder)?.parent()).collect();
    let bundled = Bundled::of(app);
    let is_public = |path: &PackagePath| {
        // Most files are of packages that came with the application.
        bundled.has(path)
            || app.detection.static_folders.iter().any(|own| path.is_below(&own.folder))
            || path.segments().any(is_public_name)
            || masks.iter().any(|folder| path.is_below(folder))
            || located(config, path)
    };
    let roots = static_rule::root_files(tree);
    let is_root = |path: &PackagePath| roots.iter().any(|root| root == path.as_str());
    let hidden = tree.files().map(|entry| &entry.path).filter(|path| !is_root(path) && !is_public(path));
    let ranked = hidden.filter_map(|path| Some((rank(path)?, path)));
    ranked.filter(|(_, path)| served::is_served(config, path)).collect()
}

/// Folders whose files are for browsers, by their name.
fn is_public_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["static", "staticfiles", "media", "public", "assets", "wwwroot", "htdocs", "dist", ".well-known"]
        .contains(&name.as_str())
        || name.contains("static")
}

/// Whether a folder tells about an installed package: `Django-5.2.dist-info`.
fn is_metadata(name: &str) -> bool {
    let end = name.len().checked_sub("-info".len()).and_then(|at| name.get(at..));
    // Most names are not looked at any further.
    if !end.is_some_and(|end| end.eq_ignore_ascii_case("-info")) {
        return false;
    }
    let lower = name.to_ascii_lowercase();
    lower.ends_with(".dist-info") || lower.ends_with(".egg-info")
}

/// Whether a `location` with a path says something about a file.
fn located(config: &WebConfig, path: &PackagePath) -> bool {
    let paths = config.root().into_iter().flat_map(|root| root.all("location")).filter_map(|own| own.value("path"));
    paths.filter_map(|own| PackagePath::new(own).ok()).any(|own| path.strip_ignoring_case(&own).is_some())
}

/// 0 for data, 1 for what the application is made of, 2 for what only tells about it; nothing for what
/// everybody may read.
fn rank(path: &PackagePath) -> Option<u8> {
    let name = path.name().to_ascii_lowercase();
    let about = [
        "readme",
        "license",
        "licence",
        "authors",
        "contributors",
        "changelog",
        "changes",
        "copying",
        "notice",
        "news",
    ];
    if about.iter().any(|word| name.starts_with(word)) {
        return None;
    }
    let in_templates = path.segments().any(|segment| segment.eq_ignore_ascii_case("templates"));
    match path.extension().as_str() {
        "html" | "htm" | "xml" | "txt" if in_templates => Some(1),
        "html" | "htm" | "map" | "pdf" => None,
        "txt" if name.starts_with("requirements") || name == "runtime.txt" => Some(2),
        "json" if ["package.json", "package-lock.json", "tsconfig.json", "composer.json"].contains(&name.as_str()) => {
            Some(2)
        }
        _ => Some(0),
    }
}

/// The rule without its conditions about files, and one before it for static files.
fn close(cx: &Context<'_>, config: &WebConfig, app: &App<'_>, rule: &Rewrite) -> Option<Fix> {
    let path = &config.source.path;
    let text = cx.contents.text(path)?;
    let element = config.element(rule.open)?;
    let conditions = element.find("conditions")?;
    let of_files = |child: &&xml::Element| {
        child.value("input") == Some("{REQUEST_FILENAME}")
            && child.value("negate").is_some_and(|own| own.eq_ignore_ascii_case("true"))
    };
    let mut edits: Vec<Edit> = Vec::new();
    let gone: Vec<Span> = conditions.elements().filter(of_files).map(|child| child.open).collect();
    if gone.is_empty() {
        return None;
    }
    if conditions.elements().all(|child| gone.contains(&child.open)) {
        edits.push(xml::remove(path, &text, conditions));
    } else {
        edits.extend(conditions.elements().filter(of_files).map(|child| xml::remove(path, &text, child)));
    }
    let folders = public_folders(app);
    let named: Vec<&PackagePath> = folders.iter().collect();
    if let Some(files) = static_rule::files(&named, &static_rule::root_files(app.contents.tree())) {
        let taken =
            config.rewrites.iter().any(|own| own.name.as_ref().is_some_and(|name| name.text == static_rule::FILES));
        if !taken {
            edits.insert(0, xml::insert_before(path, &text, element, &files));
        }
    }
    let title = "Let IIS answer only requests for static files";
    Some(if loses_nothing(app, &folders) { Fix::safe(title, edits) } else { Fix::review(title, edits) })
}

/// Every folder that is for browsers, by what the code says and by its name.
fn public_folders(app: &App<'_>) -> Vec<PackagePath> {
    let (tree, bundled) = (app.contents.tree(), Bundled::of(app));
    let mut folders: Vec<PackagePath> = app.detection.static_folders.iter().map(|own| own.folder.clone()).collect();
    for path in tree.files().map(|entry| &entry.path).filter(|path| !bundled.has(path)) {
        let Some(at) = path.segments().position(is_public_name).filter(|at| at + 1 < path.depth()) else { continue };
        let name = path.segments().take(at + 1).collect::<Vec<_>>().join("/");
        if let Ok(folder) = PackagePath::new(&name)
            && !folders.iter().any(|own| own == &folder)
        {
            folders.push(folder);
        }
    }
    folders.retain(|folder| static_rule::is_harmless(tree, folder));
    folders
}

/// Whether no file for browsers lies elsewhere.
fn loses_nothing(app: &App<'_>, folders: &[PackagePath]) -> bool {
    const FOR_BROWSERS: &[&str] = &[
        "css", "js", "mjs", "png", "jpg", "jpeg", "gif", "svg", "ico", "webp", "woff", "woff2", "ttf", "otf", "eot",
        "html", "htm", "pdf", "mp3", "mp4", "webm", "swf",
    ];
    let (tree, bundled) = (app.contents.tree(), Bundled::of(app));
    let roots = static_rule::root_files(tree);
    !tree.files().map(|entry| &entry.path).any(|path| {
        FOR_BROWSERS.contains(&path.extension().as_str())
            && rank(path) != Some(1)
            && !roots.iter().any(|root| root == path.as_str())
            && !bundled.has(path)
            && !folders.iter().any(|folder| path.is_below(folder))
    })
}

/// What came with the application and was made by somebody else.
struct Bundled<'a>(&'a Set<PackagePath>);

impl<'a> Bundled<'a> {
    const fn of(app: &'a App<'_>) -> Self {
        Self(&app.detection.foreign)
    }

    /// Whether a file is of such a package, or of its metadata.
    fn has(&self, path: &PackagePath) -> bool {
        is_covered(self.0, path) || path.segments().any(|segment| is_metadata(segment) || segment == "site-packages")
    }
}
