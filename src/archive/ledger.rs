//! What workers have made of the input, and what is left for them to make.
//!
//! What was made is known by the file that it was made of: when other files are left out, or the
//! folder of the application is called otherwise, nothing is compressed again.

use std::rc::Rc;

use super::error::WriteError;
use super::mounts::Mounts;
use super::plan::{self, Body, Item};
use super::press;
use super::splice::{self, Record};
use crate::limits;
use crate::sorted::{Map, Set};
use crate::tree::{FileTree, InputId, Timestamp};

/// Work for one worker: small files that are read together, or one large file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// What is made carries it.
    pub number: u32,
    /// The caller's files that are read one after another, and how large they are.
    pub files: Vec<(InputId, u64)>,
    /// What a [`Press`](super::Press) is told.
    pub records: Vec<u8>,
    /// Whether it is one large file, which is read in chunks.
    pub large: bool,
}

impl Job {
    /// How many bytes are read for it.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|(_, size)| size).sum()
    }
}

/// What is ready, and what somebody works at.
#[derive(Debug, Default)]
pub struct Ledger {
    ready: Map<Key, Ready>,
    open: Map<u32, Vec<Key>>,
    taken: Set<Key>,
    jobs: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    File(InputId),
    Folder(Rc<str>),
}

/// An entry that a worker made.
#[derive(Clone, Debug)]
pub(super) struct Ready {
    pub(super) job: u32,
    /// As it was made: its offset counts in what the job gave.
    pub(super) record: Record,
}

impl Ledger {
    /// What is not made of a tree and nobody works at; large files first, for they take longest.
    pub fn jobs(&mut self, tree: &FileTree, source: &Mounts, built: Timestamp) -> Result<Vec<Job>, WriteError> {
        let (mut large, mut small) = (Vec::new(), Vec::new());
        let mut group = Group::default();
        for item in plan::plan(tree, built)? {
            let number = match &item.body {
                Body::Written(_) => continue,
                Body::Folder { .. } => None,
                Body::Input(id) => match source.number(*id) {
                    Some(number) => Some(number),
                    None => continue,
                },
            };
            let Some(key) = key(&item).filter(|key| !self.ready.contains_key(key) && !self.taken.contains(key)) else {
                continue;
            };
            if !press::small(item.size) {
                let mut alone = Group::default();
                alone.add(key, &item, number)?;
                large.extend(self.job(alone, true));
                continue;
            }
            if group.full(item.size) {
                small.extend(self.job(std::mem::take(&mut group), false));
            }
            group.add(key, &item, number)?;
        }
        small.extend(self.job(group, false));
        large.sort_by_key(|job: &Job| std::cmp::Reverse(job.bytes()));
        large.append(&mut small);
        Ok(large)
    }

    /// Folders alone are no work.
    fn job(&mut self, group: Group, large: bool) -> Option<Job> {
        if group.keys.iter().all(|key| matches!(key, Key::Folder(_))) {
            return None;
        }
        let number = self.jobs;
        self.jobs += 1;
        self.taken.extend(group.keys.iter().cloned());
        self.open.insert(number, group.keys);
        Some(Job { number, files: group.files, records: group.records, large })
    }

    /// Takes what the directory will say about what a job made.
    pub fn done(&mut self, job: u32, records: &[u8]) -> Result<(), WriteError> {
        let odd = || WriteError::Zip(format!("nobody asked for what batch {job} gave"));
        let keys = self.open.remove(&job).ok_or_else(odd)?;
        let records = splice::records(records).filter(|records| records.len() == keys.len()).ok_or_else(odd)?;
        for (key, record) in keys.into_iter().zip(records) {
            self.taken.remove(&key);
            self.ready.insert(key, Ready { job, record });
        }
        Ok(())
    }

    /// A job came to nothing: what it was for is left to be made.
    pub fn failed(&mut self, job: u32) {
        for key in self.open.remove(&job).into_iter().flatten() {
            self.taken.remove(&key);
        }
    }

    /// What was made of an item.
    pub(super) fn ready(&self, item: &Item) -> Option<&Ready> {
        self.ready.get(&key(item)?).filter(|ready| u64::from(ready.record.size) == item.size)
    }
}

fn key(item: &Item) -> Option<Key> {
    match &item.body {
        Body::Folder { .. } => Some(Key::Folder(Rc::clone(&item.name))),
        Body::Input(id) => Some(Key::File(*id)),
        Body::Written(_) => None,
    }
}

/// Small entries that are made together.
#[derive(Default)]
struct Group {
    keys: Vec<Key>,
    files: Vec<(InputId, u64)>,
    records: Vec<u8>,
    bytes: u64,
}

impl Group {
    fn full(&self, more: u64) -> bool {
        self.files.len() >= limits::BATCH_FILES || self.bytes + more > limits::CHUNK_BYTES as u64
    }

    fn add(&mut self, key: Key, item: &Item, file: Option<InputId>) -> Result<(), WriteError> {
        item.record()?.put_central(&mut self.records);
        self.files.extend(file.map(|number| (number, item.size)));
        self.bytes += item.size;
        self.keys.push(key);
        Ok(())
    }
}
