//! The regular expressions of parameter entries, as Web Deploy means them.

use std::fmt;

use regex_lite::{Regex, RegexBuilder};

/// A .NET expression that can be judged here: searched anywhere in the text, in any case.
pub struct Expression(Regex);

/// An expression that is not judged here: a mistake, or something that only .NET knows, such as
/// look-around. The two are not told apart, so nothing may be called wrong because of it.
#[derive(Debug)]
pub struct Unchecked;

impl Expression {
    /// Reads an expression.
    pub fn compile(pattern: &str) -> Result<Self, Unchecked> {
        let mut builder = RegexBuilder::new(pattern);
        builder.case_insensitive(true).size_limit(1 << 20).build().map(Self).map_err(|_| Unchecked)
    }

    /// Whether it is found somewhere in a text.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

impl fmt::Debug for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Expression").field(&self.0.as_str()).finish()
    }
}

/// Text as an expression that matches just it.
#[must_use]
pub fn escape(text: &str) -> String {
    regex_lite::escape(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searches_anywhere_in_any_case() {
        assert!(Expression::compile("subtext.web").unwrap().is_match("x/SubText.Web/images"));
        assert!(Expression::compile(r"\\web\.config$").unwrap().is_match(r"\app\Web.config"));
        assert!(!Expression::compile("dbFullSql ").unwrap().is_match("dbFullSql"));
    }

    #[test]
    fn leaves_look_around_unchecked() {
        assert!(Expression::compile(r"(?<=\s*Data:\s+)\S+").is_err());
    }
}
