//! One pattern of a `.gitignore`. Matching takes time in proportion to pattern and path, whatever
//! stands in them.

/// What a line names.
pub(super) struct Pattern {
    /// A slash at the end: folders only.
    folders_only: bool,
    /// A slash elsewhere: the whole path is meant, not the name.
    anchored: bool,
    parts: Parts,
}

enum Parts {
    /// No wildcard.
    Literal(String),
    /// `*` and a literal, as `*.pyc`.
    Ending(String),
    Any(Vec<Part>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Char(char),
    /// `?`
    One,
    /// `*`: any characters but slashes.
    Some,
    /// `**` where it crosses slashes.
    All,
    /// `**/` at the beginning or `/**/`: no folder or several; the slash before it stands already.
    Folders,
    Class {
        negated: bool,
        ranges: Vec<(char, char)>,
    },
}

impl Pattern {
    /// Reads what stands behind `!`; nothing when it means nothing.
    pub(super) fn new(text: &str) -> Option<Self> {
        let (text, folders_only) = text.strip_suffix('/').map_or((text, false), |text| (text, true));
        let anchored = text.contains('/');
        let text = text.strip_prefix('/').unwrap_or(text);
        if text.is_empty() {
            return None;
        }
        let parts = parts(text)?;
        Some(Self { folders_only, anchored, parts: Parts::of(parts) })
    }

    /// Whether a path below the folder of the file is meant.
    pub(super) fn matches(&self, path: &str, is_folder: bool) -> bool {
        if self.folders_only && !is_folder {
            return false;
        }
        let text = if self.anchored { path } else { path.rsplit('/').next().unwrap_or(path) };
        match &self.parts {
            Parts::Literal(literal) => literal == text,
            Parts::Ending(ending) => text.strip_suffix(ending.as_str()).is_some_and(|rest| !rest.contains('/')),
            Parts::Any(parts) => run(parts, text),
        }
    }
}

impl Parts {
    fn of(parts: Vec<Part>) -> Self {
        let literal = |parts: &[Part]| -> Option<String> {
            parts.iter().map(|part| if let Part::Char(char) = part { Some(*char) } else { None }).collect()
        };
        if let Some(text) = literal(&parts) {
            return Self::Literal(text);
        }
        match parts.split_first() {
            Some((Part::Some, rest)) if literal(rest).is_some() => Self::Ending(literal(rest).unwrap_or_default()),
            _ => Self::Any(parts),
        }
    }
}

/// The parts of a pattern; nothing when it ends in a backslash or in a class that is not closed,
/// which Git matches with nothing.
fn parts(text: &str) -> Option<Vec<Part>> {
    let chars: Vec<char> = text.chars().collect();
    let at = |index: usize| chars.get(index).copied();
    let mut out = Vec::new();
    let mut next = 0;
    while let Some(char) = at(next) {
        next += 1;
        match char {
            '\\' => {
                out.push(Part::Char(at(next)?));
                next += 1;
            }
            '?' => out.push(Part::One),
            '[' => {
                let (class, after) = class(&chars, next)?;
                out.push(class);
                next = after;
            }
            '*' => {
                let before = next.checked_sub(2).and_then(at);
                let mut stars = 1;
                while at(next) == Some('*') {
                    stars += 1;
                    next += 1;
                }
                let is_apart = matches!(before, None | Some('/')) && matches!(at(next), None | Some('/'));
                if stars != 2 || !is_apart {
                    out.push(Part::Some);
                } else if at(next) == Some('/') {
                    next += 1;
                    out.push(Part::Folders);
                } else {
                    out.push(Part::All);
                }
            }
            other => out.push(Part::Char(other)),
        }
    }
    Some(out)
}

/// The class behind a bracket, and the place after it.
fn class(chars: &[char], start: usize) -> Option<(Part, usize)> {
    let at = |index: usize| chars.get(index).copied();
    let negated = matches!(at(start), Some('!' | '^'));
    let mut next = start + usize::from(negated);
    let first = next;
    let mut ranges = Vec::new();
    loop {
        let mut char = at(next)?;
        if char == ']' && next > first {
            return Some((Part::Class { negated, ranges }, next + 1));
        }
        if char == '[' && at(next + 1) == Some(':') {
            let rest: String = chars.get(next + 2..)?.iter().collect();
            let name = rest.split_once(":]")?.0;
            ranges.extend(named(name)?);
            next += name.chars().count() + 4;
            continue;
        }
        if char == '\\' {
            next += 1;
            char = at(next)?;
        }
        next += 1;
        let mut last = char;
        if at(next) == Some('-') && at(next + 1).is_some_and(|char| char != ']') {
            next += 1;
            if at(next) == Some('\\') {
                next += 1;
            }
            last = at(next)?;
            next += 1;
        }
        ranges.push((char, last));
    }
}

fn named(name: &str) -> Option<&'static [(char, char)]> {
    Some(match name {
        "alnum" => &[('0', '9'), ('A', 'Z'), ('a', 'z')],
        "alpha" => &[('A', 'Z'), ('a', 'z')],
        "blank" => &[(' ', ' '), ('\t', '\t')],
        "digit" => &[('0', '9')],
        "lower" => &[('a', 'z')],
        "punct" => &[('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
        "space" => &[(' ', ' '), ('\t', '\r')],
        "upper" => &[('A', 'Z')],
        "xdigit" => &[('0', '9'), ('A', 'F'), ('a', 'f')],
        _ => return None,
    })
}

/// Walks the text once, with every place of the pattern that may be reached by then.
fn run(parts: &[Part], text: &str) -> bool {
    let mut reached = vec![false; parts.len() + 1];
    mark(parts, &mut reached, 0);
    for char in text.chars() {
        let mut next = vec![false; parts.len() + 1];
        for (index, part) in parts.iter().enumerate() {
            if reached.get(index) != Some(&true) {
                continue;
            }
            match part {
                Part::Char(own) if *own == char => mark(parts, &mut next, index + 1),
                Part::One if char != '/' => mark(parts, &mut next, index + 1),
                Part::Class { negated, ranges } if char != '/' => {
                    let inside = ranges.iter().any(|(first, last)| (*first..=*last).contains(&char));
                    if inside != *negated {
                        mark(parts, &mut next, index + 1);
                    }
                }
                Part::Some if char != '/' => mark(parts, &mut next, index),
                Part::All => {
                    set(&mut next, index);
                    mark(parts, &mut next, index + 1);
                }
                // It stays in the middle of a folder's name, and may end behind a slash.
                Part::Folders => {
                    set(&mut next, index);
                    if char == '/' {
                        mark(parts, &mut next, index + 1);
                    }
                }
                _ => {}
            }
        }
        reached = next;
    }
    reached.last() == Some(&true)
}

/// Reaches a place, and those behind parts that may stand for nothing.
fn mark(parts: &[Part], reached: &mut [bool], index: usize) {
    let mut index = index;
    loop {
        set(reached, index);
        match parts.get(index) {
            Some(Part::Some | Part::Folders) => index += 1,
            _ => return,
        }
    }
}

fn set(reached: &mut [bool], index: usize) {
    if let Some(place) = reached.get_mut(index) {
        *place = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        let (path, is_folder) = path.strip_suffix('/').map_or((path, false), |path| (path, true));
        Pattern::new(pattern).is_some_and(|pattern| pattern.matches(path, is_folder))
    }

    #[test]
    fn matches_what_git_matches() {
        for (pattern, paths) in [
            ("foo", &["foo", "a/foo", "foo/", "a/b/foo/"][..]),
            ("/foo", &["foo"]),
            ("foo/", &["foo/", "a/foo/"]),
            ("a/foo", &["a/foo"]),
            ("*.py[cod]", &["x.pyc", "a/x.pyd"]),
            ("*$py.class", &["x$py.class"]),
            ("doc/*.txt", &["doc/a.txt"]),
            ("**/foo", &["foo", "a/foo", "a/b/foo"]),
            ("foo/**", &["foo/a", "foo/a/b"]),
            ("a/**/b", &["a/b", "a/x/b", "a/x/y/b"]),
            ("a**b", &["ab", "axxb", "x/axb"]),
            ("/**", &["a", "a/b"]),
            ("**", &["a", "a/b"]),
            ("[a-c]?[!0-9]", &["bxx", "d/axz"]),
            ("[[:digit:]]x", &["1x"]),
            ("[]-]", &["]", "-"]),
            ("\\*", &["*"]),
            ("***", &["a"]),
            ("*", &["a", "a/b", ".x"]),
            ("foo*bar*", &["foobar", "fooxbarx"]),
            ("/lib/python*/**/x", &["lib/python3/x", "lib/python3/a/b/x"]),
        ] {
            for path in paths {
                assert!(matches(pattern, path), "{pattern} {path}");
            }
        }
    }

    #[test]
    fn matches_nothing_else() {
        for (pattern, paths) in [
            ("foo", &["foo.txt", "afoo", "Foo"][..]),
            ("/foo", &["a/foo"]),
            ("foo/", &["foo", "a/foo"]),
            ("a/foo", &["b/a/foo", "a/b/foo"]),
            ("*.py[cod]", &["x.py", "x.pyx"]),
            ("doc/*.txt", &["doc/a/b.txt", "x/doc/a.txt"]),
            ("**/foo", &["afoo", "a/bfoo"]),
            ("foo/**", &["foo", "xfoo/a"]),
            ("a/**/b", &["ab", "a/xb", "a/b/c"]),
            ("a**b", &["a/b"]),
            ("[a-c]?[!0-9]", &["bx1", "b/x"]),
            ("[a", &["[a", "a"]),
            ("a\\", &["a", "a\\"]),
            ("\\*", &["a"]),
            ("", &["a"]),
        ] {
            for path in paths {
                assert!(!matches(pattern, path), "{pattern} {path}");
            }
        }
    }

    #[test]
    fn takes_no_time_for_a_pattern_that_is_meant_to() {
        let pattern = "*a".repeat(40);
        assert!(!matches(&pattern, &format!("{}b", "a".repeat(2_000))));
    }
}
