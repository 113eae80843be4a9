//! `pyproject.toml`: `[tool.poetry.dependencies]`.

use super::toml::{self, Value};
use super::{Marker, Origin, Requirement, Requirements, file};
use crate::contents::Contents;
use crate::path::PackagePath;

pub(super) fn read(contents: &Contents<'_>, out: &mut Requirements) {
    let Some((path, text)) = file(contents, "pyproject.toml") else { return };
    for pair in toml::read(text.as_str()) {
        if pair.table == "tool.poetry.dependencies" {
            out.stated = true;
            if pair.key != "python" {
                out.list.extend(requirement(&pair.key, &pair.value, &path, pair.line));
            }
        }
    }
}

/// `name = "^1.0"`, `name = { version = "^1.0", extras = ["x"], markers = "..." }`: Pipfiles have the
/// same. What is optional is not needed.
pub(super) fn requirement(name: &str, value: &Value, path: &PackagePath, line: u32) -> Option<Requirement> {
    if value.get("optional").is_some_and(Value::is_true) {
        return None;
    }
    let mut requirement = Requirement::parse(name, path, line)?;
    let first = match value {
        // Several, each for another Python: the first that has a version stands for all.
        Value::List(items) => items.first().map(|(value, _)| value),
        value => Some(value),
    }?;
    let text = |key: &str| first.get(key).and_then(Value::text);
    if let Some(address) = ["git", "url", "path", "file"].into_iter().find_map(text) {
        requirement.origin = Origin::Address(address.to_owned());
    }
    requirement.versions = range(first.text().or_else(|| text("version")).unwrap_or("*"));
    if let Some(Value::List(extras)) = first.get("extras") {
        requirement.extras = extras.iter().filter_map(|(extra, _)| Some(extra.text()?.to_owned())).collect();
    }
    let python = text("python").map(python_marker);
    let system = text("sys_platform").map(|system| format!("sys_platform {system}"));
    let markers = [text("markers").map(str::to_owned), python, system];
    requirement.marker = markers.into_iter().flatten().fold(None, |marker: Option<Marker>, other| {
        Some(marker.map_or_else(|| Marker::new(&other), |marker| marker.and(&other)))
    });
    Some(requirement)
}

/// `>=3.8,<3.11` as a marker.
fn python_marker(range_text: &str) -> String {
    let clauses = range(range_text);
    let clauses = clauses.split(',').filter_map(|clause| {
        let number = clause.trim_start_matches(['<', '>', '=', '!', '~']);
        let operator = clause.strip_suffix(number).filter(|operator| !operator.is_empty())?;
        Some(format!("python_version {operator} '{number}'"))
    });
    clauses.collect::<Vec<_>>().join(" and ")
}

/// The ranges of Poetry as pip has them: `^1.2` is `>=1.2,<2`, `~1.2` is `>=1.2,<1.3`, `1.2` is `==1.2`.
fn range(text: &str) -> String {
    if text.contains("||") || text.contains('|') {
        return String::new();
    }
    let text = attached(text);
    let clauses = text.split([',', ' ']).filter(|clause| !clause.is_empty() && *clause != "*").filter_map(|clause| {
        let fine = clause.chars().all(|c| c.is_ascii_alphanumeric() || "<>=~!^.*+-_".contains(c));
        let bounded = |version: &str, parts: usize| Some(format!(">={version},<{}", after(version, parts)?));
        match clause.chars().next()? {
            _ if !fine => None,
            '^' => {
                let version = clause.get(1..)?;
                let zeros = version.split('.').take_while(|part| *part == "0").count();
                let parts = version.split('.').count();
                bounded(version, (zeros + 1).min(parts))
            }
            '~' if !clause.starts_with("~=") => {
                let version = clause.get(1..)?;
                bounded(version, version.split('.').count().min(2))
            }
            '<' | '>' | '=' | '!' | '~' => Some(clause.to_owned()),
            _ => Some(format!("=={clause}")),
        }
    });
    clauses.collect::<Vec<_>>().join(",")
}

/// Operators with their versions right behind them: `>= 2.1` is one clause.
fn attached(text: &str) -> String {
    let mut out = String::new();
    for part in text.split_whitespace() {
        if !out.is_empty() && !out.ends_with(['<', '>', '=', '!', '~', '^']) {
            out.push(' ');
        }
        out.push_str(part);
    }
    out
}

/// The first version after all that share so many parts with one.
fn after(version: &str, parts: usize) -> Option<String> {
    let mut kept: Vec<u64> = version.split('.').take(parts).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let last = kept.last_mut()?;
    *last = last.checked_add(1)?;
    Some(kept.iter().map(ToString::to_string).collect::<Vec<_>>().join("."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::files;

    #[test]
    fn turns_ranges_into_those_of_pip() {
        for (poetry, pip) in [
            ("^1.2", ">=1.2,<2"),
            ("^0.2.3", ">=0.2.3,<0.3"),
            ("^0.0.3", ">=0.0.3,<0.0.4"),
            ("^3", ">=3,<4"),
            ("~1.2.3", ">=1.2.3,<1.3"),
            ("~1", ">=1,<2"),
            ("1.2", "==1.2"),
            ("1.*", "==1.*"),
            (">=1, <2", ">=1,<2"),
            ("*", ""),
            ("^1 || ^2", ""),
            ("^x", ""),
            (">= 2.1", ">=2.1"),
            (">= 1 , < 2", ">=1,<2"),
            ("^ 1.2", ">=1.2,<2"),
            ("^18446744073709551615", ""),
        ] {
            assert_eq!(range(poetry), pip, "{poetry}");
        }
    }

    #[test]
    fn reads_what_is_needed_and_not_what_is_optional() {
        let text = "[tool.poetry.dependencies]\npython = '^3.8'\nFlask = '^3.0'\nredis = { version = '*', optional = true }\n\
                    celery = { version = '^5', extras = ['redis'], python = '<3.0' }\nlocal = { path = '../local' }\n\
                    [tool.poetry.group.dev.dependencies]\npytest = '*'\n";
        let files = files(&[("pyproject.toml", text)]);
        let mut out = Requirements::default();
        read(&files.contents(), &mut out);
        let told: Vec<String> = out.list.iter().map(|own| own.for_pip(None)).collect();
        assert_eq!(told, ["Flask>=3.0,<4", "celery[redis]>=5,<6", "local"]);
        let new = crate::python::Environment { version: crate::python::Version::new(3, 12), bits: None };
        assert!(!out.list.get(1).unwrap().marker.as_ref().unwrap().holds(Some(new)));
    }
}
