//! Where a file holds a secret, so that nothing shows it.

use crate::contents::Contents;
use crate::path::PackagePath;
use crate::text::Span;
use crate::xml::{Element, Node};

/// What stands for each character of a secret.
pub const SECRET: char = '•';

/// Places of the secrets of a file, in order and apart from each other; none in a file that
/// has no business with them.
#[must_use]
pub fn secrets(contents: &Contents<'_>, path: &PackagePath) -> Vec<Span> {
    let name = path.name().to_ascii_lowercase();
    let is_markup = ["settings", ".pubxml", ".user", ".xml", ".config"].iter().any(|ending| name.ends_with(ending));
    let is_script = [".cmd", ".bat", ".ps1", ".txt"].iter().any(|ending| name.ends_with(ending));
    // Those that declare a package hold defaults, which everybody gets with it.
    let declares = ["manifest.xml", "parameters.xml"].contains(&name.as_str());
    let known = is_markup && !declares || is_script;
    if !(known || declares && sets_values(contents, path)) {
        return Vec::new();
    }
    let Some(text) = contents.text(path) else { return Vec::new() };
    let mut found = Vec::new();
    if is_markup && let Some(document) = contents.xml(path) {
        document.root.iter().for_each(|root| of_element(root, &mut found));
    }
    of_text(text.as_str(), &mut found);
    merged(found)
}

/// Whether a file that is called as one that declares parameters only sets their values.
fn sets_values(contents: &Contents<'_>, path: &PackagePath) -> bool {
    let document = contents.xml(path);
    let root = document.as_ref().and_then(|document| document.root.as_ref());
    root.is_some_and(|root| root.elements().any(|child| child.is_ignoring_case("setParameter")))
}

/// A part of a text that begins at `start`, with the secrets in it made unreadable. Each UTF-16 unit
/// of a secret has one in its place, so that columns stay.
#[must_use]
pub fn mask(part: &str, start: usize, secrets: &[Span]) -> String {
    let mut out = String::with_capacity(part.len());
    for (at, char) in part.char_indices() {
        let at = start + at;
        if secrets.iter().any(|secret| secret.start <= at && at < secret.end) && char != '\n' && char != '\r' {
            out.extend(std::iter::repeat_n(SECRET, char.len_utf16()));
        } else {
            out.push(char);
        }
    }
    out
}

/// Whether a name is that of a secret.
fn names_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["password", "pwd", "connectionstring", "connection string", "secret", "apikey"]
        .iter()
        .any(|part| name.contains(part))
}

fn of_element(element: &Element, out: &mut Vec<Span>) {
    let named = element.attribute_ignoring_case("name").is_some_and(|name| names_secret(&name.value));
    for attribute in &element.attributes {
        if names_secret(&attribute.name) || named && attribute.name.eq_ignore_ascii_case("value") {
            out.push(attribute.value_span);
        }
    }
    for node in &element.children {
        match node {
            Node::Element(child) => of_element(child, out),
            Node::Text(_, span) if names_secret(element.local_name()) || named => out.push(*span),
            Node::Text(..) | Node::Comment(_) => {}
        }
    }
}

/// What follows `password=` or `pwd=` in any case, between quotes of any kind or up to the end of
/// the argument; and after `-Password` of a shell.
fn of_text(text: &str, out: &mut Vec<Span>) {
    let lower = text.to_ascii_lowercase();
    for word in ["password", "pwd"] {
        for (at, _) in lower.match_indices(word) {
            let rest = text.get(at + word.len()..).unwrap_or("");
            // The name of a parameter may stand in quotes: `name="DbPassword",value="..."`.
            let after = rest.trim_start_matches(is_quote).trim_start_matches([' ', '\t', ',']);
            let value = match after.strip_prefix(['=', ':']) {
                Some(value) => value,
                None => match strip_ignoring_case(after, "value") {
                    Some(value) => value.trim_start().trim_start_matches('='),
                    None => continue,
                },
            };
            let value = value.trim_start_matches([' ', '\t', '\\', '`']);
            // The value is the tail of the text.
            let start = text.len() - value.len();
            let end = start + value_length(value);
            let quotes = value.chars().next().filter(|char| is_quote(*char)).map_or(0, char::len_utf8);
            if end > start + quotes {
                out.push(Span::new(start + quotes, end));
            }
        }
    }
}

fn strip_ignoring_case<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| text.get(prefix.len()..).unwrap_or(""))
}

const fn is_quote(char: char) -> bool {
    matches!(char, '"' | '\'' | '“' | '”' | '„' | '‘' | '’' | '`')
}

/// How long a value is, its opening quote included. Rather too much than too little: what follows
/// a secret is of no use to the reader.
fn value_length(value: &str) -> usize {
    let line = value.split(['\n', '\r']).next().unwrap_or("");
    let mut chars = line.char_indices().peekable();
    if let Some((_, open)) = chars.next_if(|(_, char)| is_quote(*char)) {
        while let Some((at, char)) = chars.next() {
            let closes = is_quote(char) && (char == open || matches!(open, '“' | '”' | '„' | '‘' | '’'));
            let ends = chars
                .peek()
                .is_none_or(|(_, next)| matches!(next, ',' | ' ' | '\t' | '"' | '\'' | '>' | '/' | ';' | ')'));
            if closes && ends {
                return at;
            }
        }
        return line.len();
    }
    let end = line.find(|char: char| char.is_whitespace() || is_quote(char) || matches!(char, ',' | ';' | '<' | '>'));
    end.unwrap_or(line.len())
}

fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|span| span.start < span.end);
    // Few at a time, so the nearest is looked for: sorting would be more code.
    let mut out: Vec<Span> = Vec::new();
    while let Some(first) = spans.iter().map(|span| span.start).min() {
        let mut end = first;
        while let Some(next) = spans.iter().find(|span| span.start <= end.max(first) && span.end > end) {
            end = next.end;
        }
        spans.retain(|span| span.start > end);
        out.push(Span::new(first, end));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> String {
        let mut found = Vec::new();
        of_text(text, &mut found);
        mask(text, 0, &merged(found))
    }

    #[test]
    fn hides_the_secrets_of_a_command() {
        for (text, expected) in [
            (r#"userName="$s",password="a,b",authType="Basic""#, r#"userName="$s",password="•••",authType="Basic""#),
            ("password=abc,authType=basic", "password=•••,authType=basic"),
            ("password='a b' x", "password='•••' x"),
            (r#"\"password=\"abc\"" x"#, r#"\"password=\"••••"" x"#),
            ("password=“ab”,x", "password=“••”,x"),
            ("Server=a;Pwd=b😀;User=c", "Server=a;Pwd=•••;User=c"),
            (r#"-setParam:name="DbPassword",value="abc""#, r#"-setParam:name="DbPassword",value="•••""#),
            ("the password is asked for", "the password is asked for"),
            ("password=\nnext", "password=\nnext"),
        ] {
            assert_eq!(masked(text), expected);
        }
    }
}
