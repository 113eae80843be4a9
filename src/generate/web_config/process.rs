//! `httpPlatform`: the server that IIS starts.

use super::Plan;
use super::lines::indent;
use super::settings;
use crate::detect::{EntryPoint, OwnServer, Starts};
use crate::xml::escape;

/// The variable of `HttpPlatformHandler` that has the port.
const PORT: &str = "%HTTP_PLATFORM_PORT%";

/// A server and what it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerCommand {
    /// A program other than the interpreter, when a person names one.
    pub program: Option<String>,
    /// Everything after the program.
    pub arguments: String,
    /// The package of Python that the command is of: `waitress`.
    pub package: Option<&'static str>,
    /// The environment variable that tells the port when the arguments do not; nothing when the program
    /// reads that of `HttpPlatformHandler`.
    pub variable: Option<&'static str>,
}

impl ServerCommand {
    /// The suggested server for an entry point: waitress, or uvicorn for an ASGI application.
    #[must_use]
    pub fn suggested(entry_point: &EntryPoint, asgi: bool) -> Self {
        let EntryPoint { module, object, call } = entry_point;
        let (package, arguments) = if asgi {
            let factory = if *call { "--factory " } else { "" };
            ("uvicorn", format!("-m uvicorn --host 127.0.0.1 --port {PORT} {factory}{module}:{object}"))
        } else {
            let factory = if *call { "--call " } else { "" };
            ("waitress", format!("-m waitress --listen=127.0.0.1:{PORT} {factory}{module}:{object}"))
        };
        Self { program: None, arguments, package: Some(package), variable: Some("PORT") }
    }

    /// What starts a program that serves by itself; `root` is the application's folder on the server.
    #[must_use]
    pub fn of_server(server: &OwnServer, root: &str) -> Self {
        let path = |file: &str| quoted(&format!(r"{root}\{}", file.replace('/', "\\")));
        let file = path(server.evidence.file.as_str());
        let (arguments, package, variable) = match &server.starts {
            Starts::Tool { package, after } => {
                let command = if matches!(*package, "panel" | "bokeh") { "serve" } else { "run" };
                (format!("-m {package} {command} {file} {after}"), Some(*package), None)
            }
            Starts::Program { variable } => (file, None, Some(*variable)),
            Starts::Loader(loader) => (path(&loader.file_name()), None, None),
        };
        Self { program: None, arguments, package, variable }
    }

    /// The command that a person gave: arguments for the interpreter, or a program and its arguments.
    #[must_use]
    pub fn given(text: &str) -> Self {
        let text = text.trim();
        let (first, rest) = match text.strip_prefix('"').and_then(|text| text.split_once('"')) {
            Some((first, rest)) => (first, rest),
            None => text.split_once(' ').unwrap_or((text, "")),
        };
        let is_program = first.to_ascii_lowercase().ends_with(".exe");
        // `python` alone is the interpreter that was chosen.
        let is_python = matches!(first.to_ascii_lowercase().as_str(), "python" | "python3" | "py" | "python.exe");
        let (program, arguments) = match (is_python, is_program) {
            (true, _) => (None, rest.trim()),
            (false, true) => (Some(first.to_owned()), rest.trim()),
            (false, false) => (None, text),
        };
        let package = ["waitress", "uvicorn", "hypercorn", "cheroot"]
            .into_iter()
            .find(|name| program.is_none() && arguments.starts_with(&format!("-m {name}")));
        Self { program, arguments: arguments.to_owned(), package, variable: Some("PORT") }
    }
}

/// A path as a command line has it.
fn quoted(path: &str) -> String {
    if path.contains(' ') { format!("\"{path}\"") } else { path.to_owned() }
}

const COMMENT: &str = "\
<!-- Starts this program and passes requests on to the port that %HTTP_PLATFORM_PORT% stands for.
     To see what it prints, set stdoutLogEnabled to true and let the application pool write into
     the folder logs. -->";

const PYTHONPATH: &str = "\
<!-- Where Python looks for modules: the folder that the application is installed to. -->";

const PORT_COMMENT: &str = "\
<!-- For a program that takes its port from the environment. -->";

/// The section.
pub(super) fn section(plan: &Plan<'_>) -> String {
    let command = plan.command.as_ref();
    let program = command.and_then(|command| command.program.as_deref()).unwrap_or(&plan.choice.executable);
    let arguments = command.map_or("", |command| &command.arguments);
    let mut variables = vec![("PYTHONPATH", settings::python_path(plan), PYTHONPATH)];
    variables.extend(settings::django(plan));
    let told = arguments.to_ascii_uppercase().contains(PORT);
    if let Some(variable) = command.and_then(|command| command.variable).filter(|_| !told) {
        variables.push((variable, PORT.to_owned(), PORT_COMMENT));
    }
    let variable = |(name, value, comment): &settings::Setting| {
        format!("{comment}\n<environmentVariable name=\"{name}\" value=\"{}\" />\n", escape(value))
    };
    let variables: String = variables.iter().map(variable).collect();
    let variables = format!("<environmentVariables>\n{}</environmentVariables>\n", indent(&variables, 1));
    format!(
        r#"{COMMENT}
<httpPlatform processPath="{program}"
              arguments="{arguments}"
              stdoutLogEnabled="false"
              stdoutLogFile=".\logs\python.log"
              startupTimeLimit="60">
{variables}</httpPlatform>
"#,
        program = escape(program),
        arguments = escape(arguments),
        variables = indent(&variables, 1),
    )
}
