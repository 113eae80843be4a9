//! A name of a secret that is given a value: `DB_PASSWORD = "..."`, `"api_key": "..."`,
//! `os.environ.get("SECRET_KEY", "...")`, `<add key="SECRET_KEY" value="..." />`.

use super::names::{self, Named};
use super::{Flavour, Kind, Secret, guard, tokens, window};
use crate::text::Span;

/// How far behind its name a value ends.
const REACH: usize = 1_024;

/// A value, and whether it is only taken when the environment has none.
struct Value {
    span: Span,
    is_fallback: bool,
}

/// Whether the word from `start` to `end` is such a name, and has such a value behind it.
pub(super) fn at(text: &str, start: usize, end: usize, flavour: Flavour) -> Option<Secret> {
    let name = text.get(start..end)?;
    let value = value(text, start, end, flavour)?;
    let named = names::kind(name)?;
    let written = text.get(value.span.start..value.span.end)?;
    let (real, fallback) = match named {
        Named::SigningKey => (Kind::SigningKey, Kind::FallbackKey),
        Named::Key | Named::Password => (Kind::Named, Kind::Fallback),
    };
    let kind = match named {
        Named::SigningKey => {
            if written.is_empty() || written.len() > 512 || guard::is_template(written) {
                return None;
            }
            if value.is_fallback {
                fallback
            } else if is_plain(written) {
                Kind::PlainKey
            } else {
                real
            }
        }
        Named::Key => {
            let is_key = guard::is_password(written) && written.len() >= 16 || is_long_code(written);
            if !is_key || guard::is_placeholder(written) {
                return None;
            }
            if value.is_fallback { fallback } else { real }
        }
        Named::Password => {
            if !guard::is_password(written) || guard::is_placeholder(written) {
                return None;
            }
            if value.is_fallback { fallback } else { real }
        }
    };
    let name = Some(name.to_owned());
    // Whose it is says more than that it has a name.
    let token = tokens::at(text, value.span.start).filter(|token| token.span.end <= value.span.end);
    Some(token.map_or_else(
        || Secret { span: value.span, kind, name: name.clone() },
        |token| Secret { name: name.clone(), ..token },
    ))
}

/// Whether a key that sessions are signed with is one that anybody can guess.
fn is_plain(key: &str) -> bool {
    let own = key.strip_prefix("django-insecure-").unwrap_or(key);
    own.len() < 6
        || guard::is_known(own)
        || own.len() < 20 && !guard::is_password(own) && own.is_ascii() && is_words(own)
}

fn is_words(key: &str) -> bool {
    key.chars().all(|char| char.is_ascii_lowercase() || " -_.!?,".contains(char))
}

/// Base64 or hexadecimal digits, as in the files of cloud clients.
fn is_long_code(value: &str) -> bool {
    value.len() >= 32
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=_-".contains(&byte))
        && guard::is_random(value)
}

/// The value behind a name, in the ways in which people write it.
fn value(text: &str, start: usize, end: usize, flavour: Flavour) -> Option<Value> {
    let after = window(text, end, REACH);
    let quote = after.chars().next().filter(|char| matches!(char, '"' | '\''));
    let rest = if quote.is_some() { after.get(1..)? } else { after };
    let at = |rest: &str| end + after.len() - rest.len();
    if quote.is_some() {
        if let Some(second) = rest.trim_start().strip_prefix(',') {
            return second_argument(text, start, second, at);
        }
        // The name and the value are attributes of one element.
        if let Some(value) = rest.trim_start().strip_prefix("value=") {
            let span = quoted(text, at(value))?;
            return Some(Value { span, is_fallback: false });
        }
    }
    let rest = rest.trim_start_matches([' ', '\t', ']']);
    let rest = match rest.strip_prefix(":=").or_else(|| rest.strip_prefix('=')) {
        Some(rest) if rest.starts_with('=') => return None,
        Some(rest) => rest,
        None => {
            let rest = rest.strip_prefix(':')?;
            if flavour == Flavour::Code && quote.is_none() { annotated(rest)? } else { rest }
        }
    };
    let rest = rest.trim_start_matches([' ', '\t']);
    if let Some(span) = quoted(text, at(rest)) {
        return Some(Value { span, is_fallback: false });
    }
    if flavour != Flavour::Settings || rest.starts_with(['"', '\'']) {
        return None;
    }
    let line = rest.split(['\n', '\r']).next()?;
    let value = line.split(" #").next()?.split(" ;").next()?.trim_end().trim_end_matches([',', ';']);
    let span = Span::new(at(rest), at(rest) + value.len());
    Some(Value { span, is_fallback: false })
}

/// What stands behind `name: str`.
fn annotated(rest: &str) -> Option<&str> {
    let line = rest.split(['\n', '\r']).next()?;
    let equals = line.find('=')?;
    let kind = line.get(..equals)?;
    let is_type = kind.chars().all(|char| char.is_alphanumeric() || " _.[]|,".contains(char));
    if is_type { rest.get(equals + 1..) } else { None }
}

/// The value that a call such as `environ.get(NAME, VALUE)` gives or takes.
fn second_argument(text: &str, start: usize, second: &str, at: impl Fn(&str) -> usize) -> Option<Value> {
    let open = text.get(..start)?.strip_suffix(['"', '\''])?.strip_suffix('(')?;
    let sets = ["setdefault", "putenv", "setenv"].iter().any(|name| open.ends_with(name));
    let gets = ["get", "getenv", "config", "env", "str", "getattr"].iter().any(|name| open.ends_with(name));
    if !sets && !gets {
        return None;
    }
    let second = second.trim_start();
    let second = second.strip_prefix("default=").unwrap_or(second);
    Some(Value { span: quoted(text, at(second))?, is_fallback: true })
}

/// The inside of a string on one line that begins here, prefix letters before it.
fn quoted(text: &str, at: usize) -> Option<Span> {
    let rest = text.get(at..)?;
    let letters = rest.bytes().take_while(|byte| b"rRbBuU".contains(byte)).count();
    let open = rest.get(letters..)?;
    let quote = open.chars().next().filter(|char| matches!(char, '"' | '\''))?;
    let triple = open.get(..3).is_some_and(|three| three.chars().all(|char| char == quote));
    let start = letters + if triple { 3 } else { 1 };
    let body = rest.get(start..)?;
    let mut escaped = false;
    for (index, char) in body.char_indices().take(1_024) {
        match char {
            '\n' | '\r' => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if char == quote => return Some(Span::new(at + start, at + start + index)),
            _ => {}
        }
    }
    None
}
