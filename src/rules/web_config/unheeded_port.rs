//! WEB034: a process that is not told its port.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::model::Value;
use crate::model::web_config::{HttpPlatform, Setting};
use crate::rules::absence::code_says;
use crate::rules::configuration::{is_python, program, with_fix};
use crate::rules::{App, Context};
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for `httpPlatform` with neither arguments nor environment variables that have
    /// `%HTTP_PLATFORM_PORT%`, and for a program of the package that never reads the variable `PORT` which has it.
    /// Where the code of the application reads `HTTP_PLATFORM_PORT` itself, nothing is said.
    ///
    /// ## Why it matters
    /// The module asks the process on a port of its own choice.
    /// A process that listens on another one is never reached: "HTTP Error 502.3 - Bad Gateway".
    ///
    /// ## Example
    /// ```xml
    /// <httpPlatform processPath="C:\Python312\python.exe" arguments="run.py --port 5000" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <httpPlatform processPath="C:\Python312\python.exe" arguments="run.py --port %HTTP_PLATFORM_PORT%" />
    /// ```
    ///
    /// ## Fix
    /// Writes `%HTTP_PLATFORM_PORT%` in the place of the number after a port option. Please review it.
    ///
    /// ## References
    /// - Microsoft, "HttpPlatformHandler Configuration Reference"
    /// - Microsoft, "Configure Python web apps for IIS"
    "web-config/unheeded-port", WEB034, gallery: Warning, webdeploy: Warning
}

const PORT: &str = "HTTP_PLATFORM_PORT";

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(config), Some(app)) = (cx.python_web_config(), &cx.app) else { return };
    let Some(process) = &config.http_platform else { return };
    let says = |value: &Value| value.text.to_ascii_uppercase().contains(PORT);
    let own = own_program(process, app);
    let is_read = |variable: &Setting| own.is_none() || is_heeded(&variable.key.text, app);
    let told = process.arguments.iter().any(says)
        || process.environment.iter().any(|variable| says(&variable.value) && is_read(variable));
    let Some(element) = config.element(process.open) else { return };
    let is_idle = process.arguments.as_ref().is_none_or(|arguments| arguments.text.trim().is_empty())
        && process.process_path.as_ref().is_some_and(|path| is_python(&path.text));
    if told || is_idle || code_says(app.contents, PORT) || code_says(app.contents, "ASPNETCORE_PORT") {
        return;
    }
    let path = &config.source.path;
    let span = process.arguments.as_ref().map_or(element.name_span, |arguments| arguments.span);
    let fix = process.arguments.as_ref().and_then(|arguments| {
        let better = with_port(&arguments.text)?;
        Some(Fix::review(format!("Use `{better}`"), vec![Edit::replace(path, arguments.span, xml::escape(&better))]))
    });
    let unread = process.environment.iter().find(|variable| says(&variable.value));
    if let (Some(program), Some(variable)) = (own, unread.map(|variable| &variable.key.text)) {
        let message = format!("`{program}` does not read `{variable}`, which tells it the port to listen on");
        out.push(
            Diagnostic::new(Location::span(path, span), message)
                .consequence("The process listens on another port than IIS asks: every request gets error 502.3.")
                .help(format!("Let `{program}` listen on the port `int(os.environ[\"{variable}\"])`, or pass `%HTTP_PLATFORM_PORT%` as an argument that it reads.")),
        );
        return;
    }
    let diagnostic =
        Diagnostic::new(Location::span(path, span), "nothing tells the process to listen on `%HTTP_PLATFORM_PORT%`")
            .consequence("The process listens on another port than IIS asks: every request gets error 502.3.")
            .help(
                "Pass `%HTTP_PLATFORM_PORT%` in `arguments` or in an environment variable that the application reads.",
            );
    out.push(with_fix(diagnostic, fix));
}

/// The program of the package that is started, by its path in the application.
fn own_program<'p>(process: &'p HttpPlatform, app: &App<'_>) -> Option<&'p str> {
    process.process_path.as_ref().filter(|path| is_python(&path.text))?;
    let name = program(&process.arguments.as_ref()?.text)?.rsplit(['\\', '/']).next()?;
    let is_here = app.contents.tree().files().any(|entry| entry.path.name().eq_ignore_ascii_case(name));
    is_here.then_some(name)
}

/// Whether the code reads a variable of the port, or a framework does that reads it unasked, as Dash and
/// Gradio do. Others are believed.
fn is_heeded(variable: &str, app: &App<'_>) -> bool {
    let says = |words: &[&str]| words.iter().any(|word| code_says(app.contents, word));
    match variable {
        "PORT" => says(&["\"PORT\"", "'PORT'", "import dash", "from dash"]),
        "GRADIO_SERVER_PORT" => says(&[variable]) || !says(&["server_port"]),
        _ => true,
    }
}

/// The arguments with the variable in the place of the number of a port.
fn with_port(arguments: &str) -> Option<String> {
    let at = arguments.find("port")? + "port".len();
    let rest = arguments.get(at..)?;
    let number = rest.trim_start_matches([' ', '=', ':']);
    let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    let start = at + (rest.len() - number.len());
    (end > 0).then(|| format!("{}%{PORT}%{}", arguments.get(..start).unwrap_or(""), number.get(end..).unwrap_or("")))
}
