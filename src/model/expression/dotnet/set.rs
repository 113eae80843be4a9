//! Sets of characters, and what follows a backslash.

use super::super::Trouble;
use super::{Reader, mistake};

/// What .NET calls a letter of a word, inside a set.
pub(super) const WORD: &str = r"\p{L}\p{Mn}\p{Nd}\p{Pc}";

/// A class of characters in both syntaxes, or one character.
pub(super) enum Member {
    Set(&'static str, &'static str),
    Char(char),
}

impl Reader<'_> {
    /// What follows a backslash, in a set or not.
    pub(super) fn member(&mut self, in_set: bool) -> Result<Member, Trouble> {
        let Some(char) = self.take() else {
            return mistake(if in_set { "Unterminated [] set" } else { r"Illegal \ at end of pattern" });
        };
        if "wWdDsS".contains(char) {
            self.out.unicode = true;
        }
        Ok(match char {
            'w' if in_set => Member::Set(r"\w", WORD),
            'w' => Member::Set(r"\w", r"[\p{L}\p{Mn}\p{Nd}\p{Pc}]"),
            'W' if in_set => {
                self.out.js_gap = Some(r"it has `\W` in a set");
                Member::Set(r"\W", r"\W")
            }
            'W' => Member::Set(r"\W", r"[^\p{L}\p{Mn}\p{Nd}\p{Pc}]"),
            'd' => Member::Set(r"\d", r"\p{Nd}"),
            'D' => Member::Set(r"\D", r"\P{Nd}"),
            's' => Member::Set(r"\s", r"\s"),
            'S' => Member::Set(r"\S", r"\S"),
            'p' | 'P' => return Err(Trouble::Unknown(r"it has a category of Unicode, `\p`")),
            'x' => Member::Char(self.hexadecimal(2)?),
            'u' => Member::Char(self.hexadecimal(4)?),
            'a' => Member::Char('\u{7}'),
            'b' => Member::Char('\u{8}'),
            'e' => Member::Char('\u{1b}'),
            'f' => Member::Char('\u{c}'),
            'n' => Member::Char('\n'),
            'r' => Member::Char('\r'),
            't' => Member::Char('\t'),
            'v' => Member::Char('\u{b}'),
            'c' => return Err(Trouble::Unknown(r"it has a control character, `\c`")),
            '0'..='9' => return Err(Trouble::Unknown("it has a character by its octal number")),
            char if char.is_alphanumeric() || char == '_' => {
                return mistake(format!("Unrecognized escape sequence \\{char}"));
            }
            char => Member::Char(char),
        })
    }

    fn hexadecimal(&mut self, digits: usize) -> Result<char, Trouble> {
        let written = self.rest.get(..digits).filter(|written| written.bytes().all(|b| b.is_ascii_hexdigit()));
        let Some(number) = written.and_then(|written| u32::from_str_radix(written, 16).ok()) else {
            return mistake("Insufficient hexadecimal digits");
        };
        self.rest = self.rest.get(digits..).unwrap_or("");
        char::from_u32(number).ok_or(Trouble::Unknown("it has half a character"))
    }

    pub(super) fn class(&mut self) -> Result<(), Trouble> {
        const UNTERMINATED: &str = "Unterminated [] set";
        const SUBTRACTION: Trouble = Trouble::Unknown("it takes one set from another");
        let open = if self.eat("^") { "[^" } else { "[" };
        let (mut lite, mut js) = (open.to_owned(), open.to_owned());
        let mut first = true;
        loop {
            let Some(char) = self.take() else { return mistake(UNTERMINATED) };
            let low = match char {
                ']' if !first => break,
                '[' if self.rest.starts_with(':') => return Err(Trouble::Unknown("it has a named set")),
                '-' if !first && self.rest.starts_with('[') => return Err(SUBTRACTION),
                '\\' => self.member(true)?,
                char => Member::Char(char),
            };
            first = false;
            let low = match low {
                Member::Set(in_lite, in_js) => {
                    lite.push_str(in_lite);
                    js.push_str(in_js);
                    continue;
                }
                Member::Char(low) => low,
            };
            self.out.unicode |= !low.is_ascii();
            lite.push_str(&spell(low));
            js.push_str(&spell(low));
            if !self.rest.starts_with('-') || matches!(self.rest.chars().nth(1), None | Some(']')) {
                continue;
            }
            self.take();
            let high = match self.take() {
                None => return mistake(UNTERMINATED),
                Some('[') => return Err(SUBTRACTION),
                Some('\\') => match self.member(true)? {
                    Member::Set(class, _) => {
                        return mistake(format!("Cannot include class {class} in character range"));
                    }
                    Member::Char(high) => high,
                },
                Some(high) => high,
            };
            if high < low {
                return mistake("[x-y] range in reverse order");
            }
            self.out.unicode |= !high.is_ascii();
            let range = format!("-{}", spell(high));
            lite.push_str(&range);
            js.push_str(&range);
        }
        lite.push(']');
        js.push(']');
        self.atom(&lite, &js);
        Ok(())
    }
}

/// A character so that neither engine takes it for more.
pub(super) fn spell(char: char) -> String {
    if char.is_alphanumeric() || char == '_' { char.to_string() } else { format!("\\u{{{:x}}}", u32::from(char)) }
}
