//! Expressions as values.

use std::collections::BTreeMap;

use ruff_python_ast::{Arguments, Expr, ExprCall, Number};
use ruff_text_size::Ranged;

use super::{Argument, Call, Lines, Name, Value};

/// What the names of a scope stand for.
#[derive(Clone, Default)]
pub(super) struct Scope {
    /// Names that an import bound, with the dotted name that they stand for.
    imported: BTreeMap<String, String>,
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
            Expr::Call(call) => self.call(call, lines).map_or(Value::Other, Value::Call),
            Expr::Name(_) | Expr::Attribute(_) => self.name(expr).map_or(Value::Other, Value::Name),
            _ => Value::Other,
        }
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
