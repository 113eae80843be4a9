//! Expressions as values.

use ruff_python_ast::{
    Arguments, Expr, ExprCall, ExprFString, FStringPart, InterpolatedStringElement, Number, Operator,
};
use ruff_text_size::Ranged;

use super::{Argument, Call, Lines, Name, Value};
use crate::sorted::Map;

/// What the names of a scope stand for.
#[derive(Clone, Default)]
pub(super) struct Scope {
    /// Names that an import bound, with the dotted name that they stand for.
    imported: Map<String, String>,
}

impl Scope {
    pub(super) fn import(&mut self, bound: &str, target: String) {
        self.imported.insert(bound.to_owned(), target);
    }

    /// A name that now stands for something of this scope.
    pub(super) fn bind(&mut self, name: &str) {
        self.imported.remove(name);
    }

    /// A dotted name through the imports.
    pub(super) fn resolve(&self, dotted: &str) -> Name {
        let (first, rest) = dotted.split_once('.').map_or((dotted, None), |(first, rest)| (first, Some(rest)));
        match (self.imported.get(first), rest) {
            (Some(target), Some(rest)) => Name { dotted: format!("{target}.{rest}"), imported: true },
            (Some(target), None) => Name { dotted: target.clone(), imported: true },
            (None, _) => Name { dotted: dotted.to_owned(), imported: false },
        }
    }

    /// The name that an expression is, through the imports.
    pub(super) fn name(&self, expr: &Expr) -> Option<Name> {
        dotted(expr).map(|dotted| self.resolve(&dotted))
    }

    pub(super) fn value(&self, expr: &Expr, lines: &Lines) -> Value {
        match expr {
            Expr::StringLiteral(text) => Value::Text(text.value.to_str().to_owned()),
            Expr::NumberLiteral(number) => match &number.value {
                Number::Int(int) => int.as_i64().map_or(Value::Other, Value::Number),
                _ => Value::Other,
            },
            Expr::NoneLiteral(_) => Value::None,
            Expr::Tuple(tuple) => Value::List(tuple.elts.iter().map(|item| self.value(item, lines)).collect()),
            Expr::List(list) => Value::List(list.elts.iter().map(|item| self.value(item, lines)).collect()),
            Expr::Call(call) => self.call(call, lines).map_or_else(|| self.method(call, lines), Value::Call),
            Expr::Name(_) => self.name(expr).map_or(Value::Other, Value::Name),
            Expr::Attribute(attribute) => self.name(expr).map_or_else(
                || Value::Attribute(Box::new(self.value(&attribute.value, lines)), attribute.attr.to_string()),
                Value::Name,
            ),
            Expr::Subscript(item) => self.pair(&item.value, &item.slice, lines, Value::Item),
            Expr::BinOp(operation) => {
                let sign = match operation.op {
                    Operator::Add => '+',
                    Operator::Sub => '-',
                    Operator::Div => '/',
                    Operator::Mod => '%',
                    _ => return Value::Other,
                };
                self.pair(&operation.left, &operation.right, lines, |pair| Value::Operation(sign, pair))
            }
            Expr::Dict(dictionary) => {
                let items = dictionary.items.iter().filter_map(|item| Some((item.key.as_ref()?, &item.value)));
                Value::Dictionary(
                    items.map(|(key, value)| (self.value(key, lines), self.value(value, lines))).collect(),
                )
            }
            Expr::BoolOp(either) if either.op.is_or() => {
                Value::OneOf(either.values.iter().map(|value| self.value(value, lines)).collect())
            }
            Expr::If(choice) => Value::OneOf(vec![self.value(&choice.body, lines), self.value(&choice.orelse, lines)]),
            Expr::FString(text) => self.pieces(text, lines),
            _ => Value::Other,
        }
    }

    fn pair(&self, left: &Expr, right: &Expr, lines: &Lines, make: impl FnOnce(Box<(Value, Value)>) -> Value) -> Value {
        make(Box::new((self.value(left, lines), self.value(right, lines))))
    }

    /// A call of a method of something that has no name.
    fn method(&self, call: &ExprCall, lines: &Lines) -> Value {
        let Expr::Attribute(attribute) = &*call.func else { return Value::Other };
        let callee = Name { dotted: attribute.attr.to_string(), imported: false };
        let arguments = self.arguments(&call.arguments, lines);
        let call = Call { callee, arguments, line: lines.of(call.start()) };
        Value::Method(Box::new(self.value(&attribute.value, lines)), call)
    }

    fn pieces(&self, text: &ExprFString, lines: &Lines) -> Value {
        let mut pieces = Vec::new();
        for part in &text.value {
            match part {
                FStringPart::Literal(literal) => pieces.push(Value::Text(literal.value.to_string())),
                FStringPart::FString(text) => pieces.extend(text.elements.iter().map(|element| match element {
                    InterpolatedStringElement::Literal(literal) => Value::Text(literal.value.to_string()),
                    InterpolatedStringElement::Interpolation(inner) => self.value(&inner.expression, lines),
                })),
            }
        }
        Value::Pieces(pieces)
    }

    pub(super) fn call(&self, call: &ExprCall, lines: &Lines) -> Option<Call> {
        let callee = self.name(&call.func)?;
        Some(Call { callee, arguments: self.arguments(&call.arguments, lines), line: lines.of(call.start()) })
    }

    fn arguments(&self, arguments: &Arguments, lines: &Lines) -> Vec<Argument> {
        let positional = arguments.args.iter().map(|value| Argument { name: None, value: self.value(value, lines) });
        let named = arguments.keywords.iter().map(|keyword| Argument {
            name: Some(keyword.arg.as_ref().map_or_else(|| "**".to_owned(), ToString::to_string)),
            value: self.value(&keyword.value, lines),
        });
        positional.chain(named).collect()
    }
}

impl Value {
    /// Whether it says more than that there is a value.
    pub(super) const fn tells(&self) -> bool {
        !matches!(self, Self::Other | Self::None | Self::Number(_))
    }
}

/// `a.b.c` as text.
fn dotted(expr: &Expr) -> Option<String> {
    let mut parts = Vec::new();
    let mut rest = expr;
    loop {
        match rest {
            Expr::Attribute(attribute) => {
                parts.push(attribute.attr.as_str());
                rest = &attribute.value;
            }
            Expr::Name(name) => {
                parts.push(name.id.as_str());
                break;
            }
            _ => return None,
        }
    }
    parts.reverse();
    Some(parts.join("."))
}
