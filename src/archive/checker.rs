//! What a worker does for the check of every byte: it unpacks the entries of an order, and says which are not
//! what the directory says. It asks for the ranges of the file that it needs, so it serves whoever can read
//! them, at once or later.

use std::fmt;

use super::directory::Member;
use super::entry::OUTPUT_BYTES;
use super::le::{u32_at, u64_at};
use super::local::LOCAL_LENGTH;
use super::read::data_offset;
use super::unpack::{Claim, Fault, Unpacker, refusal};
use crate::limits;

/// How long a record is.
const RECORD_LENGTH: usize = 36;

/// Method of a record that is not unpacked.
const REFUSED: u32 = u32::MAX;

/// What an entry costs beside its bytes: thousands of empty ones are work too.
const ENTRY_BYTES: usize = 256;

/// Unpacks entries for their check sums and sizes alone; one engine for all of them.
#[derive(Default)]
pub struct Checker {
    records: std::vec::IntoIter<Record>,
    /// How long the file is.
    size: u64,
    unpacker: Unpacker,
    out: Vec<u8>,
    /// Bytes of the file, and where they begin.
    window: Vec<u8>,
    at: u64,
    /// The entry that is looked at, and where its data goes on when its header was read.
    entry: Option<(Record, Option<u64>)>,
    bytes: u64,
    faults: Vec<(u32, Fault)>,
}

/// What comes of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// The order is done.
    Done,
    /// There is more to do.
    Busy,
    /// These bytes of the file are needed, from one to before another; they go to [`Checker::put`].
    Needs(u64, u64),
}

/// What a checker is told of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Record {
    /// Its number in the directory.
    index: u32,
    /// Where its header begins.
    header: u64,
    /// Nothing when only the header is looked at.
    claim: Option<Claim>,
}

impl Record {
    pub(super) fn of(index: u32, member: &Member) -> Self {
        let claim = refusal(member).is_none().then(|| Claim::of(member));
        Self { index, header: member.header, claim }
    }

    /// How many bytes after its header may be looked at: a header can have as much more as the directory does
    /// not tell.
    pub(super) fn reach(&self, name: usize) -> u64 {
        let data =
            self.claim.map_or(0, |claim| claim.compressed.saturating_add((name + 2 * usize::from(u16::MAX)) as u64));
        data.saturating_add(LOCAL_LENGTH as u64)
    }

    pub(super) fn put(&self, out: &mut Vec<u8>) {
        let claim = self.claim.unwrap_or_default();
        let method = self.claim.map_or(REFUSED, |claim| u32::from(claim.deflated));
        out.extend([self.index.to_le_bytes(), method.to_le_bytes(), claim.crc.to_le_bytes()].concat());
        out.extend([self.header.to_le_bytes(), claim.compressed.to_le_bytes(), claim.size.to_le_bytes()].concat());
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let method = u32_at(bytes, 4)?;
        let claim = Claim {
            deflated: method == 1,
            crc: u32_at(bytes, 8)?,
            compressed: u64_at(bytes, 20)?,
            size: u64_at(bytes, 28)?,
        };
        let claim = Some(claim).filter(|_| method != REFUSED);
        Some(Self { index: u32_at(bytes, 0)?, header: u64_at(bytes, 12)?, claim })
    }
}

impl fmt::Debug for Checker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Checker").field("left", &self.records.len()).finish_non_exhaustive()
    }
}

impl Checker {
    /// Begins an order on a file of `size` bytes; what was left of another is forgotten.
    pub fn begin(&mut self, records: &[u8], size: u64) {
        let records: Vec<Record> = records.chunks(RECORD_LENGTH).filter_map(Record::read).collect();
        self.records = records.into_iter();
        self.size = size;
        self.window.clear();
        self.entry = None;
        self.bytes = 0;
        self.faults.clear();
        self.out.resize(OUTPUT_BYTES, 0);
    }

    /// How many bytes were unpacked for the order.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The entries that are damaged, and how, as [`Verifier::judged`](super::Verifier::judged) takes them.
    pub fn faults(&self) -> Vec<u8> {
        self.faults.iter().flat_map(|(index, fault)| [*index, fault.code()]).flat_map(u32::to_le_bytes).collect()
    }

    /// The damaged entries since the last question.
    pub(super) fn take_faults(&mut self) -> Vec<(u32, Fault)> {
        std::mem::take(&mut self.faults)
    }

    /// Takes bytes of the file that begin at `at`, in place of those before.
    pub fn put(&mut self, at: u64, bytes: Vec<u8>) {
        self.at = at;
        self.window = bytes;
    }

    /// Does some more; never so much that nothing else could happen meanwhile.
    pub fn step(&mut self) -> Check {
        let mut left = limits::CHUNK_BYTES;
        while left > 0 {
            let Some((record, data)) = self.entry.take().or_else(|| self.records.next().map(|record| (record, None)))
            else {
                return Check::Done;
            };
            match self.go_on(record, data) {
                Ok(Gone::Whole) => left = left.saturating_sub(ENTRY_BYTES),
                Ok(Gone::On(data, bytes)) => {
                    self.entry = Some((record, Some(data)));
                    left = left.saturating_sub(bytes);
                }
                Ok(Gone::Needs(from)) => {
                    self.entry = Some((record, data));
                    return Check::Needs(from, from.saturating_add(limits::CHUNK_BYTES as u64).min(self.size));
                }
                Err(fault) => {
                    self.faults.push((record.index, fault));
                    left = left.saturating_sub(ENTRY_BYTES);
                }
            }
        }
        Check::Busy
    }

    fn go_on(&mut self, record: Record, data: Option<u64>) -> Result<Gone, Fault> {
        let Some(data) = data else { return self.header(record) };
        let input = if data < self.size { self.window_from(data) } else { Some(self.window.len()) };
        let Some(input) = input else { return Ok(Gone::Needs(data)) };
        let last = data >= self.size || self.window_end() >= self.size;
        let input = self.window.get(input..).unwrap_or(&[]);
        let step = self.unpacker.step(input, last, &mut self.out)?;
        self.bytes += step.written as u64;
        if step.whole {
            return Ok(Gone::Whole);
        }
        if step.used == 0 && step.written == 0 {
            return Ok(Gone::Needs(data));
        }
        Ok(Gone::On(data.saturating_add(step.used as u64), step.written))
    }

    /// Looks at the header before the data.
    fn header(&mut self, record: Record) -> Result<Gone, Fault> {
        let at = record.header;
        let end = at.saturating_add(LOCAL_LENGTH as u64).min(self.size);
        let known = self.window_from(at).filter(|_| end <= self.window_end());
        if known.is_none() && at < end {
            return Ok(Gone::Needs(at));
        }
        let local = known.and_then(|from| self.window.get(from..)).unwrap_or(&[]);
        let data = data_offset(at, local.get(..LOCAL_LENGTH).unwrap_or(&[])).ok_or(Fault::NoEntry)?;
        self.unpacker.begin(record.claim.ok_or(Fault::Refused)?);
        Ok(Gone::On(data, 0))
    }

    /// Where in the window a byte of the file is, or would be next when no byte is needed.
    fn window_from(&self, at: u64) -> Option<usize> {
        let within = usize::try_from(at.checked_sub(self.at)?).ok()?;
        (within < self.window.len() || within == self.window.len() && self.unpacker.left() == 0).then_some(within)
    }

    fn window_end(&self) -> u64 {
        self.at.saturating_add(self.window.len() as u64)
    }
}

/// What came of one look at an entry.
enum Gone {
    Whole,
    /// Where its data goes on, and how many bytes were unpacked.
    On(u64, usize),
    /// Bytes of the file from here.
    Needs(u64),
}
