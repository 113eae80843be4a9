//! Folders that the application writes to, as its settings and its calls say.

use super::Evidence;
use super::paths::{Place, Told, place};
use super::project::Project;
use crate::path::PackagePath;
use crate::python::{Call, Kind, Module, Value};
use crate::sorted::Set;

/// A folder that the application writes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writable {
    /// From the application's root, which it is when there is none.
    pub folder: Option<PackagePath>,
    /// Whether code lies in it, so that rights on it would let the application change itself.
    pub code: bool,
    /// What says so.
    pub evidence: Evidence,
}

/// Calls whose first argument is a file that they write.
const WRITERS: [&str; 5] = [
    "FileHandler",
    "RotatingFileHandler",
    "TimedRotatingFileHandler",
    "WatchedFileHandler",
    "ConcurrentRotatingFileHandler",
];

/// Folders that are called so at the root of an application are written to.
const NAMES: [&str; 6] = ["instance", "logs", "media", "upload", "uploads", "userfiles"];

pub(super) fn find(project: &Project<'_>) -> Vec<Writable> {
    let mut finder = Finder { project, file: None, found: Vec::new() };
    for own in &project.modules {
        if let Some(module) = project.python(&own.path) {
            finder.file = Some(own.path.clone());
            finder.module(&module);
        }
    }
    let mut found = finder.found;
    let tree = project.contents.tree();
    let tops = tree.top().into_iter().filter(|path| NAMES.contains(&path.key().as_str()) && tree.has_folder(path));
    found.extend(tops.map(|path| {
        let evidence = Evidence::new(&path, None, format!("is called `{}`", path.name()));
        Writable { folder: Some(path), code: false, evidence }
    }));
    tidy(project, found)
}

/// Each folder once, and none below another; what has code in it comes last.
fn tidy(project: &Project<'_>, found: Vec<Writable>) -> Vec<Writable> {
    let coded: Set<PackagePath> = project.modules.iter().filter_map(|own| own.path.parent()).collect();
    let mut kept: Vec<Writable> = Vec::new();
    for mut own in found {
        own.code = own.folder.as_ref().is_none_or(|folder| coded.contains(folder));
        if !kept.iter().any(|other| other.folder == own.folder) {
            kept.push(own);
        }
    }
    let all: Vec<PackagePath> = kept.iter().filter(|own| !own.code).filter_map(|own| own.folder.clone()).collect();
    kept.retain(|own| own.folder.as_ref().is_none_or(|folder| !all.iter().any(|other| folder.is_below(other))));
    kept.sort_by_key(|own| own.code);
    kept
}

struct Finder<'p> {
    project: &'p Project<'p>,
    file: Option<PackagePath>,
    found: Vec<Writable>,
}

impl Finder<'_> {
    fn module(&mut self, module: &Module) {
        for binding in module.bindings.iter().chain(&module.inner) {
            if let Kind::Value(value) = &binding.kind {
                self.named(&binding.name, value, binding.line);
            }
        }
        for item in &module.items {
            match &item.key {
                Value::Text(key) => self.named(key, &item.value, item.line),
                _ => _ = self.value(&item.value, item.line),
            }
        }
        for call in module.calls() {
            self.call(call);
        }
    }

    /// A value with a name, or with a key that is one.
    fn named(&mut self, name: &str, value: &Value, line: u32) {
        if self.value(value, line) {
            return;
        }
        let upper = name.to_ascii_uppercase();
        if is_folder(&upper) {
            self.folder(value, line, name);
        } else if is_file(&upper) {
            self.file(value, line, &format!("sets `{name}` to"));
        } else if upper.contains("DATABASE") || upper.contains("DB") {
            let told = self.told(value, line);
            if let Some(text) = told.and_then(|told| self.project.text(&told)) {
                self.database(&text, line, name);
            }
        }
    }

    /// What stands inside a value; whether it was something with insides.
    fn value(&mut self, value: &Value, line: u32) -> bool {
        match value {
            Value::Dictionary(items) => {
                let of = |name: &str| {
                    items.iter().find(|(key, _)| matches!(key, Value::Text(key) if key == name)).map(|(_, value)| value)
                };
                if let (Some(Value::Text(engine)), Some(name)) = (of("ENGINE"), of("NAME"))
                    && engine.contains("sqlite")
                {
                    self.file(name, line, "has its SQLite database in");
                }
                for (key, value) in items {
                    match key {
                        Value::Text(key) => self.named(key, value, line),
                        _ => _ = self.value(value, line),
                    }
                }
                true
            }
            Value::List(items) => {
                for item in items {
                    self.value(item, line);
                }
                true
            }
            Value::Call(call) => {
                self.call(call);
                false
            }
            _ => false,
        }
    }

    fn call(&mut self, call: &Call) {
        let (name, line) = (call.callee.last(), call.line);
        let first = || call.keyword("filename").or_else(|| call.positional(0));
        if WRITERS.contains(&name) {
            if let Some(file) = first() {
                self.file(file, line, "logs to");
            }
        } else if name == "basicConfig" {
            if let Some(file) = call.keyword("filename") {
                self.file(file, line, "logs to");
            }
        } else if call.callee.is("sqlite3.connect") {
            if let Some(file) = first() {
                self.file(file, line, "opens the SQLite database");
            }
        } else if call.callee.is("os.makedirs") || call.callee.is("os.mkdir") {
            if let Some(Place::Inside(folder)) = call.positional(0).and_then(|value| self.place(value, line)) {
                let text = format!("makes the folder `{}`", shown(folder.as_ref()));
                self.add(folder, line, text);
            }
        } else {
            if name == "create_engine"
                && let Some(text) = call.positional(0).and_then(|value| self.project.text(&self.told(value, line)?))
            {
                self.database(&text, line, name);
            }
            for argument in &call.arguments {
                match &argument.name {
                    Some(name) => self.named(name, &argument.value, line),
                    None => _ = self.value(&argument.value, line),
                }
            }
        }
    }

    fn told(&self, value: &Value, line: u32) -> Option<Told> {
        // A name is looked up before its own line; the line after it is as good for what stands in it.
        self.file.as_ref().map(|file| Told::at(file, line, value))
    }

    fn place(&self, value: &Value, line: u32) -> Option<Place> {
        self.project.place(&self.told(value, line)?)
    }

    fn folder(&mut self, value: &Value, line: u32, name: &str) {
        if let Some(Place::Inside(folder)) = self.place(value, line) {
            let text = format!("sets `{name}` to `{}`", shown(folder.as_ref()));
            self.add(folder, line, text);
        }
    }

    fn file(&mut self, value: &Value, line: u32, what: &str) {
        if let Some(Place::Inside(Some(file))) = self.place(value, line) {
            // SQLite writes beside its database as well, and logs are kept beside one another.
            self.add(file.parent(), line, format!("{what} `{file}`"));
        }
    }

    /// `sqlite:///shop.db`, or the path of such a file.
    fn database(&mut self, text: &str, line: u32, name: &str) {
        let path = match text.split_once(":///") {
            Some((scheme, path)) if scheme.starts_with("sqlite") => path.split('?').next().unwrap_or(path),
            None if [".db", ".sqlite", ".sqlite3"].iter().any(|end| text.ends_with(end)) => text,
            _ => return,
        };
        let Place::Inside(Some(file)) = place(path) else { return };
        // Flask-SQLAlchemy counts from the folder of the instance.
        let instance = text.contains(":///") && file.depth() == 1 && !path.starts_with('\u{2}') && self.has_instance();
        let file = if instance { PackagePath::new(&format!("instance/{file}")).unwrap_or(file) } else { file };
        self.add(file.parent(), line, format!("has the SQLite database `{file}` in `{name}`"));
    }

    fn has_instance(&self) -> bool {
        self.project
            .modules
            .iter()
            .filter_map(|own| self.project.python(&own.path))
            .any(|module| module.imports.iter().any(|import| import.level == 0 && import.module == "flask_sqlalchemy"))
    }

    fn add(&mut self, folder: Option<PackagePath>, line: u32, text: String) {
        if let Some(file) = &self.file {
            let evidence = Evidence::new(file, Some(line), text);
            self.found.push(Writable { folder, code: false, evidence });
        }
    }
}

fn shown(folder: Option<&PackagePath>) -> &str {
    folder.map_or("the application's root", PackagePath::as_str)
}

/// Whether a setting names a folder that is written to.
fn is_folder(name: &str) -> bool {
    const KNOWN: [&str; 9] = [
        "MEDIA_ROOT",
        "EMAIL_FILE_PATH",
        "FILE_UPLOAD_TEMP_DIR",
        "SESSION_FILE_PATH",
        "SESSION_FILE_DIR",
        "CACHE_DIR",
        "LOG_DIR",
        "LOGS_DIR",
        "LOG_FOLDER",
    ];
    let ends = ["_FOLDER", "_DIR", "_DIRECTORY", "_DEST", "_ROOT", "_PATH"];
    KNOWN.contains(&name) || name.contains("UPLOAD") && ends.iter().any(|end| name.ends_with(end))
}

/// Whether a setting or an argument names a file that is written to.
fn is_file(name: &str) -> bool {
    matches!(
        name,
        "FILENAME" | "LOG_FILE" | "LOGFILE" | "LOG_FILENAME" | "DATABASE_FILE" | "DATABASE_PATH" | "SQLITE_PATH"
    )
}

#[cfg(test)]
mod tests;
