//! WEB044: the handler starts a Python that the application cannot run on.

use crate::detect::Evidence;
use crate::diagnostic::{Diagnostic, Location};
use crate::model::Value;
use crate::model::interpreter::python_version;
use crate::python::Version;
use crate::rules::{App, Context};
use crate::text::Span;

declare_rule! {
    /// ## What it does
    /// Compares the Python in the path of the interpreter, such as `D:\Python27\python.exe`, with
    /// the Python that the application needs: its syntax, its imports, and what `pyproject.toml`,
    /// `setup.py` or a bundled framework ask for.
    /// A path that does not tell the version is left alone.
    ///
    /// ## Why it matters
    /// The application stops when wfastcgi imports it: with a SyntaxError at what that Python does
    /// not know yet or does not know any more, or with an ImportError.
    /// Every request gets error 500.
    ///
    /// ## Example
    /// ```text
    /// urls.py       match kind:
    /// web.config    scriptProcessor="D:\Python27\python.exe|D:\Python27\Scripts\wfastcgi.py"
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// urls.py       match kind:
    /// web.config    scriptProcessor="C:\Python312\python.exe|C:\Python312\Lib\site-packages\wfastcgi.py"
    /// ```
    ///
    /// ## Fix
    /// None: which Python a server has is not in the package.
    /// Choose another target, or write what the older Python understands.
    ///
    /// ## References
    /// - wfastcgi 3.0.0, `get_wsgi_handler`
    /// - Python, "What's New in Python"
    "web-config/interpreter-too-old", WEB044, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(config), Some(app)) = (cx.python_web_config(), &cx.app) else { return };
    for handler in config.wfastcgi() {
        let (Some(processor), Some((executable, _))) = (&handler.script_processor, handler.command()) else { continue };
        out.extend(judge(cx, app, processor, executable, &handler.title()));
    }
    if let Some(path) = config.http_platform.as_ref().and_then(|process| process.process_path.as_ref()) {
        out.extend(judge(cx, app, path, &path.text, "`httpPlatform`"));
    }
}

fn judge(cx: &Context<'_>, app: &App<'_>, place: &Value, executable: &str, who: &str) -> Option<Diagnostic> {
    let (major, minor) = python_version(executable)?;
    let version = Version::new(major, minor);
    let need = &app.detection.python;
    let told = |reason: Option<&Evidence>| {
        let Some(reason) = reason else { return String::new() };
        let file = reason.file.below(app.folder);
        let line = reason.line.map(|line| format!(" line {line}")).unwrap_or_default();
        format!(" (`{}`{line} {})", file.as_str(), reason.text)
    };
    // What decided for the minimum comes first, what decided for the limit last.
    let (needs, end) = match (need.minimum, need.below) {
        (Some(minimum), _) if version < minimum => {
            (format!("Python {minimum} or later{}", told(need.reasons.first())), "does not know that yet")
        }
        (_, Some(below)) if version >= below => {
            (format!("a Python before {below}{}", told(need.reasons.last())), "does not know that any more")
        }
        _ => return None,
    };
    // The interpreter alone, when it stands at the beginning to the letter.
    let alone = place.text.starts_with(executable) && place.span.end - place.span.start == place.text.len();
    let end_of_span = if alone { place.span.start + executable.len() } else { place.span.end };
    let span = Span::new(place.span.start, end_of_span);
    let path = &cx.package.web_config.as_ref()?.source.path;
    let message = format!("the application needs {needs}, {who} starts Python {version}");
    Some(
        Diagnostic::new(Location::span(path, span), message)
            .consequence(format!(
                "Python {version} {end}: the application stops with a SyntaxError or an ImportError when it is imported, \
                 every request gets error 500."
            ))
            .help("Name an interpreter that the application can run on, on a server that has it."),
    )
}
