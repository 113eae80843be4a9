//! Reading Python without running it. The only room that names the Python parser.

mod bindings;
mod environment;
mod guard;
mod legacy;
mod needs;
pub mod pip;
mod returns;
mod stdlib;
mod value;
mod version;

use ruff_python_ast::PythonVersion;
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use ruff_text_size::TextSize;

pub use environment::{Bits, Environment};
pub use needs::{Need, Needs};
pub use stdlib::{Availability, availability, is_loaded_first};
pub use version::Version;

/// The name of a project as names of projects are compared: small letters, one dash for any run of
/// `-`, `_` and `.`.
#[must_use]
pub fn project_name(name: &str) -> String {
    let parts = name.split(['-', '_', '.']).filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

/// What importing a module binds and does, as far as its text says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Module {
    /// What the module binds when it is imported, in order; a name bound twice stands twice.
    pub bindings: Vec<Binding>,
    /// Every import statement, wherever it stands.
    pub imports: Vec<Import>,
    /// Every environment variable that it sets, wherever the statement stands.
    pub environ: Vec<EnvironmentVariable>,
    /// Every call that a statement makes, wherever it stands, and those inside it.
    pub called: Vec<Called>,
    /// What importing does not bind: local names of functions, and what classes hold.
    pub inner: Vec<Binding>,
    /// Every item that it sets, wherever the statement stands: `app.config["KEY"] = value`.
    pub items: Vec<Item>,
    /// What Python its syntax and its imports need.
    pub needs: Needs,
    /// How many syntax errors Python 3 would find; the rest of the module was read all the same.
    pub errors: usize,
    /// The line of the first of them.
    pub first_error: Option<u32>,
    /// Why nothing was read, when nothing was.
    pub unread: Option<&'static str>,
}

impl Module {
    /// The last binding of a name, which is the one that an importer gets.
    #[must_use]
    pub fn binding(&self, name: &str) -> Option<&Binding> {
        self.bindings.iter().rev().find(|binding| binding.name == name)
    }

    /// Every call, whenever it happens.
    pub fn calls(&self) -> impl Iterator<Item = &Call> {
        self.called.iter().map(|own| &own.call)
    }

    /// The string that a name is bound to.
    #[must_use]
    pub fn string(&self, name: &str) -> Option<&str> {
        match &self.binding(name)?.kind {
            Kind::Value(Value::Text(text)) => Some(text),
            _ => None,
        }
    }
}

/// A name that a module binds.
#[derive(Clone, Debug, PartialEq)]
pub struct Binding {
    /// The name.
    pub name: String,
    /// From 1.
    pub line: u32,
    /// What it is bound to.
    pub kind: Kind,
}

/// What a name is bound to.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// The value of an expression.
    Value(Value),
    /// A function; its decorators may make something else of it.
    Function(Function),
    /// A class.
    Class(Class),
    /// A module, or what another module binds: `Import::name` says which.
    Import(Import),
}

/// A value as far as it can be told without running.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A string.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A tuple or a list.
    List(Vec<Self>),
    /// What another name is bound to.
    Name(Name),
    /// What a call returns.
    Call(Call),
    /// What is at a name of something that has none itself: `make().name`.
    Attribute(Box<Self>, String),
    /// What a method of something without a name returns; the callee is the method's name alone.
    Method(Box<Self>, Call),
    /// `a[b]`.
    Item(Box<(Self, Self)>),
    /// A dictionary, without what is unpacked into it.
    Dictionary(Vec<(Self, Self)>),
    /// `a + b`, `a - b`, `a / b`, `a % b`.
    Operation(char, Box<(Self, Self)>),
    /// The pieces of an f-string.
    Pieces(Vec<Self>),
    /// One of them: `a or b`, `a if x else b`.
    OneOf(Vec<Self>),
    /// `None`.
    None,
    /// Something else.
    Other,
}

/// A dotted name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// `flask.Flask`; one leading dot per level when it comes from a relative import.
    pub dotted: String,
    /// Whether its beginning comes from an import, so that it counts from outside this module.
    pub imported: bool,
}

impl Name {
    /// Whether it is this name, through the imports.
    #[must_use]
    pub fn is(&self, dotted: &str) -> bool {
        self.imported && self.dotted == dotted
    }

    /// The last part.
    #[must_use]
    pub fn last(&self) -> &str {
        self.dotted.rsplit('.').next().unwrap_or(&self.dotted)
    }
}

/// A call.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// What is called.
    pub callee: Name,
    /// With what; starred arguments are `Other`.
    pub arguments: Vec<Argument>,
    /// From 1.
    pub line: u32,
}

impl Call {
    /// The n-th argument without a name.
    #[must_use]
    pub fn positional(&self, index: usize) -> Option<&Value> {
        self.arguments.iter().filter(|argument| argument.name.is_none()).nth(index).map(|argument| &argument.value)
    }

    /// The argument with a name.
    #[must_use]
    pub fn keyword(&self, name: &str) -> Option<&Value> {
        self.arguments.iter().find(|argument| argument.name.as_deref() == Some(name)).map(|argument| &argument.value)
    }
}

/// A call that happens.
#[derive(Clone, Debug, PartialEq)]
pub struct Called {
    /// The call.
    pub call: Call,
    /// When it happens.
    pub when: When,
}

/// When a statement runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// When the module is imported.
    Import,
    /// When the module is imported and a condition holds, or nothing failed before.
    Perhaps,
    /// When the module is run as a program: below `if __name__ == "__main__"`.
    Program,
    /// When something calls the function or method that it stands in.
    Called,
}

/// An argument of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// Its name, when it is given by name.
    pub name: Option<String>,
    /// What is given.
    pub value: Value,
}

/// A function.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Function {
    /// Those that must be given, in order; `self` of a method is not among them.
    pub required: Vec<String>,
    /// Those that may be left out.
    pub optional: Vec<String>,
    /// Whether it takes `*args`.
    pub takes_more: bool,
    /// Whether it is `async def`.
    pub is_async: bool,
    /// Whether it has a `yield` of its own.
    pub is_generator: bool,
    /// What decorates it.
    pub decorators: Vec<Name>,
    /// What its annotation says that it returns.
    pub result: Option<Name>,
    /// What it returns; a local name stands for what the function last bound it to.
    pub returns: Vec<Value>,
}

impl Function {
    /// Whether a call without arguments fits it.
    #[must_use]
    pub const fn callable_without_arguments(&self) -> bool {
        self.required.is_empty()
    }
}

/// A class.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Class {
    /// The bases that have names.
    pub bases: Vec<Name>,
    /// Its own `__call__`.
    pub call: Option<Function>,
    /// Its own `__init__`.
    pub init: Option<Function>,
}

/// An imported name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// 0 for an absolute import, else the number of leading dots.
    pub level: u32,
    /// The module; empty in `from . import x`.
    pub module: String,
    /// What is taken from it; `*` for everything, nothing in `import module`.
    pub name: Option<String>,
    /// The name that it is bound to; the first part in `import a.b`.
    pub bound: String,
    /// From 1.
    pub line: u32,
    /// Whether it may not happen: it stands in a function, or below `if` or `try`.
    pub guarded: bool,
}

impl Import {
    /// The dotted name that the bound name stands for, with its leading dots.
    #[must_use]
    pub fn target(&self) -> String {
        let dots = ".".repeat(self.level as usize);
        match &self.name {
            Some(name) if self.module.is_empty() => format!("{dots}{name}"),
            Some(name) => format!("{dots}{}.{name}", self.module),
            None if self.bound.len() < self.module.len() && self.module.starts_with(&format!("{}.", self.bound)) => {
                self.bound.clone()
            }
            None => self.module.clone(),
        }
    }
}

/// An environment variable that a module sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvironmentVariable {
    /// Its name.
    pub key: String,
    /// What it is set to, when that is a string in the text.
    pub value: Option<String>,
    /// Whether it is set even when the environment has it.
    pub forced: bool,
    /// From 1.
    pub line: u32,
}

/// An item that a module sets.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Of what.
    pub of: Name,
    /// Which.
    pub key: Value,
    /// To what.
    pub value: Value,
    /// From 1.
    pub line: u32,
}

/// Reads a module; never fails. Python 2 is read as far as its statements are also Python 3.
#[must_use]
pub fn read(text: &str) -> Module {
    // The parser counts in 32 bits.
    if u32::try_from(text.len()).is_err() {
        return Module { unread: Some("it is too large to be read"), ..Module::default() };
    }
    if guard::too_deep(text) {
        return Module { unread: Some("its expressions or blocks nest too deep to be read"), ..Module::default() };
    }
    // The lowest target makes the parser report everything that is newer.
    let options = ParseOptions::from(Mode::Module).with_target_version(PythonVersion::lowest());
    let Some(parsed) = parse_unchecked(text, options).try_into_module() else { return Module::default() };
    let lines = Lines::new(text);
    let mut module = bindings::collect(parsed.suite(), &lines);
    module.errors = parsed.errors().len();
    module.first_error = parsed.errors().first().map(|error| lines.of(error.location.start()));
    module.needs = needs::find(text, &parsed, &module, &lines);
    module
}

/// Where the lines of a text begin.
struct Lines(Vec<usize>);

impl Lines {
    fn new(text: &str) -> Self {
        Self(std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect())
    }

    /// The line of an offset, from 1.
    fn of(&self, offset: TextSize) -> u32 {
        let offset = offset.to_usize();
        u32::try_from(self.0.partition_point(|&start| start <= offset)).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests;
