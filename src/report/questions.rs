//! The form of the installer, with the places as people count.

use crate::contents::Contents;
use crate::model::Install;
use crate::model::install::FieldKind;
use crate::model::run::{Hit, Run};
use crate::path::PackagePath;
use crate::text::Position;

/// A parameter as an installer asks it.
#[derive(Debug)]
pub struct Question {
    /// The name of the parameter.
    pub name: String,
    /// What the author calls it.
    pub friendly_name: Option<String>,
    /// What the author says about it.
    pub description: Option<String>,
    /// How it is asked.
    pub kind: FieldKind,
    /// What stands in it at first, composed.
    pub default: Option<String>,
    /// The tags.
    pub tags: Vec<String>,
    /// Whether an installer insists on a value.
    pub required: bool,
    /// Where the answer goes.
    pub targets: Vec<Target>,
}

/// An entry, and what it replaces.
#[derive(Debug)]
pub struct Target {
    /// `ProviderPath`, `TextFile` and so on, as written.
    pub kind: String,
    /// As written.
    pub scope: Option<String>,
    /// As written.
    pub matching: Option<String>,
    /// What it replaces.
    pub places: Vec<Replaced>,
    /// Whether there is more than that.
    pub more: bool,
    /// Why it was not checked, or not wholly; a clause.
    pub note: Option<String>,
}

/// A text that is replaced.
#[derive(Debug)]
pub struct Replaced {
    /// The file; nothing for the path of a provider.
    pub file: PackagePath,
    /// The name of the provider whose path it is.
    pub provider: Option<String>,
    /// Where it begins.
    pub position: Position,
    /// What stands there, cut when it is long.
    pub text: String,
}

impl Question {
    /// What stands beside the field.
    #[must_use]
    pub fn label(&self) -> &str {
        self.friendly_name.as_deref().unwrap_or(&self.name)
    }
}

/// Gives every place its line and column.
#[must_use]
pub fn read(install: &Install, contents: &Contents<'_>) -> Vec<Question> {
    let questions = install.fields.iter().map(|field| Question {
        name: field.name.clone(),
        friendly_name: field.friendly_name.clone(),
        description: field.description.clone(),
        kind: field.kind.clone(),
        default: field.default.clone(),
        tags: field.tags.clone(),
        required: field.required,
        targets: field.runs.iter().map(|run| target(run, contents)).collect(),
    });
    questions.collect()
}

fn target(run: &Run, contents: &Contents<'_>) -> Target {
    Target {
        kind: run.kind.clone(),
        scope: run.scope.clone(),
        matching: run.matching.clone(),
        places: run.hits.iter().map(|hit| replaced(hit, contents)).collect(),
        more: run.more,
        note: run.unchecked.clone(),
    }
}

fn replaced(hit: &Hit, contents: &Contents<'_>) -> Replaced {
    let text = contents.text(&hit.file);
    let position = text.map_or(Position { line: 1, column: 1 }, |text| text.position(hit.span.start));
    Replaced { file: hit.file.clone(), provider: hit.provider.clone(), position, text: hit.text.clone() }
}

/// Writes what is asked, and what is not, each with the places where the answer goes.
#[must_use]
pub fn table(questions: &[Question]) -> String {
    let mut out = String::new();
    for (hidden, title) in [(false, "an installer asks:\n"), (true, "it does not ask:\n")] {
        let mut rows = questions.iter().filter(|question| (question.kind == FieldKind::Hidden) == hidden).peekable();
        if rows.peek().is_some() {
            out.push_str(title);
        }
        rows.for_each(|question| row(question, &mut out));
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

fn row(question: &Question, out: &mut String) {
    let required = if question.required { ", required" } else { "" };
    let kind = match &question.kind {
        FieldKind::Hidden => String::new(),
        FieldKind::Choice(values) => format!(" (one of {}{required})", values.join(", ")),
        kind => format!(" ({}{required})", kind.as_str()),
    };
    let default = question.default.as_ref().map_or_else(String::new, |default| format!(" = \"{default}\""));
    out.push_str(&format!("  {}{kind}{default}\n", question.label()));
    for target in &question.targets {
        for place in &target.places {
            let provider = place.provider.as_ref().map_or_else(String::new, |name| format!(" {name}"));
            let Position { line, column } = place.position;
            out.push_str(&format!("    -> {}:{line}:{column}{provider} `{}`\n", place.file, place.text));
        }
        if target.more {
            out.push_str("    -> and more\n");
        }
        let what = target.matching.as_deref().unwrap_or("");
        match &target.note {
            Some(note) => out.push_str(&format!("    {} `{what}`: not checked, {note}\n", target.kind)),
            None if target.places.is_empty() => out.push_str(&format!("    {} `{what}`: nothing\n", target.kind)),
            None => {}
        }
    }
}
