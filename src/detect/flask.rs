//! Flask: an instance at the top of a module, or a factory that needs no argument.

use super::Candidate;
use super::callable::Callable;
use super::project::Project;

pub(super) fn detect(project: &Project<'_>) -> Vec<Candidate> {
    let callables = project.callables();
    let of_flask = callables.iter().filter(|callable| callable.usable() && callable.product == "Flask");
    of_flask.map(Callable::candidate).collect()
}
