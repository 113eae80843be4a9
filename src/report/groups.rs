//! Findings by rule, for the formats that are read from top to bottom.

use super::{Item, Report};
use crate::diagnostic::Severity;
use crate::rules::Rule;

/// The findings of one rule and one severity.
pub(super) struct Group<'r> {
    pub(super) rule: &'static Rule,
    pub(super) severity: Severity,
    pub(super) items: Vec<&'r Item>,
}

/// The groups in the order in which their first findings stand: errors first.
pub(super) fn groups(report: &Report) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for item in &report.diagnostics {
        let (rule, severity) = (item.finding.rule, item.finding.severity);
        match groups.iter_mut().find(|group| group.rule.id == rule.id && group.severity == severity) {
            Some(group) => group.items.push(item),
            None => groups.push(Group { rule, severity, items: vec![item] }),
        }
    }
    groups
}

/// How many findings are not listed, in a sentence; nothing when all are.
pub(super) fn cut_off(report: &Report) -> Option<String> {
    let more = report.counts.iter().sum::<usize>().saturating_sub(report.diagnostics.len());
    let most = crate::limits::DIAGNOSTICS_PER_RULE;
    (more > 0).then(|| format!("{more} more are not listed: at most {most} of one rule are."))
}

/// Where a finding is, for people.
pub(super) fn place(item: &Item) -> String {
    let file = item.finding.diagnostic.location.file.as_deref().unwrap_or("the whole package");
    let file = crate::text::visible(file);
    match &item.place {
        Some(place) => format!("{file}:{}:{}", place.start.line, place.start.column),
        None => file,
    }
}

/// A sentence of a finding with `code` in it, cut at its backticks: every second part is code.
pub(super) fn prose(sentence: &str) -> Vec<(bool, String)> {
    let parts: Vec<&str> = sentence.split('`').collect();
    let last = parts.len().saturating_sub(1);
    let mut out = Vec::new();
    for (index, part) in parts.into_iter().enumerate() {
        let part = crate::text::visible(part);
        // A backtick without a partner is a character like others.
        let alone = index % 2 == 1 && index == last;
        out.push(if alone { (false, format!("`{part}")) } else { (index % 2 == 1, part) });
    }
    out.retain(|(_, part)| !part.is_empty());
    out
}
