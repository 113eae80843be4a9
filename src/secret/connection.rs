//! Passwords and keys in connection strings: `Server=db;Uid=shop;Pwd=s3cret`.

use super::{Kind, Secret, guard, window};
use crate::text::Span;

const KEYS: &[&str] = &["accountkey", "sharedaccesskey"];
const PASSWORDS: &[&str] = &["password", "pwd"];
/// Words of which one stands in the same line before or after a password that opens a database.
const BESIDE: &[&str] =
    &["server=", "data source=", "host=", "uid=", "user id=", "user=", "dbname=", "database=", "initial catalog="];

/// How far a connection string reaches before and after a password in it.
const REACH: usize = 400;

/// Whether the word from `start` to `end` has a secret behind it.
pub(super) fn at(text: &str, start: usize, end: usize) -> Option<Secret> {
    let after = text.get(end..)?;
    if !after.starts_with('=') || after.starts_with("==") || end - start > 16 {
        return None;
    }
    let word = text.get(start..end)?.to_ascii_lowercase();
    let is_key = KEYS.contains(&word.as_str());
    if !is_key && !PASSWORDS.contains(&word.as_str()) {
        return None;
    }
    let value = window(text, end + 1, REACH).split([';', '"', '\'', '\n', '\r', ' ', '<', '&', ',']).next()?;
    let is_secret = if is_key {
        value.len() >= 40 && guard::is_random(value) && !guard::is_placeholder(value)
    } else {
        let line = line(text, start);
        value.len() >= 3
            && !guard::is_placeholder(value)
            && !value.contains(['{', '}', '('])
            && line.contains(';')
            && BESIDE.iter().any(|word| line.contains(word))
    };
    is_secret.then(|| Secret {
        span: Span::new(end + 1, end + 1 + value.len()),
        kind: Kind::ConnectionString,
        name: None,
    })
}

/// The line around a place, in lower case, as far as a connection string may reach.
fn line(text: &str, at: usize) -> String {
    let mut start = at.saturating_sub(REACH);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let before = text.get(start..at).and_then(|text| text.rsplit('\n').next()).unwrap_or("");
    let after = window(text, at, REACH).split('\n').next().unwrap_or("");
    format!("{before}{after}").to_ascii_lowercase()
}
