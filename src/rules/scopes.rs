//! Scopes of parameter entries: what is amiss with one, and how it would be right.

use crate::model::expression::Expression;
use crate::model::parameters::{Matching, ParameterEntry};
use crate::model::run::{Run, windows};
use crate::path::PackagePath;
use crate::rules::Context;

/// The scope that hits the files that were meant, when this one cannot: it begins at the root of the
/// package, or has `/` between folders, and Windows has neither.
pub(super) fn as_windows(cx: &Context<'_>, entry: &ParameterEntry) -> Option<String> {
    let own = entry.scope.as_ref().filter(|_| entry.is_on_files())?;
    let scope = own.text.as_str();
    let from_root = scope.strip_prefix('^').filter(|rest| !rest.starts_with(['\\', '.', '[', '(']));
    let mut better =
        from_root.map_or_else(String::new, |rest| if rest.starts_with('/') { "" } else { r"\\" }.to_owned());
    better.push_str(&slashes(from_root.unwrap_or(scope)));
    let hits = |scope: &str| {
        let expression = Expression::compile(scope).ok()?;
        Some(cx.tree().files().any(|entry| expression.is_match(&windows(entry.path.as_str()))))
    };
    (better != scope && hits(scope) == Some(false) && hits(&better) == Some(true)).then_some(better)
}

/// With `\\` for every `/` outside a set.
fn slashes(scope: &str) -> String {
    let mut out = String::new();
    walk(scope, |char, _, in_set| if char == '/' && !in_set { out.push_str(r"\\") } else { out.push(char) });
    out
}

/// The scope without what it hits beside what is meant: a dot for a dot, and `$` at the end. Nothing
/// when it has both, or seems to mean more than one file.
pub(super) fn tightened(scope: &str) -> Option<String> {
    let word = |char: char| char.is_alphanumeric() || char == '_' || char == '-';
    let mut out = String::new();
    let mut alternatives = false;
    let mut before = ' ';
    walk(scope, |char, next, in_set| {
        let is_dot = char == '.' && !in_set && before != '\\' && next.is_some_and(word) && word(before);
        alternatives |= char == '|' && before != '\\';
        out.push_str(if is_dot { r"\." } else { "" });
        if !is_dot {
            out.push(char);
        }
        // The second of two backslashes escapes nothing.
        before = if char == '\\' && before == '\\' { '/' } else { char };
    });
    let ends_in_name = scope.ends_with(word) && !scope.ends_with(r"\z") && !scope.ends_with(r"\Z");
    if ends_in_name {
        out = if alternatives { format!("(?:{out})$") } else { format!("{out}$") };
    }
    (out != scope).then_some(out)
}

/// Calls for every character: with the one after it, and whether it stands in a set.
fn walk(scope: &str, mut each: impl FnMut(char, Option<char>, bool)) {
    let (mut in_set, mut escaped) = (false, false);
    let mut chars = scope.chars().peekable();
    while let Some(char) = chars.next() {
        let was_in_set = in_set;
        if !escaped {
            in_set = char == '[' || in_set && char != ']';
        }
        each(char, chars.peek().copied(), was_in_set);
        escaped = char == '\\' && !escaped;
    }
}

/// Whether a scope hits a file.
pub(super) fn hits(scope: &str, file: &PackagePath) -> bool {
    Expression::compile(scope).is_ok_and(|expression| expression.is_match(&windows(file.as_str())))
}

/// The XPath that finds what was meant, when an entry finds nothing because the elements are in a
/// namespace.
pub(super) fn beyond_namespace(cx: &Context<'_>, entry: &ParameterEntry, run: &Run) -> Option<String> {
    let Matching::Path(Ok(path)) = &entry.matching_read else { return None };
    if !run.hits.is_empty() || run.unchecked.is_some() || !path.has_plain_names() {
        return None;
    }
    let local = path.with_local_names();
    let better = crate::xml::xpath::XPath::read(&local).ok()?;
    let finds = |file| {
        let document = cx.contents.xml(file)?;
        better.select(&document).ok().filter(|found| !found.is_empty())
    };
    run.files.iter().any(|file| finds(file).is_some()).then_some(local)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tightens_what_hits_too_much() {
        for (scope, expected) in [
            ("web.config", Some(r"web\.config$")),
            (r"\\web\.config$", None),
            (r"\\web\.config", Some(r"\\web\.config$")),
            (r"config\\config.ini.php$", Some(r"config\\config\.ini\.php$")),
            ("a.txt|b.txt", Some(r"(?:a\.txt|b\.txt)$")),
            (r".*\.config$", None),
            (r"\\App_Data\\.*", None),
            (r"[.]config$", None),
            ("x.+", None),
        ] {
            assert_eq!(tightened(scope).as_deref(), expected, "{scope}");
        }
    }

    #[test]
    fn writes_folders_as_windows_does() {
        assert_eq!(slashes(r"shop/web\.config[/\\]"), r"shop\\web\.config[/\\]");
    }
}
