//! Where the package will run, and what has to be on the server.

use std::fmt::Write as _;

use crate::target::{Choice, Step, Target};

/// The host of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// Its kind.
    pub target: &'static Target,
    /// The interpreter, and why.
    pub choice: Choice,
    /// The folder that the application is installed to; `.` when paths are relative to it.
    pub site_root: String,
    /// A program other than the interpreter that `HttpPlatformHandler` starts.
    pub program: Option<String>,
    /// What it is started with; nothing for wfastcgi.
    pub command: Option<String>,
    /// What has to be on the server.
    pub steps: Vec<Step>,
}

/// The host for a terminal.
pub(super) fn text(host: &Host, out: &mut String) -> std::fmt::Result {
    writeln!(out, "target: {}, {}", host.target.name, host.choice.reason)?;
    if let Some(retired) = host.target.retired {
        writeln!(out, "  {retired}")?;
    }
    writeln!(out, "on the server:")?;
    for step in &host.steps {
        writeln!(out, "  - {}", step.text)?;
        for line in &step.commands {
            writeln!(out, "      {line}")?;
        }
    }
    Ok(())
}
