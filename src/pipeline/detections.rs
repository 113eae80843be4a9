//! How an application starts, found out once for the same files: after every answer the same is asked
//! again, and of a package that needs nothing the plan and the rules ask the same.

use std::cell::RefCell;
use std::rc::Rc;

use crate::contents::Contents;
use crate::detect::{self, Detection};
use crate::tree::FileTree;

/// How many are kept: that of the application as it is, and with what is written.
const KEPT: usize = 2;

/// What was found out last about trees of one input.
#[derive(Clone, Debug, Default)]
pub struct Detections(Rc<RefCell<Vec<Known>>>);

type Known = (FileTree, Rc<Detection>);

impl Detections {
    /// How the application in a tree starts. What failed to be read is asked for again.
    pub(super) fn of(&self, contents: &Contents<'_>) -> Rc<Detection> {
        let tree = contents.tree();
        let known = self.0.borrow().iter().find(|(own, _)| own == tree).map(|(_, found)| Rc::clone(found));
        if let Some(known) = known {
            return known;
        }
        let found = Rc::new(detect::detect(contents));
        if contents.failure().is_none() {
            let mut kept = self.0.borrow_mut();
            kept.insert(0, (tree.clone(), Rc::clone(&found)));
            kept.truncate(KEPT);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::files;

    #[test]
    fn keeps_what_was_found_about_the_same_files_only() {
        let detections = Detections::default();
        let one = files(&[("app.py", "from flask import Flask\napp = Flask(__name__)\n")]);
        let other = files(&[("app.py", "")]);
        let first = detections.of(&one.contents());
        assert!(first.best().is_some());
        assert!(detections.of(&other.contents()).best().is_none());
        assert!(Rc::ptr_eq(&first, &detections.of(&one.contents())));
    }
}
