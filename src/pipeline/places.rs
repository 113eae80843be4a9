//! Whether what a person asks for has a place in the input.

use crate::model::{Kind, Package};
use crate::path::PackagePath;
use crate::pipeline::answers::{Answers, UnknownAnswer};
use crate::pipeline::root;
use crate::pipeline::session::Input;

/// A setting needs a web.config: one that is there, or one that is written.
pub(super) fn validate(input: &Input, answers: &Answers) -> Result<(), UnknownAnswer> {
    let asked = answers.extras.parameters.iter().filter_map(|own| own.app_setting.as_ref());
    let databases = answers.extras.databases.iter().filter_map(|own| own.setting.as_ref());
    let Some(setting) = asked.chain(databases).next() else { return Ok(()) };
    let root = match &answers.root {
        Some(root) => PackagePath::new(root).ok(),
        None => root::only_folder(&input.tree),
    };
    let tree = root::at(&input.tree, root.as_ref());
    if Kind::of(&tree) != Kind::GalleryPackage || answers.complete == Some(true) {
        return Ok(());
    }
    let contents = input.contents(&tree);
    if Package::read(&contents).web_config.is_some() || contents.failure().is_some() {
        return Ok(());
    }
    Err(UnknownAnswer(format!(
        "there is no web.config in this package, and the setting `{setting}` has no other place: let the packager \
         write the files that are missing too (`complete`), or put the answer into a file"
    )))
}
