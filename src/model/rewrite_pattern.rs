//! The regular expressions of URL Rewrite: ECMAScript, as far as one look over them can tell.

/// What one look tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// How many groups keep what they match.
    pub groups: usize,
    /// What is plainly broken: where, in bytes, and what.
    pub broken: Option<(usize, &'static str)>,
}

/// Looks over a regular expression: brackets, parentheses and what is repeated. What an engine
/// would refuse beyond that is not seen, so nothing is called wrong that is not.
#[must_use]
pub fn outline(pattern: &str) -> Outline {
    let mut out = Outline::default();
    let mut open: Vec<usize> = Vec::new();
    let mut set = None;
    // Whether something stands before that can be repeated.
    let mut repeatable = false;
    let mut chars = pattern.char_indices();
    while let Some((at, char)) = chars.next() {
        let rest = pattern.get(at + 1..).unwrap_or("");
        match (char, set) {
            ('\\', _) => {
                if chars.next().is_none() {
                    return out.broken(at, "it ends with a backslash");
                }
                repeatable = true;
            }
            (']', Some(_)) => (set, repeatable) = (None, true),
            (_, Some(_)) => {}
            ('[', None) => set = Some(at),
            ('(', None) => {
                open.push(at);
                let named = rest.starts_with("?<") && !rest.starts_with("?<=") && !rest.starts_with("?<!");
                out.groups += usize::from(!rest.starts_with('?') || named);
                if rest.starts_with('?') {
                    chars.next();
                }
                repeatable = false;
            }
            (')', None) if open.pop().is_none() => return out.broken(at, "nothing opens this parenthesis"),
            ('|', None) => repeatable = false,
            ('*' | '+' | '?', None) if !repeatable => return out.broken(at, "there is nothing here to repeat"),
            ('*' | '+', None) => {
                // `a*?` takes as little as it can; `a**` is a slip.
                repeatable = false;
                if rest.starts_with('?') {
                    chars.next();
                }
            }
            _ => repeatable = true,
        }
    }
    match (set, open.last()) {
        (Some(at), _) => out.broken(at, "nothing closes this bracket"),
        (None, Some(at)) => out.broken(*at, "nothing closes this parenthesis"),
        (None, None) => out,
    }
}

impl Outline {
    fn broken(mut self, at: usize, what: &'static str) -> Self {
        self.broken = Some((at, what));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_groups_and_finds_what_is_broken() {
        for (pattern, groups, broken) in [
            ("(.*)", 1, None),
            ("^static/(?:css|js)/([^/]+)$", 1, None),
            (r"^a\(b\)[(]*(?=x)(?!y)(?<name>z)", 1, None),
            ("^(.*?)(/)??$", 2, None),
            (r"^\d{1,3}$", 0, None),
            ("[^]]", 0, None),
            ("(a|*)", 1, Some(3)),
            ("(.*", 1, Some(0)),
            (".*)", 0, Some(2)),
            ("[a-z", 0, Some(0)),
            ("*.css", 0, Some(0)),
            (r"a\", 0, Some(1)),
            ("a**", 0, Some(2)),
        ] {
            let outline = outline(pattern);
            assert_eq!((outline.groups, outline.broken.map(|(at, _)| at)), (groups, broken), "{pattern}");
        }
    }
}
