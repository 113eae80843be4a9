//! The report as text for a terminal: what is wrong, the line, what happens, what to do.

use std::fmt::Write as _;

use super::{Container, InputFacts, Item, Place, Report, dependencies, host, install, suggestions};
use crate::detect::{Candidate, Protocol};
use crate::diagnostic::Severity;
use crate::model::Kind;
use crate::select::LeftOut;
use crate::text::visible;

/// Writes what was found about an input, and what is wrong with its package.
#[must_use]
pub fn render(report: &Report) -> String {
    let mut out = String::new();
    // Writing into a string cannot fail.
    let _ = head(report, &mut out);
    out.push_str(&install::table(&report.install));
    out.push_str(&diagnostics(&report.diagnostics, report.counts));
    for (rule, grade) in &report.grades {
        let _ = writeln!(out, "{} {}: {}", rule.code, rule.id, grade.map_or("off", Severity::as_str));
    }
    if let Some(form) = report.form.as_ref().filter(|form| form.finished.is_some()) {
        out.push_str("\nFor the gallery form\n");
        for (label, value) in form.lines() {
            let _ = writeln!(out, "  {label}: {value}");
        }
    }
    out
}

/// What an input is, and how large.
pub(super) fn what(report: &Report) -> String {
    let InputFacts { kind, container, files, bytes, .. } = &report.input;
    let container = match container {
        Container::Folder => "folder",
        Container::Zip => "ZIP",
        Container::File => return format!("{}, {bytes} bytes", kind.name()),
    };
    match kind {
        Kind::Application if report.chosen.is_none() => format!("plain {container}, {files} files, {bytes} bytes"),
        kind => format!("{} in a {container}, {files} files, {bytes} bytes", kind.name()),
    }
}

/// What the input is and how it starts.
fn head(report: &Report, out: &mut String) -> std::fmt::Result {
    let input = &report.input;
    writeln!(out, "{}: {}", visible(&input.name), what(report))?;
    if let Some(root) = &input.root {
        writeln!(out, "root: {root}/")?;
    }
    if let Some(chosen) = &report.chosen {
        writeln!(out, "{}: entry point {}", chosen.framework, chosen.entry_point)?;
        if let Some(settings) = &chosen.settings {
            writeln!(out, "settings: {settings}")?;
        }
        if let Some(loader) = &chosen.loader {
            writeln!(out, "writes: {}", loader.file_name())?;
        }
        for evidence in &chosen.evidence {
            let line = evidence.line.map_or_else(String::new, |line| format!(":{line}"));
            writeln!(out, "  {}{line} {}", evidence.file, evidence.text)?;
        }
    }
    for other in report.detection.iter().flat_map(|detection| &detection.candidates) {
        if Some(other) != report.chosen.as_ref() {
            let settings = other.settings.as_ref().map_or_else(String::new, |settings| format!(" with {settings}"));
            writeln!(out, "another way: {}, {}{settings}{}", other.framework, other.entry_point, written(other))?;
        }
    }
    for (path, reason) in &report.roots {
        writeln!(out, "another root: {path}/ ({reason})")?;
    }
    for sentence in report.detection.iter().flat_map(|detection| &detection.missing) {
        writeln!(out, "  {sentence}")?;
    }
    if let Some(own) = &report.host {
        host::text(own, out)?;
    }
    if let Some(own) = &report.dependencies {
        dependencies::text(own, out)?;
    }
    suggestions::text(&report.suggestions, out)?;
    left_out(&report.left_out, out)?;
    writeln!(out)
}

/// What a way to start needs that the application does not have.
fn written(candidate: &Candidate) -> String {
    let Some(loader) = &candidate.loader else {
        let other = candidate.protocol != Protocol::Wsgi;
        return if other { ", on a host that starts servers".to_owned() } else { String::new() };
    };
    let needs = loader.needs().map_or_else(String::new, |package| format!(" and needs {package}"));
    format!(", writes {}{needs}", loader.file_name())
}

/// How many things that are left out for one reason are named.
const NAMED: usize = 3;

/// What is not packed, a line for each reason.
fn left_out(list: &[LeftOut], out: &mut String) -> std::fmt::Result {
    let mut reasons: Vec<&str> = Vec::new();
    for item in list {
        if !reasons.contains(&item.reason.as_str()) {
            reasons.push(&item.reason);
        }
    }
    for reason in reasons {
        let items = list.iter().filter(|item| item.reason == reason);
        let named =
            items.clone().take(NAMED).map(|item| format!("{}{}", item.path, if item.folder { "/" } else { "" }));
        write!(out, "left out: {}", named.collect::<Vec<_>>().join(", "))?;
        let more = items.count().saturating_sub(NAMED);
        if more > 0 {
            write!(out, " and {more} more")?;
        }
        writeln!(out, " ({reason}{})", amount(list.iter().filter(|item| item.reason == reason)))?;
    }
    Ok(())
}

/// How much it is, as far as all of it was read.
fn amount<'l>(mut items: impl Iterator<Item = &'l LeftOut>) -> String {
    let sum = items.try_fold((0, 0), |(files, bytes), item| {
        let own = if item.folder { item.files? } else { 1 };
        Some((files + own, bytes + item.size?))
    });
    sum.map_or_else(String::new, |(files, bytes)| {
        format!("; {files} file{}, {bytes} bytes", if files == 1 { "" } else { "s" })
    })
}

/// Writes the diagnostics, each with its place, and a line that counts them.
#[must_use]
pub fn diagnostics(items: &[Item], counts: [usize; 3]) -> String {
    let mut out = String::new();
    for item in items {
        let _ = one(item, &mut out);
    }
    let total: usize = counts.iter().sum();
    if total > items.len() {
        let _ = writeln!(out, "{} more are not listed\n", total - items.len());
    }
    out.push_str(&summary(counts));
    out
}

/// How many there are of each severity: "1 error, 2 warnings".
pub(super) fn summary(counts: [usize; 3]) -> String {
    let named = counts.into_iter().zip(["error", "warning", "note"]).filter(|(count, _)| *count > 0);
    let parts: Vec<String> =
        named.map(|(count, name)| format!("{count} {name}{}", if count == 1 { "" } else { "s" })).collect();
    if parts.is_empty() { "nothing to report\n".to_owned() } else { format!("{}\n", parts.join(", ")) }
}

fn one(item: &Item, out: &mut String) -> std::fmt::Result {
    let (rule, severity) = (item.finding.rule, item.finding.severity.as_str());
    let diagnostic = &item.finding.diagnostic;
    writeln!(out, "{severity}[{}] {}: {}", rule.id, rule.code, diagnostic.message)?;
    let file = &visible(diagnostic.location.file.as_deref().unwrap_or("the whole package"));
    match &item.place {
        Some(place) => frame(file, place, out)?,
        None => writeln!(out, "  --> {file}")?,
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
fn frame(file: &str, place: &Place, out: &mut String) -> std::fmt::Result {
    let Place { start, end, line } = place;
    writeln!(out, "  --> {file}:{}:{}", start.line, start.column)?;
    let number = start.line.to_string();
    let gutter = " ".repeat(number.len());
    let last = if end.line == start.line { end.column } else { count(line) + 1 };
    let before = line.chars().take(start.column as usize - 1);
    let blanks: String = before.map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
    let carets = "^".repeat((last.saturating_sub(start.column) as usize).max(1));
    writeln!(out, " {gutter} |\n {number} | {line}\n {gutter} | {blanks}{carets}")
}

fn count(line: &str) -> u32 {
    u32::try_from(line.encode_utf16().count()).unwrap_or(u32::MAX)
}
