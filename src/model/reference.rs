//! `{Name}` in a default: the value of another parameter.

/// A reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference<'t> {
    /// What stands between the braces.
    pub name: &'t str,
    /// Where its brace is in the text.
    pub start: usize,
}

/// Everything in a text that can be a reference. Braces with something else in them, such as JSON,
/// a GUID, `{0}` or `{R:1}`, are text.
#[must_use]
pub fn references(text: &str) -> Vec<Reference<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let start = text.len() - rest.len() + before.len();
        if let Some((name, _)) = after.split_once('}').filter(|(name, _)| can_be_name(name)) {
            out.push(Reference { name, start });
        }
        rest = after;
    }
    out
}

fn can_be_name(name: &str) -> bool {
    let first = name.trim().chars().next();
    let guid = name.len() == 36 && name.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | '\n' | '\r' | '\t');
    first.is_some_and(|c| c.is_alphabetic() || c == '_') && name.chars().all(plain) && !guid && !is_variable(name)
}

/// A server variable, as rules of URL Rewrite have them: `{HTTP_HOST}`.
fn is_variable(name: &str) -> bool {
    let prefixes = ["HTTP_", "HTTPS", "REQUEST_", "SERVER_", "REMOTE_", "QUERY_STRING", "PATH_INFO", "UNENCODED_URL"];
    prefixes.iter().any(|prefix| name.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_names_and_leaves_text_alone() {
        let names = |text| references(text).into_iter().map(|reference| reference.name).collect::<Vec<_>>();
        assert_eq!(names("Server={Database Server};uid={user};"), ["Database Server", "user"]);
        assert_eq!(references("a{b}")[0].start, 1);
        for text in
            ["{0}", r#"{"a": 1}"#, "{R:1}", "{HTTP_HOST}", "{}", "{ {", "{12345678-1234-1234-1234-123456789abc}"]
        {
            assert_eq!(names(text), [""; 0], "{text}");
        }
    }
}
