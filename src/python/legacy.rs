//! What only Python 2 takes.
//!
//! The parser reports such places as errors of many kinds; the tokens say plainly what they are.
//! Every pattern here is a syntax error in every Python 3, so there is no false alarm.

use ruff_python_ast::token::{Token, TokenKind};
use ruff_python_ast::visitor::{Visitor, walk_except_handler};
use ruff_python_ast::{ExceptHandler, ExceptHandlerExceptHandler, Expr, ModModule};
use ruff_python_parser::Parsed;
use ruff_text_size::{Ranged, TextSize};

use super::{Lines, Module, Need, Version};

pub(super) fn find(text: &str, parsed: &Parsed<ModModule>, module: &Module, lines: &Lines) -> Option<Need> {
    let at =
        |(at, what): (TextSize, &str)| Need { version: Version::new(3, 0), line: lines.of(at), what: what.to_owned() };
    let excepts = || {
        let mut excepts = Excepts { module, found: None };
        excepts.visit_body(parsed.suite());
        excepts.found.map(|at| (at, "`except X, name`"))
    };
    if module.errors == 0 {
        return excepts().map(at);
    }
    in_tokens(text, parsed, module).or_else(excepts).map(at)
}

fn in_tokens(text: &str, parsed: &Parsed<ModModule>, module: &Module) -> Option<(TextSize, &'static str)> {
    let slice = |token: &Token| text.get(token.start().to_usize()..token.end().to_usize()).unwrap_or("");
    let has_print = module
        .imports
        .iter()
        .any(|import| import.module == "__future__" && import.name.as_deref() == Some("print_function"));
    let mut begins = true;
    let mut depth = 0_usize;
    let mut tokens = parsed
        .tokens()
        .iter()
        .filter(|t| !matches!(t.kind(), TokenKind::Comment | TokenKind::NonLogicalNewline))
        .peekable();
    while let Some(token) = tokens.next() {
        let kind = token.kind();
        let next = tokens.peek().copied();
        let found = match kind {
            TokenKind::Name if begins && !has_print && slice(token) == "print" => {
                next.is_some_and(|next| begins_operand(next.kind())).then_some("a `print` statement")
            }
            TokenKind::Name if begins && slice(token) == "exec" => {
                next.is_some_and(|next| begins_operand(next.kind())).then_some("an `exec` statement")
            }
            TokenKind::Less => touching(token, next, TokenKind::Greater).then_some("the operator `<>`"),
            TokenKind::Unknown if slice(token).starts_with('`') => Some("backquotes"),
            TokenKind::Int if touching(token, next, TokenKind::Name) => {
                next.is_some_and(|next| matches!(slice(next), "L" | "l")).then_some("a long integer")
            }
            TokenKind::Unknown if is_old_octal(slice(token)) => Some("an octal number without `0o`"),
            _ => None,
        };
        if let Some(what) = found {
            return Some((token.start(), what));
        }
        match kind {
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => depth += 1,
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => depth = depth.saturating_sub(1),
            TokenKind::Newline => depth = 0,
            _ => {}
        }
        begins = match kind {
            TokenKind::Newline | TokenKind::Indent | TokenKind::Dedent => true,
            TokenKind::Semi | TokenKind::Colon => depth == 0,
            _ => false,
        };
    }
    None
}

/// What can only begin an operand: a name right before it is a statement of Python 2.
const fn begins_operand(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Name
            | TokenKind::String
            | TokenKind::FStringStart
            | TokenKind::Int
            | TokenKind::Float
            | TokenKind::None
            | TokenKind::True
            | TokenKind::False
    )
}

fn touching(token: &Token, next: Option<&Token>, kind: TokenKind) -> bool {
    next.is_some_and(|next| next.kind() == kind && next.start() == token.end())
}

fn is_old_octal(text: &str) -> bool {
    text.len() > 1 && text.starts_with('0') && text.bytes().all(|byte| matches!(byte, b'0'..=b'7'))
}

/// `except X, name`, which Python 3.14 reads as two exceptions: it is the old form when the second
/// is a plain small name that the module does not bind.
struct Excepts<'m> {
    module: &'m Module,
    found: Option<TextSize>,
}

impl<'a> Visitor<'a> for Excepts<'_> {
    fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
        let ExceptHandler::ExceptHandler(ExceptHandlerExceptHandler { type_, name, .. }) = handler;
        if let (Some(Expr::Tuple(tuple)), None) = (type_.as_deref(), name)
            && !tuple.parenthesized
            && let [_, Expr::Name(second)] = &tuple.elts[..]
            && second.id.as_str().starts_with(|c: char| c.is_ascii_lowercase())
            && self.module.binding(second.id.as_str()).is_none()
        {
            self.found = self.found.or(Some(handler.start()));
        }
        walk_except_handler(self, handler);
    }
}
