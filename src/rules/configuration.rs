//! What several rules of web.config say or do in the same way.

use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::fix::{Edit, Fix};
use crate::model::Value;
use crate::model::expression::Expression;
use crate::model::provider::distance;
use crate::model::web_config::{Setting, WebConfig};
use crate::path::PackagePath;
use crate::rules::Context;
use crate::text::Span;
use crate::xml;

/// Reports a value that is none of the words that IIS knows; only a warning when its case differs.
pub(super) fn unknown_choice(
    path: &PackagePath,
    attribute: &str,
    value: &Value,
    known: &[&str],
    otherwise: &str,
) -> Option<Diagnostic> {
    let written = value.text.as_str();
    if known.contains(&written) {
        return None;
    }
    let lower = written.to_lowercase();
    let near = known.iter().map(|word| (distance(&lower, &word.to_lowercase()), *word)).min();
    let (difference, nearest) = near?;
    let meant = if difference <= 2 && difference < nearest.len() / 2 { nearest } else { otherwise };
    let diagnostic = Diagnostic::new(
        Location::span(path, if written.is_empty() { widened(value.span) } else { value.span }),
        format!("`{attribute}` is `{written}`, which is none of the words that IIS knows"),
    )
    .consequence("IIS answers every request with error 500.19, the configuration data is invalid.")
    .help(format!("Use one of {}.", listed(known)))
    .fix(Fix::safe(format!("Use `{meant}`"), vec![Edit::replace(path, value.span, meant)]));
    if difference > 0 {
        return Some(diagnostic);
    }
    let location = diagnostic.location.clone();
    Some(
        Diagnostic {
            fixes: diagnostic.fixes,
            ..Diagnostic::new(location, format!("`{attribute}` is `{written}`, which is spelled `{meant}`"))
        }
        .consequence("A server that compares the case refuses the file with error 500.19.")
        .help(format!("Write `{meant}`."))
        .severity(Severity::Warning),
    )
}

/// Words in a row: "`a`, `b` and `c`".
fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// An empty value with its quotes, so that there is something to point at.
pub(super) const fn widened(span: Span) -> Span {
    Span::new(span.start.saturating_sub(1), span.end + 1)
}

/// Whether a parameter puts something else in the place of a setting of web.config when the
/// package is installed, so that what stands there now says nothing.
pub(super) fn set_at_installation(cx: &Context<'_>, config: &WebConfig, setting: &Setting) -> bool {
    let entries = cx.package.parameters.iter().flat_map(|parameters| &parameters.list);
    entries.flat_map(|parameter| &parameter.entries).any(|entry| {
        let Some(matching) = entry.matching.as_ref().map(|matching| matching.text.as_str()) else { return false };
        // An expression that cannot be judged here may match.
        let hits = |pattern: &str, text: &str| Expression::compile(pattern).map_or(true, |e| e.is_match(text));
        let path = config.source.path.as_str();
        let scope = entry.scope.as_ref().map_or("", |scope| &scope.text);
        let here = hits(scope, path) || hits(scope, &format!("\\{}", path.replace('/', "\\")));
        let named = matching.contains(setting.key.text.trim());
        let text = entry.is("TextFile") && hits(matching, &setting.value.text);
        let file = entry.is("TextFile") || entry.is("TextFilePosition") || entry.is("XmlFile");
        file && here && (named || text || entry.is("TextFilePosition"))
    })
}

/// Gives a setting of web.config a value, or adds it after the others.
pub(super) fn write_setting(cx: &Context<'_>, config: &WebConfig, key: &str, value: &str) -> Option<Edit> {
    let path = &config.source.path;
    if let Some(setting) = config.setting(key) {
        return Some(Edit::replace(path, setting.value.span, xml::escape(value)));
    }
    let text = cx.contents.text(path)?;
    let root = config.root().filter(|root| root.is("configuration"))?;
    let add = format!("<add key=\"{key}\" value=\"{}\" />", xml::escape(value));
    Some(match root.find("appSettings") {
        Some(list) => xml::append_child(path, &text, list, &add),
        None => xml::append_child(path, &text, root, &format!("<appSettings>\n  {add}\n</appSettings>")),
    })
}
