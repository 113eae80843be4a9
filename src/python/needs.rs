//! What Python a source needs.

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_parameter, walk_stmt};
use ruff_python_ast::{Expr, ModModule, Number, Operator, Parameter, Stmt};
use ruff_python_parser::{Parsed, UnsupportedSyntaxErrorKind};
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::{Availability, Lines, Module, Version, availability, legacy};

/// What Python a source needs, as far as its text says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// The newest syntax that it uses, with the first Python that has it.
    pub minimum: Option<Need>,
    /// What only Python 2 takes; `version` is the first Python that does not.
    pub python2_only: Option<Need>,
    /// Modules that it imports whatever happens and that not every Python has.
    pub imports: Vec<(String, Availability, u32)>,
}

/// One reason for a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The version.
    pub version: Version,
    /// From 1.
    pub line: u32,
    /// What is used there, to stand after "uses".
    pub what: String,
}

pub(super) fn find(text: &str, parsed: &Parsed<ModModule>, module: &Module, lines: &Lines) -> Needs {
    let python2_only = legacy::find(text, parsed, module, lines);
    // The tree of a source with errors is partly the parser's guess: it proves nothing new.
    let minimum = if module.errors == 0 && python2_only.is_none() { newest_syntax(text, parsed, lines) } else { None };
    Needs { minimum, python2_only, imports: imports(module) }
}

fn imports(module: &Module) -> Vec<(String, Availability, u32)> {
    let certain = module.imports.iter().filter(|import| import.level == 0 && !import.guarded);
    let known = certain.filter_map(|import| {
        let submodule = import.name.as_ref().map(|name| format!("{}.{name}", import.module));
        let found = availability(&import.module).map(|found| (import.module.clone(), found));
        let (name, found) = found.or_else(|| {
            let submodule = submodule?;
            availability(&submodule).map(|found| (submodule, found))
        })?;
        Some((name, found, import.line))
    });
    known.collect()
}

fn newest_syntax(text: &str, parsed: &Parsed<ModModule>, lines: &Lines) -> Option<Need> {
    let mut finder = Finder { text, newest: None };
    for error in parsed.unsupported_syntax_errors() {
        if let Some((minor, what)) = reported(error.kind) {
            finder.found(minor, what, error.range.start());
        }
    }
    finder.visit_body(parsed.suite());
    finder.newest.map(|(minor, what, at)| Need {
        version: Version::new(3, minor),
        line: lines.of(at),
        what: what.to_owned(),
    })
}

/// What the parser reports against Python 3.7: the minor version that has it.
const fn reported(kind: UnsupportedSyntaxErrorKind) -> Option<(u8, &'static str)> {
    use UnsupportedSyntaxErrorKind as Kind;
    Some(match kind {
        Kind::Match => (10, "a `match` statement"),
        Kind::Walrus => (8, "an assignment expression (`:=`)"),
        Kind::ExceptStar => (11, "`except*`"),
        Kind::UnparenthesizedNamedExpr(_) => (10, "an assignment expression without parentheses"),
        // It worked once and was taken away: it says nothing about a minimum.
        Kind::ParenthesizedKeywordArgumentName => return None,
        Kind::StarTuple(_) => (8, "unpacking in `return` or `yield`"),
        Kind::RelaxedDecorator(_) => (9, "a decorator that is any expression"),
        Kind::PositionalOnlyParameter => (8, "positional-only parameters"),
        Kind::TypeParameterList => (12, "type parameters"),
        Kind::LazyImportStatement => (15, "a `lazy` import"),
        Kind::TypeAliasStatement => (12, "a `type` statement"),
        Kind::TypeParamDefault => (13, "a type parameter with a default"),
        Kind::Pep701FString(_) => (12, "an f-string with quotes, comments or line ends inside its fields"),
        // CPython 3.9 takes it, but only 3.10 promises it.
        Kind::ParenthesizedContextManager => (9, "parentheses in a `with` statement"),
        Kind::StarExpressionInIndex => (11, "unpacking in an index"),
        Kind::StarAnnotation => (11, "unpacking in an annotation"),
        Kind::UnpackingInComprehension(_) => (15, "unpacking in a comprehension"),
        Kind::UnparenthesizedUnpackInFor => (9, "unpacking in a `for` statement"),
        Kind::UnparenthesizedExceptionTypes => (14, "several exceptions without parentheses"),
        Kind::TemplateStrings => (14, "a template string"),
    })
}

/// Finds what came before 3.7, which the parser takes for granted.
struct Finder<'a> {
    text: &'a str,
    newest: Option<(u8, &'static str, TextSize)>,
}

impl Finder<'_> {
    fn found(&mut self, minor: u8, what: &'static str, at: TextSize) {
        if self.newest.is_none_or(|(newest, _, first)| minor > newest || (minor == newest && at < first)) {
            self.newest = Some((minor, what, at));
        }
    }

    fn slice(&self, range: TextRange) -> &str {
        self.text.get(range.start().to_usize()..range.end().to_usize()).unwrap_or("")
    }

    fn arguments(&mut self, arguments: &ruff_python_ast::Arguments) {
        let mut starred = false;
        for argument in &arguments.args {
            if starred {
                self.found(5, "an argument after an unpacked one", argument.start());
            }
            starred |= argument.is_starred_expr();
        }
        if let Some(second) = arguments.keywords.iter().filter(|keyword| keyword.arg.is_none()).nth(1) {
            self.found(5, "several unpacked arguments", second.start());
        }
    }
}

impl<'a> Visitor<'a> for Finder<'_> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        let at = stmt.start();
        match stmt {
            Stmt::FunctionDef(function) => {
                if function.is_async {
                    self.found(5, "`async def`", at);
                }
                if let Some(returns) = &function.returns {
                    self.found(0, "an annotation", returns.start());
                }
            }
            Stmt::ClassDef(class)
                if class.arguments.as_ref().is_some_and(|arguments| !arguments.keywords.is_empty()) =>
            {
                self.found(0, "a keyword among the bases of a class", at);
            }
            Stmt::AnnAssign(_) => self.found(6, "an annotated variable", at),
            Stmt::Nonlocal(_) => self.found(0, "`nonlocal`", at),
            Stmt::Raise(raise) if raise.cause.is_some() => self.found(0, "`raise ... from`", at),
            Stmt::For(each) if each.is_async => self.found(5, "`async for`", at),
            Stmt::With(with) if with.is_async => self.found(5, "`async with`", at),
            Stmt::AugAssign(assign) if assign.op == Operator::MatMult => self.found(5, "matrix multiplication", at),
            Stmt::Assign(assign) => {
                for target in &assign.targets {
                    let elements = match target {
                        Expr::Tuple(tuple) => &tuple.elts,
                        Expr::List(list) => &list.elts,
                        _ => continue,
                    };
                    if elements.iter().any(Expr::is_starred_expr) {
                        self.found(0, "unpacking in an assignment", at);
                    }
                }
            }
            Stmt::ImportFrom(import)
                if import.level == 0
                    && import.module.as_ref().is_some_and(|module| module.as_str() == "__future__")
                    && import.names.iter().any(|alias| alias.name.as_str() == "annotations") =>
            {
                self.found(7, "`from __future__ import annotations`", at);
            }
            _ => {}
        }
        walk_stmt(self, stmt);
    }

    fn visit_parameters(&mut self, parameters: &'a ruff_python_ast::Parameters) {
        if let Some(first) = parameters.kwonlyargs.first() {
            self.found(0, "keyword-only parameters", first.start());
        }
        ruff_python_ast::visitor::walk_parameters(self, parameters);
    }

    fn visit_parameter(&mut self, parameter: &'a Parameter) {
        if let Some(annotation) = &parameter.annotation {
            self.found(0, "an annotation", annotation.start());
        }
        walk_parameter(self, parameter);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        let at = expr.start();
        match expr {
            Expr::FString(_) => self.found(6, "an f-string", at),
            Expr::Await(_) => self.found(5, "`await`", at),
            Expr::YieldFrom(_) => self.found(3, "`yield from`", at),
            Expr::BinOp(operation) if operation.op == Operator::MatMult => self.found(5, "matrix multiplication", at),
            Expr::Call(call) => self.arguments(&call.arguments),
            Expr::Dict(dict) if dict.items.iter().any(|item| item.key.is_none()) => {
                self.found(5, "unpacking in a dictionary", at);
            }
            Expr::List(list) if list.ctx.is_load() && list.elts.iter().any(Expr::is_starred_expr) => {
                self.found(5, "unpacking in a list", at);
            }
            Expr::Set(set) if set.elts.iter().any(Expr::is_starred_expr) => self.found(5, "unpacking in a set", at),
            Expr::Tuple(tuple) if tuple.ctx.is_load() && tuple.elts.iter().any(Expr::is_starred_expr) => {
                self.found(5, "unpacking in a tuple", at);
            }
            Expr::NumberLiteral(number)
                if !matches!(number.value, Number::Complex { .. }) && self.slice(number.range).contains('_') =>
            {
                self.found(6, "underscores in a number", at);
            }
            _ => {}
        }
        walk_expr(self, expr);
    }
}
