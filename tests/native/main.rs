//! One native test binary: what users see, laws, hostile input, and the shape of the tree.
#![expect(clippy::disallowed_methods, reason = "tests read goldens and corpora from the disk")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper that fails fails its test, with the line"
)]

mod applications;
mod archive;
mod broken;
mod corpora;
mod extras;
mod golden;
mod hostile;
mod ledger;
mod mounts;
mod mutation;
mod names;
mod packages;
mod pairs;
mod refused_wheels;
mod reports;
mod scan;
mod schema;
mod secrets;
mod support;
mod taken;
mod targets;
mod tidy;
mod verify;
mod webconfig;
mod wheels;
