//! Refuses what nests so deep that reading it would overflow the stack.
//!
//! The parser, the visitors and the drop of the tree all recurse, and in the browser the stack does
//! not grow. One linear walk over the tokens counts what could nest before anything recurses.

use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{Mode, lexer};

use crate::limits;

/// Whether a source nests deeper than any that a person wrote.
pub(super) fn too_deep(text: &str) -> bool {
    indents_too_deep(text) || tokens_too_deep(text)
}

/// Counts what could nest inside one bracket.
#[derive(Default)]
struct Level {
    /// Operators since the last comma: each may be one step down in the tree.
    chain: usize,
    /// Words after which a comma does not end the expression, such as `lambda a, b:`.
    sticky: usize,
}

/// How much a prefix operator counts: measured in the browser's stack, against one between operands.
const PREFIX: usize = 4;

fn tokens_too_deep(text: &str) -> bool {
    let mut lexer = lexer::lex(text, Mode::Module);
    let mut levels = vec![Level::default()];
    // What the levels before the last hold together.
    let mut outer = 0;
    let mut after_operand = false;
    loop {
        let kind = lexer.next_token();
        let Some(level) = levels.last_mut() else { return true };
        match kind {
            TokenKind::EndOfFile => return false,
            TokenKind::Newline => {
                outer = 0;
                levels.clear();
                levels.push(Level::default());
            }
            TokenKind::Comma => level.chain = 0,
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => {
                level.chain += 1;
                outer += level.chain + level.sticky;
                levels.push(Level::default());
            }
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => {
                if levels.len() > 1 {
                    levels.pop();
                    outer -= levels.last().map_or(0, |level| level.chain + level.sticky);
                }
            }
            TokenKind::Lambda | TokenKind::Yield | TokenKind::Async | TokenKind::Await => level.sticky += PREFIX,
            kind if is_operand(kind) => {}
            // A prefix operator recurses in the parser, one between operands mostly does not.
            _ if !after_operand => level.chain += PREFIX,
            _ => level.chain += 1,
        }
        after_operand = is_operand(kind) || matches!(kind, TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace);
        let here = levels.last().map_or(0, |level| level.chain + level.sticky);
        if levels.len() > limits::PYTHON_BRACKETS || outer + here > limits::PYTHON_CHAIN {
            return true;
        }
    }
}

const fn is_operand(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Name
            | TokenKind::String
            | TokenKind::Int
            | TokenKind::Float
            | TokenKind::Complex
            | TokenKind::None
            | TokenKind::True
            | TokenKind::False
            | TokenKind::Comment
            | TokenKind::NonLogicalNewline
            | TokenKind::Indent
            | TokenKind::Dedent
            | TokenKind::FStringMiddle
            | TokenKind::FStringEnd
            | TokenKind::TStringMiddle
            | TokenKind::TStringEnd
    )
}

/// Looks at the lines themselves: inside an unclosed bracket the lexer sees no indentation, but the
/// parser finds it again when it recovers.
fn indents_too_deep(text: &str) -> bool {
    let mut open: Vec<usize> = Vec::new();
    for line in text.as_bytes().split(|byte| matches!(byte, b'\n' | b'\r')) {
        let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\x0c');
        let Some(width) = line.iter().position(|byte| !blank(byte)).filter(|&at| line.get(at) != Some(&b'#')) else {
            continue;
        };
        while open.last().is_some_and(|&outer| outer >= width) {
            open.pop();
        }
        open.push(width);
        if open.len() > limits::PYTHON_INDENTS {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_every_way_to_nest() {
        for piece in [
            "(",
            "[",
            "{",
            "-",
            "not ",
            "lambda a, b: ",
            "a.",
            "a+",
            "a**",
            "f(",
            "f\"{",
            "x if y else ",
            "a()()",
            "async ",
            "await ",
        ] {
            assert!(too_deep(&piece.repeat(100_000)), "{piece}");
        }
        let steps: String = (0..10_000).map(|n| " ".repeat(n % 3000) + "if x:\n").collect();
        assert!(too_deep(&steps));
        assert!(too_deep(&format!("(\n{steps}")));
    }

    #[test]
    fn knows_operators_before_operands() {
        assert!(too_deep(&format!("x = {}1", "-".repeat(300))));
        assert!(!too_deep(&format!("x = {}1", "'a' + ".repeat(900))));
    }

    #[test]
    fn takes_long_tables_and_long_modules() {
        assert!(!too_deep(&format!("x = [{}]", "-1, lambda_, a.b.c(d), ".repeat(100_000))));
        assert!(!too_deep(&format!("x = {{{}}}", "'a': ('b' + 'c', [1, 2]),\n".repeat(100_000))));
        assert!(!too_deep(&"def f(a):\n    return a.b.c[1](2)(3)\n".repeat(10_000)));
    }
}
