//! WEB052: the program that `HttpPlatformHandler` starts is not in the package.

use crate::diagnostic::{Diagnostic, Location};
use crate::rules::Context;
use crate::rules::configuration::{is_python, program, replaced_at_installation, tokens};

declare_rule! {
    /// ## What it does
    /// Looks for the `.py` file that the `arguments` of `httpPlatform` name first.
    /// A path below `wwwroot` counts by its end. A file elsewhere on the server, `-m` and `-c` are left
    /// alone, and so is a value that a parameter writes at installation.
    ///
    /// ## Why it matters
    /// Python says "can't open file" and ends; IIS answers every request with "HTTP Error 502.3 - Bad
    /// Gateway".
    ///
    /// ## Example
    /// ```text
    /// shop/app.py
    /// shop/web.config   <httpPlatform ... arguments="run.py --port %HTTP_PLATFORM_PORT%" />
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop/app.py
    /// shop/web.config   <httpPlatform ... arguments="app.py --port %HTTP_PLATFORM_PORT%" />
    /// ```
    ///
    /// ## Fix
    /// None: name a file of the package, or add the one that is named.
    ///
    /// ## References
    /// - Microsoft, "HttpPlatformHandler Configuration Reference"
    /// - Microsoft, "Configure Python web apps for IIS"
    "web-config/absent-program", WEB052, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(config), Some(app)) = (cx.python_web_config(), &cx.app) else { return };
    let Some(process) = &config.http_platform else { return };
    let (Some(path), Some(arguments)) = (&process.process_path, &process.arguments) else { return };
    let Some(named) = program(&arguments.text).filter(|_| is_python(&path.text)) else { return };
    if tokens(&arguments.text).next().is_some() || replaced_at_installation(cx, config, "arguments", &arguments.text) {
        return;
    }
    let tree = app.contents.tree();
    let written = named.replace('\\', "/");
    let below = written.to_ascii_lowercase().rfind("/wwwroot/").and_then(|at| written.get(at + "/wwwroot/".len()..));
    let is_whole = written.contains(':') || written.starts_with(['/', '%']);
    let is_there = match below {
        // The folder of the site or of the application in it is not known here.
        Some(below) => ends_of(below).any(|end| tree.file_ignoring_case(end).is_some()),
        None => is_whole || tree.file_ignoring_case(written.trim_start_matches("./")).is_some(),
    };
    if is_there || written.contains("..") {
        return;
    }
    let file = &config.source.path;
    out.push(
        Diagnostic::new(Location::span(file, arguments.span), format!("there is no `{named}` in the application"))
            .consequence("Python says that it cannot open the file and ends: every request gets error 502.3.")
            .help("Name a program of the application, from its folder on, or add the file that is named."),
    );
}

/// A path and what is left of it without its first folders.
fn ends_of(path: &str) -> impl Iterator<Item = &str> {
    let cuts = path.match_indices('/').filter_map(|(at, _)| path.get(at + 1..));
    std::iter::once(path).chain(cuts)
}
