//! The report as text for a terminal: what is wrong, the line, what happens, what to do.

use std::fmt::Write as _;

use crate::contents::Contents;
use crate::path::PackagePath;
use crate::rules::Finding;
use crate::text::Span;

/// Writes the findings, each with its place, and a line that counts them.
#[must_use]
pub fn render(findings: &[Finding], contents: &Contents<'_>) -> String {
    let mut out = String::new();
    for finding in findings {
        // Writing into a string cannot fail.
        let _ = one(finding, contents, &mut out);
    }
    out.push_str(&summary(findings));
    out
}

/// How many there are of each severity: "1 error, 2 warnings".
#[must_use]
pub fn summary(findings: &[Finding]) -> String {
    use crate::diagnostic::Severity::{Error, Note, Warning};
    let parts: Vec<String> = [Error, Warning, Note]
        .into_iter()
        .filter_map(|severity| {
            let count = findings.iter().filter(|finding| finding.severity == severity).count();
            let plural = if count == 1 { "" } else { "s" };
            (count > 0).then(|| format!("{count} {}{plural}", severity.as_str()))
        })
        .collect();
    if parts.is_empty() { "nothing to report\n".to_owned() } else { format!("{}\n", parts.join(", ")) }
}

fn one(finding: &Finding, contents: &Contents<'_>, out: &mut String) -> std::fmt::Result {
    let diagnostic = &finding.diagnostic;
    let (rule, severity) = (finding.rule, finding.severity.as_str());
    writeln!(out, "{severity}[{}] {}: {}", rule.id, rule.code, diagnostic.message)?;
    match (&diagnostic.location.file, diagnostic.location.span) {
        (Some(file), Some(span)) => frame(file, span, contents, out)?,
        (Some(file), None) => writeln!(out, "  --> {file}")?,
        (None, _) => writeln!(out, "  --> the whole package")?,
    }
    if !diagnostic.consequence.is_empty() {
        writeln!(out, "  = on the server: {}", diagnostic.consequence)?;
    }
    if !diagnostic.help.is_empty() {
        writeln!(out, "  = help: {}", diagnostic.help)?;
    }
    for fix in &diagnostic.fixes {
        writeln!(out, "  = fix ({}): {}", fix.applicability.as_str(), fix.title)?;
    }
    writeln!(out)
}

/// The place, its line, and carets under it.
fn frame(file: &str, span: Span, contents: &Contents<'_>, out: &mut String) -> std::fmt::Result {
    let text = PackagePath::new(file).ok().and_then(|path| contents.text(&path));
    let Some(text) = text else { return writeln!(out, "  --> {file}") };
    let (start, end) = (text.position(span.start), text.position(span.end));
    writeln!(out, "  --> {file}:{}:{}", start.line, start.column)?;
    let (line, number) = (text.line(start.line), start.line.to_string());
    let gutter = " ".repeat(number.len());
    let last = if end.line == start.line { end.column } else { count(line) + 1 };
    let blanks: String =
        line.chars().take(start.column as usize - 1).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
    let carets = "^".repeat((last.saturating_sub(start.column) as usize).max(1));
    writeln!(out, " {gutter} |\n {number} | {line}\n {gutter} | {blanks}{carets}")
}

fn count(line: &str) -> u32 {
    u32::try_from(line.encode_utf16().count()).unwrap_or(u32::MAX)
}
