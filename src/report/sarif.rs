//! The report as SARIF 2.1.0, which code hosts show beside the lines.

use super::json_text::Json;
use super::{Change, Item, Report, address, groups};
use crate::diagnostic::Severity;
use crate::fix::{Applicability, Fix};
use crate::rules::Rule;
use crate::text::{Position, visible};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Writes the report as one run.
#[must_use]
pub fn render(report: &Report) -> String {
    let rules = rules(report);
    let driver = object([
        ("name", text("gallery-packager")),
        ("semanticVersion", text(env!("CARGO_PKG_VERSION"))),
        ("rules", Json::List(rules.iter().map(|first| descriptor(first, report)).collect())),
    ]);
    let run = object([
        ("tool", object([("driver", driver)])),
        ("columnKind", text("utf16CodeUnits")),
        ("invocations", Json::List(vec![invocation(report)])),
        ("results", Json::List(results(report, &rules))),
        (
            "properties",
            object([
                ("profile", text(report.profile.as_str())),
                ("input", text(&report.input.name)),
                ("kind", text(report.input.kind.as_str())),
            ]),
        ),
    ]);
    object([("$schema", text(SCHEMA)), ("version", text("2.1.0")), ("runs", Json::List(vec![run]))]).print()
}

fn object<const N: usize>(members: [(&'static str, Json); N]) -> Json {
    Json::Object(Vec::from(members))
}

fn text(text: &str) -> Json {
    Json::text(text)
}

fn message(sentence: &str) -> Json {
    // `[x](y)` is a link in a message; a name from a package must not be one.
    let plain = visible(sentence).replace("](", "]\u{2060}(");
    object([("text", Json::Text(plain))])
}

fn level(severity: Severity) -> Json {
    text(severity.as_str())
}

/// The first finding of each rule that found something, in the order of the findings.
fn rules(report: &Report) -> Vec<&Item> {
    let mut out: Vec<&Item> = Vec::new();
    for item in &report.diagnostics {
        if !out.iter().any(|first| first.finding.rule.id == item.finding.rule.id) {
            out.push(item);
        }
    }
    out
}

/// A rule. What is known of it without its page is its first finding.
fn descriptor(first: &Item, report: &Report) -> Json {
    let (rule, diagnostic) = (first.finding.rule, &first.finding.diagnostic);
    let (area, pattern) = rule.id.split_once('/').unwrap_or(("", rule.id));
    let title = format!("{}: {}", area.replace('-', " "), pattern.replace('-', " "));
    let sentences = [diagnostic.consequence.as_str(), diagnostic.help.as_str()];
    let help: Vec<&str> = sentences.into_iter().filter(|sentence| !sentence.is_empty()).collect();
    let help = if help.is_empty() { format!("See the page about {}.", rule.code) } else { help.join(" ") };
    let default = rule.severity(report.profile).unwrap_or(first.finding.severity);
    object([
        ("id", text(rule.id)),
        ("name", text(rule.code)),
        ("shortDescription", message(&title)),
        ("fullDescription", message(&format!("{} ({title})", rule.code))),
        ("help", message(&help)),
        ("defaultConfiguration", object([("level", level(default))])),
        ("properties", object([("tags", Json::List(vec![text(area)]))])),
    ])
}

/// That the check ran, which rules were off or graded otherwise, and what is not listed.
fn invocation(report: &Report) -> Json {
    let mut members = vec![("executionSuccessful", Json::Truth(true))];
    let overrides: Vec<Json> = report.grades.iter().map(|(rule, grade)| graded(rule, *grade)).collect();
    if !overrides.is_empty() {
        members.push(("ruleConfigurationOverrides", Json::List(overrides)));
    }
    if let Some(more) = groups::cut_off(report) {
        let note = object([("level", text("note")), ("message", message(&more))]);
        members.push(("toolExecutionNotifications", Json::List(vec![note])));
    }
    Json::Object(members)
}

fn graded(rule: &Rule, grade: Option<Severity>) -> Json {
    let configuration = match grade {
        Some(severity) => object([("level", level(severity))]),
        None => object([("enabled", Json::Truth(false))]),
    };
    object([("descriptor", object([("id", text(rule.id))])), ("configuration", configuration)])
}

fn results(report: &Report, rules: &[&Item]) -> Vec<Json> {
    let mut known: Vec<u64> = Vec::new();
    let mut out = Vec::new();
    for item in &report.diagnostics {
        let hash = fingerprint(item);
        known.push(hash);
        let number = known.iter().filter(|other| **other == hash).count();
        let index = rules.iter().position(|first| first.finding.rule.id == item.finding.rule.id).unwrap_or(0);
        out.push(result(item, report, index, &format!("{hash:016x}:{number}")));
    }
    out
}

fn result(item: &Item, report: &Report, rule_index: usize, fingerprint: &str) -> Json {
    let diagnostic = &item.finding.diagnostic;
    let mut sentence = format!("{}.", diagnostic.message);
    for more in [&diagnostic.consequence, &diagnostic.help] {
        if !more.is_empty() {
            sentence.push(' ');
            sentence.push_str(more);
        }
    }
    let mut members = vec![
        ("ruleId", text(item.finding.rule.id)),
        ("ruleIndex", Json::Number(rule_index as u64)),
        ("level", level(item.finding.severity)),
        ("message", message(&sentence)),
        ("locations", Json::List(vec![location(item, report)])),
        ("partialFingerprints", object([("primaryLocationLineHash", text(fingerprint))])),
    ];
    let fixes: Vec<Json> =
        diagnostic.fixes.iter().zip(&item.changes).filter_map(|(own, changes)| fix(own, changes, report)).collect();
    if !fixes.is_empty() {
        members.push(("fixes", Json::List(fixes)));
    }
    Json::Object(members)
}

/// Where: a file, else the whole input with the name that is meant.
fn location(item: &Item, report: &Report) -> Json {
    let file = item.finding.diagnostic.location.file.as_deref();
    let Some(uri) = file.and_then(|file| address::of(report, file)) else {
        let whole = artifact(&address::encoded(&report.input.name));
        let physical = ("physicalLocation", object([("artifactLocation", whole)]));
        let Some(file) = file else { return object([physical]) };
        let logical = object([("fullyQualifiedName", Json::Text(visible(file))), ("kind", text("resource"))]);
        return object([physical, ("logicalLocations", Json::List(vec![logical]))]);
    };
    let mut physical = vec![("artifactLocation", artifact(&uri))];
    if let Some(place) = &item.place {
        physical.push(("region", Json::Object(region(place.start, place.end))));
        let line = Json::Number(u64::from(place.start.line));
        let context = object([("startLine", line), ("snippet", object([("text", text(&place.line))]))]);
        physical.push(("contextRegion", context));
    }
    object([("physicalLocation", Json::Object(physical))])
}

fn artifact(uri: &str) -> Json {
    object([("uri", text(uri))])
}

fn region(start: Position, end: Position) -> Vec<(&'static str, Json)> {
    let number = |number: u32| Json::Number(u64::from(number));
    vec![
        ("startLine", number(start.line)),
        ("startColumn", number(start.column)),
        ("endLine", number(end.line)),
        ("endColumn", number(end.column)),
    ]
}

/// A fix that changes nothing but text of the input's own files.
fn fix(fix: &Fix, changes: &[Change], report: &Report) -> Option<Json> {
    let shown = fix.applicability != Applicability::DisplayOnly && !changes.is_empty();
    if !shown || !changes.iter().all(|change| address::is_untouched(report, &change.file)) {
        return None;
    }
    let mut files: Vec<(String, Vec<Json>)> = Vec::new();
    for change in changes {
        let uri = address::of(report, change.file.as_str())?;
        let replacement = object([
            ("deletedRegion", Json::Object(region(change.start, change.end))),
            ("insertedContent", object([("text", text(&change.text))])),
        ]);
        match files.iter_mut().find(|(known, _)| *known == uri) {
            Some((_, list)) => list.push(replacement),
            None => files.push((uri, vec![replacement])),
        }
    }
    let files = files
        .into_iter()
        .map(|(uri, list)| object([("artifactLocation", artifact(&uri)), ("replacements", Json::List(list))]));
    let files = files.collect();
    Some(object([("description", message(&fix.title)), ("artifactChanges", Json::List(files))]))
}

/// What stays of a finding when lines move: its rule, its file, and its line without blanks.
fn fingerprint(item: &Item) -> u64 {
    let diagnostic = &item.finding.diagnostic;
    let file = diagnostic.location.file.as_deref().unwrap_or("");
    let line = item.place.as_ref().map_or(diagnostic.message.as_str(), |place| place.line.trim());
    // FNV-1a: stable everywhere, and no secret depends on it.
    let parts = [item.finding.rule.id, "\0", file, "\0", line];
    parts
        .iter()
        .flat_map(|part| part.bytes())
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
