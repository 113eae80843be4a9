//! Flask: an instance at the top of a module, or a factory that needs no argument.

use super::callable::Callable;
use super::project::Project;
use super::{Candidate, EntryPoint, Evidence};

pub(super) fn detect(project: &Project<'_>) -> Vec<Candidate> {
    let callables = project.callables();
    let of_flask = callables.iter().filter(|callable| callable.usable() && callable.product == "Flask");
    let mut candidates: Vec<Candidate> = of_flask.map(|callable| callable.candidate("Flask")).collect();
    if let Some((hint, evidence)) = hint(project) {
        point(&mut candidates, &hint, &evidence, callables);
    }
    candidates
}

/// What `FLASK_APP` names, in one of the files that `flask run` reads.
fn hint(project: &Project<'_>) -> Option<(String, Evidence)> {
    [".flaskenv", ".env"].into_iter().find_map(|name| {
        let file = project.root_file(name)?;
        let text = project.contents.text(&file)?;
        text.as_str().lines().zip(1..).find_map(|(line, number)| {
            let line = line.trim();
            let (key, value) = line.strip_prefix("export ").unwrap_or(line).split_once('=')?;
            let value = value.trim().trim_matches(['"', '\'']);
            (key.trim() == "FLASK_APP" && !value.is_empty()).then(|| {
                (value.to_owned(), Evidence::new(&file, Some(number), format!("sets `FLASK_APP` to `{value}`")))
            })
        })
    })
}

/// Raises what `FLASK_APP` names above everything else.
fn point(candidates: &mut Vec<Candidate>, hint: &str, evidence: &Evidence, callables: &[Callable]) {
    let (module, object) = hint.split_once(':').map_or((hint, None), |(module, object)| (module, Some(object)));
    let module = module.trim_start_matches("./").strip_suffix(".py").unwrap_or(module).replace(['/', '\\'], ".");
    let named = object.and_then(|object| EntryPoint::parse(&format!("{module}:{object}")));
    let mut found = false;
    for candidate in candidates.iter_mut() {
        let entry = &candidate.entry_point;
        let fits = match &named {
            Some(named) => entry.module == module && entry.object == named.object,
            None => entry.module == module,
        };
        if fits {
            found = true;
            candidate.strength += 100;
            candidate.evidence.push(evidence.clone());
        }
    }
    // A factory under a name of its own is not found by name, but FLASK_APP says what it is.
    if let (false, Some(named)) = (found, named)
        && callables.iter().any(|callable| callable.own.dotted == module)
    {
        candidates.push(Candidate {
            framework: "Flask",
            entry_point: named,
            settings: None,
            python_path: Vec::new(),
            evidence: vec![evidence.clone()],
            strength: 100,
        });
    }
}
