//! Bottle's default application: modules add routes to it, and none of them binds it.

use super::project::{Own, Project};
use super::{Candidate, Evidence, Load};
use crate::python::{Kind, Module};

/// How many modules a loader imports.
const IMPORTED: usize = 12;

/// What adds to the default application, as decorators or calls.
const ADDERS: [&str; 9] = ["route", "get", "post", "put", "delete", "patch", "error", "hook", "mount"];

pub(super) fn detect(project: &Project<'_>) -> Vec<Candidate> {
    let mut with_routes: Vec<(&Own, u32)> = Vec::new();
    for own in &project.modules {
        let Some(module) = project.python(&own.path) else { continue };
        with_routes.extend(first_route(&module).map(|line| (own, line)));
    }
    // What one folder has belongs together; the shallowest is the application.
    let Some((first, line)) = with_routes.first().copied() else { return Vec::new() };
    let modules: Vec<String> = with_routes
        .iter()
        .filter(|(own, _)| own.base == first.base)
        .map(|(own, _)| own.dotted.clone())
        .take(IMPORTED)
        .collect();
    let says = "adds routes to Bottle's default application, which no module binds";
    let evidence = vec![Evidence::new(&first.path, Some(line), says)];
    let depth = i32::try_from(first.path.depth()).unwrap_or(i32::MAX / 8);
    let candidate = Candidate::through("Bottle", Load::Bottle { modules }, evidence, 30 - 5 * depth);
    vec![Candidate { python_path: first.base.iter().cloned().collect(), ..candidate }]
}

/// The line of the first route of a module.
fn first_route(module: &Module) -> Option<u32> {
    let adds = |dotted: &str| dotted.strip_prefix("bottle.").is_some_and(|name| ADDERS.contains(&name));
    let decorated = module.bindings.iter().find_map(|binding| {
        let Kind::Function(function) = &binding.kind else { return None };
        function.decorators.iter().any(|own| own.imported && adds(&own.dotted)).then_some(binding.line)
    });
    decorated.or_else(|| {
        let mut calls = module.calls();
        calls.find(|call| call.callee.imported && adds(&call.callee.dotted)).map(|call| call.line)
    })
}
