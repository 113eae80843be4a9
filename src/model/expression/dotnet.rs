//! Reads an expression as .NET does: what is wrong with it, and how it is written for the two
//! engines that can judge it here.
//!
//! Both get the same tokens; they differ in what .NET calls a word, a line and an end. What cannot
//! be said in an engine's syntax is a gap of it, and the expression is then not judged by it.

mod set;

use super::Trouble;
use set::{Member, WORD, spell};

/// An expression in the syntax of both engines.
#[derive(Debug, Default)]
pub(super) struct Pattern {
    /// For `regex-lite`.
    pub(super) lite: String,
    /// For `RegExp` with the flags `i` and `u`.
    pub(super) js: String,
    /// What `regex-lite` cannot say.
    pub(super) lite_gap: Option<&'static str>,
    /// What `RegExp` cannot say.
    pub(super) js_gap: Option<&'static str>,
    /// Whether letters beyond ASCII make a difference that `regex-lite` does not see.
    pub(super) unicode: bool,
    /// Whether it has a `$`, which stands before a last line end too.
    pub(super) dollar: bool,
    /// Whether no character of it means anything but itself.
    pub(super) literal: bool,
    /// What may be repeated, for an estimate of the time.
    pub(super) repeats: Vec<Repeat>,
    /// In how many ways its alternatives can be taken; nothing when repetitions nest, so that there
    /// is no estimate.
    pub(super) ways: Option<u64>,
}

/// A repetition.
#[derive(Debug)]
pub(super) struct Repeat {
    /// What is repeated, for `regex-lite`.
    pub(super) atom: String,
    /// How many times it may be there or not; nothing when there is no limit.
    pub(super) most: Option<u64>,
}

const LOOK_AROUND: &str = "it uses look-around";

#[derive(Clone, Copy, Default)]
struct Options {
    multiline: bool,
    single_line: bool,
    blanks: bool,
}

/// A group that is open.
struct Frame {
    options: Options,
    lite: usize,
    /// Whether something in it may match in several ways.
    variable: bool,
}

/// What a quantifier would apply to.
enum Last {
    Nothing,
    Quantified,
    Atom { lite: usize, variable: bool },
}

struct Reader<'p> {
    rest: &'p str,
    out: Pattern,
    options: Options,
    frames: Vec<Frame>,
    /// Whether something before, outside every group, may match in several ways.
    variable: bool,
    last: Last,
}

/// Reads an expression.
pub(super) fn read(pattern: &str) -> Result<Pattern, Trouble> {
    let out = Pattern { literal: true, ways: Some(1), ..Pattern::default() };
    let mut reader = Reader {
        rest: pattern,
        out,
        options: Options::default(),
        frames: Vec::new(),
        variable: false,
        last: Last::Nothing,
    };
    reader.read()?;
    Ok(reader.out)
}

fn mistake<T>(text: impl Into<String>) -> Result<T, Trouble> {
    Err(Trouble::Mistake(text.into()))
}

impl Reader<'_> {
    fn take(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let char = chars.next();
        self.rest = chars.as_str();
        char
    }

    fn eat(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn read(&mut self) -> Result<(), Trouble> {
        while let Some(char) = self.take() {
            if self.options.blanks && self.skip_blank(char) {
                continue;
            }
            self.out.literal &= !r"\*+?|{[()^$.".contains(char);
            match char {
                '(' => self.open()?,
                ')' => self.close()?,
                '|' => {
                    self.push("|", "|");
                    self.out.ways = self.out.ways.map(|ways| ways.saturating_mul(2));
                    self.vary();
                    self.last = Last::Nothing;
                }
                '[' => self.class()?,
                '\\' => self.escape()?,
                '.' if self.options.single_line => self.atom("(?s:.)", "[^]"),
                '.' => self.atom("(?-s:.)", r"[^\n]"),
                '^' if self.options.multiline => self.atom("(?m:^)", r"(?:(?<=^|\n))"),
                '^' => self.atom(r"(?:\A)", "(?:^)"),
                '$' if self.options.multiline => self.atom("(?m:$)", r"(?:(?=\n|$))"),
                '$' => self.end(),
                '*' => self.quantify(0, None, "*")?,
                '+' => self.quantify(1, None, "+")?,
                '?' => self.quantify(0, Some(1), "?")?,
                '{' => match counts(self.rest) {
                    Some((least, most, length)) => {
                        let written = format!("{{{}", self.rest.get(..length).unwrap_or(""));
                        self.rest = self.rest.get(length..).unwrap_or("");
                        if most.is_some_and(|most| most < least) {
                            return mistake("Illegal {x,y} with x > y");
                        }
                        self.quantify(least, most, &written)?;
                    }
                    None => self.char('{'),
                },
                char => self.char(char),
            }
        }
        if self.frames.is_empty() { Ok(()) } else { mistake("Not enough )'s") }
    }

    /// Blanks and comments under the option `x`.
    fn skip_blank(&mut self, char: char) -> bool {
        if char == '#' {
            self.rest = self.rest.split_once('\n').map_or("", |(_, rest)| rest);
        }
        char == '#' || char.is_ascii_whitespace()
    }

    fn push(&mut self, lite: &str, js: &str) {
        self.out.lite.push_str(lite);
        self.out.js.push_str(js);
    }

    fn atom(&mut self, lite: &str, js: &str) {
        self.last = Last::Atom { lite: self.out.lite.len(), variable: false };
        self.push(lite, js);
    }

    fn char(&mut self, char: char) {
        let written = spell(char);
        self.out.unicode |= !char.is_ascii();
        self.atom(&written, &written);
    }

    fn end(&mut self) {
        self.out.dollar = true;
        self.atom(r"(?:\z)", r"(?:(?=\n?$))");
    }

    fn vary(&mut self) {
        match self.frames.last_mut() {
            Some(frame) => frame.variable = true,
            None => self.variable = true,
        }
    }

    fn quantify(&mut self, least: u64, most: Option<u64>, written: &str) -> Result<(), Trouble> {
        let (start, variable) = match self.last {
            Last::Atom { lite, variable } => (lite, variable),
            Last::Nothing => return mistake("Quantifier {x,y} following nothing"),
            Last::Quantified => return mistake(format!("Nested quantifier {}", written.get(..1).unwrap_or(""))),
        };
        if most != Some(least) {
            let atom = self.out.lite.get(start..).unwrap_or("").to_owned();
            let most = most.map(|most| most - least);
            self.out.repeats.push(Repeat { atom, most });
            self.vary();
        }
        if variable && most.is_none_or(|most| most > 1) {
            self.out.ways = None;
        }
        self.push(written, written);
        if self.eat("?") {
            self.push("?", "?");
        }
        self.last = Last::Quantified;
        Ok(())
    }

    fn open(&mut self) -> Result<(), Trouble> {
        let (mut lite, mut js) = ("(?:", "(?:");
        let before = self.options;
        if self.rest.starts_with("?#") {
            let Some((_, rest)) = self.rest.split_once(')') else {
                return mistake("Unterminated (?#...) comment");
            };
            self.rest = rest;
            return Ok(());
        }
        if self.eat("?") {
            let looks = ["=", "!", "<=", "<!"].into_iter().find(|look| self.rest.starts_with(look));
            if let Some(look) = looks {
                self.eat(look);
                self.out.lite_gap = Some(LOOK_AROUND);
                js = match look {
                    "=" => "(?=",
                    "!" => "(?!",
                    "<=" => "(?<=",
                    _ => "(?<!",
                };
            } else if self.rest.starts_with(['<', '\'']) {
                self.group_name()?;
            } else if self.rest.starts_with('>') {
                return Err(Trouble::Unknown("it has an atomic group `(?>`"));
            } else if self.rest.starts_with('(') {
                return Err(Trouble::Unknown("it has a condition `(?(`"));
            } else if !self.eat(":") {
                let (inline, case) = self.inline_options()?;
                match case {
                    Some(true) => lite = if inline { "(?i)" } else { "(?i:" },
                    Some(false) => {
                        lite = if inline { "(?-i)" } else { "(?-i:" };
                        self.out.js_gap = Some("it turns the case on with `(?-i)`");
                    }
                    None => {}
                }
                if inline {
                    if case.is_some() {
                        self.push(lite, "");
                    }
                    self.last = Last::Nothing;
                    return Ok(());
                }
            }
        }
        self.frames.push(Frame { options: before, lite: self.out.lite.len(), variable: false });
        self.push(lite, js);
        self.last = Last::Nothing;
        Ok(())
    }

    /// A name before a group; what is captured does not matter, because nothing refers to it.
    fn group_name(&mut self) -> Result<(), Trouble> {
        let close = if self.take() == Some('<') { '>' } else { '\'' };
        match self.rest.split_once(close) {
            Some((name, rest)) if !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_') => {
                self.rest = rest;
                Ok(())
            }
            Some((name, _)) if name.contains('-') => Err(Trouble::Unknown("it has a balancing group")),
            _ => mistake("Unrecognized grouping construct"),
        }
    }

    /// `imnsx-imnsx` and what follows it: whether it is for the rest of the group, and what it says
    /// about the case.
    fn inline_options(&mut self) -> Result<(bool, Option<bool>), Trouble> {
        let (mut on, mut case) = (true, None);
        while let Some(char) = self.take() {
            match char {
                '-' => on = false,
                '+' => on = true,
                'i' => case = Some(on),
                'm' => self.options.multiline = on,
                's' => self.options.single_line = on,
                'x' => self.options.blanks = on,
                'n' => {}
                'r' => return Err(Trouble::Unknown("it is read from right to left")),
                ':' => return Ok((false, case)),
                ')' => return Ok((true, case)),
                _ => break,
            }
        }
        mistake("Unrecognized grouping construct")
    }

    fn close(&mut self) -> Result<(), Trouble> {
        let Some(frame) = self.frames.pop() else { return mistake("Too many )'s") };
        self.push(")", ")");
        self.options = frame.options;
        if frame.variable {
            self.vary();
        }
        self.last = Last::Atom { lite: frame.lite, variable: frame.variable };
        Ok(())
    }

    fn escape(&mut self) -> Result<(), Trouble> {
        const REFERENCE: Result<(), Trouble> = Err(Trouble::Unknown("it refers back to a group"));
        let Some(char) = self.rest.chars().next() else { return mistake(r"Illegal \ at end of pattern") };
        match char {
            'A' => self.anchor(r"(?:\A)", "(?:^)"),
            'z' => self.anchor(r"(?:\z)", "(?:$)"),
            'Z' => {
                self.take();
                self.end();
            }
            'b' | 'B' => {
                self.out.unicode = true;
                let (inside, outside) = (format!("(?<=[{WORD}])"), format!("(?<![{WORD}])"));
                let (starts, stops) = (format!("(?=[{WORD}])"), format!("(?![{WORD}])"));
                let (lite, js) = if char == 'b' {
                    (r"(?:\b)", format!("(?:{inside}{stops}|{outside}{starts})"))
                } else {
                    (r"(?:\B)", format!("(?:{inside}{starts}|{outside}{stops})"))
                };
                self.anchor(lite, &js);
            }
            'G' => return Err(Trouble::Unknown(r"it has `\G`")),
            'k' | '1'..='9' => return REFERENCE,
            '<' | '\'' if old_reference(self.rest) => return REFERENCE,
            _ => match self.member(false)? {
                Member::Set(lite, js) => self.atom(lite, js),
                Member::Char(char) => self.char(char),
            },
        }
        Ok(())
    }

    fn anchor(&mut self, lite: &str, js: &str) {
        self.take();
        self.atom(lite, js);
    }
}

/// What stands after `{` when it is a quantifier: the two numbers and the length, `}` included.
fn counts(rest: &str) -> Option<(u64, Option<u64>, usize)> {
    let (inside, _) = rest.split_once('}')?;
    let (least, most) = inside.split_once(',').unwrap_or((inside, inside));
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u64>().ok()).flatten();
    let least = number(least)?;
    let most = if most.is_empty() { None } else { Some(number(most)?) };
    Some((least, most, inside.len() + 1))
}

/// `<name>` or `'name'` after a backslash, which is a reference as well.
fn old_reference(rest: &str) -> bool {
    let close = if rest.starts_with('<') { '>' } else { '\'' };
    let name = rest.get(1..).and_then(|rest| rest.split_once(close)).map_or("", |(name, _)| name);
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_')
}
