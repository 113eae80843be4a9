//! The form of the installer as text: what is asked, and where each answer goes.

use crate::model::Install;
use crate::model::install::{Field, FieldKind};
use crate::text::Position;

/// Writes what is asked, and what is not, each with the places where the answer goes.
#[must_use]
pub fn table(install: &Install) -> String {
    let mut out = String::new();
    for (hidden, title) in [(false, "an installer asks:\n"), (true, "it does not ask:\n")] {
        let mut rows = install.fields.iter().filter(|field| (field.kind == FieldKind::Hidden) == hidden).peekable();
        if rows.peek().is_some() {
            out.push_str(title);
        }
        rows.for_each(|field| row(field, &mut out));
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

fn row(field: &Field, out: &mut String) {
    let required = if field.required { ", required" } else { "" };
    let kind = match &field.kind {
        FieldKind::Hidden => String::new(),
        FieldKind::Choice(values) => format!(" (one of {}{required})", values.join(", ")),
        kind => format!(" ({}{required})", kind.as_str()),
    };
    let default = field.default.as_ref().map_or_else(String::new, |default| format!(" = \"{default}\""));
    out.push_str(&format!("  {}{kind}{default}\n", field.label()));
    for run in &field.runs {
        for place in &run.hits {
            let provider = place.provider.as_ref().map_or_else(String::new, |name| format!(" {name}"));
            let Position { line, column } = place.position;
            out.push_str(&format!("    -> {}:{line}:{column}{provider} `{}`\n", place.file, place.text));
        }
        if run.more {
            out.push_str("    -> and more\n");
        }
        let what = run.matching.as_deref().unwrap_or("");
        match &run.unchecked {
            Some(note) => out.push_str(&format!("    {} `{what}`: not checked, {note}\n", run.kind)),
            None if run.hits.is_empty() => out.push_str(&format!("    {} `{what}`: nothing\n", run.kind)),
            None => {}
        }
    }
}
