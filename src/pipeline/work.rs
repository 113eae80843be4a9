//! What comes of the input, the answers and the changes: made once, until one of them is another.

use std::rc::Rc;

use crate::contents::ReadError;
use crate::pipeline::plan::Plan;
use crate::pipeline::session::Session;
use crate::tree::FileTree;

/// The tree that is packed now, and the plan that it came of.
#[derive(Debug)]
pub(super) struct Work {
    pub(super) plan: Plan,
    pub(super) original: FileTree,
    pub(super) tree: FileTree,
    /// Whether what is wrong with the ZIP itself was mended by writing it anew.
    pub(super) repacked: bool,
}

impl Session {
    pub(super) fn work(&self) -> Result<Rc<Work>, ReadError> {
        if let Some(known) = &*self.work.borrow() {
            return Ok(Rc::clone(known));
        }
        let plan = Plan::make(&self.input, &self.answers)?;
        let mut work = Work {
            original: plan.original.clone(),
            tree: plan.package.clone(),
            repacked: !plan.wheels.is_empty(),
            plan,
        };
        for change in self.changes.iter() {
            work.apply(&self.input, change)?;
        }
        let work = Rc::new(work);
        self.work.replace(Some(Rc::clone(&work)));
        Ok(work)
    }
}
