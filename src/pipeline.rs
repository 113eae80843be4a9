//! The facade, read first: inspect -> fix -> plan -> write, in order.
//!
//! A [`Session`] holds one input. Each step makes its result anew from the input, the answers and
//! the changes: [`plan`] what is packed and written, [`judge`] what is wrong with it,
//! [`summary`] what is said about it. The bytes leave through [`crate::archive::Assembly`].

mod add;
mod ahead;
mod answers;
mod arrivals;
mod beside;
mod changes;
mod complete;
mod detections;
mod every_byte;
mod extras;
mod hosting;
mod places;
mod plan;
mod root;
mod session;
mod statics;
mod summary;
mod taken;
mod wheels;
mod work;

pub use crate::model::Engine;
pub use answers::{Answers, UnknownAnswer};
pub use arrivals::Arrivals;
pub use detections::Detections;
pub use extras::{Asked, Database, Extras};
pub use session::{Input, Session, Start};

use std::rc::Rc;

use crate::archive::ZipInput;
use crate::contents::{Cache, Contents, ReadError, Source};
use crate::diagnostic::Profile;
use crate::model::{Install, Package};
use crate::publish::FormData;
use crate::rules::{self, App, Context, Finding, Grades, Memo, Wanted};
use crate::tree::FileTree;
use crate::wheel;

/// Judges a package as it is, with the ZIP that it came in when that is to be judged too; errors
/// first.
pub fn judge(
    tree: &FileTree,
    source: &dyn Source,
    cache: &Rc<Cache>,
    archive: Option<&ZipInput>,
    profile: Profile,
) -> Result<Vec<Finding>, ReadError> {
    judge_with(tree, source, cache, archive, profile, &Given::default()).map(|judgement| judgement.findings)
}

/// What the caller adds to a package to judge it.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Judges the expressions that ours cannot.
    pub engine: Engine,
    /// The rules that are off or graded otherwise.
    pub grades: Grades,
    /// What the person puts into the gallery's form.
    pub form: FormData,
    /// What there is to say about wheels that came with it.
    pub wheels: Vec<wheel::Note>,
    /// What the person chose for web.config.
    pub wanted: Wanted,
    /// What is known about how the application starts.
    pub detections: Detections,
}

/// What there is to say about a package.
#[derive(Debug)]
pub struct Judgement {
    /// What is wrong, errors first.
    pub findings: Vec<Finding>,
    /// What an installer would ask, and where each answer goes.
    pub install: Install,
}

/// Judges a package with what the caller adds to it.
pub fn judge_with(
    tree: &FileTree,
    source: &dyn Source,
    cache: &Rc<Cache>,
    archive: Option<&ZipInput>,
    profile: Profile,
    given: &Given,
) -> Result<Judgement, ReadError> {
    if let Some(archive) = archive {
        archive.scan()?;
    }
    let contents = Contents::with_cache(tree, source, Rc::clone(cache));
    let package = Package::read_with(&contents, &given.engine);
    let install = Install::read(&package, &contents);
    let folder = package.app_folder.as_ref().filter(|folder| tree.has_folder(folder));
    let app_tree = folder.map_or_else(FileTree::default, |folder| root::at(tree, Some(folder)));
    let app_contents = Contents::with_cache(&app_tree, source, Rc::clone(cache));
    let detection = given.detections.of(&app_contents);
    let app = folder.map(|folder| App { folder, contents: &app_contents, detection: &detection });
    let Given { grades, form, wheels, wanted, .. } = given;
    let cx = Context {
        contents: &contents,
        package: &package,
        install: &install,
        app,
        archive,
        profile,
        grades,
        form,
        wheels,
        wanted,
        memo: Memo::default(),
    };
    let known = cache.damages();
    let mut findings = rules::check(&cx);
    if cache.damages() > known {
        // A rule came upon damage after the one that reports it was asked.
        findings = rules::check(&cx);
    }
    match contents.failure().or_else(|| app_contents.failure()) {
        Some(failure) => Err(failure),
        None => Ok(Judgement { findings, install }),
    }
}
