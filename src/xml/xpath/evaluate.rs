//! Runs an expression on a document.

use std::cell::Cell;

use super::nodes::{Kind, Nodes};
use super::{Axis, Expr, Found, Op, Start, Step, Test};
use crate::limits;
use crate::xml::Document;

enum Value {
    /// In the order of the document.
    Nodes(Vec<usize>),
    Text(String),
    Number(f64),
    Bool(bool),
}

type Answer<T> = Result<T, &'static str>;

/// The node that an expression is about, its place among its like, and how many these are.
#[derive(Clone, Copy)]
struct At {
    node: usize,
    position: usize,
    last: usize,
}

struct Run<'d> {
    nodes: Nodes<'d>,
    steps: Cell<u32>,
}

/// The nodes that an expression gives.
pub(super) fn select(expression: &Expr, document: &Document) -> Answer<Vec<Found>> {
    let run = Run { nodes: Nodes::of(document), steps: Cell::new(limits::XPATH_STEPS) };
    let Value::Nodes(nodes) = run.value(expression, At { node: 0, position: 1, last: 1 })? else {
        return Err("it gives a value, not nodes");
    };
    let found = nodes.into_iter().filter_map(|node| {
        let span = run.nodes.get(node)?.span;
        Some(Found { span, value: run.nodes.value(node) })
    });
    Ok(found.collect())
}

impl Run<'_> {
    fn value(&self, expression: &Expr, at: At) -> Answer<Value> {
        Ok(match expression {
            Expr::Text(text) => Value::Text(text.clone()),
            Expr::Number(number) => Value::Number(*number),
            Expr::Negative(inner) => Value::Number(-self.number(&self.value(inner, at)?)),
            Expr::Binary(op, left, right) => self.binary(*op, left, right, at)?,
            Expr::Call(name, arguments) => self.call(name, arguments, at)?,
            Expr::Path(start, steps) => Value::Nodes(self.path(start, steps, at)?),
            Expr::Unknown(why) => return Err(why),
        })
    }

    fn binary(&self, op: Op, left: &Expr, right: &Expr, at: At) -> Answer<Value> {
        let left = self.value(left, at)?;
        if let (Op::Or | Op::And, known) = (op, truth(&left))
            && known == (op == Op::Or)
        {
            return Ok(Value::Bool(known));
        }
        let right = self.value(right, at)?;
        Ok(match op {
            Op::Or | Op::And => Value::Bool(truth(&right)),
            Op::Union => match (left, right) {
                (Value::Nodes(left), Value::Nodes(right)) => Value::Nodes(in_order(left.into_iter().chain(right))),
                _ => return Err("it unites what is no node"),
            },
            Op::Minus => Value::Number(self.number(&left) - self.number(&right)),
            Op::Arithmetic => return Err("it computes"),
            _ => Value::Bool(self.compare(op, &left, &right)),
        })
    }

    /// Whether some node on the left and some on the right compare so.
    fn compare(&self, op: Op, left: &Value, right: &Value) -> bool {
        match (left, right) {
            (Value::Bool(_), _) | (_, Value::Bool(_)) => {
                let number = |value| f64::from(u8::from(truth(value)));
                compare_numbers(op, number(left), number(right))
            }
            (Value::Nodes(nodes), other) => {
                nodes.iter().any(|&node| self.compare(op, &Value::Text(self.nodes.value(node)), other))
            }
            (other, Value::Nodes(nodes)) => {
                nodes.iter().any(|&node| self.compare(op, other, &Value::Text(self.nodes.value(node))))
            }
            (Value::Text(left), Value::Text(right)) if op == Op::Equal => left == right,
            (Value::Text(left), Value::Text(right)) if op == Op::NotEqual => left != right,
            _ => compare_numbers(op, self.number(left), self.number(right)),
        }
    }

    fn path(&self, start: &Start, steps: &[Step], at: At) -> Answer<Vec<usize>> {
        let mut nodes = match start {
            Start::Context => vec![at.node],
            Start::Root => vec![0],
            Start::Of(expression, predicates) => {
                let Value::Nodes(nodes) = self.value(expression, at)? else {
                    return Err("it looks into what is no node");
                };
                self.filter(nodes, predicates)?
            }
        };
        for step in steps {
            let mut next = Vec::new();
            for node in nodes {
                let all = self.along(step.axis, node)?;
                let mut kept = Vec::new();
                for node in all {
                    if self.passes(&step.test, step.axis, node)? {
                        kept.push(node);
                    }
                }
                next.extend(self.filter(kept, &step.predicates)?);
            }
            nodes = in_order(next.into_iter());
        }
        Ok(nodes)
    }

    /// The nodes along an axis, nearest first.
    fn along(&self, axis: Axis, node: usize) -> Answer<Vec<usize>> {
        let parent = |node: usize| self.nodes.get(node).filter(|_| node > 0).map(|node| node.parent);
        let end = self.nodes.get(node).map_or(0, |node| node.end);
        let descendants = |first: usize| (first..end).filter(|&inner| inner == node || !self.nodes.is_attribute(inner));
        let found: Vec<usize> = match axis {
            Axis::Own => vec![node],
            Axis::Parent => parent(node).into_iter().collect(),
            Axis::Child => self.nodes.children(node).collect(),
            Axis::Attribute => self.nodes.attributes(node).collect(),
            Axis::Descendant => descendants(node + 1).collect(),
            Axis::DescendantOrSelf => descendants(node).collect(),
            Axis::Ancestor => std::iter::successors(parent(node), |&node| parent(node)).collect(),
            Axis::AncestorOrSelf => std::iter::successors(Some(node), |&node| parent(node)).collect(),
            Axis::Unknown => return Err("it has an axis that is not read here"),
        };
        let cost = u32::try_from(found.len()).unwrap_or(u32::MAX).saturating_add(1);
        self.steps.set(self.steps.get().checked_sub(cost).ok_or("it could take too long")?);
        Ok(found)
    }

    fn passes(&self, test: &Test, axis: Axis, node: usize) -> Answer<bool> {
        let Some(own) = self.nodes.get(node) else { return Ok(false) };
        let principal = match own.kind {
            Kind::Element(_) => axis != Axis::Attribute,
            Kind::Attribute(..) => axis == Axis::Attribute,
            _ => false,
        };
        Ok(match test {
            Test::Node => true,
            Test::Any => principal,
            Test::Name(name) => principal && own.namespace.is_none() && self.nodes.name(node) == name,
            Test::Text => matches!(own.kind, Kind::Text(_)),
            Test::Comment => matches!(own.kind, Kind::Comment),
            Test::Prefixed => return Err("it has a prefix that nothing declares"),
            Test::Instruction => return Err("it looks for a processing instruction"),
        })
    }

    fn filter(&self, mut nodes: Vec<usize>, predicates: &[Expr]) -> Answer<Vec<usize>> {
        for predicate in predicates {
            let last = nodes.len();
            let mut kept = Vec::new();
            for (node, position) in nodes.into_iter().zip(1..) {
                let keep = match self.value(predicate, At { node, position, last })? {
                    Value::Number(number) => same(number, count(position)),
                    value => truth(&value),
                };
                if keep {
                    kept.push(node);
                }
            }
            nodes = kept;
        }
        Ok(nodes)
    }

    fn call(&self, name: &str, arguments: &[Expr], at: At) -> Answer<Value> {
        let mut values = Vec::new();
        for argument in arguments {
            values.push(self.value(argument, at)?);
        }
        let own = || Value::Nodes(vec![at.node]);
        let node = || match values.first().unwrap_or(&own()) {
            Value::Nodes(nodes) => Ok(nodes.first().copied()),
            _ => Err("it asks for the name of what is no node"),
        };
        let text = |index: usize| self.text(values.get(index).unwrap_or(&own()));
        let named = |name: &str| Value::Text(name.to_owned());
        Ok(match (name, values.as_slice()) {
            ("position", []) => Value::Number(count(at.position)),
            ("last", []) => Value::Number(count(at.last)),
            ("count", [Value::Nodes(nodes)]) => Value::Number(count(nodes.len())),
            ("true", []) => Value::Bool(true),
            ("false", []) => Value::Bool(false),
            ("not", [value]) => Value::Bool(!truth(value)),
            ("boolean", [value]) => Value::Bool(truth(value)),
            ("name", [] | [_]) => named(node()?.map_or("", |node| self.nodes.name(node))),
            ("local-name", [] | [_]) => {
                let name = node()?.map_or("", |node| self.nodes.name(node));
                named(name.rsplit(':').next().unwrap_or(name))
            }
            ("namespace-uri", [] | [_]) => {
                named(node()?.and_then(|node| self.nodes.get(node)?.namespace).unwrap_or(""))
            }
            ("string", [] | [_]) => Value::Text(text(0)?),
            ("normalize-space", [] | [_]) => {
                Value::Text(text(0)?.split_ascii_whitespace().collect::<Vec<_>>().join(" "))
            }
            ("contains", [_, _]) => Value::Bool(text(0)?.contains(&text(1)?)),
            ("starts-with", [_, _]) => Value::Bool(text(0)?.starts_with(&text(1)?)),
            _ => return Err("it calls a function that is not known here"),
        })
    }

    fn text(&self, value: &Value) -> Answer<String> {
        Ok(match value {
            Value::Nodes(nodes) => nodes.first().map_or_else(String::new, |&node| self.nodes.value(node)),
            Value::Text(text) => text.clone(),
            Value::Bool(value) => value.to_string(),
            Value::Number(_) => return Err("it writes a number as text"),
        })
    }

    fn number(&self, value: &Value) -> f64 {
        match value {
            Value::Number(number) => *number,
            Value::Bool(value) => f64::from(u8::from(*value)),
            _ => self.text(value).ok().and_then(|text| text.trim().parse().ok()).unwrap_or(f64::NAN),
        }
    }
}

fn truth(value: &Value) -> bool {
    match value {
        Value::Nodes(nodes) => !nodes.is_empty(),
        Value::Text(text) => !text.is_empty(),
        Value::Number(number) => !number.is_nan() && !same(*number, 0.0),
        Value::Bool(value) => *value,
    }
}

fn compare_numbers(op: Op, left: f64, right: f64) -> bool {
    match op {
        Op::Equal => same(left, right),
        Op::NotEqual => !same(left, right),
        Op::Less => left < right,
        Op::LessEqual => left <= right,
        Op::Greater => left > right,
        _ => left >= right,
    }
}

#[expect(clippy::float_cmp, reason = "XPath compares numbers exactly")]
fn same(left: f64, right: f64) -> bool {
    left == right
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// In the order of the document, each node once.
fn in_order(nodes: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut ordered: Vec<usize> = Vec::new();
    for node in nodes {
        let place = ordered.partition_point(|&own| own <= node);
        if place.checked_sub(1).and_then(|before| ordered.get(before)) != Some(&node) {
            ordered.insert(place, node);
        }
    }
    ordered
}
