//! Version requirements as packages state them: `>=3.6,<4`, `^3.8`, `~=3.7`, `==3.9.*`.

use crate::python::Version;

/// What a requirement allows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) minimum: Option<Version>,
    pub(super) below: Option<Version>,
}

/// Reads a requirement of Python; what it does not understand sets no limit.
pub(super) fn read(text: &str) -> Range {
    let range = bounds(text);
    // There is no Python 4: a limit there says nothing.
    Range { below: range.below.filter(|below| below.major < 4), ..range }
}

/// The same for the versions of any project.
pub(super) fn bounds(text: &str) -> Range {
    let mut range = Range::default();
    for clause in text.split(',') {
        let clause = clause.trim();
        let number = clause.trim_start_matches(['<', '>', '=', '~', '^', '!']);
        let operator = clause.strip_suffix(number).unwrap_or("");
        let number = number.trim();
        let Some(version) = Version::parse(number) else { continue };
        let has_minor = number.contains('.') && !number.ends_with(".*") || number.matches('.').count() > 1;
        let after = if has_minor { version.next() } else { Version::new(version.major.saturating_add(1), 0) };
        let (minimum, below) = match operator {
            // A patch after the dot allows the rest of that version: `<3.9.2` still takes 3.9.0.
            "<" if number.matches('.').count() > 1 && !number.ends_with(".0") => (None, Some(version.next())),
            "<" => (None, Some(version)),
            "<=" => (None, Some(after)),
            ">" | ">=" | "^" => (Some(version), None),
            "==" | "===" | "~" => (Some(version), Some(after)),
            "" if !clause.is_empty() => (Some(version), Some(after)),
            "~=" => {
                let fixed = number.matches('.').count() > 1;
                let next = Version::new(version.major.saturating_add(1), 0);
                (Some(version), Some(if fixed { version.next() } else { next }))
            }
            _ => (None, None),
        };
        range.minimum = range.minimum.max(minimum);
        range.below = match (range.below, below) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }
    range
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_packages_state() {
        let version = |v: Option<(u8, u8)>| v.map(|(major, minor)| Version::new(major, minor));
        for (text, minimum, below) in [
            (">=3.6", Some((3, 6)), None),
            (">=2.7, !=3.0.*, !=3.1.*", Some((2, 7)), None),
            (">=3.6,<4", Some((3, 6)), None),
            (">=3.8,<3.12", Some((3, 8)), Some((3, 12))),
            ("^3.8", Some((3, 8)), None),
            ("~=3.7", Some((3, 7)), None),
            ("~=3.7.2", Some((3, 7)), Some((3, 8))),
            ("==3.9.*", Some((3, 9)), Some((3, 10))),
            ("<3", None, Some((3, 0))),
            ("<=2.7", None, Some((2, 8))),
            ("3.9", Some((3, 9)), Some((3, 10))),
            ("*", None, None),
            ("", None, None),
        ] {
            assert_eq!(read(text), Range { minimum: version(minimum), below: version(below) }, "{text}");
        }
    }
}
