//! The regular expressions of parameter entries, as Web Deploy means them: those of .NET, searched
//! anywhere in the text, in any case.
//!
//! `regex-lite` judges most of them, and never takes long. What it does not know (look-around,
//! letters beyond ASCII) is left to the [`Judge`] of the caller: JavaScript's `RegExp` in the browser
//! and in Node. What neither can judge is not checked, and nothing may be called wrong because of it.

mod dotnet;

use std::fmt;
use std::rc::Rc;

use regex_lite::{Regex, RegexBuilder};

use crate::limits;
use crate::text::Span;
use dotnet::Pattern;

/// An engine for what `regex-lite` cannot judge.
pub trait Judge {
    /// The first places of an expression of JavaScript in a text, at most `most`, with the flags `i`
    /// and `u`; nothing when the engine does not take it.
    fn find(&self, pattern: &str, text: &str, most: usize) -> Option<Vec<Span>>;
}

/// The judge that the caller has, if any.
#[derive(Clone, Default)]
pub struct Engine(Option<Rc<dyn Judge>>);

impl Engine {
    /// With a judge.
    #[must_use]
    pub fn new(judge: Rc<dyn Judge>) -> Self {
        Self(Some(judge))
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Engine" } else { "no engine" })
    }
}

/// Why there is no [`Expression`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// .NET refuses it, in these words.
    Mistake(String),
    /// It uses what is not judged here; a clause.
    Unknown(&'static str),
}

/// Why an expression is not judged, or not on this text; a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unchecked(pub &'static str);

/// An expression that .NET takes.
pub struct Expression {
    pattern: Pattern,
    lite: Option<Regex>,
    engine: Engine,
}

impl Expression {
    /// Reads an expression.
    pub fn read(pattern: &str, engine: &Engine) -> Result<Self, Trouble> {
        if pattern.len() > limits::EXPRESSION_BYTES {
            return Err(Trouble::Unknown("it is too long"));
        }
        let pattern = dotnet::read(pattern)?;
        let lite = pattern.lite_gap.is_none().then(|| compile(&pattern.lite)).flatten();
        Ok(Self { pattern, lite, engine: engine.clone() })
    }

    /// Reads an expression that is judged on any text, without an engine.
    pub fn compile(pattern: &str) -> Result<Self, Unchecked> {
        let expression = Self::read(pattern, &Engine::default()).map_err(|_| Unchecked("it is not read"))?;
        if expression.lite.is_some() { Ok(expression) } else { Err(Unchecked("no engine judges it")) }
    }

    /// Whether it is found somewhere in a text.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.lite.as_ref().is_some_and(|lite| lite.is_match(text))
    }

    /// Whether it is found somewhere in a text, as far as that can be told.
    pub fn hits(&self, text: &str) -> Result<bool, Unchecked> {
        match self.exact(text) {
            Some(lite) => Ok(lite.is_match(text)),
            None => self.ask(text, 1).map(|places| !places.is_empty()),
        }
    }

    /// The first places in a text, at most `most`.
    pub fn find(&self, text: &str, most: usize) -> Result<Vec<Span>, Unchecked> {
        if text.len() > limits::SEARCHED_BYTES {
            return Err(Unchecked("a file is too large"));
        }
        match self.exact(text) {
            Some(lite) => {
                Ok(lite.find_iter(text).take(most).map(|found| Span::new(found.start(), found.end())).collect())
            }
            None => self.ask(text, most),
        }
    }

    /// Whether no character of it means anything but itself.
    #[must_use]
    pub const fn is_literal(&self) -> bool {
        self.pattern.literal
    }

    /// `regex-lite`, when it sees in this text what .NET sees.
    fn exact(&self, text: &str) -> Option<&Regex> {
        let same = (!self.pattern.unicode || text.is_ascii()) && !(self.pattern.dollar && text.ends_with('\n'));
        self.lite.as_ref().filter(|_| same)
    }

    fn ask(&self, text: &str, most: usize) -> Result<Vec<Span>, Unchecked> {
        let pattern = &self.pattern;
        if let Some(gap) = pattern.js_gap {
            return Err(Unchecked(gap));
        }
        let Some(judge) = &self.engine.0 else {
            return Err(Unchecked(
                pattern.lite_gap.unwrap_or("it depends on letters or line ends that only .NET counts so"),
            ));
        };
        // .NET and JavaScript differ about these two blanks.
        if pattern.unicode && text.contains(['\u{85}', '\u{feff}']) {
            return Err(Unchecked("the text has unusual blanks"));
        }
        if self.steps(text) > limits::EXPRESSION_STEPS {
            return Err(Unchecked("it could take too long"));
        }
        judge.find(&pattern.js, text, most).ok_or(Unchecked("this engine does not know it"))
    }

    /// More steps than a backtracking engine can take: for every place to begin at, every way to
    /// divide the text among what may be repeated.
    fn steps(&self, text: &str) -> u64 {
        let Some(ways) = self.pattern.ways else { return u64::MAX };
        let whole = text.len() as u64 + 1;
        let exact = !self.pattern.unicode || text.is_ascii();
        let mut steps = whole.saturating_mul(ways);
        for repeat in &self.pattern.repeats {
            let runs = compile(&format!("(?:{})+", repeat.atom)).filter(|_| exact);
            let longest = runs.map_or(whole, |runs| longest(&runs, text));
            steps = steps.saturating_mul(repeat.most.map_or(longest, |most| longest.min(most + 1)));
            if steps > limits::EXPRESSION_STEPS {
                break;
            }
        }
        steps
    }
}

impl fmt::Debug for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Expression").field(&self.pattern.js).finish()
    }
}

/// One more than the bytes of the longest run.
fn longest(runs: &Regex, text: &str) -> u64 {
    runs.find_iter(text).map(|run| run.len() as u64 + 1).max().unwrap_or(1)
}

fn compile(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(pattern).case_insensitive(true).size_limit(limits::COMPILED_BYTES).build().ok()
}

/// Text as an expression that matches just it.
#[must_use]
pub fn escape(text: &str) -> String {
    regex_lite::escape(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pattern: &str) -> Result<Expression, Trouble> {
        Expression::read(pattern, &Engine::default())
    }

    #[test]
    fn searches_anywhere_in_any_case() {
        for (pattern, text, expected) in [
            ("subtext.web", "x/SubText.Web/images", true),
            (r"\\web\.config$", r"\app\Web.config", true),
            ("dbFullSql ", "dbFullSql", false),
            (r"Visual\ Studio", "visual studio", true),
            ("a{,2}", "A{,2}", true),
            ("^[^]a-]+$", "bcd", true),
            (r"[\w-.]+@", "a-b.c@", true),
            ("(?x) a b # c\n c", "abc", true),
            ("(?s)a.b", "a\nb", true),
            ("a.b", "a\nb", false),
            ("(?m)^b$", "a\nb\nc", true),
            ("(?-i)A(?i:b)", "AB", true),
            ("(?-i)A", "a", false),
            (r"(?<name>x)(?'two'y)(?#c)z\x41\u0042", "xyzab", true),
            ("[é]", "é", false),
        ] {
            let hits = read(pattern).unwrap().hits(text);
            assert_eq!(hits.unwrap_or(false), expected, "{pattern} in {text}");
        }
    }

    #[test]
    fn refuses_what_dotnet_refuses() {
        for (pattern, message) in [
            ("[a-z", "Unterminated [] set"),
            ("[z-a]", "[x-y] range in reverse order"),
            ("(a", "Not enough )'s"),
            ("a)", "Too many )'s"),
            ("*.config", "Quantifier {x,y} following nothing"),
            ("a|+", "Quantifier {x,y} following nothing"),
            ("a**", "Nested quantifier *"),
            ("a{2}{3}", "Nested quantifier {"),
            ("a{3,2}", "Illegal {x,y} with x > y"),
            ("app\\", r"Illegal \ at end of pattern"),
            (r"\my\web", r"Unrecognized escape sequence \m"),
            (r"[a-\d]", r"Cannot include class \d in character range"),
            ("(?P<x>a)", "Unrecognized grouping construct"),
            (r"\xg", "Insufficient hexadecimal digits"),
        ] {
            assert_eq!(read(pattern).unwrap_err(), Trouble::Mistake(message.to_owned()), "{pattern}");
        }
    }

    #[test]
    fn leaves_to_others_what_it_cannot_judge() {
        for pattern in [r"(a)\1", "(?>a)", "(?(1)a|b)", "(?<a-b>c)", "[a-z-[aeiou]]", r"\p{IsGreek}", r"\G"] {
            assert!(matches!(read(pattern), Err(Trouble::Unknown(_))), "{pattern}");
        }
        let orchard = read(r"(?<=\s*Data:\s+)\S+").unwrap();
        assert_eq!(orchard.hits("Data: x"), Err(Unchecked("it uses look-around")));
        assert!(Expression::compile(r"(?<=\s*Data:\s+)\S+").is_err());
        assert!(read(r"\w+$").unwrap().hits("é").is_err());
        assert!(read("a$").unwrap().hits("a\n").is_err());
    }

    /// What the engine would be asked.
    struct Echo;

    impl Judge for Echo {
        fn find(&self, pattern: &str, _: &str, _: usize) -> Option<Vec<Span>> {
            (pattern == r"(?<=\s*\p{Nd}+)[^\n]*(?:(?=\n?$))").then(|| vec![Span::new(1, 2)])
        }
    }

    #[test]
    fn asks_the_engine_when_it_cannot_take_long() {
        let engine = Engine::new(Rc::new(Echo));
        let expression = Expression::read(r"(?<=\s*\d+).*$", &engine).unwrap();
        assert_eq!(expression.find("1x", 9), Ok(vec![Span::new(1, 2)]));
        let long = format!("1{}", " 1".repeat(40_000));
        assert_eq!(expression.find(&long, 9), Err(Unchecked("it could take too long")));
        let nested = Expression::read("(?=x)(a+)+b", &engine).unwrap();
        assert_eq!(nested.hits("aaa"), Err(Unchecked("it could take too long")));
    }
}
