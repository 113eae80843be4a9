//! The bytes of one entry of an input ZIP, unpacked as they are asked for.

use super::directory::Member;
use super::ranges::Ranges;
use super::unpack::{Claim, Fault, Unpacker, refusal};
use crate::contents::{ReadError, ReadErrorKind};
use crate::limits;

/// How many compressed bytes are taken at once.
const INPUT_BYTES: u64 = 512 * 1024;

/// How many bytes are unpacked at once: an entry that claims gigabytes costs memory only for what
/// it really has.
pub(super) const OUTPUT_BYTES: usize = 256 * 1024;

/// A place in the unpacked bytes of an entry, from which reading goes on.
pub(super) struct EntryStream {
    data_at: u64,
    data_end: u64,
    input: Vec<u8>,
    used: usize,
    unpacker: Unpacker,
    whole: bool,
}

impl EntryStream {
    /// At the first byte; `data` is where the compressed bytes begin.
    pub(super) fn new(member: &Member, data: u64) -> Result<Self, ReadError> {
        if refusal(member).is_some() {
            return Err(damaged(member, Fault::Refused));
        }
        let mut unpacker = Unpacker::default();
        unpacker.begin(Claim::of(member));
        let data_end = data.saturating_add(member.compressed);
        Ok(Self { data_at: data, data_end, input: Vec::new(), used: 0, unpacker, whole: false })
    }

    /// How many bytes were given out.
    pub(super) const fn at(&self) -> u64 {
        self.unpacker.at()
    }

    /// Goes on to `offset`.
    pub(super) fn skip_to(&mut self, ranges: &Ranges, member: &Member, offset: u64) -> Result<(), ReadError> {
        while self.at() < offset {
            let step = usize::try_from(offset - self.at()).unwrap_or(usize::MAX).min(limits::CHUNK_BYTES);
            if self.read(ranges, member, step)?.is_empty() {
                break;
            }
        }
        Ok(())
    }

    /// The next bytes, fewer only at the end; at the end everything is verified.
    pub(super) fn read(&mut self, ranges: &Ranges, member: &Member, length: usize) -> Result<Vec<u8>, ReadError> {
        let left = usize::try_from(member.size.saturating_sub(self.at())).unwrap_or(usize::MAX);
        let wanted = length.min(left);
        let mut out = Vec::new();
        while out.len() < wanted || self.at() == member.size && !self.whole {
            let last = self.refill(ranges)?;
            let filled = out.len();
            out.resize(filled + OUTPUT_BYTES.min(wanted - filled), 0);
            let input = self.input.get(self.used..).unwrap_or(&[]);
            let step = self.unpacker.step(input, last, out.get_mut(filled..).unwrap_or(&mut []));
            let step = step.map_err(|fault| damaged(member, fault))?;
            out.truncate(filled + step.written);
            self.used += step.used;
            self.whole |= step.whole;
        }
        Ok(out)
    }

    /// Takes more compressed bytes when there are none; whether there are no others behind them.
    fn refill(&mut self, ranges: &Ranges) -> Result<bool, ReadError> {
        if self.used == self.input.len() && self.data_at < self.data_end {
            let length = usize::try_from((self.data_end - self.data_at).min(INPUT_BYTES)).unwrap_or(0);
            self.input = ranges.take(self.data_at, length)?;
            self.used = 0;
            self.data_at += self.input.len() as u64;
        }
        Ok(self.data_at >= self.data_end || self.input.is_empty())
    }
}

pub(super) fn damaged(member: &Member, fault: Fault) -> ReadError {
    ReadError { path: member.name.clone(), kind: ReadErrorKind::Damaged(fault.words(member)) }
}
