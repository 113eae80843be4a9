//! WEB051: Python is started and told nothing to run.

use crate::diagnostic::{Diagnostic, Location};
use crate::rules::Context;
use crate::rules::configuration::{is_python, replaced_at_installation, widened};

declare_rule! {
    /// ## What it does
    /// Looks for `httpPlatform` that starts the Python interpreter without `arguments`.
    /// A value that a parameter writes at installation is left alone.
    ///
    /// ## Why it matters
    /// The interpreter has no program to run and ends at once.
    /// IIS starts it again and again and answers every request with "HTTP Error 502.3 - Bad Gateway".
    ///
    /// ## Example
    /// ```xml
    /// <httpPlatform processPath="C:\Python312\python.exe" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <httpPlatform processPath="C:\Python312\python.exe"
    ///               arguments="-m waitress --listen=127.0.0.1:%HTTP_PLATFORM_PORT% app:application" />
    /// ```
    ///
    /// ## Fix
    /// None: which program serves only you know. The answer `command` says it for a new web.config.
    ///
    /// ## References
    /// - Microsoft, "HttpPlatformHandler Configuration Reference"
    "web-config/idle-process", WEB051, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = cx.python_web_config().filter(|_| cx.wanted.unfound_in.is_none()) else { return };
    let Some(process) = &config.http_platform else { return };
    let Some(program) = process.process_path.as_ref().filter(|path| is_python(&path.text)) else { return };
    let arguments = process.arguments.as_ref();
    let told = arguments.is_some_and(|arguments| !arguments.text.trim().is_empty());
    if told || replaced_at_installation(cx, config, "arguments", arguments.map_or("", |own| &own.text)) {
        return;
    }
    let span = arguments.map_or(program.span, |arguments| widened(arguments.span));
    out.push(
        Diagnostic::new(Location::span(&config.source.path, span), "Python is started without a program")
            .consequence("The interpreter ends at once, and every request gets error 502.3.")
            .help("Write into `arguments` what starts the server, with `%HTTP_PLATFORM_PORT%` as its port; the answer `command` says it for a package that is made anew."),
    );
}
