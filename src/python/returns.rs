//! What a function returns, as far as its statements say.

use ruff_python_ast::{ExceptHandler, Expr, Stmt};

use super::value::Scope;
use super::{Lines, Value};
use crate::sorted::Map;

/// What a function returns, statement by statement.
pub(super) struct Body<'a> {
    pub(super) scope: Scope,
    /// What its local names are bound to.
    pub(super) values: Map<String, Value>,
    pub(super) lines: &'a Lines,
    pub(super) returns: Vec<Value>,
    pub(super) yields: bool,
}

impl Body<'_> {
    pub(super) fn block(&mut self, body: &[Stmt]) {
        for stmt in body {
            self.statement(stmt);
        }
    }

    fn bind(&mut self, target: &Expr, value: Value) {
        if let Expr::Name(name) = target {
            self.scope.bind(name.id.as_str());
            self.values.insert(name.id.to_string(), value);
        }
    }

    /// A local name becomes its value; names inside the value stay, or values would double and double.
    fn value(&self, expr: &Expr) -> Value {
        match self.scope.value(expr, self.lines) {
            Value::Name(name) if !name.imported => self.values.get(&name.dotted).cloned().unwrap_or(Value::Name(name)),
            value => value,
        }
    }

    fn statement(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::Return(returned) => {
                if let Some(value) = &returned.value {
                    self.returns.push(self.value(value));
                }
            }
            Stmt::Assign(assign) => {
                self.yields |= is_yield(&assign.value);
                let value = self.value(&assign.value);
                assign.targets.iter().for_each(|target| self.bind(target, value.clone()));
            }
            Stmt::AnnAssign(assign) => {
                if let Some(value) = &assign.value {
                    let value = self.value(value);
                    self.bind(&assign.target, value);
                }
            }
            Stmt::Expr(expression) => self.yields |= is_yield(&expression.value),
            Stmt::Import(import) => {
                for alias in &import.names {
                    let first = alias.name.split('.').next().unwrap_or_default();
                    match &alias.asname {
                        Some(bound) => self.scope.import(bound.as_str(), alias.name.to_string()),
                        None => self.scope.import(first, first.to_owned()),
                    }
                }
            }
            Stmt::ImportFrom(import) => {
                let dots = ".".repeat(import.level as usize);
                let module = import.module.as_ref().map_or_else(String::new, |module| format!("{module}."));
                for alias in &import.names {
                    let bound = alias.asname.as_ref().unwrap_or(&alias.name);
                    self.scope.import(bound.as_str(), format!("{dots}{module}{}", alias.name));
                }
            }
            Stmt::FunctionDef(inner) => {
                self.scope.bind(inner.name.as_str());
                self.values.remove(inner.name.as_str());
            }
            Stmt::If(branch) => {
                self.block(&branch.body);
                branch.elif_else_clauses.iter().for_each(|clause| self.block(&clause.body));
            }
            Stmt::Try(attempt) => {
                self.block(&attempt.body);
                for ExceptHandler::ExceptHandler(handler) in &attempt.handlers {
                    self.block(&handler.body);
                }
                self.block(&attempt.orelse);
                self.block(&attempt.finalbody);
            }
            Stmt::With(with) => self.block(&with.body),
            Stmt::For(each) => self.block(&each.body),
            Stmt::While(repeat) => self.block(&repeat.body),
            _ => {}
        }
    }
}

const fn is_yield(expr: &Expr) -> bool {
    matches!(expr, Expr::Yield(_) | Expr::YieldFrom(_))
}
