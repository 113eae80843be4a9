//! Everything else that WSGI servers can call: the application's own callables, and frameworks
//! that have no file here.

use super::Candidate;
use super::callable::Callable;
use super::project::Project;

pub(super) fn detect(project: &Project<'_>) -> Vec<Candidate> {
    let callables = project.callables();
    let others =
        callables.iter().filter(|callable| callable.usable() && !matches!(callable.product, "Flask" | "Django"));
    others
        .map(|callable| {
            let mut candidate = callable.candidate();
            // A framework's own detector knows better where both see something.
            candidate.strength -= 10;
            candidate.only_offered |= is_part(project, callable);
            candidate
        })
        .collect()
}

/// Whether it is more likely a part of a library: takes the right arguments, and neither its name
/// nor that of its module says that a server should call it.
fn is_part(project: &Project<'_>, callable: &Callable) -> bool {
    project.is_packaged()
        && matches!(callable.product, "WSGI" | "Werkzeug")
        && callable.own.path.depth() > 1
        && !callable.is_usual()
}
