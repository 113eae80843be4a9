//! The facade, read first: inspect -> fix -> plan -> write, in order.

use crate::contents::{Contents, ReadError, Source};
use crate::detect;
use crate::diagnostic::Profile;
use crate::model::Package;
use crate::report;
use crate::rules::{self, App, Context, Finding};
use crate::tree::FileTree;

/// A package and what is wrong with it.
#[derive(Debug)]
pub struct Judgement {
    /// What was found, errors first.
    pub findings: Vec<Finding>,
    /// The same as text.
    pub text: String,
}

/// Judges a package as it is.
pub fn judge(tree: &FileTree, source: &dyn Source, profile: Profile) -> Result<Judgement, ReadError> {
    let contents = Contents::new(tree, source);
    let package = Package::read(&contents);
    let folder = package.app_folder.as_ref().filter(|folder| tree.has_folder(folder));
    let app_tree = folder.map_or_else(FileTree::default, |folder| {
        let mut app = tree.clone();
        app.lift(folder);
        app
    });
    let app_contents = Contents::new(&app_tree, source);
    let detection = detect::detect(&app_contents);
    let app = folder.map(|folder| App { folder, contents: &app_contents, detection: &detection });
    let findings = rules::check(&Context { contents: &contents, package: &package, app, profile });
    let text = report::text::render(&findings, &contents);
    match contents.failure().or_else(|| app_contents.failure()) {
        Some(failure) => Err(failure),
        None => Ok(Judgement { findings, text }),
    }
}
