//! Applications for other servers: what they are, and the adapter that can be put around some.

use super::callable::Callable;
use super::project::Project;
use super::{Candidate, Load, Protocol};

/// How many of them are offered: the rest are parts of these, as a rule.
const OFFERED: usize = 3;

pub(super) fn detect(project: &Project<'_>) -> Vec<Candidate> {
    let mut others: Vec<&Callable> = project.callables().iter().filter(|own| is_other(own)).collect();
    others.sort_by_key(|own| std::cmp::Reverse(own.strength()));
    others.truncate(OFFERED);
    others.into_iter().flat_map(ways).collect()
}

/// Django speaks both, and its own detector knows how.
fn is_other(own: &Callable) -> bool {
    own.protocol != Protocol::Wsgi && own.required.is_empty() && !own.product.starts_with("Django")
}

/// As it is, for a host that starts servers, and behind an adapter.
fn ways(own: &Callable) -> Vec<Candidate> {
    let plain = Candidate { only_offered: true, ..own.candidate() };
    if own.protocol != Protocol::Asgi {
        return vec![plain];
    }
    let load = Load::Asgi { module: own.own.dotted.clone(), object: own.name.clone(), call: own.factory };
    let adapted = Candidate::through(own.product, load, plain.evidence.clone(), plain.strength - 1);
    let adapted = Candidate { python_path: plain.python_path.clone(), only_offered: true, ..adapted };
    vec![plain, adapted]
}
