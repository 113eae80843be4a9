//! The data of an entry as it is unpacked, and the judgement whether it is what the directory says: the
//! same for whoever reads it, and however it is cut.

use crc32fast::Hasher;
use flate2::{Decompress, FlushDecompress, Status};

use super::directory::Member;

/// Deflate cannot do better: 258 bytes for two bits.
const LARGEST_RATIO: u64 = 1032;

/// What is wrong with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// There is no header where the directory says.
    NoEntry,
    /// The directory alone says that it cannot be unpacked: [`refusal`].
    Refused,
    Broken,
    EndsEarly,
    TooFew,
    TooMany,
    OthersFollow,
    CheckSum,
}

impl Fault {
    const ALL: [Self; 8] = [
        Self::NoEntry,
        Self::Refused,
        Self::Broken,
        Self::EndsEarly,
        Self::TooFew,
        Self::TooMany,
        Self::OthersFollow,
        Self::CheckSum,
    ];

    /// As it goes between threads.
    pub(super) const fn code(self) -> u32 {
        self as u32
    }

    pub(super) fn from_code(code: u32) -> Option<Self> {
        Self::ALL.get(usize::try_from(code).ok()?).copied()
    }

    /// What is said of it.
    pub(super) fn words(self, member: &Member) -> String {
        match self {
            Self::NoEntry => "there is no entry where the directory says",
            Self::Refused => return refusal(member).unwrap_or_default(),
            Self::Broken => "its compressed data is broken",
            Self::EndsEarly => "its compressed data ends too early",
            Self::TooFew => "it has fewer bytes than the directory says",
            Self::TooMany => "it has more bytes than the directory says",
            Self::OthersFollow => "its compressed data ends before the directory says, and other bytes follow",
            Self::CheckSum => "its bytes do not have the check sum that the directory says",
        }
        .to_owned()
    }
}

/// Why an entry is not unpacked at all, by what the directory says.
pub(super) fn refusal(member: &Member) -> Option<String> {
    if member.encrypted() {
        Some("it is encrypted".to_owned())
    } else if !matches!(member.method, 0 | 8) {
        Some(format!("it is compressed with {}, and only Deflate is read here", member.method_name()))
    } else if member.overlaps {
        Some("its data lies over that of another entry, as in a ZIP bomb".to_owned())
    } else if member.method == 0 && member.size != member.compressed {
        Some("it is stored, and yet its two sizes differ".to_owned())
    } else if member.size > member.compressed.saturating_mul(LARGEST_RATIO) {
        Some("it claims more bytes than its compressed data can hold".to_owned())
    } else {
        None
    }
}

/// What the directory says about the data of an entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Claim {
    pub(super) deflated: bool,
    pub(super) compressed: u64,
    pub(super) size: u64,
    pub(super) crc: u32,
}

impl Claim {
    pub(super) const fn of(member: &Member) -> Self {
        let Member { method, compressed, size, crc, .. } = *member;
        Self { deflated: method == 8, compressed, size, crc }
    }
}

/// What a step has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Step {
    /// How many compressed bytes it used.
    pub(super) used: usize,
    /// How many bytes it gave.
    pub(super) written: usize,
    /// Whether the entry ended, and is what it is said to be.
    pub(super) whole: bool,
}

/// Unpacks entries one after another; one engine for all of them, for making one costs as much as unpacking
/// a small file.
#[derive(Default)]
pub(super) struct Unpacker {
    engine: Option<Decompress>,
    claim: Claim,
    /// How many compressed bytes were not used yet.
    left: u64,
    at: u64,
    crc: Hasher,
}

/// What the engine did.
struct Filled {
    used: usize,
    written: usize,
    ended: bool,
}

impl Unpacker {
    /// Before the first byte of an entry.
    pub(super) fn begin(&mut self, claim: Claim) {
        if let Some(engine) = self.engine.as_mut().filter(|_| claim.deflated) {
            engine.reset(false);
        }
        *self = Self { engine: self.engine.take(), claim, left: claim.compressed, at: 0, crc: Hasher::new() };
    }

    /// How many bytes were given.
    pub(super) const fn at(&self) -> u64 {
        self.at
    }

    /// How many compressed bytes it can still use.
    pub(super) const fn left(&self) -> u64 {
        self.left
    }

    /// Goes on with the next compressed bytes, after which there are no more when it is the `last` of them.
    /// When nothing was used and nothing given, it needs more of them. Bytes behind the entry are not looked at.
    pub(super) fn step(&mut self, input: &[u8], last: bool, out: &mut [u8]) -> Result<Step, Fault> {
        let own = usize::try_from(self.left).unwrap_or(usize::MAX).min(input.len());
        let input = input.get(..own).unwrap_or(&[]);
        let last = last || own as u64 == self.left;
        let missing = usize::try_from(self.claim.size - self.at).unwrap_or(usize::MAX);
        if missing == 0 {
            return self.end(input, last);
        }
        let room = missing.min(out.len());
        let out = out.get_mut(..room).unwrap_or(&mut []);
        let Filled { used, written, ended } = self.fill(input, last, out)?;
        if written == 0 && ended {
            return Err(Fault::TooFew);
        }
        self.crc.update(out.get(..written).unwrap_or(&[]));
        self.at += written as u64;
        Ok(Step { used, written, whole: false })
    }

    /// All bytes are there: nothing may follow.
    fn end(&mut self, input: &[u8], last: bool) -> Result<Step, Fault> {
        let Filled { used, written, ended } = self.fill(input, last, &mut [0])?;
        if written > 0 {
            return Err(Fault::TooMany);
        }
        if !ended {
            return Ok(Step { used, ..Step::default() });
        }
        if self.left > 0 {
            return Err(Fault::OthersFollow);
        }
        if std::mem::take(&mut self.crc).finalize() != self.claim.crc {
            return Err(Fault::CheckSum);
        }
        Ok(Step { used, written, whole: true })
    }

    fn fill(&mut self, input: &[u8], last: bool, out: &mut [u8]) -> Result<Filled, Fault> {
        if !self.claim.deflated {
            let count = input.len().min(out.len());
            if let (Some(to), Some(from)) = (out.get_mut(..count), input.get(..count)) {
                to.copy_from_slice(from);
            }
            self.left -= count as u64;
            return Ok(Filled { used: count, written: count, ended: count == 0 && last });
        }
        let engine = self.engine.get_or_insert_with(|| Decompress::new(false));
        let (read, written) = (engine.total_in(), engine.total_out());
        let status = engine.decompress(input, out, FlushDecompress::None).map_err(|_| Fault::Broken)?;
        let used = usize::try_from(engine.total_in() - read).unwrap_or(usize::MAX);
        let written = usize::try_from(engine.total_out() - written).unwrap_or(usize::MAX);
        let ended = status == Status::StreamEnd;
        self.left -= used as u64;
        if used == 0 && written == 0 && !ended && last {
            return Err(Fault::EndsEarly);
        }
        Ok(Filled { used, written, ended })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compress, Compression, FlushCompress};

    fn deflated(bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(bytes.len() + 100);
        Compress::new(Compression::new(6), false).compress_vec(bytes, &mut out, FlushCompress::Finish).unwrap();
        out
    }

    /// What is said of `data`, given `cut` bytes at a time.
    fn judged(unpacker: &mut Unpacker, claim: Claim, data: &[u8], cut: usize) -> Result<u64, Fault> {
        unpacker.begin(claim);
        let (mut at, mut have, mut out) = (0, 0, [0; 50]);
        loop {
            let step = unpacker.step(&data[at..have], have == data.len(), &mut out)?;
            at += step.used;
            if step.whole {
                return Ok(unpacker.at());
            }
            if step.used == 0 && step.written == 0 {
                assert!(have < data.len(), "it asks for what there is not");
                have = (have + cut).min(data.len());
            }
        }
    }

    #[test]
    fn says_the_same_however_the_data_is_cut() {
        let text = include_bytes!("unpack.rs");
        let data = deflated(text);
        let claim = Claim {
            deflated: true,
            compressed: data.len() as u64,
            size: text.len() as u64,
            crc: crc32fast::hash(text),
        };
        let stored = Claim { deflated: false, compressed: claim.size, ..claim };
        let followed = [&data[..], b"more"].concat();
        let mut broken = data.clone();
        broken[0] |= 6; // a kind of block that there is not
        let cases: [(Claim, &[u8], Result<u64, Fault>); 10] = [
            (claim, &data, Ok(claim.size)),
            (claim, &followed, Ok(claim.size)),
            (Claim { compressed: claim.compressed + 4, ..claim }, &followed, Err(Fault::OthersFollow)),
            (Claim { size: claim.size - 1, ..claim }, &data, Err(Fault::TooMany)),
            (Claim { size: claim.size + 1, ..claim }, &data, Err(Fault::TooFew)),
            (Claim { crc: !claim.crc, ..claim }, &data, Err(Fault::CheckSum)),
            (claim, &data[..data.len() - 1], Err(Fault::EndsEarly)),
            (claim, &broken, Err(Fault::Broken)),
            (stored, text, Ok(claim.size)),
            (stored, &text[..100], Err(Fault::TooFew)),
        ];
        let mut unpacker = Unpacker::default();
        for (number, (claim, data, expected)) in cases.into_iter().enumerate() {
            for cut in [1, 7, data.len()] {
                assert_eq!(judged(&mut unpacker, claim, data, cut), expected, "case {number}, {cut} at a time");
            }
        }
    }

    #[test]
    fn nothing_at_all_is_whole_when_it_is_said_so() {
        let mut unpacker = Unpacker::default();
        assert_eq!(judged(&mut unpacker, Claim::default(), b"", 1), Ok(0));
        let empty = Claim { deflated: true, ..Claim::default() };
        assert_eq!(judged(&mut unpacker, empty, b"", 1), Err(Fault::EndsEarly));
        let end = deflated(b"");
        assert_eq!(judged(&mut unpacker, Claim { compressed: end.len() as u64, ..empty }, &end, 1), Ok(0));
    }

    #[test]
    fn every_fault_comes_back_from_its_code() {
        for (code, fault) in (0..).zip(Fault::ALL) {
            assert_eq!((fault.code(), Fault::from_code(code)), (code, Some(fault)));
        }
        assert_eq!(Fault::from_code(8), None);
    }
}
