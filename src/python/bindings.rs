//! What importing a module binds.

use ruff_python_ast::{ExceptHandler, Expr, Parameters, Stmt, StmtFunctionDef, StmtImportFrom};
use ruff_text_size::Ranged;

use super::returns::Body;
use super::value::Scope;
use super::{
    Binding, Call, Called, Class, EnvironmentVariable, Function, Import, Item, Kind, Lines, Module, Name, Value, When,
};
use crate::sorted::Map;

pub(super) fn collect(body: &[Stmt], lines: &Lines) -> Module {
    let mut collector = Collector { module: Module::default(), scope: Scope::default(), lines };
    collector.block(body, Place { binds: true, guarded: false, when: When::Import });
    collector.module
}

struct Collector<'a> {
    module: Module,
    scope: Scope,
    lines: &'a Lines,
}

/// Where a statement stands.
#[derive(Clone, Copy)]
struct Place {
    /// Whether what it binds is bound by importing the module.
    binds: bool,
    /// Whether it may not run.
    guarded: bool,
    when: When,
}

impl Place {
    const fn below_condition(self) -> Self {
        Self { guarded: true, ..self }
    }

    /// Below a condition that importing never meets.
    const fn never_imported(when: When) -> Self {
        Self { binds: false, guarded: true, when }
    }
}

impl Collector<'_> {
    fn block(&mut self, body: &[Stmt], place: Place) {
        for stmt in body {
            self.statement(stmt, place);
        }
    }

    fn statement(&mut self, stmt: &Stmt, place: Place) {
        match stmt {
            Stmt::Import(import) => {
                for alias in &import.names {
                    let module = alias.name.to_string();
                    let first = module.split('.').next().unwrap_or_default();
                    let bound = alias.asname.as_ref().map_or_else(|| first.to_owned(), ToString::to_string);
                    let line = self.lines.of(stmt.start());
                    self.import(Import { level: 0, module, name: None, bound, line, guarded: place.guarded }, place);
                }
            }
            Stmt::ImportFrom(import) => self.import_from(import, place),
            Stmt::FunctionDef(function) => self.function_definition(function, place),
            Stmt::ClassDef(class) => {
                let kind = Kind::Class(self.class(&class.body, class.arguments.as_deref()));
                self.bind(class.name.as_str(), self.lines.of(class.name.start()), kind, place);
                self.nested(&class.body);
            }
            Stmt::Assign(assign) => {
                self.calls_in(&assign.value, place);
                let value = self.scope.value(&assign.value, self.lines);
                for target in &assign.targets {
                    self.assign(target, &value, place);
                }
            }
            Stmt::AnnAssign(assign) => {
                if let Some(value) = &assign.value {
                    self.calls_in(value, place);
                    let value = self.scope.value(value, self.lines);
                    self.assign(&assign.target, &value, place);
                }
            }
            Stmt::Expr(expression) => self.calls_in(&expression.value, place),
            Stmt::Return(returned) => {
                if let Some(value) = &returned.value {
                    self.calls_in(value, place);
                }
            }
            _ => self.compound(stmt, place),
        }
    }

    fn compound(&mut self, stmt: &Stmt, place: Place) {
        let inner = place.below_condition();
        match stmt {
            Stmt::If(branch) => {
                // What stands below `if __name__ == "__main__"` does not happen on import.
                let only_as_program = names_main(&branch.test) || self.is_type_checking(&branch.test);
                let as_program = if place.when == When::Import { When::Program } else { place.when };
                self.block(&branch.body, if only_as_program { Place::never_imported(as_program) } else { inner });
                for clause in &branch.elif_else_clauses {
                    self.block(&clause.body, inner);
                }
            }
            Stmt::Try(attempt) => {
                self.block(&attempt.body, inner);
                for ExceptHandler::ExceptHandler(handler) in &attempt.handlers {
                    self.block(&handler.body, inner);
                }
                self.block(&attempt.orelse, inner);
                self.block(&attempt.finalbody, inner);
            }
            Stmt::With(with) => {
                for item in &with.items {
                    self.calls_in(&item.context_expr, place);
                    if let Some(target) = item.optional_vars.as_deref() {
                        self.assign(target, &Value::Other, place);
                    }
                }
                self.block(&with.body, place);
            }
            Stmt::For(each) => {
                self.assign(&each.target, &Value::Other, inner);
                self.block(&each.body, inner);
                self.block(&each.orelse, inner);
            }
            Stmt::While(repeat) => {
                self.block(&repeat.body, inner);
                self.block(&repeat.orelse, inner);
            }
            Stmt::Match(choice) => {
                for case in &choice.cases {
                    self.block(&case.body, inner);
                }
            }
            _ => {}
        }
    }

    fn bind(&mut self, name: &str, line: u32, kind: Kind, place: Place) {
        if let Kind::Import(import) = &kind {
            self.scope.import(name, import.target());
        } else {
            self.scope.bind(name);
        }
        if place.binds {
            self.module.bindings.push(Binding { name: name.to_owned(), line, kind });
        } else if matches!(&kind, Kind::Value(value) if value.tells()) {
            self.module.inner.push(Binding { name: name.to_owned(), line, kind });
        }
    }

    fn import(&mut self, import: Import, place: Place) {
        self.module.imports.push(import.clone());
        if import.bound != "*" {
            self.bind(&import.bound.clone(), import.line, Kind::Import(import), place);
        }
    }

    fn import_from(&mut self, statement: &StmtImportFrom, place: Place) {
        for alias in &statement.names {
            let name = alias.name.to_string();
            let import = Import {
                level: statement.level,
                module: statement.module.as_ref().map(ToString::to_string).unwrap_or_default(),
                bound: alias.asname.as_ref().map_or_else(|| name.clone(), ToString::to_string),
                name: Some(name),
                line: self.lines.of(statement.start()),
                guarded: place.guarded,
            };
            self.import(import, place);
        }
    }

    fn function_definition(&mut self, definition: &StmtFunctionDef, place: Place) {
        let function = self.function(definition, false);
        self.bind(definition.name.as_str(), self.lines.of(definition.name.start()), Kind::Function(function), place);
        self.nested(&definition.body);
    }

    /// Imports, calls and environment variables inside a function or class.
    fn nested(&mut self, body: &[Stmt]) {
        let outer = self.scope.clone();
        self.block(body, Place::never_imported(When::Called));
        self.scope = outer;
    }

    fn assign(&mut self, target: &Expr, value: &Value, place: Place) {
        match target {
            Expr::Name(name) => {
                let line = self.lines.of(target.start());
                self.bind(name.id.as_str(), line, Kind::Value(value.clone()), place);
            }
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|target| self.assign(target, &Value::Other, place)),
            Expr::List(list) => list.elts.iter().for_each(|target| self.assign(target, &Value::Other, place)),
            Expr::Subscript(item) if self.scope.name(&item.value).is_some_and(|name| name.is("os.environ")) => {
                let key = self.scope.value(&item.slice, self.lines);
                self.environ(&key, Some(value), true, self.lines.of(target.start()));
            }
            Expr::Subscript(item) => {
                if let Some(of) = self.scope.name(&item.value) {
                    let key = self.scope.value(&item.slice, self.lines);
                    let line = self.lines.of(target.start());
                    self.module.items.push(Item { of, key, value: value.clone(), line });
                }
            }
            _ => {}
        }
    }

    /// The calls of an expression: itself, what it is called on, and what it is given.
    fn calls_in(&mut self, expr: &Expr, place: Place) {
        match expr {
            Expr::Call(call) => {
                self.calls_in(&call.func, place);
                call.arguments.args.iter().for_each(|argument| self.calls_in(argument, place));
                call.arguments.keywords.iter().for_each(|argument| self.calls_in(&argument.value, place));
                let when = if place.guarded && place.when == When::Import { When::Perhaps } else { place.when };
                if let Some(call) = self.scope.call(call, self.lines) {
                    self.call(call, when);
                }
            }
            Expr::Attribute(attribute) => self.calls_in(&attribute.value, place),
            _ => {}
        }
    }

    fn call(&mut self, call: Call, when: When) {
        if call.callee.is("os.environ.setdefault") || call.callee.is("os.putenv") {
            if let Some(key) = call.positional(0) {
                self.environ(key, call.positional(1), !call.callee.is("os.environ.setdefault"), call.line);
            }
        } else if call.callee.is("os.environ.update") {
            for argument in &call.arguments {
                if let Some(name) = &argument.name {
                    self.environ(&Value::Text(name.clone()), Some(&argument.value), true, call.line);
                }
            }
        }
        self.module.called.push(Called { call, when });
    }

    fn environ(&mut self, key: &Value, value: Option<&Value>, forced: bool, line: u32) {
        let Value::Text(key) = key else { return };
        let value = match value {
            Some(Value::Text(value)) => Some(value.clone()),
            _ => None,
        };
        self.module.environ.push(EnvironmentVariable { key: key.clone(), value, forced, line });
    }

    fn is_type_checking(&self, test: &Expr) -> bool {
        self.scope.name(test).is_some_and(|name| name.last() == "TYPE_CHECKING")
    }

    fn class(&self, body: &[Stmt], arguments: Option<&ruff_python_ast::Arguments>) -> Class {
        let method = |name: &str| {
            body.iter().find_map(|stmt| match stmt {
                Stmt::FunctionDef(function) if function.name.as_str() == name => Some(self.function(function, true)),
                _ => None,
            })
        };
        let bases = arguments.map(|arguments| arguments.args.iter().filter_map(|base| self.scope.name(base)).collect());
        Class { bases: bases.unwrap_or_default(), call: method("__call__"), init: method("__init__") }
    }

    fn function(&self, definition: &StmtFunctionDef, is_method: bool) -> Function {
        let decorators = definition.decorator_list.iter().filter_map(|decorator| match &decorator.expression {
            Expr::Call(call) => self.scope.name(&call.func),
            other => self.scope.name(other),
        });
        let decorators: Vec<Name> = decorators.collect();
        let mut function = parameters(&definition.parameters);
        if is_method && !decorators.iter().any(|name| name.dotted == "staticmethod") && !function.required.is_empty() {
            function.required.remove(0);
        }
        let mut body = Body {
            scope: self.scope.clone(),
            values: Map::new(),
            lines: self.lines,
            returns: Vec::new(),
            yields: false,
        };
        for parameter in function.required.iter().chain(&function.optional) {
            body.scope.bind(parameter);
            body.values.insert(parameter.clone(), Value::Other);
        }
        body.block(&definition.body);
        Function {
            is_async: definition.is_async,
            is_generator: body.yields,
            decorators,
            result: definition.returns.as_deref().and_then(|result| self.scope.name(result)),
            returns: body.returns,
            ..function
        }
    }
}

fn parameters(parameters: &Parameters) -> Function {
    let mut function = Function { takes_more: parameters.vararg.is_some(), ..Function::default() };
    for parameter in parameters.posonlyargs.iter().chain(&parameters.args).chain(&parameters.kwonlyargs) {
        let list = if parameter.default.is_some() { &mut function.optional } else { &mut function.required };
        list.push(parameter.parameter.name.to_string());
    }
    function
}

/// Whether a test is `__name__ == "__main__"`.
fn names_main(test: &Expr) -> bool {
    let Expr::Compare(compare) = test else { return false };
    let is_name = |expr: &Expr| matches!(expr, Expr::Name(name) if name.id.as_str() == "__name__");
    let is_main = |expr: &Expr| matches!(expr, Expr::StringLiteral(literal) if literal.value.to_str() == "__main__");
    let sides = || std::iter::once(&*compare.left).chain(&compare.comparators);
    sides().any(is_name) && sides().any(is_main)
}
