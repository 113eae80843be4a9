//! Unpacks every entry of a ZIP, for its check sum and sizes alone. The work is cut into orders, ranges of the
//! file that workers read and judge; where there are no workers, it is done here, a step at a time.

use std::fmt;
use std::rc::Rc;

use super::checker::{Check, Checker, Record};
use super::directory;
use super::error::WriteError;
use super::le::u32_at;
use super::read::ZipInput;
use super::unpack::Fault;
use crate::contents::ReadError;
use crate::limits;
use crate::sorted::Map;
use crate::tree::InputId;

/// Work for one worker: entries that lie one after another, or one large entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// What comes of it carries it.
    pub number: u32,
    /// The first byte of the file that is read.
    pub from: u64,
    /// Behind the last.
    pub to: u64,
    /// What a [`Checker`] is told.
    pub records: Vec<u8>,
    files: usize,
}

/// How far a check is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Verified {
    /// Whether there is no more to do.
    pub done: bool,
    /// How many files were unpacked to their end.
    pub files: usize,
    /// How many files there are.
    pub total: usize,
    /// How many bytes were unpacked.
    pub bytes: u64,
}

/// A check that is under way.
pub struct Verifier {
    zip: Rc<ZipInput>,
    /// Cut when they are first asked for; the next one is the last.
    waiting: Option<Vec<Order>>,
    open: Map<u32, Order>,
    /// What is done here, and what does it.
    own: Option<Order>,
    checker: Checker,
    files: usize,
    bytes: u64,
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.progress().fmt(f)
    }
}

impl Verifier {
    /// Before the first entry.
    pub fn new(zip: Rc<ZipInput>) -> Self {
        let (open, checker) = (Map::new(), Checker::default());
        Self { zip, waiting: None, open, own: None, checker, files: 0, bytes: 0 }
    }

    /// How far it is.
    pub fn progress(&self) -> Verified {
        let total = self.zip.members().iter().filter(|member| !member.folder()).count();
        let bytes = self.bytes + self.own.as_ref().map_or(0, |_| self.checker.bytes());
        Verified { done: self.files >= total, files: self.files, total, bytes }
    }

    /// The file that orders are ranges of; nothing when it is in memory.
    pub fn file(&self) -> Option<InputId> {
        self.zip.place().filter(|(_, base)| *base == 0).map(|(file, _)| file)
    }

    /// What nobody works at. Each order ends with [`Verifier::judged`] or [`Verifier::failed`].
    pub fn orders(&mut self) -> Vec<Order> {
        let mut list = std::mem::take(self.waiting());
        list.reverse();
        self.open.extend(list.iter().map(|order| (order.number, order.clone())));
        list
    }

    /// Takes what a checker said of an order; calls `damaged` with each entry that cannot be unpacked.
    pub fn judged(
        &mut self,
        number: u32,
        faults: &[u8],
        bytes: u64,
        damaged: &mut dyn FnMut(InputId, &str),
    ) -> Result<(), WriteError> {
        let order = self.open.remove(&number);
        let order = order.ok_or_else(|| WriteError::Zip(format!("nobody asked for the check {number}")))?;
        for fault in faults.chunks(8) {
            if let (Some(index), Some(fault)) = (u32_at(fault, 0), u32_at(fault, 4).and_then(Fault::from_code)) {
                self.note(index, fault, damaged);
            }
        }
        self.files += order.files;
        self.bytes += bytes;
        Ok(())
    }

    /// An order came to nothing: it is left to be done.
    pub fn failed(&mut self, number: u32) {
        if let Some(order) = self.open.remove(&number) {
            self.waiting().push(order);
        }
    }

    /// Does some more here; calls `damaged` with each entry that cannot be unpacked.
    pub fn step(&mut self, damaged: &mut dyn FnMut(InputId, &str)) -> Result<(), ReadError> {
        if self.own.is_none() {
            self.own = self.waiting().pop();
            if let Some(order) = &self.own {
                self.checker.begin(&order.records, self.zip.size());
            }
        }
        let Some(end) = self.own.as_ref().map(|order| order.to) else { return Ok(()) };
        let mut check = self.checker.step();
        if let Check::Needs(from, to) = check {
            let to = if from < end { to.min(end) } else { to };
            let bytes = self.zip.ranges().take(from, usize::try_from(to - from).unwrap_or(usize::MAX))?;
            self.checker.put(from, bytes);
            check = self.checker.step();
        }
        for (index, fault) in self.checker.take_faults() {
            self.note(index, fault, damaged);
        }
        if let Some(order) = self.own.take_if(|_| check == Check::Done) {
            self.files += order.files;
            self.bytes += self.checker.bytes();
        }
        Ok(())
    }

    fn note(&self, index: u32, fault: Fault, damaged: &mut dyn FnMut(InputId, &str)) {
        let id = InputId(index);
        if let Some(member) = self.zip.member(id) {
            damaged(id, &fault.words(member));
        }
    }

    fn waiting(&mut self) -> &mut Vec<Order> {
        let zip = &self.zip;
        self.waiting.get_or_insert_with(|| {
            let mut list = cut(zip);
            list.reverse();
            list
        })
    }
}

/// Cuts the files of a ZIP into orders: large ones first, for they take longest.
fn cut(zip: &ZipInput) -> Vec<Order> {
    let members = zip.members();
    let order = directory::in_order_of_file(members);
    let mut files = order
        .into_iter()
        .filter_map(|index| Some((u32::try_from(index).ok()?, members.get(index)?)))
        .filter(|(_, member)| !member.folder())
        .peekable();
    let (mut large, mut small) = (Vec::new(), Vec::new());
    let mut group: Option<Order> = None;
    while let Some((index, member)) = files.next() {
        let record = Record::of(index, member);
        // Up to the next entry: what reaches further is asked for.
        let next = files.peek().map_or(u64::MAX, |(_, next)| next.header);
        let reach = member.header.saturating_add(record.reach(member.name_bytes.len())).min(zip.size());
        let to = if next > member.header { reach.min(next) } else { reach };
        let (from, chunk) = (member.header.min(to), limits::CHUNK_BYTES as u64);
        let fits = |order: &Order| to.max(order.to) - order.from <= chunk;
        if to - from > chunk {
            large.push(Order { number: 0, from, to, records: Vec::new(), files: 0 }.with(&record, to));
            continue;
        }
        if !group.as_ref().is_some_and(fits) {
            small.extend(group.take());
        }
        let order = group.take().unwrap_or(Order { number: 0, from, to, records: Vec::new(), files: 0 });
        group = Some(order.with(&record, to));
    }
    small.extend(group);
    large.sort_by_key(|order| std::cmp::Reverse(order.to - order.from));
    large.append(&mut small);
    for (order, number) in large.iter_mut().zip(0..) {
        order.number = number;
    }
    large
}

impl Order {
    fn with(mut self, record: &Record, to: u64) -> Self {
        record.put(&mut self.records);
        self.to = self.to.max(to);
        self.files += 1;
        self
    }
}
