//! Private keys in the armour of PEM, also on one line with `\n` in it, as JSON has them.

use super::{Kind, Secret, window};
use crate::text::Span;

/// Fewer characters of a body are no key, but a text about one.
const SHORTEST: usize = 40;

/// More characters than the largest keys have.
const LONGEST: usize = 16 * 1024;

/// The key that begins at dashes.
pub(super) fn at(text: &str, at: usize) -> Option<Secret> {
    let rest = text.get(at..)?.strip_prefix("-----BEGIN ")?;
    let label = rest.get(..rest.len().min(40))?.split("-----").next()?;
    if !(label.ends_with("PRIVATE KEY") || label.ends_with("PRIVATE KEY BLOCK")) {
        return None;
    }
    let start = at + "-----BEGIN ".len() + label.len() + "-----".len();
    let body = window(text, start, LONGEST);
    let length = body.find("-----END").unwrap_or(body.len());
    let body = body.get(..length)?;
    let is_code = |char: &char| char.is_ascii_alphanumeric() || matches!(char, '+' | '/' | '=');
    // An encrypted key has lines such as `Proc-Type: 4,ENCRYPTED` first.
    (body.chars().filter(is_code).count() >= SHORTEST && !body.contains("...")).then(|| Secret {
        span: Span::new(start, start + length),
        kind: Kind::PrivateKey,
        name: None,
    })
}
