//! Everything else that WSGI servers can call: the application's own callables, and frameworks
//! that have no file here.

use super::Candidate;
use super::project::Project;

pub(super) fn detect(project: &Project<'_>) -> Vec<Candidate> {
    let callables = project.callables();
    let others =
        callables.iter().filter(|callable| callable.usable() && !matches!(callable.product, "Flask" | "Django"));
    others
        .map(|callable| {
            let mut candidate = callable.candidate("WSGI");
            // A framework's own detector knows better where both see something.
            candidate.strength -= 10;
            candidate
        })
        .collect()
}
