//! Text with positions: encodings, spans, lines and columns.

use std::fmt;

/// A range of bytes in a decoded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// A range of bytes.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The place before a byte, with nothing in it.
    #[must_use]
    pub const fn at(offset: usize) -> Self {
        Self { start: offset, end: offset }
    }
}

/// A place as people count: line and column from 1, columns in UTF-16 units as editors do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// From 1.
    pub line: u32,
    /// From 1, in UTF-16 units.
    pub column: u32,
}

/// How the bytes of a text are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, and ASCII with it.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Windows-1252, and ISO 8859-1 which browsers and Windows read as it.
    Windows1252,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Windows1252 => "Windows-1252",
        })
    }
}

/// What is wrong with the bytes of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the line of each variant says what its fields are")]
pub enum DecodeProblem {
    /// A sequence that the encoding does not have; the offset is into the decoded text.
    Malformed { encoding: Encoding, offset: usize },
    /// The declaration names an encoding that is not read here.
    Unknown { name: String },
}

/// A decoded text file that can be written back as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    content: String,
    encoding: Encoding,
    bom: bool,
    lines: Vec<usize>,
    problem: Option<DecodeProblem>,
}

impl Text {
    /// Reads bytes as UTF-8 or UTF-16, by byte order mark or XML declaration; never fails.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Self {
        let (encoding, bom, body, unknown) = sniff(bytes);
        let (content, malformed) = match encoding {
            Encoding::Utf8 => decode_utf8(body),
            Encoding::Utf16Le => decode_utf16(body, u16::from_le_bytes),
            Encoding::Utf16Be => decode_utf16(body, u16::from_be_bytes),
            Encoding::Windows1252 => (body.iter().map(|&b| windows_1252(b)).collect(), None),
        };
        let problem = unknown
            .map(|name| DecodeProblem::Unknown { name })
            .or_else(|| malformed.map(|offset| DecodeProblem::Malformed { encoding, offset }));
        let lines = line_starts(&content);
        Self { content, encoding, bom, lines, problem }
    }

    /// The text without its byte order mark.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// How it was encoded.
    #[must_use]
    pub const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// What was wrong with the bytes, if anything.
    #[must_use]
    pub const fn problem(&self) -> Option<&DecodeProblem> {
        self.problem.as_ref()
    }

    /// Other content in the encoding of this file, byte order mark included.
    #[must_use]
    pub fn encode(&self, content: &str) -> Vec<u8> {
        let mark = if self.bom { "\u{feff}" } else { "" };
        let units = || mark.encode_utf16().chain(content.encode_utf16());
        match self.encoding {
            Encoding::Utf8 => [mark.as_bytes(), content.as_bytes()].concat(),
            Encoding::Utf16Le => units().flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16Be => units().flat_map(u16::to_be_bytes).collect(),
            Encoding::Windows1252 => content.chars().map(to_windows_1252).collect(),
        }
    }

    /// The line end that the file uses; `\n` when it has none.
    #[must_use]
    pub fn line_end(&self) -> &'static str {
        match self.content.find('\n') {
            Some(at) if at > 0 && self.content.as_bytes().get(at - 1) == Some(&b'\r') => "\r\n",
            _ => "\n",
        }
    }

    /// The line and column of a byte of the decoded text.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.content.len());
        let line = self.lines.partition_point(|&start| start <= offset).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        let before = self.content.get(start..offset).unwrap_or("");
        Position { line: count(line), column: count(before.encode_utf16().count() + 1) }
    }

    /// A line without its end, counted from 1; empty when there is no such line.
    #[must_use]
    pub fn line(&self, number: u32) -> &str {
        let index = number as usize;
        let Some(&start) = index.checked_sub(1).and_then(|i| self.lines.get(i)) else { return "" };
        let end = self.lines.get(index).copied().unwrap_or(self.content.len());
        self.content.get(start..end).unwrap_or("").trim_end_matches(['\n', '\r'])
    }

    /// The first byte of a line, counted from 1.
    #[must_use]
    pub fn line_start(&self, number: u32) -> usize {
        let start = (number as usize).checked_sub(1).and_then(|index| self.lines.get(index));
        start.copied().unwrap_or(self.content.len())
    }

    /// The span of a line, without the blanks around it.
    #[must_use]
    pub fn line_span(&self, number: u32) -> Span {
        let (start, line) = (self.line_start(number), self.line(number));
        let blanks = line.len() - line.trim_start().len();
        Span::new(start + blanks, start + line.trim_end().len().max(blanks))
    }

    /// How many lines there are.
    #[must_use]
    pub fn line_count(&self) -> u32 {
        count(self.lines.len())
    }

    /// The bytes of a span; empty when it lies outside.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.content.get(span.start..span.end).unwrap_or("")
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn line_starts(content: &str) -> Vec<usize> {
    std::iter::once(0).chain(content.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

/// The encoding by mark, by zero bytes, or by the XML declaration; and the name it could not use.
fn sniff(bytes: &[u8]) -> (Encoding, bool, &[u8], Option<String>) {
    if let Some(body) = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]) {
        return (Encoding::Utf8, true, body, None);
    }
    if let Some(body) = bytes.strip_prefix(&[0xff, 0xfe]) {
        return (Encoding::Utf16Le, true, body, None);
    }
    if let Some(body) = bytes.strip_prefix(&[0xfe, 0xff]) {
        return (Encoding::Utf16Be, true, body, None);
    }
    match bytes {
        [b'<', 0, ..] => return (Encoding::Utf16Le, false, bytes, None),
        [0, b'<', ..] => return (Encoding::Utf16Be, false, bytes, None),
        _ => {}
    }
    match declared(bytes).map(|name| name.to_ascii_lowercase()).as_deref() {
        // A declaration of UTF-16 that can be read byte by byte is wrong: it is UTF-8.
        None | Some("utf-8" | "utf8" | "us-ascii" | "ascii" | "utf-16" | "utf-16le" | "utf-16be") => {
            (Encoding::Utf8, false, bytes, None)
        }
        Some("windows-1252" | "cp1252" | "iso-8859-1" | "latin1" | "latin-1") => {
            (Encoding::Windows1252, false, bytes, None)
        }
        Some(other) => {
            let unknown = (!bytes.is_ascii()).then(|| other.to_owned());
            (Encoding::Utf8, false, bytes, unknown)
        }
    }
}

/// The encoding that the XML declaration names.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..bytes.len().min(200))?;
    let head: String = head.iter().map(|&b| char::from(b)).collect();
    let declaration = head.strip_prefix("<?xml")?.split_once("?>")?.0.to_owned();
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start().to_owned();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value.get(1..)?.split_once(quote).map(|(name, _)| name.to_owned())
}

fn decode_utf8(bytes: &[u8]) -> (String, Option<usize>) {
    match std::str::from_utf8(bytes) {
        Ok(content) => (content.to_owned(), None),
        Err(error) => (String::from_utf8_lossy(bytes).into_owned(), Some(error.valid_up_to())),
    }
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> (String, Option<usize>) {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut content = String::with_capacity(bytes.len());
    let mut bad = None;
    for decoded in char::decode_utf16(pairs.iter().map(|&pair| unit(pair))) {
        let Ok(char) = decoded else {
            bad = bad.or(Some(content.len()));
            content.push(char::REPLACEMENT_CHARACTER);
            continue;
        };
        content.push(char);
    }
    if !rest.is_empty() {
        bad = bad.or(Some(content.len()));
    }
    (content, bad)
}

/// The upper half of Windows-1252 from 0x80 to 0x9F, as WHATWG defines it.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    byte.checked_sub(0x80).and_then(|i| WINDOWS_1252.get(usize::from(i))).copied().unwrap_or(char::from(byte))
}

fn to_windows_1252(char: char) -> u8 {
    if let Some(index) = WINDOWS_1252.iter().position(|&c| c == char) {
        return u8::try_from(index + 0x80).unwrap_or(b'?');
    }
    u8::try_from(u32::from(char)).unwrap_or(b'?')
}

/// A text as it can be shown: control characters and those without a shape are spelled out.
#[must_use]
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        if is_shapeless(char) || char.is_control() {
            out.extend(char.escape_unicode());
        } else {
            out.push(char);
        }
    }
    out
}

/// Whether a character is not seen, or turns those around it.
#[must_use]
pub const fn is_shapeless(char: char) -> bool {
    matches!(char, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_back_every_encoding() {
        let utf16: Vec<u8> = "\u{feff}<a b='é'/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf16be: Vec<u8> = "\u{feff}<a b='é'/>".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, encoding) in [
            (b"\xef\xbb\xbf<a/>".to_vec(), Encoding::Utf8),
            (utf16, Encoding::Utf16Le),
            (utf16be, Encoding::Utf16Be),
            (b"<?xml version='1.0' encoding='ISO-8859-1'?><a b='\xe9\x80'/>".to_vec(), Encoding::Windows1252),
        ] {
            let text = Text::decode(&bytes);
            assert_eq!(text.encoding(), encoding);
            assert_eq!(text.problem(), None);
            assert_eq!(text.encode(text.as_str()), bytes);
        }
    }

    #[test]
    fn says_where_a_sequence_is_malformed() {
        let text = Text::decode(b"ab\xff");
        assert_eq!(text.problem(), Some(&DecodeProblem::Malformed { encoding: Encoding::Utf8, offset: 2 }));
    }

    #[test]
    fn counts_columns_in_utf16_units() {
        let text = Text::decode("a\r\n😀x".as_bytes());
        assert_eq!(text.position(7), Position { line: 2, column: 3 });
        assert_eq!(text.line(1), "a");
        assert_eq!(text.line(2), "😀x");
        assert_eq!(text.line(3), "");
        assert_eq!(text.line_end(), "\r\n");
    }
}
