//! Scripts for Apache's `mod_wsgi`: Python that cannot be imported under its name.

use super::evaluate::Thing;
use super::project::{Project, is_aside};
use super::{Candidate, Evidence, Load};
use crate::path::PackagePath;

/// How many scripts are offered.
const OFFERED: usize = 3;

pub(super) fn detect(project: &Project<'_>) -> Vec<Candidate> {
    let files = project.contents.tree().files().map(|entry| &entry.path);
    let mut scripts: Vec<&PackagePath> =
        files.filter(|path| path.has_extension("wsgi") && !project.bundled.has(path)).collect();
    scripts.sort_by_key(|path| (is_aside(path), path.depth()));
    scripts.into_iter().take(OFFERED).filter_map(|file| candidate(project, file)).collect()
}

fn candidate(project: &Project<'_>, file: &PackagePath) -> Option<Candidate> {
    let module = project.python(file)?;
    let (number, binding) = module.bindings.iter().enumerate().rfind(|(_, own)| own.name == "application")?;
    let product = match project.evaluate(file, number) {
        Thing::Application(_, product) => product,
        _ => "WSGI",
    };
    let mut evidence = vec![Evidence::new(
        file,
        Some(binding.line),
        "binds `application` in a script for mod_wsgi, which no other server can import",
    )];
    let text = project.contents.text(file)?;
    let server = text.as_str().lines().zip(1..).find(|(line, _)| names_a_place(line));
    if let Some((_, line)) = server {
        evidence.push(Evidence::new(file, Some(line), "names a folder of another server; change it before you save"));
    }
    let depth = i32::try_from(file.depth()).unwrap_or(i32::MAX / 8);
    let load = Load::Script { file: file.clone(), in_root: false };
    let only_offered = server.is_some() || is_aside(file);
    Some(Candidate { only_offered, ..Candidate::through(product, load, evidence, 10 - 5 * depth) })
}

/// Whether a line of code has a string that begins as a path of a Unix server does.
fn names_a_place(line: &str) -> bool {
    let code = line.split('#').next().unwrap_or(line);
    ["\"/", "'/"].iter().any(|start| {
        code.match_indices(start).any(|(at, _)| {
            let rest = code.get(at + 2..).unwrap_or("");
            rest.split(['"', '\'']).next().is_some_and(|inner| inner.contains('/'))
        })
    })
}
