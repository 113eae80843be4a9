//! Secrets that are written out in a text: where they stand, and what they are.
//!
//! One walk over the text, word by word; each kind of secret has a file that says whether one begins
//! here. What merely looks like a secret is told by [`guard`]. Knows no package and reads nothing.

mod address;
mod assignment;
mod connection;
mod flavour;
mod guard;
mod names;
mod pem;
mod tokens;

pub use flavour::{Flavour, is_example};

use crate::text::Span;

/// A secret in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// What must not be shown.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// The name that it is given, when it has one.
    pub name: Option<String>,
}

/// What a secret is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A token that a service made; says whose: "GitHub".
    Token(&'static str),
    /// A private key.
    PrivateKey,
    /// A password in an address.
    AddressPassword,
    /// A password or a key in a connection string.
    ConnectionString,
    /// The key that sessions are signed with.
    SigningKey,
    /// The same, where the environment may give another.
    FallbackKey,
    /// The same, and so plain that anybody can guess it.
    PlainKey,
    /// Something that its name calls a secret.
    Named,
    /// The same, where the environment may give another.
    Fallback,
}

impl Kind {
    /// Whether it is only what is taken when nothing better is given.
    #[must_use]
    pub const fn is_fallback(self) -> bool {
        matches!(self, Self::FallbackKey | Self::Fallback)
    }
}

/// Finds the secrets of a text, in order and apart from each other.
#[must_use]
pub fn find(text: &str, flavour: Flavour) -> Vec<Secret> {
    let bytes = text.as_bytes();
    let mut found: Vec<Secret> = Vec::new();
    let mut at = 0;
    // What stands in the long strings of Python explains how something is used.
    let mut explained = None;
    while let Some(&byte) = bytes.get(at) {
        if flavour == Flavour::Code && is_long_quote(bytes, at) && explained.is_none_or(|quote| quote == byte) {
            explained = if explained.is_some() { None } else { Some(byte) };
            at += 3;
            continue;
        }
        let rest = bytes.get(at..).unwrap_or(&[]);
        let end = at + rest.iter().take_while(|byte| is_word(**byte)).count().max(1);
        let secret = match byte {
            b'-' => pem::at(text, at),
            b':' => address::at(text, at),
            byte if !is_word(byte) => None,
            _ if flavour == Flavour::Script || explained.is_some() => tokens::at(text, at),
            // The more special ask first.
            _ => tokens::at(text, at)
                .or_else(|| connection::at(text, at, end))
                .or_else(|| assignment::at(text, at, end, flavour)),
        };
        at = match &secret {
            Some(secret) if is_long_quote(bytes, secret.span.end) => secret.span.end + 3,
            Some(secret) => secret.span.end.max(end),
            None => end,
        };
        found.extend(secret);
    }
    found
}

/// The passwords in the addresses of a line, whether they are accused or not: none is shown.
#[must_use]
pub fn address_passwords(line: &str) -> Vec<Span> {
    line.match_indices("://").filter_map(|(at, _)| address::password(line, at)).collect()
}

/// Whether three quotes stand at a place.
fn is_long_quote(bytes: &[u8], at: usize) -> bool {
    bytes.get(at..at + 3).is_some_and(|three| matches!(three, b"\"\"\"" | b"'''"))
}

/// The text from a place on, no longer than that: so that a long line costs no more than its length.
fn window(text: &str, at: usize, length: usize) -> &str {
    let mut end = text.len().min(at.saturating_add(length));
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(at..end).unwrap_or("")
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[cfg(test)]
mod tests;
