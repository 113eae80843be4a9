//! What keeps an application from being found, in plain sentences.

use super::Candidate;
use super::callable::Callable;
use super::known::Protocol;
use super::project::Project;
use crate::path::PackagePath;

pub(super) fn sentences(project: &Project<'_>, candidates: &[Candidate]) -> Vec<String> {
    let mut sentences = Vec::new();
    unread(project, &mut sentences);
    if !candidates.is_empty() {
        return sentences;
    }
    let callables = project.callables();
    for callable in callables.iter().filter(|callable| !callable.usable()) {
        let sentence = unusable(callable);
        if !sentences.contains(&sentence) && sentences.len() < 6 {
            sentences.push(sentence);
        }
    }
    scripts(project, &mut sentences);
    let telling = |path: &&PackagePath| path.name().starts_with("manage.py") || path.name().starts_with("settings.py");
    if let Some(template) = project.templates.iter().find(telling).or(project.templates.first()) {
        sentences.push(format!("`{template}` is a template that a project is made from, not a project; add a project that was made from it."));
    }
    if project.modules.is_empty() && project.templates.is_empty() {
        sentences.push("There is no Python module here that belongs to an application.".to_owned());
    } else if sentences.iter().all(|sentence| sentence.contains("template"))
        && ["setup.py", "pyproject.toml", "setup.cfg"].iter().any(|name| project.root_file(name).is_some())
    {
        sentences.push(
            "This looks like a library: it is made to be installed, and no module of it binds a WSGI application."
                .to_owned(),
        );
    }
    if sentences.is_empty() {
        sentences.push(
            "No module binds a WSGI application, and no file names Django settings; say where the application starts."
                .to_owned(),
        );
    }
    sentences
}

fn unusable(callable: &Callable) -> String {
    let (file, line, name, product) = (&callable.own.path, callable.line, &callable.name, callable.product);
    match callable.protocol {
        Protocol::Asgi if product == "WSGI" => format!(
            "`{file}` line {line}: `{name}` takes `scope`, `receive` and `send`, so it is an ASGI application; wfastcgi calls WSGI applications only."
        ),
        Protocol::Asgi => format!(
            "`{file}` line {line}: `{name}` is a {product} application, which is ASGI; wfastcgi calls WSGI applications only. HttpPlatformHandler with an ASGI server can run it."
        ),
        Protocol::Server => format!(
            "`{file}` line {line}: `{name}` is a {product} application, which is a server of its own and not WSGI; HttpPlatformHandler can run it."
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
fn scripts(project: &Project<'_>, sentences: &mut Vec<String>) {
    let tree = project.contents.tree();
    if let Some(entry) = tree.files().find(|entry| entry.path.extension() == "wsgi") {
        sentences.push(format!(
            "`{}` is a script for Apache's mod_wsgi; wfastcgi imports modules, so its code must go into a `.py` file that binds `application`.",
            entry.path
        ));
    }
    let settings =
        tree.files().filter(|entry| entry.path.extension() == "ini" && entry.path.depth() <= 2 && entry.size < 100_000);
    for entry in settings {
        let Some(text) = project.contents.text(&entry.path) else { continue };
        let is_paste = |line: &str| line.starts_with("[app:") || line.starts_with("[composite:");
        if let Some((_, line)) = text.as_str().lines().zip(1..).find(|(line, _): &(&str, u32)| is_paste(line)) {
            sentences.push(format!(
                "`{}` line {line} describes a PasteDeploy application; add a module that binds `application` to `paste.deploy.loadapp(\"config:...\")`.",
                entry.path
            ));
            return;
        }
    }
}
