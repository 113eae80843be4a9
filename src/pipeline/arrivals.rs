//! A folder that is still being listed: its first files are compressed while the last are not known
//! yet. What is made in vain, because a file is left out in the end, is forgotten.

use std::rc::Rc;

use crate::archive::{Job, Ledger, Mounts, WriteError};
use crate::contents::{Cache, Contents, Source};
use crate::generate;
use crate::limits;
use crate::path::PackagePath;
use crate::select::{self, Choice};
use crate::tree::{FileTree, RawEntry, Timestamp};

/// Work is given out for so much at once: two batches, so that few are only begun.
const FILES: usize = 2 * limits::BATCH_FILES;
const BYTES: u64 = 2 * limits::CHUNK_BYTES as u64;

/// What is known of a folder.
#[derive(Debug)]
pub struct Arrivals {
    /// Where its files will most likely lie in the package. Another place costs a header for each.
    folder: Option<PackagePath>,
    pub(super) entries: Vec<RawEntry>,
    /// How many of them were looked at.
    seen: usize,
    pub(super) source: Mounts,
    pub(super) ledger: Ledger,
}

impl Arrivals {
    /// Before the first file of a folder of that name.
    #[must_use]
    pub fn new(name: &str, source: Rc<dyn Source>) -> Self {
        Self {
            folder: PackagePath::new(&generate::app_folder_name(name)).ok(),
            entries: Vec::new(),
            seen: 0,
            source: Mounts::folder(source),
            ledger: Ledger::default(),
        }
    }

    /// Takes more entries, in the order of their numbers.
    pub fn add(&mut self, entries: Vec<RawEntry>) {
        self.entries.extend(entries);
    }

    /// How many entries have come.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is more than folders.
    #[must_use]
    pub fn has_files(&self) -> bool {
        self.entries.iter().any(|entry| !entry.folder)
    }

    /// What workers can make, when enough has come. Nothing is read.
    pub fn jobs(&mut self) -> Result<Vec<Job>, WriteError> {
        let fresh = self.entries.get(self.seen..).unwrap_or_default();
        let bytes: u64 = fresh.iter().map(|entry| entry.size).fold(0, u64::saturating_add);
        let Some(folder) = self.folder.as_ref().filter(|_| fresh.len() >= FILES || bytes >= BYTES) else {
            return Ok(Vec::new());
        };
        let tree = FileTree::from_raw(fresh.to_vec());
        self.seen = self.entries.len();
        let contents = Contents::with_cache(&tree, &self.source, Rc::new(Cache::default()));
        let (selected, _) = select::select(&contents, None, &Choice::default());
        self.ledger.jobs(&selected.below(folder), &self.source, Timestamp::MIN)
    }

    /// Takes what is known of what a job made.
    pub fn job_done(&mut self, job: u32, records: &[u8]) -> Result<(), WriteError> {
        self.ledger.done(job, records)
    }

    /// A job came to nothing.
    pub fn job_failed(&mut self, job: u32) {
        self.ledger.failed(job);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contents::{ReadError, ReadErrorKind};
    use crate::tree::InputId;

    /// Must not be asked.
    struct Unread;

    impl Source for Unread {
        fn read(&self, _: InputId, _: u64, _: u64) -> Result<Vec<u8>, ReadError> {
            Err(ReadError { path: String::new(), kind: ReadErrorKind::Missing })
        }
    }

    fn listed(names: impl Iterator<Item = String>, first: u32) -> Vec<RawEntry> {
        let entry = |(name, id)| RawEntry { name, folder: false, size: 10, modified: None, id: InputId(id) };
        names.zip(first..).map(entry).collect()
    }

    #[test]
    fn gives_work_for_what_has_come_and_never_twice() {
        let mut arrivals = Arrivals::new("shop", Rc::new(Unread));
        arrivals.add(listed((0..100).map(|index| format!("a{index}.py")), 0));
        assert_eq!(arrivals.jobs().unwrap(), Vec::new(), "too little");
        arrivals.add(listed((0..500).map(|index| format!("__pycache__/b{index}.pyc")), 100));
        arrivals.add(listed((0..500).map(|index| format!("c{index}.py")), 600));
        let jobs = arrivals.jobs().unwrap();
        let mut numbers: Vec<u32> = jobs.iter().flat_map(|job| &job.files).map(|(id, _)| id.0).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (0..100).chain(600..1100).collect::<Vec<u32>>(), "what is never packed is not made");
        assert_eq!(arrivals.jobs().unwrap(), Vec::new());
        assert_eq!(arrivals.count(), 1100);
    }
}
