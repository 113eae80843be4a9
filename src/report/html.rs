//! The report as one page of HTML that needs nothing else: no script, no font, no address.

use super::groups::{Group, cut_off, groups, place, prose};
use super::{Item, Place, Report, advice, suggestions, text};
use crate::diagnostic::Severity;
use crate::text::visible;

/// Writes the report. Nothing of the package becomes markup.
#[must_use]
pub fn render(report: &Report) -> String {
    let name = escape(&report.input.name);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'\">\n<title>Check of {name}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n",
        include_str!("html.css")
    );
    out.push_str(&format!("<h1>Check of <code>{name}</code></h1>\n"));
    let (what, profile) = (escape(&text::what(report)), report.profile.as_str());
    out.push_str(&format!(
        "<p>{what}; checked as <code>{profile}</code> by gallery-packager {}</p>\n",
        env!("CARGO_PKG_VERSION")
    ));
    out.push_str(&format!("<p><strong>{}</strong></p>\n", text::summary(report.counts).trim_end()));
    if let Some(more) = cut_off(report) {
        out.push_str(&format!("<p>{more}</p>\n"));
    }
    for group in groups(report) {
        write_group(&group, &mut out);
    }
    write_grades(report, &mut out);
    write_host(report, &mut out);
    write_dependencies(report, &mut out);
    write_suggestions(report, &mut out);
    if let Some(form) = &report.form {
        out.push_str("<h2>For the gallery form</h2>\n<dl>\n");
        for (label, value) in form.lines() {
            out.push_str(&format!("<dt>{label}</dt><dd>{}</dd>\n", escape(&value)));
        }
        out.push_str("</dl>\n");
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn write_group(group: &Group<'_>, out: &mut String) {
    let (severity, Group { rule, items, .. }) = (group.severity.as_str(), group);
    let shape = match group.severity {
        Severity::Error => '✖',
        Severity::Warning => '▲',
        Severity::Note => '●',
    };
    out.push_str(&format!("<section>\n<h2><span class=\"{severity}\">{shape} {severity}</span> {} ", rule.code));
    out.push_str(&format!("<code>{}</code></h2>\n<ol>\n", rule.id));
    for item in items {
        write_item(item, out);
    }
    out.push_str("</ol>\n</section>\n");
}

fn write_item(item: &Item, out: &mut String) {
    let diagnostic = &item.finding.diagnostic;
    out.push_str(&format!(
        "<li>{}\n<div class=\"soft\"><code>{}</code></div>\n",
        sentence(&diagnostic.message),
        escape(&place(item))
    ));
    if let Some(place) = &item.place {
        write_line(place, out);
    }
    out.push_str("<dl>\n");
    for (label, text) in [("On the server", &diagnostic.consequence), ("Help", &diagnostic.help)] {
        if !text.is_empty() {
            out.push_str(&format!("<dt>{label}</dt><dd>{}</dd>\n", sentence(text)));
        }
    }
    for fix in &diagnostic.fixes {
        out.push_str(&format!("<dt>Fix ({})</dt><dd>{}</dd>\n", fix.applicability.as_str(), sentence(&fix.title)));
    }
    out.push_str("</dl>\n</li>\n");
}

/// The line with the place in it marked.
fn write_line(place: &Place, out: &mut String) {
    let Place { start, end, line } = place;
    let first = start.column.saturating_sub(1) as usize;
    let last = if end.line == start.line { end.column.saturating_sub(1) as usize } else { usize::MAX };
    let (before, rest) = line.split_at(byte_of(line, first));
    let (marked, after) = rest.split_at(byte_of(line, last).saturating_sub(before.len()).min(rest.len()));
    let shown = |part: &str| part.split('\t').map(escape).collect::<Vec<_>>().join("\t");
    out.push_str(&format!(
        "<pre><span class=\"soft\">{} </span>{}<mark>{}</mark>{}</pre>\n",
        start.line,
        shown(before),
        shown(marked),
        shown(after)
    ));
}

/// The byte that a number of UTF-16 units leads to.
fn byte_of(line: &str, units: usize) -> usize {
    let mut passed = 0;
    for (at, char) in line.char_indices() {
        if passed >= units {
            return at;
        }
        passed += char.len_utf16();
    }
    line.len()
}

fn write_host(report: &Report, out: &mut String) {
    let Some(host) = &report.host else { return };
    let (name, reason) = (escape(host.target.name), sentence(&host.choice.reason));
    out.push_str(&format!("<h2>On the server</h2>\n<p>{name}, {reason}</p>\n"));
    if let Some(retired) = host.target.retired {
        out.push_str(&format!("<p>{}</p>\n", escape(retired)));
    }
    out.push_str("<ul>\n");
    for step in &host.steps {
        let lines: String = step.commands.iter().map(|line| format!("<pre>{}</pre>\n", escape(line))).collect();
        out.push_str(&format!("<li>{}\n{lines}</li>\n", sentence(&step.text)));
    }
    out.push_str("</ul>\n");
}

fn write_dependencies(report: &Report, out: &mut String) {
    let Some(own) = &report.dependencies else { return };
    out.push_str("<h2>Packages that it needs</h2>\n<table>\n<tr><th>package</th><th>needed by</th><th>in the application</th></tr>\n");
    for item in &own.list {
        let (what, place, state) = (escape(&item.requirement), escape(&item.place()), escape(item.state()));
        out.push_str(&format!("<tr><td><code>{what}</code></td><td><code>{place}</code></td><td>{state}</td></tr>\n"));
    }
    out.push_str("</table>\n");
    for note in &own.notes {
        out.push_str(&format!("<p>{}</p>\n", sentence(note)));
    }
    if let (Some(line), Some(python)) = (&own.download, own.python) {
        out.push_str(&format!("<p>{}</p>\n<pre>{}</pre>\n", sentence(&advice(python)), escape(line)));
    }
}

fn write_suggestions(report: &Report, out: &mut String) {
    let lines = suggestions::sentences(&report.suggestions);
    if lines.is_empty() {
        return;
    }
    let items: String = lines.iter().map(|line| format!("<li>{}</li>\n", sentence(line))).collect();
    out.push_str(&format!("<h2>What the application writes, runs and serves</h2>\n<ul>\n{items}</ul>\n"));
}

fn write_grades(report: &Report, out: &mut String) {
    if report.grades.is_empty() {
        return;
    }
    out.push_str("<h2>Rules that are off or graded otherwise</h2>\n<ul>\n");
    for (rule, grade) in &report.grades {
        let grade = grade.map_or("off", Severity::as_str);
        out.push_str(&format!("<li><code>{}</code> ({}): {grade}</li>\n", rule.id, rule.code));
    }
    out.push_str("</ul>\n");
}

fn sentence(sentence: &str) -> String {
    let parts = prose(sentence).into_iter();
    parts
        .map(|(is_code, part)| if is_code { format!("<code>{}</code>", escape(&part)) } else { escape(&part) })
        .collect()
}

/// Text that is no markup, in an element or in an attribute.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in visible(text).chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(char),
        }
    }
    out
}
