//! What an expression of a path comes to, without running it.
//!
//! `__file__` stands for a place below [`ROOT`]; everything else is text like any other, so that
//! `os.path.join`, `Path`, `+` and f-strings can be mixed as people mix them.

use super::project::Project;
use crate::path::PackagePath;
use crate::python::{Argument, Call, Import, Kind, Name, Value};

/// The application's root in a text; no file name has this character.
const ROOT: &str = "\u{2}";

/// How many steps from expression to expression are followed: imports may go in circles.
const STEPS: u32 = 48;

/// How many steps one question may take on all its ways.
const BUDGET: u32 = 600;

/// Where a path leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Into the application; nothing for its root.
    Inside(Option<PackagePath>),
    /// Elsewhere, as far as the text says.
    Outside(String),
}

/// A value and where it stands, which decides what the names in it mean.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) file: PackagePath,
    pub(super) line: u32,
    pub(super) value: Value,
}

impl Project<'_> {
    /// What a name of a module is last bound to, through imports: also `from .base import *`.
    pub(super) fn told(&self, file: &PackagePath, name: &str) -> Option<Told> {
        self.budget.set(BUDGET);
        self.lookup(file, name, u32::MAX, STEPS)
    }

    /// The text that a value comes to; nothing when only running would tell.
    pub(super) fn text(&self, told: &Told) -> Option<String> {
        self.budget.set(BUDGET);
        Reader { project: self, file: &told.file, line: told.line }.text(&told.value, STEPS)
    }

    /// The place that a value names.
    pub(super) fn place(&self, told: &Told) -> Option<Place> {
        self.text(told).filter(|text| !text.is_empty()).map(|text| place(&text))
    }

    /// What stands for a name before a line of a file.
    fn lookup(&self, file: &PackagePath, name: &str, line: u32, steps: u32) -> Option<Told> {
        let steps = self.spend(steps)?;
        let module = self.python(file)?;
        let known = module.bindings.iter().rev().find(|own| own.name == name && own.line < line);
        let Some(binding) = known.or_else(|| module.inner.iter().rev().find(|own| own.name == name && own.line < line))
        else {
            let stars = module.imports.iter().rev().filter(|import| import.name.as_deref() == Some("*"));
            let mut homes = stars.filter_map(|import| {
                let dotted = format!("{}{}", ".".repeat(import.level as usize), import.module);
                let dotted = self.absolute(&dotted, file)?;
                self.resolve(dotted.trim_end_matches('.'), file).filter(|(_, rest)| rest.is_empty()).map(|(own, _)| own)
            });
            return homes.find_map(|own| self.lookup(&own.path, name, u32::MAX, steps));
        };
        match &binding.kind {
            Kind::Value(value) => Some(Told { file: file.clone(), line: binding.line, value: value.clone() }),
            Kind::Import(import) => self.imported_value(file, import, steps),
            _ => None,
        }
    }

    fn imported_value(&self, file: &PackagePath, import: &Import, steps: u32) -> Option<Told> {
        let dotted = self.absolute(&import.target(), file)?;
        let (own, rest) = self.resolve(&dotted, file)?;
        if rest.is_empty() || rest.contains('.') { None } else { self.lookup(&own.path, rest, u32::MAX, steps) }
    }

    fn spend(&self, steps: u32) -> Option<u32> {
        self.budget.set(self.budget.get().checked_sub(1)?);
        steps.checked_sub(1)
    }
}

impl Told {
    /// A value that stands in a line of a file.
    pub(super) fn at(file: &PackagePath, line: u32, value: &Value) -> Self {
        Self { file: file.clone(), line, value: value.clone() }
    }
}

/// Reads the values of one place.
struct Reader<'r> {
    project: &'r Project<'r>,
    file: &'r PackagePath,
    line: u32,
}

impl Reader<'_> {
    fn text(&self, value: &Value, steps: u32) -> Option<String> {
        let steps = self.project.spend(steps)?;
        match value {
            Value::Text(text) => Some(text.clone()),
            Value::Name(name) => self.name(name, steps),
            Value::Pieces(pieces) => pieces.iter().map(|piece| self.text(piece, steps)).collect(),
            Value::OneOf(values) => values.iter().find_map(|value| self.text(value, steps)),
            Value::Operation(sign, pair) => self.operation(*sign, &pair.0, &pair.1, steps),
            Value::Attribute(base, name) => attribute(&self.text(base, steps)?, name),
            Value::Item(pair) => self.item(&pair.0, &pair.1, steps),
            Value::Call(call) => self.call(call, steps),
            Value::Method(base, call) => match self.text(base, steps) {
                Some(text) => self.method(&text, call.callee.last(), call, steps),
                None => self.default(call, steps),
            },
            _ => None,
        }
    }

    fn name(&self, name: &Name, steps: u32) -> Option<String> {
        match name.dotted.as_str() {
            "__file__" => return Some(format!("{ROOT}/{}", self.file)),
            "os.pardir" | "os.path.pardir" if name.imported => return Some("..".to_owned()),
            "os.curdir" | "os.path.curdir" if name.imported => return Some(".".to_owned()),
            "os.sep" | "os.path.sep" if name.imported => return Some("/".to_owned()),
            _ => {}
        }
        if let Some((first, rest)) = name.dotted.split_once('.').filter(|_| !name.imported) {
            // What an object of Flask says of itself.
            match rest {
                "instance_path" => return self.instance_folder(),
                "root_path" => return Some(parent(&format!("{ROOT}/{}", self.file))),
                _ => {}
            }
            let base = self.name(&Name { dotted: first.to_owned(), imported: false }, steps)?;
            return rest.split('.').try_fold(base, |text, name| attribute(&text, name));
        }
        if name.imported {
            return self.imported(&name.dotted, steps);
        }
        self.told(&self.project.lookup(self.file, &name.dotted, self.line, steps)?, steps)
    }

    /// A value that stands elsewhere.
    fn told(&self, told: &Told, steps: u32) -> Option<String> {
        Reader { project: self.project, file: &told.file, line: told.line }.text(&told.value, steps)
    }

    fn imported(&self, dotted: &str, steps: u32) -> Option<String> {
        if dotted.ends_with("current_app.instance_path") {
            return self.instance_folder();
        }
        let dotted = self.project.absolute(dotted, self.file)?;
        let (own, rest) = self.project.resolve(&dotted, self.file)?;
        let mut names = rest.split('.');
        let first = names.next().filter(|name| !name.is_empty())?;
        let base = self.told(&self.project.lookup(&own.path, first, u32::MAX, steps)?, steps)?;
        names.try_fold(base, |text, name| attribute(&text, name))
    }

    /// Where Flask keeps what belongs to one installation: beside the package or module.
    fn instance_folder(&self) -> Option<String> {
        let own = self.project.own(self.file)?;
        let base = own.base.as_ref().map_or_else(String::new, |base| format!("/{base}"));
        Some(format!("{ROOT}{base}/instance"))
    }

    fn operation(&self, sign: char, left: &Value, right: &Value, steps: u32) -> Option<String> {
        let left = self.text(left, steps)?;
        match (sign, right) {
            ('/', _) => Some(join(&left, &self.text(right, steps)?)),
            ('+', _) => Some(left + &self.text(right, steps)?),
            // `environ.Path(__file__) - 2`.
            ('-', Value::Number(up)) => Some((0..(*up).min(64)).fold(left, |text, _| parent(&text))),
            ('%', Value::List(values)) if values.len() == 1 => {
                Some(left.replacen("%s", &self.text(values.first()?, steps)?, 1))
            }
            ('%', _) => Some(left.replacen("%s", &self.text(right, steps)?, 1)),
            _ => None,
        }
    }

    /// `path.parents[1]` and `os.path.split(path)[0]`.
    fn item(&self, of: &Value, key: &Value, steps: u32) -> Option<String> {
        let Value::Number(number) = key else { return None };
        let up = |base: String| Some((0..=(*number).min(64)).fold(base, |text, _| parent(&text)));
        match of {
            Value::Attribute(base, name) if name == "parents" => up(self.text(base, steps)?),
            Value::Name(name) => {
                let (base, rest) = name.dotted.rsplit_once('.')?;
                let base = Name { dotted: base.to_owned(), imported: name.imported };
                (rest == "parents").then(|| self.name(&base, steps)).flatten().and_then(up)
            }
            Value::Call(call) if call.callee.is("os.path.split") && *number == 0 => {
                Some(parent(&self.text(call.positional(0)?, steps)?))
            }
            _ => None,
        }
    }

    fn call(&self, call: &Call, steps: u32) -> Option<String> {
        let name = call.callee.dotted.as_str();
        if call.callee.imported {
            return match name {
                "os.path.dirname" => Some(parent(&self.text(call.positional(0)?, steps)?)),
                "os.path.abspath" | "os.path.realpath" | "os.path.normpath" | "os.path.normcase" | "os.fspath" => {
                    self.text(call.positional(0)?, steps)
                }
                "os.getcwd" | "pathlib.Path.cwd" => Some(ROOT.to_owned()),
                "os.path.join"
                | "pathlib.Path"
                | "pathlib.PurePath"
                | "environ.Path"
                | "path.Path"
                | "path.path"
                | "unipath.Path"
                | "django.utils._os.safe_join"
                | "flask.safe_join" => self.joined(call, steps),
                _ => self.called(call, steps),
            };
        }
        match name {
            "str" | "unicode" => self.text(call.positional(0)?, steps),
            "getattr" => self.text(call.positional(2)?, steps),
            _ => self.called(call, steps),
        }
    }

    /// A method of a text, or a text that is called to be joined, as that of environ.Path; what is
    /// neither would have to run, but may have a default.
    fn called(&self, call: &Call, steps: u32) -> Option<String> {
        let Name { dotted, imported } = &call.callee;
        if let Some((of, method)) = dotted.rsplit_once('.').filter(|(of, _)| !of.is_empty() && *of != "os") {
            let of = Name { dotted: of.to_owned(), imported: *imported };
            if let Some(text) = self.name(&of, steps) {
                return self.method(&text, method, call, steps);
            }
        }
        match self.name(&call.callee, steps) {
            Some(text) => self.method(&text, "joinpath", call, steps),
            None => self.default(call, steps),
        }
    }

    fn method(&self, text: &str, method: &str, call: &Call, steps: u32) -> Option<String> {
        match method {
            "resolve" | "absolute" | "as_posix" | "expanduser" | "strip" | "rstrip" | "replace" | "encode"
            | "decode" => Some(text.to_owned()),
            "joinpath" | "child" | "path" => Some(join(text, &self.joined(call, steps)?)),
            "ancestor" => match call.positional(0)? {
                Value::Number(up) => Some((0..(*up).min(64)).fold(text.to_owned(), |text, _| parent(&text))),
                _ => None,
            },
            _ => None,
        }
    }

    fn joined(&self, call: &Call, steps: u32) -> Option<String> {
        let mut parts = call.arguments.iter().filter(|argument| argument.name.is_none());
        let first = self.text(&parts.next()?.value, steps)?;
        parts.try_fold(first, |text, part| Some(join(&text, &self.text(&part.value, steps)?)))
    }

    /// What is taken when the environment says nothing: `os.environ.get("KEY", default)`.
    fn default(&self, call: &Call, steps: u32) -> Option<String> {
        let named = |argument: &&Argument| argument.name.as_deref() == Some("default");
        if let Some(argument) = call.arguments.iter().find(named) {
            return self.text(&argument.value, steps);
        }
        let asks = matches!(call.callee.last(), "get" | "getenv" | "env" | "config" | "str" | "path" | "environ");
        if asks { self.text(call.positional(1)?, steps) } else { None }
    }
}

/// What is at a name of a path.
fn attribute(text: &str, name: &str) -> Option<String> {
    match name {
        "parent" => Some(parent(text)),
        // Of environ.Path.
        "root" => Some(text.to_owned()),
        _ => None,
    }
}

fn join(base: &str, rest: &str) -> String {
    if base.is_empty() || rest.starts_with(['/', '\\']) || rest.starts_with(ROOT) || has_drive(rest) {
        return rest.to_owned();
    }
    format!("{}/{rest}", base.trim_end_matches(['/', '\\']))
}

fn parent(text: &str) -> String {
    let text = text.trim_end_matches(['/', '\\']);
    match text.rsplit_once(['/', '\\']) {
        Some((before, last)) if last != ".." => before.to_owned(),
        None if text != ROOT && !text.is_empty() => String::new(),
        _ => format!("{text}/.."),
    }
}

fn has_drive(text: &str) -> bool {
    text.as_bytes().get(1) == Some(&b':')
}

/// Where a text leads as a path; without a beginning it counts from the root, where the server starts.
pub(super) fn place(text: &str) -> Place {
    let slashes = text.replace('\\', "/");
    let inside = match slashes.strip_prefix(ROOT) {
        Some(rest) => rest,
        None if slashes.starts_with(['/', '~']) || has_drive(&slashes) => return Place::Outside(text.to_owned()),
        None => &slashes,
    };
    let mut segments: Vec<&str> = Vec::new();
    for segment in inside.split('/').filter(|segment| !matches!(*segment, "" | ".")) {
        if segment != ".." {
            segments.push(segment);
        } else if segments.pop().is_none() {
            return Place::Outside(slashes.replace(ROOT, "."));
        }
    }
    if segments.is_empty() {
        return Place::Inside(None);
    }
    PackagePath::new(&segments.join("/")).map_or_else(|_| Place::Outside(slashes), |path| Place::Inside(Some(path)))
}

#[cfg(test)]
mod tests;
