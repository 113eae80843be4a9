//! WEB030: a `WSGI_LOG` where the application may not write.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::Fix;
use crate::rules::Context;
use crate::rules::configuration::{set_at_installation, take_out, tokens, with_fix};

declare_rule! {
    /// ## What it does
    /// Looks for a `WSGI_LOG` on a disk of the server or in the application's folder, when no `setAcl` of
    /// the manifest lets the application write there.
    /// Paths of Azure (`D:\home`), environment variables and temporary folders are left alone.
    ///
    /// ## Why it matters
    /// wfastcgi opens the log when it starts. Where it may not write, nothing is logged, or each request
    /// ends with an IOError, permission denied.
    ///
    /// ## Example
    /// ```xml
    /// <add key="WSGI_LOG" value="C:\logs\wfastcgi.log" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <add key="WSGI_LOG" value="D:\home\LogFiles\wfastcgi.log" />
    /// ```
    ///
    /// ## Fix
    /// Takes the setting away. Please review it: a log is useful where it can be written.
    ///
    /// ## References
    /// - wfastcgi 3.0.0, `log`
    /// - Microsoft, "setAcl Provider"
    "web-config/unwritable-log", WEB030, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = cx.python_web_config() else { return };
    let Some(setting) = config.setting("WSGI_LOG") else { return };
    let text = setting.value.text.trim();
    if text.is_empty() || tokens(text).next().is_some() || is_writable(text) || set_at_installation(cx, config, setting)
    {
        return;
    }
    let inside = !text.contains(':') && !text.starts_with(['\\', '/']) || text.to_ascii_lowercase().contains("wwwroot");
    if inside && may_write(cx) {
        return;
    }
    let message = if inside {
        format!("`{text}` lies in the application, and no `setAcl` lets the application write there")
    } else {
        format!("`{text}` lies outside the site, where the package can grant nothing")
    };
    let fix = take_out(cx, config, setting.open).map(|edit| Fix::review("Take `WSGI_LOG` away", vec![edit]));
    let diagnostic = Diagnostic::new(Location::span(&config.source.path, setting.value.span), message)
        .consequence("Nothing is logged, or wfastcgi stops because it may not write.")
        .help("Log to a folder that the server lets the application write to, or take the setting away.");
    out.push(with_fix(diagnostic, fix));
}

/// Whether the place is one that the server lets applications write to, or only the server knows.
fn is_writable(path: &str) -> bool {
    let lower = path.replace('/', "\\").to_ascii_lowercase();
    lower.starts_with(r"d:\home\") || lower.contains('%') || lower.contains(r"\temp\")
}

/// Whether a `setAcl` grants more than reading.
fn may_write(cx: &Context<'_>) -> bool {
    let grants = |rights: &str| {
        ["write", "modify", "fullcontrol"].iter().any(|right| rights.to_ascii_lowercase().contains(right))
    };
    cx.manifest().is_some_and(|manifest| {
        manifest
            .named("setAcl")
            .flat_map(|acl| &acl.attributes)
            .any(|attribute| attribute.name.eq_ignore_ascii_case("setAclAccess") && grants(&attribute.value))
    })
}
