//! Names with wildcards.

/// Whether a text has the form of a pattern in which `*` stands for any characters, and `one` for any one.
///
/// It goes back to the last `*` at most, so the time is at most that of pattern times text.
#[must_use]
pub fn has_form(pattern: &str, text: &str, one: Option<char>) -> bool {
    let (mut pattern, mut text) = (pattern.chars(), text.chars());
    // What to go on with when it does not fit: behind the last `*`, and one character later in the text.
    let mut again: Option<(std::str::Chars<'_>, std::str::Chars<'_>)> = None;
    loop {
        let (mut rest, mut next) = (pattern.clone(), text.clone());
        match (rest.next(), next.next()) {
            (Some('*'), _) => {
                pattern = rest.clone();
                again = Some((rest, text.clone()));
                continue;
            }
            (Some(own), Some(other)) if own == other || Some(own) == one => {
                (pattern, text) = (rest, next);
                continue;
            }
            (None, None) => return true,
            _ => {}
        }
        let Some((behind, from)) = &mut again else { return false };
        if from.next().is_none() {
            return false;
        }
        (pattern, text) = (behind.clone(), from.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_wildcards() {
        for (pattern, text, fits) in [
            ("*", "", true),
            ("", "", true),
            ("", "a", false),
            ("a", "", false),
            ("*.txt", "a.txt", true),
            ("*.txt", "a.txt.txt", true),
            ("*.txt", "a.json", false),
            ("static/*", "static/a/b.css", true),
            ("a*b*c", "aXbXbXc", true),
            ("a*b*c", "aXbXcX", false),
            ("a?c", "a?c", true),
            ("a?c", "abc", false),
            ("**", "ä", true),
            ("*ä", "ää", true),
        ] {
            assert_eq!(has_form(pattern, text, None), fits, "{pattern} {text}");
        }
        assert!(has_form("a?c*", "abcd", Some('?')) && !has_form("a?c", "ac", Some('?')));
    }

    #[test]
    fn takes_no_time_for_a_pattern_that_is_meant_to() {
        assert!(!has_form(&format!("{}b", "*a".repeat(40)), &"a".repeat(2_000), None));
    }
}
