//! The parts of a text for a view that colours them.

use quick_xml::events::Event;
use quick_xml::reader::Reader;

/// What a part of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Brackets and element names.
    Tag,
    /// The name of an attribute.
    Attribute,
    /// The value of an attribute, with its quotes.
    Value,
    /// A comment.
    Comment,
    /// Everything else.
    Text,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token<'t> {
    /// What it is.
    pub kind: TokenKind,
    /// As written.
    pub text: &'t str,
}

/// Cuts a text into parts that together are the text again.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut at = 0;
    while let Ok(event) = reader.read_event() {
        let end = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
        let part = text.get(at..end).unwrap_or("");
        at = end;
        match event {
            Event::Eof => break,
            Event::Start(_) | Event::Empty(_) => tag(part, &mut out),
            Event::End(_) | Event::Decl(_) | Event::PI(_) => out.push(Token { kind: TokenKind::Tag, text: part }),
            Event::Comment(_) => out.push(Token { kind: TokenKind::Comment, text: part }),
            _ => out.push(Token { kind: TokenKind::Text, text: part }),
        }
    }
    out.push(Token { kind: TokenKind::Text, text: text.get(at..).unwrap_or("") });
    out.retain(|token| !token.text.is_empty());
    out
}

/// Cuts a start tag into its name, attribute names and values.
fn tag<'t>(part: &'t str, out: &mut Vec<Token<'t>>) {
    let mut rest = part;
    let mut kind = TokenKind::Tag;
    while !rest.is_empty() {
        let end = match kind {
            TokenKind::Tag => rest.find(char::is_whitespace).map_or(rest.len(), |at| after_blanks(rest, at)),
            TokenKind::Attribute => rest.find(['"', '\'']).unwrap_or(rest.len()),
            _ => {
                let quote = rest.chars().next().unwrap_or('"');
                rest.get(1..).and_then(|inner| inner.find(quote)).map_or(rest.len(), |at| at + 2)
            }
        };
        let (text, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let kind_now = if kind == TokenKind::Attribute && after.is_empty() { TokenKind::Tag } else { kind };
        out.push(Token { kind: kind_now, text });
        rest = after;
        kind = match kind {
            TokenKind::Tag | TokenKind::Value => TokenKind::Attribute,
            _ => TokenKind::Value,
        };
    }
}

fn after_blanks(text: &str, at: usize) -> usize {
    text.get(at..).map_or(at, |rest| at + rest.len() - rest.trim_start().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_a_text_into_parts_that_are_the_text_again() {
        for text in ["<?xml version='1.0'?>\n<a b=\"1\"  c='2>' /><!-- x -->y<d></d>", "<a b", "<a b=\"", "é<", ""] {
            let joined: String = tokens(text).iter().map(|token| token.text).collect();
            assert_eq!(joined, text);
        }
        let kinds: Vec<_> = tokens("<a b=\"1\"/>").iter().map(|t| (t.kind, t.text)).collect();
        assert_eq!(
            kinds,
            [
                (TokenKind::Tag, "<a "),
                (TokenKind::Attribute, "b="),
                (TokenKind::Value, "\"1\""),
                (TokenKind::Tag, "/>")
            ]
        );
    }
}
