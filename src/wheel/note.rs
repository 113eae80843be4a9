//! What a person has to know about wheels that were dropped.

use crate::path::PackagePath;

/// Something about a wheel that did not go as one may expect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// It was not unpacked.
    Refused {
        /// The wheel, as the input names it.
        file: String,
        /// Why; a clause.
        why: String,
        /// What to do; a sentence.
        help: String,
    },
    /// Files that it has are there already with other bytes, and stay.
    Contested {
        /// The wheel, as the input names it.
        file: String,
        /// The wheel that they come from; nothing for the application's own.
        by: Option<String>,
        /// The first of them, in the package.
        path: PackagePath,
        /// How many more there are.
        others: usize,
    },
}

impl Note {
    /// The same for a package in which the application lies in a folder.
    #[must_use]
    pub fn below(self, folder: Option<&PackagePath>) -> Self {
        match (self, folder) {
            (Self::Contested { file, by, path, others }, Some(folder)) => {
                Self::Contested { file, by, path: path.below(folder), others }
            }
            (other, _) => other,
        }
    }
}
