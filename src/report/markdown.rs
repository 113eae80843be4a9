//! The report as Markdown, as code hosts render it: for a comment or a summary of a build.

use super::groups::{Group, cut_off, groups, place, prose};
use super::{Item, Report, advice, suggestions, text};
use crate::diagnostic::Severity;
use crate::text::visible;

/// Writes the report. Nothing of the package becomes markup.
#[must_use]
pub fn render(report: &Report) -> String {
    let mut out = format!("# Check of {}\n\n", code(&report.input.name));
    out.push_str(&format!("{}, checked as {}\n\n", capital(&text::what(report)), code(report.profile.as_str())));
    out.push_str(&format!("**{}**\n", capital(text::summary(report.counts).trim_end())));
    if let Some(more) = cut_off(report) {
        out.push_str(&format!("\n{more}\n"));
    }
    for group in groups(report) {
        write_group(&group, &mut out);
    }
    write_grades(report, &mut out);
    write_host(report, &mut out);
    write_dependencies(report, &mut out);
    write_suggestions(report, &mut out);
    if let Some(form) = &report.form {
        out.push_str("\n## For the gallery form\n\n| | |\n|---|---|\n");
        for (label, value) in form.lines() {
            out.push_str(&format!("| {label} | {} |\n", plain(&value)));
        }
    }
    out
}

fn write_group(group: &Group<'_>, out: &mut String) {
    let severity = capital(group.severity.as_str());
    out.push_str(&format!("\n## {severity}: {} ({})\n", code(group.rule.id), group.rule.code));
    for item in &group.items {
        write_item(item, out);
    }
}

fn write_item(item: &Item, out: &mut String) {
    let diagnostic = &item.finding.diagnostic;
    out.push_str(&format!("\n- {}: {}\n", code(&place(item)), sentence(&diagnostic.message)));
    if let Some(place) = &item.place {
        let line = visible_line(&place.line);
        let fence = "`".repeat(longest_run(&line).max(2) + 1);
        out.push_str(&format!("\n  {fence}text\n  {line}\n  {fence}\n\n"));
    }
    if !diagnostic.consequence.is_empty() {
        out.push_str(&format!("  - On the server: {}\n", sentence(&diagnostic.consequence)));
    }
    if !diagnostic.help.is_empty() {
        out.push_str(&format!("  - Help: {}\n", sentence(&diagnostic.help)));
    }
    for fix in &diagnostic.fixes {
        out.push_str(&format!("  - Fix ({}): {}\n", fix.applicability.as_str(), sentence(&fix.title)));
    }
}

fn write_host(report: &Report, out: &mut String) {
    let Some(host) = &report.host else { return };
    out.push_str(&format!("\n## On the server\n\n{}, {}\n", plain(host.target.name), sentence(&host.choice.reason)));
    if let Some(retired) = host.target.retired {
        out.push_str(&format!("{}\n", plain(retired)));
    }
    out.push('\n');
    for step in &host.steps {
        out.push_str(&format!("- {}\n", sentence(&step.text)));
        if !step.commands.is_empty() {
            out.push_str(&format!(
                "\n  ```bat\n  {}\n  ```\n\n",
                step.commands.iter().map(|line| visible(line)).collect::<Vec<_>>().join("\n  ")
            ));
        }
    }
}

fn write_dependencies(report: &Report, out: &mut String) {
    let Some(own) = &report.dependencies else { return };
    out.push_str("\n## Packages that it needs\n\n| package | needed by | in the application |\n|---|---|---|\n");
    for item in &own.list {
        let (what, place) = (plain(&item.requirement), plain(&item.place()));
        out.push_str(&format!("| {what} | {place} | {} |\n", plain(item.state())));
    }
    for note in &own.notes {
        out.push_str(&format!("\n{}\n", sentence(note)));
    }
    if let (Some(line), Some(python)) = (&own.download, own.python) {
        out.push_str(&format!("\n{}\n\n```bat\n{}\n```\n", sentence(&advice(python)), visible(line)));
    }
}

fn write_suggestions(report: &Report, out: &mut String) {
    let lines = suggestions::sentences(&report.suggestions);
    if lines.is_empty() {
        return;
    }
    out.push_str("\n## What the application writes, runs and serves\n\n");
    for line in &lines {
        out.push_str(&format!("- {}\n", sentence(line)));
    }
}

fn write_grades(report: &Report, out: &mut String) {
    if report.grades.is_empty() {
        return;
    }
    out.push_str("\n## Rules that are off or graded otherwise\n\n");
    for (rule, grade) in &report.grades {
        out.push_str(&format!("- {} ({}): {}\n", code(rule.id), rule.code, grade.map_or("off", Severity::as_str)));
    }
}

fn sentence(sentence: &str) -> String {
    prose(sentence).into_iter().map(|(is_code, part)| if is_code { code(&part) } else { plain(&part) }).collect()
}

/// Text that is shown as it is, between as many backticks as it needs.
fn code(text: &str) -> String {
    let text = visible(text);
    let fence = "`".repeat(longest_run(&text) + 1);
    let blank = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    if text.is_empty() { String::new() } else { format!("{fence}{blank}{text}{blank}{fence}") }
}

/// Text in which no character means anything to Markdown or to a code host.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in visible(text).chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '@' => out.push_str("&#64;"),
            '#' => out.push_str("&#35;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '!' | '$' => out.extend(['\\', char]),
            _ => out.push(char),
        }
    }
    // An address would become a link.
    out.replace("://", ":&#47;/").replace("www.", "www&#46;")
}

/// A line of a file: a tab keeps its width.
fn visible_line(line: &str) -> String {
    line.split('\t').map(visible).collect::<Vec<_>>().join("\t")
}

fn longest_run(text: &str) -> usize {
    text.split(|char| char != '`').map(str::len).max().unwrap_or(0)
}

/// Our own words begin with letters of ASCII; the tables for others are several kilobytes.
fn capital(text: &str) -> String {
    let mut out = text.to_owned();
    if let Some(first) = out.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    out
}
