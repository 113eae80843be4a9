//! The grammar of XPath 1.0.

use super::{Axis, Expr, Mistake, Op, Start, Step, Test, XPath};
use crate::limits;
use crate::text::Span;

struct Reader<'p> {
    text: &'p str,
    at: usize,
    depth: usize,
    names: Vec<Span>,
}

type Read<T> = Result<T, Mistake>;

/// The operators from loosest to tightest; those that begin as another stand before it.
const LEVELS: &[&[(&str, Op)]] = &[
    &[("or", Op::Or)],
    &[("and", Op::And)],
    &[("=", Op::Equal), ("!=", Op::NotEqual)],
    &[("<=", Op::LessEqual), (">=", Op::GreaterEqual), ("<", Op::Less), (">", Op::Greater)],
    &[("+", Op::Arithmetic), ("-", Op::Minus)],
    &[("*", Op::Arithmetic), ("div", Op::Arithmetic), ("mod", Op::Arithmetic)],
];

/// Reads all of a text.
pub(super) fn read(text: &str) -> Read<XPath> {
    let mut reader = Reader { text, at: 0, depth: 0, names: Vec::new() };
    let expression = reader.binary(LEVELS)?;
    if !reader.rest().is_empty() {
        return reader.unexpected();
    }
    Ok(XPath { text: text.to_owned(), expression, names: reader.names })
}

impl<'p> Reader<'p> {
    /// What is left, without the blanks before it.
    fn rest(&mut self) -> &'p str {
        let rest = self.text.get(self.at..).unwrap_or("");
        let trimmed = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        self.at += rest.len() - trimmed.len();
        trimmed
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn expect(&mut self, token: &str) -> Read<()> {
        if self.eat(token) { Ok(()) } else { self.unexpected() }
    }

    fn unexpected<T>(&mut self) -> Read<T> {
        let message = match self.rest().chars().next() {
            Some(char) => format!("`{char}` is not expected after {} characters", self.at),
            None => "it breaks off".to_owned(),
        };
        Err(Mistake { message, at: self.at })
    }

    /// The name that stands here.
    fn peek_name(&mut self) -> &'p str {
        let rest = self.rest();
        let first = |c: char| c.is_alphabetic() || c == '_';
        let length = rest.find(|c: char| !(first(c) || c.is_numeric() || matches!(c, '-' | '.'))).unwrap_or(rest.len());
        if rest.starts_with(first) { rest.get(..length).unwrap_or("") } else { "" }
    }

    fn operator(&mut self, level: &[(&str, Op)]) -> Option<Op> {
        for (written, op) in level {
            let word = written.starts_with(|c: char| c.is_ascii_alphabetic());
            if (!word || self.peek_name() == *written) && self.eat(written) {
                return Some(*op);
            }
        }
        None
    }

    fn binary(&mut self, levels: &[&[(&str, Op)]]) -> Read<Expr> {
        let Some((level, tighter)) = levels.split_first() else { return self.unary() };
        let mut left = self.binary(tighter)?;
        while let Some(op) = self.operator(level) {
            left = Expr::Binary(op, Box::new(left), Box::new(self.binary(tighter)?));
        }
        Ok(left)
    }

    fn nested(&mut self) -> Read<Expr> {
        self.depth += 1;
        if self.depth > limits::XPATH_DEPTH {
            return Err(Mistake { message: "it nests too deep".to_owned(), at: self.at });
        }
        let expression = self.binary(LEVELS);
        self.depth -= 1;
        expression
    }

    fn unary(&mut self) -> Read<Expr> {
        let mut negative = false;
        while self.eat("-") {
            negative = !negative;
        }
        let mut expression = self.path()?;
        while self.eat("|") {
            expression = Expr::Binary(Op::Union, Box::new(expression), Box::new(self.path()?));
        }
        Ok(if negative { Expr::Negative(Box::new(expression)) } else { expression })
    }

    fn path(&mut self) -> Read<Expr> {
        let start = match self.primary()? {
            Some(primary) => {
                let predicates = self.predicates()?;
                let goes_on = self.rest().starts_with('/');
                if predicates.is_empty() && !goes_on {
                    return Ok(primary);
                }
                let start = Start::Of(Box::new(primary), predicates);
                if !goes_on {
                    return Ok(Expr::Path(start, Vec::new()));
                }
                start
            }
            None if self.rest().starts_with('/') => Start::Root,
            None => Start::Context,
        };
        let mut steps = Vec::new();
        let alone = matches!(start, Start::Root);
        if matches!(start, Start::Context) {
            steps.push(self.step()?);
        }
        loop {
            if self.eat("//") {
                steps.push(Step { axis: Axis::DescendantOrSelf, test: Test::Node, predicates: Vec::new() });
            } else if !self.eat("/") || alone && steps.is_empty() && !self.begins_step() {
                break;
            }
            steps.push(self.step()?);
        }
        Ok(Expr::Path(start, steps))
    }

    fn begins_step(&mut self) -> bool {
        !self.peek_name().is_empty() || self.rest().starts_with(['*', '@', '.'])
    }

    /// What is no path: a literal, a number, a call, a variable, something in brackets.
    fn primary(&mut self) -> Read<Option<Expr>> {
        let rest = self.rest();
        let mut chars = rest.chars();
        match (chars.next(), chars.next()) {
            (Some(quote @ ('\'' | '"')), _) => {
                let Some(end) = rest.get(1..).and_then(|rest| rest.find(quote)) else {
                    return Err(Mistake { message: format!("the second {quote} is missing"), at: self.at });
                };
                self.at += end + 2;
                Ok(Some(Expr::Text(rest.get(1..=end).unwrap_or("").to_owned())))
            }
            (Some(digit), next)
                if digit.is_ascii_digit() || digit == '.' && next.is_some_and(|c| c.is_ascii_digit()) =>
            {
                let length = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
                let Ok(number) = rest.get(..length).unwrap_or("").parse::<f64>() else { return self.unexpected() };
                self.at += length;
                Ok(Some(Expr::Number(number)))
            }
            (Some('$'), _) => {
                self.at += 1;
                let name = self.peek_name();
                if name.is_empty() {
                    return self.unexpected();
                }
                self.at += name.len();
                Ok(Some(Expr::Unknown("it has a variable")))
            }
            (Some('('), _) => {
                self.at += 1;
                let inner = self.nested()?;
                self.expect(")")?;
                Ok(Some(inner))
            }
            _ => self.call(),
        }
    }

    fn call(&mut self) -> Read<Option<Expr>> {
        let (start, name) = (self.at, self.peek_name());
        self.at += name.len();
        // A prefix before the name of a function is one of XSLT.
        if !name.is_empty()
            && self.text.get(self.at..).is_some_and(|rest| rest.starts_with(':') && !rest.starts_with("::"))
        {
            self.at += 1;
            let own = self.peek_name();
            self.at += own.len();
        }
        let is_type = ["node", "text", "comment", "processing-instruction"].contains(&name);
        if name.is_empty() || is_type || !self.eat("(") {
            self.at = start;
            return Ok(None);
        }
        let mut arguments = Vec::new();
        if !self.eat(")") {
            arguments.push(self.nested()?);
            while self.eat(",") {
                arguments.push(self.nested()?);
            }
            self.expect(")")?;
        }
        Ok(Some(Expr::Call(name.to_owned(), arguments)))
    }

    fn step(&mut self) -> Read<Step> {
        for (written, axis) in [("..", Axis::Parent), (".", Axis::Own)] {
            if self.eat(written) {
                return Ok(Step { axis, test: Test::Node, predicates: Vec::new() });
            }
        }
        let axis = self.axis()?;
        let test = self.test(axis)?;
        Ok(Step { axis, test, predicates: self.predicates()? })
    }

    fn axis(&mut self) -> Read<Axis> {
        if self.eat("@") {
            return Ok(Axis::Attribute);
        }
        let (start, name) = (self.at, self.peek_name());
        self.at += name.len();
        if name.is_empty() || !self.eat("::") {
            self.at = start;
            return Ok(Axis::Child);
        }
        Ok(match name {
            "child" => Axis::Child,
            "attribute" => Axis::Attribute,
            "descendant" => Axis::Descendant,
            "descendant-or-self" => Axis::DescendantOrSelf,
            "self" => Axis::Own,
            "parent" => Axis::Parent,
            "ancestor" => Axis::Ancestor,
            "ancestor-or-self" => Axis::AncestorOrSelf,
            "following" | "following-sibling" | "preceding" | "preceding-sibling" | "namespace" => Axis::Unknown,
            _ => return Err(Mistake { message: format!("there is no axis `{name}`"), at: start }),
        })
    }

    fn test(&mut self, axis: Axis) -> Read<Test> {
        if self.eat("*") {
            return Ok(Test::Any);
        }
        let name = self.peek_name();
        if name.is_empty() {
            return self.unexpected();
        }
        let start = self.at;
        self.at += name.len();
        let after = self.text.get(self.at..).unwrap_or("");
        if after.starts_with(':') && !after.starts_with("::") {
            self.at += 1;
            let own = self.peek_name();
            self.at += own.len();
            return if own.is_empty() && !self.eat("*") { self.unexpected() } else { Ok(Test::Prefixed) };
        }
        let test = match name {
            "node" => Test::Node,
            "text" => Test::Text,
            "comment" => Test::Comment,
            "processing-instruction" => Test::Instruction,
            _ => Test::Name(name.to_owned()),
        };
        if !matches!(test, Test::Name(_)) && self.eat("(") {
            if matches!(test, Test::Instruction) && !self.rest().starts_with(')') {
                self.primary()?;
            }
            self.expect(")")?;
            return Ok(test);
        }
        if axis != Axis::Attribute {
            self.names.push(Span::new(start, start + name.len()));
        }
        Ok(Test::Name(name.to_owned()))
    }

    fn predicates(&mut self) -> Read<Vec<Expr>> {
        let mut predicates = Vec::new();
        while self.eat("[") {
            predicates.push(self.nested()?);
            self.expect("]")?;
        }
        Ok(predicates)
    }
}
