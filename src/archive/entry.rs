//! The bytes of one entry of an input ZIP, unpacked as they are asked for.

use crc32fast::Hasher;
use flate2::{Decompress, FlushDecompress, Status};

use super::directory::Member;
use super::ranges::Ranges;
use crate::contents::{ReadError, ReadErrorKind};
use crate::limits;

/// How many compressed bytes are taken at once.
const INPUT_BYTES: u64 = 512 * 1024;

/// How many bytes are unpacked at once: an entry that claims gigabytes costs memory only for what
/// it really has.
const OUTPUT_BYTES: usize = 256 * 1024;

/// Deflate cannot do better: 258 bytes for two bits.
const LARGEST_RATIO: u64 = 1032;

/// A place in the unpacked bytes of an entry, from which reading goes on.
pub(super) struct EntryStream {
    data_at: u64,
    data_end: u64,
    input: Vec<u8>,
    used: usize,
    inflate: Option<Decompress>,
    at: u64,
    crc: Hasher,
    verified: bool,
}

impl EntryStream {
    /// At the first byte; `data` is where the compressed bytes begin.
    pub(super) fn new(member: &Member, data: u64) -> Result<Self, ReadError> {
        check(member)?;
        Ok(Self {
            data_at: data,
            data_end: data.saturating_add(member.compressed),
            input: Vec::new(),
            used: 0,
            inflate: (member.method == 8).then(|| Decompress::new(false)),
            at: 0,
            crc: Hasher::new(),
            verified: false,
        })
    }

    /// How many bytes were given out.
    pub(super) const fn at(&self) -> u64 {
        self.at
    }

    /// Goes on to `offset`.
    pub(super) fn skip_to(&mut self, ranges: &Ranges, member: &Member, offset: u64) -> Result<(), ReadError> {
        while self.at < offset {
            let step = usize::try_from(offset - self.at).unwrap_or(usize::MAX).min(limits::CHUNK_BYTES);
            if self.read(ranges, member, step)?.is_empty() {
                break;
            }
        }
        Ok(())
    }

    /// The next bytes, fewer only at the end; at the end everything is verified.
    pub(super) fn read(&mut self, ranges: &Ranges, member: &Member, length: usize) -> Result<Vec<u8>, ReadError> {
        let left = usize::try_from(member.size.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let wanted = length.min(left);
        let mut out = Vec::new();
        while out.len() < wanted {
            let filled = out.len();
            out.resize(filled + OUTPUT_BYTES.min(wanted - filled), 0);
            let count = self.fill(ranges, member, out.get_mut(filled..).unwrap_or(&mut []))?;
            out.truncate(filled + count);
            if count == 0 {
                return Err(damaged(member, "it has fewer bytes than the directory says"));
            }
        }
        self.crc.update(&out);
        self.at += out.len() as u64;
        if self.at == member.size && !self.verified {
            self.verified = true;
            self.verify(ranges, member)?;
        }
        Ok(out)
    }

    fn verify(&mut self, ranges: &Ranges, member: &Member) -> Result<(), ReadError> {
        if self.fill(ranges, member, &mut [0])? != 0 {
            return Err(damaged(member, "it has more bytes than the directory says"));
        }
        if self.used < self.input.len() || self.data_at < self.data_end {
            return Err(damaged(member, "its compressed data ends before the directory says, and other bytes follow"));
        }
        if self.crc.clone().finalize() != member.crc {
            return Err(damaged(member, "its bytes do not have the check sum that the directory says"));
        }
        Ok(())
    }

    /// Unpacks into `out`; 0 only at the end of the data.
    fn fill(&mut self, ranges: &Ranges, member: &Member, out: &mut [u8]) -> Result<usize, ReadError> {
        loop {
            self.refill(ranges)?;
            let input = self.input.get(self.used..).unwrap_or(&[]);
            let Some(inflate) = &mut self.inflate else {
                let count = input.len().min(out.len());
                out.iter_mut().zip(input).for_each(|(to, from)| *to = *from);
                self.used += count;
                return Ok(count);
            };
            let (read, written) = (inflate.total_in(), inflate.total_out());
            let status = inflate
                .decompress(input, out, FlushDecompress::None)
                .map_err(|_| damaged(member, "its compressed data is broken"))?;
            let read = usize::try_from(inflate.total_in() - read).unwrap_or(usize::MAX);
            let written = usize::try_from(inflate.total_out() - written).unwrap_or(usize::MAX);
            self.used += read;
            if written > 0 || status == Status::StreamEnd {
                return Ok(written);
            }
            if read == 0 {
                return Err(damaged(member, "its compressed data ends too early"));
            }
        }
    }

    fn refill(&mut self, ranges: &Ranges) -> Result<(), ReadError> {
        if self.used < self.input.len() || self.data_at >= self.data_end {
            return Ok(());
        }
        let length = usize::try_from((self.data_end - self.data_at).min(INPUT_BYTES)).unwrap_or(0);
        self.input = ranges.take(self.data_at, length)?;
        self.used = 0;
        self.data_at += self.input.len() as u64;
        Ok(())
    }
}

/// Refuses what cannot be unpacked before anything of it is.
fn check(member: &Member) -> Result<(), ReadError> {
    let why = if member.encrypted() {
        "it is encrypted".to_owned()
    } else if !matches!(member.method, 0 | 8) {
        format!("it is compressed with {}, and only Deflate is read here", member.method_name())
    } else if member.overlaps {
        "its data lies over that of another entry, as in a ZIP bomb".to_owned()
    } else if member.method == 0 && member.size != member.compressed {
        "it is stored, and yet its two sizes differ".to_owned()
    } else if member.size > member.compressed.saturating_mul(LARGEST_RATIO) {
        "it claims more bytes than its compressed data can hold".to_owned()
    } else {
        return Ok(());
    };
    Err(damaged(member, &why))
}

pub(super) fn damaged(member: &Member, why: &str) -> ReadError {
    ReadError { path: member.name.clone(), kind: ReadErrorKind::Damaged(why.to_owned()) }
}
