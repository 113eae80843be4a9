//! What other files say about how the application is started: `FLASK_APP`, the command lines of
//! other hosts, and a web.config that is there already.

use super::callable::Callable;
use super::evaluate::Thing;
use super::project::{Project, is_aside};
use super::{Candidate, EntryPoint, Evidence, Load, Protocol};
use crate::path::PackagePath;
use crate::python::{self, Kind, Value};

/// A way to start that a file names.
struct Hint {
    module: String,
    object: Option<String>,
    /// What stands between its parentheses, when it has any.
    arguments: Option<String>,
    settings: Option<String>,
    evidence: Evidence,
    strength: i32,
}

/// Raises the candidates that other files name, and adds what only they know.
pub(super) fn apply(project: &Project<'_>, candidates: &mut Vec<Candidate>) {
    let hints = [web_config(project), flask_app(project), command_line(project)];
    for hint in hints.into_iter().flatten().chain(scripts(project)) {
        raise(project, candidates, &hint);
    }
}

fn raise(project: &Project<'_>, candidates: &mut Vec<Candidate>, hint: &Hint) {
    let called = hint.arguments.is_some();
    let mut found = false;
    for candidate in candidates.iter_mut().filter(|own| own.loader.is_none()) {
        let entry = &candidate.entry_point;
        let fits = entry.module == hint.module
            && hint.object.as_ref().is_none_or(|object| entry.object == *object && entry.call == called)
            && (hint.settings.is_none() || candidate.settings == hint.settings);
        if fits && hint.arguments.as_deref().is_none_or(str::is_empty) {
            found = true;
            candidate.strength += hint.strength;
            candidate.evidence.push(hint.evidence.clone());
        }
    }
    if !found {
        candidates.extend(named(project, candidates, hint));
    }
}

/// A candidate that only the hint names: a factory under a name of its own, or one with arguments.
fn named(project: &Project<'_>, candidates: &[Candidate], hint: &Hint) -> Option<Candidate> {
    let object = hint.object.as_deref()?;
    let own = project.module(&hint.module, None);
    // The server's Python has Django, and what a file names there is known to be right.
    let of_django = hint.module.starts_with("django.") && hint.settings.is_some();
    let file = own.map(|own| own.path.clone());
    let is_bound = file.as_ref().and_then(|file| project.python(file)).is_some_and(|module| {
        let first = object.split('.').next().unwrap_or(object);
        let is_object = |kind: &Kind| {
            !matches!(kind, Kind::Value(Value::None | Value::Text(_) | Value::Number(_) | Value::List(_)))
        };
        match module.binding(first) {
            Some(binding) => is_object(&binding.kind),
            None => module.imports.iter().any(|import| import.bound == "*"),
        }
    });
    if !is_bound && !of_django {
        return None;
    }
    let callable: Option<&Callable> =
        project.callables().iter().find(|own| own.own.dotted == hint.module && own.name == object);
    let product = if of_django { "Django" } else { callable.map_or(hint.product(), |own| own.product) };
    // What is known of it is a candidate already, or cannot be called in this way.
    if callable.is_some_and(|own| own.protocol != Protocol::Wsgi || own.required.is_empty()) {
        return None;
    }
    let without_arguments = hint.arguments.as_deref().is_some_and(str::is_empty);
    if without_arguments && file.as_ref().is_some_and(|file| needs_arguments(project, file, object)) {
        return None;
    }
    let evidence = vec![hint.evidence.clone()];
    let candidate = match hint.arguments.as_deref() {
        Some(arguments) if !arguments.is_empty() => {
            let (module, object, arguments) = (hint.module.clone(), object.to_owned(), arguments.to_owned());
            Candidate::through(product, Load::Call { module, object, arguments }, evidence, hint.strength)
        }
        call => {
            let entry_point = EntryPoint::new(&hint.module, object, call.is_some());
            Candidate::new(product, entry_point, evidence, hint.strength)
        }
    };
    let like = candidates.iter().find(|own| hint.settings.is_some() && own.settings == hint.settings);
    let python_path: Vec<PackagePath> = match (own, like) {
        (_, Some(like)) => like.python_path.clone(),
        (own, None) => own.and_then(|own| own.base.clone()).into_iter().collect(),
    };
    Some(Candidate { settings: hint.settings.clone(), python_path, ..candidate })
}

/// Whether calling a name of a module with nothing would fail.
fn needs_arguments(project: &Project<'_>, file: &PackagePath, object: &str) -> bool {
    match project.look_up(file, object, false) {
        Thing::Function(_, function) => !function.callable_without_arguments(),
        Thing::Class(_, class) => class.init.is_some_and(|init| !init.callable_without_arguments()),
        _ => false,
    }
}

impl Hint {
    /// `FLASK_APP` says which framework it is.
    fn product(&self) -> &'static str {
        if self.evidence.text.contains("FLASK_APP") { "Flask" } else { "WSGI" }
    }

    /// `shop`, `shop.py`, `shop:app`, `shop:create_app('prod')`.
    fn read(text: &str, evidence: Evidence, strength: i32) -> Option<Self> {
        let (module, object) = text.split_once(':').map_or((text, None), |(module, object)| (module, Some(object)));
        let module = module.trim().trim_start_matches("./");
        let module = module.strip_suffix(".py").unwrap_or(module).replace(['/', '\\'], ".");
        let (object, arguments) = match object.map(str::trim).filter(|object| !object.is_empty()) {
            None => (None, None),
            Some(object) => match object.split_once('(') {
                Some((name, rest)) => (Some(name.trim()), Some(rest.strip_suffix(')')?.trim())),
                None => (Some(object), None),
            },
        };
        let entry = EntryPoint::parse(&format!("{module}:{}", object.unwrap_or("x")))?;
        if !arguments.is_none_or(are_literal) {
            return None;
        }
        let arguments = arguments.map(str::to_owned);
        let object = object.map(str::to_owned);
        Some(Self { module: entry.module, object, arguments, settings: None, evidence, strength })
    }
}

/// Whether arguments are literals: what they give does not depend on the machine. They go into a
/// module as they are, so it has to be these arguments and nothing behind them.
fn are_literal(text: &str) -> bool {
    if !is_one_list(text) {
        return false;
    }
    let module = python::read(&format!("x = f({text})\n"));
    let Some(Kind::Value(Value::Call(call))) = module.binding("x").map(|own| &own.kind) else { return false };
    module.errors == 0
        && !text.contains(['\n', '#'])
        && call.arguments.iter().all(|own| matches!(own.value, Value::Text(_) | Value::Number(_) | Value::None))
}

/// Whether a text can stand between the parentheses of one call: outside of strings it has only what
/// literals and names of arguments are made of.
fn is_one_list(text: &str) -> bool {
    let mut quote: Option<char> = None;
    let mut escaped = false;
    for c in text.chars() {
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None if c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | ',' | '=' | '-' | '+' | ' ') => {}
            None => return false,
        }
    }
    quote.is_none()
}

/// What `FLASK_APP` names, in one of the files that `flask run` reads.
fn flask_app(project: &Project<'_>) -> Option<Hint> {
    [".flaskenv", ".env"].into_iter().find_map(|name| {
        let file = project.root_file(name)?;
        let text = project.contents.text(&file)?;
        text.as_str().lines().zip(1..).find_map(|(line, number)| {
            let line = line.trim();
            let (key, value) = line.strip_prefix("export ").unwrap_or(line).split_once('=')?;
            let value = unquoted(value.trim());
            if key.trim() != "FLASK_APP" || value.is_empty() {
                return None;
            }
            let evidence = Evidence::new(&file, Some(number), format!("sets `FLASK_APP` to `{value}`"));
            Hint::read(value, evidence, 100)
        })
    })
}

fn unquoted(text: &str) -> &str {
    let inner = ['"', '\''].iter().find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote));
    inner.unwrap_or(text)
}

/// Servers whose command line names a WSGI application.
const SERVERS: [&str; 5] = ["gunicorn", "waitress-serve", "uwsgi", "mod_wsgi-express", "chaussette"];

/// The command line for another host.
fn command_line(project: &Project<'_>) -> Option<Hint> {
    [("Procfile", 90), ("Dockerfile", 60)].into_iter().find_map(|(name, strength)| {
        let file = project.root_file(name)?;
        let text = project.contents.text(&file)?;
        text.as_str().lines().zip(1..).find_map(|(line, number)| {
            let words = words(line);
            let at = words.iter().position(|word| {
                let program = word.rsplit('/').next().unwrap_or(word);
                SERVERS.contains(&program)
            })?;
            let rest = words.get(at + 1..)?;
            let calls = rest.iter().any(|word| word == "--call");
            let named = rest.iter().find_map(|word| {
                let text = word
                    .rsplit_once('=')
                    .filter(|(key, _)| key.starts_with("--"))
                    .map_or(word.as_str(), |(_, value)| value);
                (!text.starts_with('-') && is_application(project, text)).then(|| text.to_owned())
            })?;
            let evidence = Evidence::new(&file, Some(number), format!("starts `{named}` on another host"));
            let mut hint = Hint::read(&named, evidence, strength)?;
            if hint.object.is_none() {
                hint.object = Some("application".to_owned());
            }
            if calls {
                hint.arguments = hint.arguments.or_else(|| Some(String::new()));
            }
            Some(hint)
        })
    })
}

/// Whether a word names a module of the application, with or without an object.
fn is_application(project: &Project<'_>, word: &str) -> bool {
    let module = word.split(':').next().unwrap_or(word);
    EntryPoint::parse(&format!("{module}:x")).is_some()
        && project.module(module, None).is_some()
        && (word.contains(':') || module.contains("wsgi"))
}

/// The words of a command, or of the list in which a Dockerfile writes one.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quote: Option<char> = None;
    let mut depth = 0_u32;
    for c in line.chars() {
        match (quote, c) {
            (Some(open), c) if c == open && depth == 0 => quote = None,
            (None, '"' | '\'') if depth == 0 => quote = Some(c),
            (None, ' ' | '\t' | ',' | '[' | ']' | ';') if depth == 0 => words.push(std::mem::take(&mut word)),
            (_, c) => {
                match c {
                    '(' => depth += 1,
                    ')' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                word.push(c);
            }
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// What scripts for `mod_wsgi` take from a module of the application.
fn scripts(project: &Project<'_>) -> Option<Hint> {
    let files = project.contents.tree().files().map(|entry| &entry.path);
    let mut files: Vec<&PackagePath> =
        files.filter(|path| path.has_extension("wsgi") && !is_aside(path) && !project.bundled.has(path)).collect();
    files.sort_by_key(|path| (path.depth(), path.as_str()));
    files.into_iter().find_map(|file| {
        let module = project.python(file)?;
        let binding = module.binding("application")?;
        let (dotted, call) = match &binding.kind {
            Kind::Import(import) => (import.target(), false),
            Kind::Value(Value::Name(name)) if name.imported => (name.dotted.clone(), false),
            Kind::Value(Value::Call(call)) if call.callee.imported => (call.callee.dotted.clone(), true),
            _ => return None,
        };
        let (own, object) = project.resolve(&dotted, file)?;
        let text = format!("takes `{object}` from `{}` as its application", own.dotted);
        (!object.is_empty()).then(|| Hint {
            module: own.dotted.clone(),
            object: Some(object.to_owned()),
            arguments: call.then(String::new),
            settings: None,
            evidence: Evidence::new(file, Some(binding.line), text),
            strength: 80,
        })
    })
}

/// The handler of a web.config that is there already.
fn web_config(project: &Project<'_>) -> Option<Hint> {
    let file = project.contents.tree().file_ignoring_case("web.config")?.path.clone();
    let document = project.contents.xml(&file)?;
    let root = document.root.as_ref()?;
    let setting = |key: &str| {
        let settings = root.all("appSettings").flat_map(|list| list.all("add"));
        let own = settings.filter(|add| add.value("key").is_some_and(|own| own.trim().eq_ignore_ascii_case(key)));
        let value = own.last()?.value("value")?.trim();
        (!value.is_empty()).then(|| value.to_owned())
    };
    let handler = setting("WSGI_HANDLER")?;
    let entry = EntryPoint::parse(&handler)?;
    let settings = setting("DJANGO_SETTINGS_MODULE");
    // Without settings, Django's own handler may belong to any project.
    let is_told = |settings: &String| project.module(settings, None).is_some();
    if !settings.as_ref().map_or_else(|| !entry.module.starts_with("django."), is_told) {
        return None;
    }
    let text = format!("has `{handler}` as `WSGI_HANDLER`");
    Some(Hint {
        module: entry.module,
        object: Some(entry.object),
        arguments: entry.call.then(String::new),
        settings,
        evidence: Evidence::new(&file, None, text),
        strength: 1000,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_one_list_of_literals_and_nothing_behind_it() {
        for text in ["", "'prod'", "\"a\", debug=None, n=1", "'(;)'", "'it\\'s'"] {
            assert!(is_one_list(text), "{text}");
        }
        for text in ["'prod'", "\"a\", n=1", "'(;)'"] {
            assert!(are_literal(text), "{text}");
        }
        for text in ["\"a\"); __import__(\"os\").system(\"calc\"", "'a') or f('b'", "'a'; x", "name", "'a' 'b", "f()"] {
            assert!(!are_literal(text), "{text}");
        }
        let project =
            |text: &str| Hint::read(text, Evidence::new(&PackagePath::new("Procfile").unwrap(), None, "x"), 1);
        assert!(project("app:create_app('prod')").is_some());
        assert!(project("app:create_app(\"a\"); __import__(\"os\").system(\"calc\")").is_none());
    }
}
