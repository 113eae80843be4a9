//! WEB050: static files that IIS does not find, or does not give out.

use crate::detect::{StaticFolder, Why};
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::model::static_rule;
use crate::path::PackagePath;
use crate::rules::{App, Context};

declare_rule! {
    /// ## What it does
    /// Reads `STATIC_ROOT` and `STATIC_URL` from the settings of Django, without running them, and looks for the
    /// folder in the package and for a rewrite rule that leads there.
    /// A folder for browsers with sources, settings or a database in it is a note: it is not opened.
    ///
    /// ## Why it matters
    /// With `DEBUG = False` Django serves no static files. They have to lie in one folder, to which
    /// `manage.py collectstatic` copies them, and IIS has to find them below `STATIC_URL`.
    /// Without them pages have no styles and no scripts, the admin site among them.
    ///
    /// ## Example
    /// ```python
    /// # shop/settings.py, in a package without the folder staticfiles
    /// STATIC_URL = "/static/"
    /// STATIC_ROOT = BASE_DIR / "staticfiles"
    /// ```
    ///
    /// ## Use instead
    /// ```python
    /// # in a package with the folder static, after `python manage.py collectstatic --noinput`
    /// STATIC_URL = "/static/"
    /// STATIC_ROOT = BASE_DIR / "static"
    /// ```
    ///
    /// ## Fix
    /// None: only Django can collect the files. Run `python manage.py collectstatic --noinput` and add the
    /// application again.
    ///
    /// ## References
    /// - Django, "How to deploy static files"
    "web-config/uncollected-static", WEB050, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(config), Some(app)) = (cx.python_web_config(), &cx.app) else { return };
    for own in &app.detection.static_folders {
        out.extend(withheld(cx, app, own));
    }
    let Some(found) = &app.detection.uncollected else { return };
    let url = found.url.as_deref().unwrap_or("STATIC_URL");
    let collect = "Run `python manage.py collectstatic --noinput`, and add the application again";
    let (message, help, severity) = match &found.why {
        Why::NoRoot => (
            "nothing sets `STATIC_ROOT`, the folder that static files are collected to".to_owned(),
            format!("Set `STATIC_ROOT`, for example to `BASE_DIR / \"static\"`. {collect}."),
            Severity::Note,
        ),
        Why::Outside(place) => (
            format!("`STATIC_ROOT` is `{place}`, which is not in the package"),
            format!("Set `STATIC_ROOT` to a folder of the application. {collect}."),
            Severity::Warning,
        ),
        Why::Root => (
            "`STATIC_ROOT` is the application's own root, which is not served".to_owned(),
            format!("Set `STATIC_ROOT` to a folder of its own, for example to `BASE_DIR / \"static\"`. {collect}."),
            Severity::Warning,
        ),
        Why::Empty(folder) => (
            format!("`{folder}`, the `STATIC_ROOT`, has no files in the package"),
            format!("{collect}."),
            Severity::Warning,
        ),
        Why::Elsewhere(folder) => {
            let leads = |target: &str| target.replace('\\', "/").to_lowercase().contains(&folder.key());
            if config.rewrites.iter().filter_map(|rule| rule.target.as_ref()).any(|target| leads(&target.text)) {
                return;
            }
            (
                format!("static files lie in `{folder}`, and nothing leads there from `{url}`"),
                format!("Set `STATIC_ROOT` to the folder that `{url}` names, or add a rewrite rule. {collect}."),
                Severity::Warning,
            )
        }
    };
    let file = found.evidence.file.below(app.folder);
    let location = found.evidence.line.and_then(|line| place(cx, &file, line)).unwrap_or_else(|| Location::file(&file));
    out.push(
        Diagnostic::new(location, message)
            .consequence(format!("What pages ask for below `{url}` is answered with 404 when `DEBUG` is off."))
            .help(help)
            .severity(severity),
    );
}

/// A folder that the code serves, and that the package does not open for a file that lies in it.
fn withheld(cx: &Context<'_>, app: &App<'_>, own: &StaticFolder) -> Option<Diagnostic> {
    let source = static_rule::source_in(app.contents.tree(), &own.folder)?;
    let file = own.evidence.file.below(app.folder);
    let location = own.evidence.line.and_then(|line| place(cx, &file, line)).unwrap_or_else(|| Location::file(&file));
    Some(
        Diagnostic::new(location, format!("`{}` is not served, because `{source}` lies in it", own.folder))
            .consequence(format!(
                "A rule that opens the folder would let anybody fetch that file: what is below `{}` is left to the \
                 application.",
                own.url
            ))
            .help("Put the files for browsers into a folder of their own, without sources, settings and databases.")
            .severity(Severity::Note),
    )
}

fn place(cx: &Context<'_>, file: &PackagePath, line: u32) -> Option<Location> {
    let text = cx.contents.text(file)?;
    Some(Location::span(file, text.line_span(line)))
}
