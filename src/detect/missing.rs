//! What keeps an application from being found, in plain sentences.

use super::callable::Callable;
use super::evaluate::Thing;
use super::known::Protocol;
use super::own_server::{OwnServer, Starts};
use super::project::{Project, is_aside_name};
use super::unimportable;
use super::{Candidate, Load, Loader, paste, with_article};
use crate::path::PackagePath;
use crate::python::Kind;

pub(super) fn sentences(project: &Project<'_>, candidates: &[Candidate], server: Option<&OwnServer>) -> Vec<String> {
    let mut sentences = Vec::new();
    unread(project, &mut sentences);
    if let Some(taken) = super::best_of(candidates) {
        sentences.extend(taken.loader.as_ref().map(written));
        return sentences;
    }
    let callables = project.callables();
    let is_told = |own: &&Callable| !own.usable() && (server.is_none() || own.protocol != Protocol::Server);
    sentences.extend(callables.iter().filter(is_told).take(TOLD).map(unusable));
    sentences.extend(unimportable::sentence(project));
    sentences.extend(server.map(started));
    if sentences.is_empty() {
        sentences.extend(class_of_a_server(project));
    }
    if sentences.is_empty() && candidates.is_empty() {
        sentences.extend(another_server(project));
    }
    ways_out(candidates, &mut sentences);
    scripts(project, candidates, &mut sentences);
    let telling = |path: &&PackagePath| path.name().starts_with("manage.py") || path.name().starts_with("settings.py");
    if let Some(template) = project.templates.iter().find(telling).or(project.templates.first()) {
        sentences.push(format!("`{template}` is a template that a project is made from, not a project; add a project that was made from it."));
    }
    if project.modules.is_empty() && project.unnamed.is_empty() && project.templates.is_empty() {
        sentences.push("There is no Python module here that belongs to an application.".to_owned());
    } else if sentences.iter().all(|sentence| sentence.contains("template"))
        && ["setup.py", "pyproject.toml", "setup.cfg"].iter().any(|name| project.root_file(name).is_some())
    {
        sentences.push(
            "This looks like a library: it is made to be installed, and no module of it binds a WSGI application. Add the application that uses it."
                .to_owned(),
        );
    }
    if sentences.is_empty() {
        sentences.push(nothing(project));
    }
    sentences
}

/// What was looked for, and where, when nothing at all was found.
fn nothing(project: &Project<'_>) -> String {
    let count = project.modules.len() + project.unnamed.len();
    let modules = if count == 1 { "The only module was".to_owned() } else { format!("All {count} modules were") };
    let mut aside: Vec<&str> = Vec::new();
    for entry in project.contents.tree().files().filter(|entry| entry.path.has_extension("py")) {
        let folders = entry.path.as_str().rsplit_once('/').map_or("", |(folders, _)| folders);
        let folder = folders.split('/').find(|folder| !folder.is_empty() && is_aside_name(folder));
        aside.extend(folder.filter(|folder| !aside.contains(folder)));
    }
    aside.truncate(TOLD);
    let skipped = match aside.as_slice() {
        [] => String::new(),
        folders => format!(" Folders such as `{}` were not searched.", folders.join("`, `")),
    };
    format!(
        "No module binds a WSGI application, and no file names Django settings. {modules} searched for an application of a framework, for a function of `environ` and `start_response`, for a function that makes either, and for a program that starts a server.{skipped} Say where the application starts, or add the folder in which it lies."
    )
}

/// A class that is a server's or an ASGI application, of which no module binds an instance.
fn class_of_a_server(project: &Project<'_>) -> Option<String> {
    project.modules.iter().find_map(|own| {
        let module = project.python(&own.path)?;
        module.bindings.iter().find_map(|binding| {
            let Kind::Class(class) = &binding.kind else { return None };
            let Thing::Application(protocol, product) = project.instance_of(&own.path, class) else { return None };
            let what = match protocol {
                Protocol::Wsgi => return None,
                Protocol::Asgi => "which is ASGI",
                Protocol::Server => "which is a server of its own and not WSGI",
            };
            let (file, line, name) = (&own.path, binding.line, &binding.name);
            Some(format!(
                "`{file}` line {line}: `{name}` is {} application, {what}: wfastcgi cannot call it. A host with HttpPlatformHandler can start it.",
                with_article(product)
            ))
        })
    })
}

/// What the application imports of frameworks and servers that are not WSGI, when nothing else tells.
fn another_server(project: &Project<'_>) -> Option<String> {
    const OTHERS: [(&str, &str); 12] = [
        ("fastapi", "ASGI"),
        ("starlette", "ASGI"),
        ("quart", "ASGI"),
        ("litestar", "ASGI"),
        ("sanic", "ASGI"),
        ("uvicorn", "ASGI"),
        ("hypercorn", "ASGI"),
        ("daphne", "ASGI"),
        ("aiohttp.web", "a server of its own"),
        ("tornado.web", "a server of its own"),
        ("twisted.web.server", "a server of its own"),
        ("nicegui", "ASGI"),
    ];
    project.modules.iter().find_map(|own| {
        let module = project.python(&own.path)?;
        module.imports.iter().filter(|import| import.level == 0).find_map(|import| {
            let target = import.target();
            let begins = |told: &str, name: &str| told.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
            let &(name, what) = OTHERS.iter().find(|(name, _)| begins(&import.module, name) || begins(&target, name))?;
            Some(format!(
                "`{}` line {}: `{name}` is imported, so the application is most likely {what}, not WSGI, and no module binds one that wfastcgi could call. A host with HttpPlatformHandler can start it with its own command.",
                own.path, import.line
            ))
        })
    })
}

/// How many things that cannot be called are told.
const TOLD: usize = 5;

/// What a loader that is written does, and why there is one.
fn written(loader: &Loader) -> String {
    let file = loader.file_name();
    let why = match &loader.load {
        Load::Call { object, arguments, .. } => format!("a server cannot give `{object}` the arguments `{arguments}`"),
        Load::Paste { file, .. } => {
            format!(
                "`{file}` describes the application, and a server cannot call a description; PasteDeploy must be in the package"
            )
        }
        Load::PasteFactory { file, object, .. } => {
            format!("`{file}` describes the application, and a server cannot give `{object}` the settings in it")
        }
        Load::Bottle { .. } => "no module binds Bottle's default application".to_owned(),
        Load::Program { file, .. } => {
            format!("`{file}` starts a server of its own and binds nothing that another could call")
        }
        Load::Script { file, in_root: true } => format!("`{file}` works only in the folder of the application"),
        Load::Script { file, .. } => format!("`{file}` is a script for mod_wsgi and no module"),
        Load::OldDjango { package, .. } => {
            format!("the settings name modules of the package `{package}`, which is the folder that was added itself")
        }
        Load::Asgi { .. } => "the application is ASGI; `a2wsgi` must be in the package".to_owned(),
        Load::File { file: own, .. } => unimportable::why(own),
        Load::Serve { .. } => "the application is served by its own framework".to_owned(),
    };
    format!("`{file}` is written and called instead of a module of the application: {why}. Look at it before you save.")
}

/// A program that is a server of its own, and how it is started.
fn started(server: &OwnServer) -> String {
    let OwnServer { product, evidence, starts, .. } = server;
    let (file, line) = (&evidence.file, evidence.line.unwrap_or(1));
    let how = match starts {
        Starts::Tool { package, .. } => format!(
            "HttpPlatformHandler starts it with the command of `{package}`. The pages talk by WebSockets, so the server's IIS needs its feature WebSocket Protocol"
        ),
        Starts::Loader(loader) => format!(
            "`{}` is written, which HttpPlatformHandler starts and which serves it on the port that IIS says. Look at it before you save",
            loader.file_name()
        ),
        Starts::Program { variable: "PORT" } => format!(
            "HttpPlatformHandler starts `{file}`, which has to listen on the port that the environment variable `PORT` has"
        ),
        Starts::Program { variable } => format!(
            "HttpPlatformHandler starts `{file}` and tells it the port by the environment variable `{variable}`, which counts unless the program says a port itself"
        ),
    };
    let what = &evidence.text;
    format!(
        "`{file}` line {line} {what}: {} application is a server of its own, and wfastcgi can call nothing in it. {how}.",
        with_article(product)
    )
}

/// What a person can do about an application for another kind of server.
fn ways_out(candidates: &[Candidate], sentences: &mut Vec<String>) {
    let adapter = candidates.iter().find_map(|own| {
        let loader = own.loader.as_ref()?;
        matches!(loader.load, Load::Asgi { .. }).then_some((own, loader))
    });
    if let Some((own, loader)) = adapter {
        sentences.push(format!(
            "Two ways out: a host with HttpPlatformHandler, which starts an ASGI server such as uvicorn; or the entry point `{}`, for which `{}` is written with the adapter of `a2wsgi`. The package `a2wsgi` must then lie in the application, and WebSockets do not work.",
            own.entry_point,
            loader.file_name(),
        ));
    }
}

fn unusable(callable: &Callable) -> String {
    let (file, line, name, product) = (&callable.own.path, callable.line, &callable.name, callable.product);
    match callable.protocol {
        Protocol::Asgi if product == "WSGI" => format!(
            "`{file}` line {line}: `{name}` takes `scope`, `receive` and `send`, so it is an ASGI application; wfastcgi calls WSGI applications only, and every request would end with an error."
        ),
        Protocol::Asgi => format!(
            "`{file}` line {line}: `{name}` is {} application, which is ASGI; wfastcgi calls WSGI applications only, and every request would end with an error.",
            with_article(product)
        ),
        Protocol::Server => format!(
            "`{file}` line {line}: `{name}` is {} application, which is a server of its own and not WSGI: wfastcgi cannot call it. A host with HttpPlatformHandler can start it.",
            with_article(product)
        ),
        Protocol::Wsgi => format!(
            "`{file}` line {line}: `{name}` needs {}, so a server cannot call it; add a module that calls it and binds the result to `application`.",
            callable.required.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        ),
    }
}

/// Modules that could not be read.
fn unread(project: &Project<'_>, sentences: &mut Vec<String>) {
    for own in &project.modules {
        if let Some(why) = project.python(&own.path).and_then(|module| module.unread) {
            sentences.push(format!("`{}` was not read: {why}.", own.path));
        }
    }
    sentences.truncate(3);
}

/// Scripts for other servers and descriptions of `PasteDeploy`.
fn scripts(project: &Project<'_>, candidates: &[Candidate], sentences: &mut Vec<String>) {
    let tree = project.contents.tree();
    if let Some(entry) = tree.files().find(|entry| entry.path.has_extension("wsgi")) {
        let is_it = |own: &&Candidate| matches!(&own.loader, Some(Loader { load: Load::Script { .. }, .. }));
        let what = candidates.iter().find(is_it).map_or_else(
            || "its code must go into a `.py` file that binds `application`".to_owned(),
            |own| format!("copy it into a `.py` file with your own folders in it, or take the entry point `{}`, which runs it as it is", own.entry_point),
        );
        sentences.push(format!(
            "`{}` is a script for Apache's mod_wsgi, and wfastcgi imports modules only: {what}.",
            entry.path
        ));
    }
    if let Some((file, line)) = paste::description(project) {
        sentences.push(format!(
            "`{file}` line {line} describes an application for PasteDeploy, but not one that is set up: make the real file from it, add it, and a module is written that loads it with `paste.deploy.loadapp`."
        ));
    }
}
