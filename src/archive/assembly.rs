//! A package from what is there: entries that workers made, entries of ZIPs as the compressed bytes
//! that they already are, and the few files that the packager wrote. Nothing large is copied.

use std::collections::VecDeque;
use std::fmt;
use std::rc::Rc;

use super::error::WriteError;
use super::inputs::{self, Inputs};
use super::ledger::{Ledger, Ready};
use super::mounts::Mounts;
use super::plan::{self, Body, Item};
use super::press::{self, Press, Pressed};
use super::splice::{Record, Splice};
use super::taken::{self, Taken};
use crate::limits;
use crate::tree::{FileTree, InputId, Timestamp};

/// From this size on, compressed bytes of a ZIP are a part of it; below it a copy costs less.
const REFERENCE_BYTES: u64 = 64 * 1024;

/// A part of the package. Laid at their offsets, all of them are the ZIP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Where it belongs; the header of a large file may come after its data.
    pub offset: u64,
    /// Its bytes, or where they are.
    pub data: Data,
    /// How many files are done.
    pub files: u32,
    /// How many bytes of files are done, before compression.
    pub read: u64,
}

/// The bytes of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Data {
    /// The bytes themselves; none when there is only progress to tell.
    Bytes(Vec<u8>),
    /// What a job made, from a byte to another.
    Made {
        /// The number of the job.
        job: u32,
        /// The first byte.
        from: u64,
        /// Behind the last.
        to: u64,
    },
    /// One of the caller's files, from a byte to another.
    File {
        /// Its number.
        file: InputId,
        /// The first byte.
        from: u64,
        /// Behind the last.
        to: u64,
    },
}

/// How an entry comes into the package.
enum Way {
    /// A worker made it; with the number of its file.
    Made(Ready, Option<InputId>),
    /// Its compressed bytes are taken over.
    Take(Taken),
    /// It is made here.
    Here,
}

/// What does not end at once.
enum Step {
    Check { item: Item, taken: Taken, at: u64 },
    Pack { item: Item, header: u64, at: u64 },
}

/// A package that is put together, a part at a time.
pub struct Assembly {
    items: std::vec::IntoIter<(Item, Way)>,
    inputs: Inputs,
    press: Press,
    splice: Splice,
    step: Option<Step>,
    out: VecDeque<Part>,
    pending: Option<Part>,
    at: u64,
    files: u32,
    read: u64,
    ended: bool,
}

impl fmt::Debug for Assembly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Assembly").field("at", &self.at).finish_non_exhaustive()
    }
}

impl Assembly {
    /// Checks what Web Deploy cannot take; reads nothing yet. `built` is the time of what has none, and
    /// `whole` tells of which files every byte was checked already.
    pub fn new(
        tree: &FileTree,
        source: Rc<Mounts>,
        ledger: &Ledger,
        built: Timestamp,
        whole: &dyn Fn(InputId) -> bool,
    ) -> Result<Self, WriteError> {
        let way = |item: &Item| {
            let id = match item.body {
                Body::Input(id) => Some(id),
                Body::Folder { id, .. } => {
                    if let Some(taken) = id.and_then(|id| Taken::folder(item, &source, id)) {
                        return Way::Take(taken);
                    }
                    None
                }
                Body::Written(_) => None,
            };
            if let Some(ready) = ledger.ready(item) {
                return Way::Made(ready.clone(), id.and_then(|id| source.number(id)));
            }
            let taken = id.and_then(|id| Taken::file(item, &source, id, whole(id)));
            taken.map_or(Way::Here, Way::Take)
        };
        let mut items: Vec<(Item, Way)> = plan::plan(tree, built)?
            .into_iter()
            .map(|item| {
                let way = way(&item);
                (item, way)
            })
            .collect();
        taken::measure_runs(items.iter_mut().map(|(_, way)| match way {
            Way::Take(taken) => Some(taken),
            _ => None,
        }));
        Ok(Self {
            items: items.into_iter(),
            inputs: Inputs { source },
            press: Press::default(),
            splice: Splice::default(),
            step: None,
            out: VecDeque::new(),
            pending: None,
            at: 0,
            files: 0,
            read: 0,
            ended: false,
        })
    }

    /// The next part; nothing after the last. After an error there is no package.
    #[expect(clippy::should_implement_trait, reason = "an iterator would go on after an error")]
    pub fn next(&mut self) -> Result<Option<Part>, WriteError> {
        loop {
            if let Some(part) = self.out.pop_front() {
                return Ok(Some(part));
            }
            if let Some(step) = self.step.take() {
                self.go_on(step)?;
                self.tell();
            } else if let Some((item, way)) = self.items.next() {
                self.begin(item, way)?;
            } else if std::mem::replace(&mut self.ended, true) {
                return Ok(None);
            } else {
                let end = self.splice.end()?;
                self.put(Data::Bytes(end));
                self.flush();
            }
        }
    }

    fn begin(&mut self, item: Item, way: Way) -> Result<(), WriteError> {
        match way {
            Way::Made(ready, file) => self.made(&item, ready, file),
            Way::Take(taken) if taken.whole => self.take(&item, &taken),
            Way::Take(taken) => {
                self.step = Some(Step::Check { item, taken, at: 0 });
                Ok(())
            }
            Way::Here if press::small(item.size) => {
                let bytes = self.inputs.bytes(&item, 0, limits::CHUNK_BYTES)?;
                let mut pressed = Pressed::default();
                let record = self.press.add(item.record()?, &bytes, false, &mut pressed)?;
                self.put(Data::Bytes(pressed.bytes));
                self.done(&item, record)
            }
            Way::Here => {
                let header = self.at;
                self.at += item.record()?.header_length();
                self.step = Some(Step::Pack { item, header, at: 0 });
                Ok(())
            }
        }
    }

    fn go_on(&mut self, step: Step) -> Result<(), WriteError> {
        match step {
            Step::Check { item, taken, at } => {
                // Unpacked for its check sum alone: what is damaged must not go into a package unseen.
                let at = at + self.inputs.bytes(&item, at, limits::CHUNK_BYTES)?.len() as u64;
                if at < item.size {
                    self.step = Some(Step::Check { item, taken, at });
                    return Ok(());
                }
                self.take(&item, &taken)
            }
            Step::Pack { item, header, at } => {
                let chunk = self.inputs.bytes(&item, at, limits::CHUNK_BYTES)?;
                if at == 0 {
                    self.press.begin(item.record()?, &chunk);
                }
                let data = self.press.put(&chunk)?;
                // What is not taken by reference has to be copied.
                self.put(Data::Bytes(if self.press.stores() { chunk.to_vec() } else { data }));
                let at = at + chunk.len() as u64;
                if at < item.size {
                    self.step = Some(Step::Pack { item, header, at });
                    return Ok(());
                }
                let record = self.press.end()?;
                let mut bytes = Vec::new();
                record.put_local(&mut bytes);
                self.flush();
                self.out.push_back(self.part(header, Data::Bytes(bytes)));
                self.done(&item, record)
            }
        }
    }

    /// An entry that a worker made, under the name and time that it has now.
    fn made(
        &mut self,
        item: &Item,
        Ready { job, record: old }: Ready,
        file: Option<InputId>,
    ) -> Result<(), WriteError> {
        let record = Record { name: item.name.to_string(), time: item.time, ..old.clone() };
        let from = u64::from(old.offset);
        let data = from + old.header_length();
        if record == old {
            self.put(Data::Made { job, from, to: data });
        } else {
            self.put_header(&record);
        }
        match file.filter(|_| old.by_reference()) {
            Some(file) => self.put(Data::File { file, from: 0, to: item.size }),
            None => self.put(Data::Made { job, from: data, to: data + u64::from(old.compressed) }),
        }
        self.done(item, record)
    }

    /// An entry of a ZIP, as the compressed bytes that it is.
    fn take(&mut self, item: &Item, Taken { raw, place, header_stays, run, .. }: &Taken) -> Result<(), WriteError> {
        let record = inputs::record(item, raw)?;
        if !header_stays {
            self.put_header(&record);
        }
        match *place {
            Some((file, from, to)) if *run >= REFERENCE_BYTES || self.ends_at(file, from) => {
                self.put(Data::File { file, from, to });
            }
            _ => {
                if *header_stays {
                    self.put_header(&record);
                }
                let mut at = 0;
                while at < raw.data.compressed {
                    let bytes = inputs::raw_bytes(item, raw, at)?;
                    at += bytes.len() as u64;
                    self.put(Data::Bytes(bytes));
                }
            }
        }
        self.done(item, record)
    }

    /// Whether the last part is of a file, up to a byte.
    fn ends_at(&self, wanted: InputId, at: u64) -> bool {
        matches!(self.pending, Some(Part { data: Data::File { file, to, .. }, .. }) if file == wanted && to == at)
    }

    fn done(&mut self, item: &Item, record: Record) -> Result<(), WriteError> {
        self.splice.add(record)?;
        if !matches!(item.body, Body::Folder { .. }) {
            self.files += 1;
            self.read += item.size;
        }
        Ok(())
    }

    fn put_header(&mut self, record: &Record) {
        let mut bytes = Vec::new();
        record.put_local(&mut bytes);
        self.put(Data::Bytes(bytes));
    }

    /// Adds bytes at the end; what follows one another in one place is one part.
    fn put(&mut self, data: Data) {
        let (at, length) = (self.at, data.length());
        if length == 0 {
            return;
        }
        self.at += length;
        let mut part = self.part(at, data);
        if let Some(last) = self.pending.as_mut().filter(|last| last.offset + last.data.length() == at) {
            match (&mut last.data, &mut part.data) {
                (Data::Bytes(bytes), Data::Bytes(more)) if bytes.len() + more.len() <= limits::CHUNK_BYTES => {
                    bytes.append(more);
                    return;
                }
                (Data::Made { job, to, .. }, Data::Made { job: other, from, to: end })
                    if job == other && to == from =>
                {
                    *to = *end;
                    return;
                }
                (Data::File { file, to, .. }, Data::File { file: other, from, to: end })
                    if file == other && to == from =>
                {
                    *to = *end;
                    return;
                }
                _ => {}
            }
        }
        self.flush();
        self.pending = Some(part);
    }

    fn flush(&mut self) {
        if let Some(part) = self.pending.take() {
            let (files, read) = (self.files, self.read);
            self.out.push_back(Part { files, read, ..part });
        }
    }

    /// Gives whoever waits a sign, even when there is nothing to lay.
    fn tell(&mut self) {
        let part = self.part(self.at, Data::Bytes(Vec::new()));
        self.out.push_back(part);
    }

    const fn part(&self, offset: u64, data: Data) -> Part {
        Part { offset, data, files: self.files, read: self.read }
    }
}

impl Data {
    /// How many bytes there are.
    pub const fn length(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::Made { from, to, .. } | Self::File { from, to, .. } => to.saturating_sub(*from),
        }
    }
}
