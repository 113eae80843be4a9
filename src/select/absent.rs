//! What the person left out and is not there: whoever wrote `secrets.json` may mean `config/secrets.json`.

use super::{Choice, LeftOut, covers, is_named};
use crate::path::PackagePath;
use crate::tree::FileTree;

/// The excludes that mean nothing in an input; `left_out` is what is known to be out, read or not. What is written or
/// comes on top of the input is not meant by them.
#[must_use]
pub fn absent(tree: &FileTree, root: Option<&PackagePath>, choice: &Choice, left_out: &[LeftOut]) -> Vec<LeftOut> {
    let known: Vec<PackagePath> = left_out.iter().filter_map(|out| PackagePath::new(&out.path).ok()).collect();
    let absent = choice.excludes.iter().filter(|exclude| {
        // Most are in the short list; only what is not has to be looked for.
        let is_meant = |path: &PackagePath| is_named(std::slice::from_ref(*exclude), path, root);
        !known.iter().any(|path| covers(exclude, path, root)) && !tree.entries().any(|entry| is_meant(&entry.path))
    });
    let told = |exclude: &String| LeftOut::unread(exclude.clone(), false, "nothing of this name was found".to_owned());
    absent.map(told).collect()
}
