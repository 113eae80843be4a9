//! Unpacks every entry of a ZIP, for its check sum and sizes alone: a step at a time.

use std::fmt;
use std::rc::Rc;

use super::entry::EntryStream;
use super::read::ZipInput;
use crate::contents::{ReadError, ReadErrorKind};
use crate::limits;
use crate::tree::InputId;

/// A check that is under way.
pub struct Verifier {
    zip: Rc<ZipInput>,
    next: usize,
    stream: Option<EntryStream>,
    files: usize,
    bytes: u64,
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

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.progress().fmt(f)
    }
}

impl Verifier {
    /// Before the first entry.
    pub const fn new(zip: Rc<ZipInput>) -> Self {
        Self { zip, next: 0, stream: None, files: 0, bytes: 0 }
    }

    /// How far it is.
    pub fn progress(&self) -> Verified {
        let members = self.zip.members();
        let total = members.iter().filter(|member| !member.folder()).count();
        Verified { done: self.next >= members.len(), files: self.files, total, bytes: self.bytes }
    }

    /// Unpacks some more; calls `damaged` with each entry that cannot be unpacked.
    pub fn step(&mut self, damaged: &mut dyn FnMut(InputId, &str)) -> Result<(), ReadError> {
        let mut left = limits::CHUNK_BYTES;
        let zip = Rc::clone(&self.zip);
        for _ in 0..limits::BATCH_FILES {
            let Some(member) = zip.members().get(self.next).filter(|_| left > 0) else { break };
            let id = InputId(u32::try_from(self.next).unwrap_or(u32::MAX));
            match self.unpack(id, left) {
                Ok((bytes, ended)) => {
                    self.bytes += bytes as u64;
                    left -= bytes.min(left);
                    if !ended {
                        break;
                    }
                }
                Err(ReadError { kind: ReadErrorKind::Damaged(why), .. }) => damaged(id, &why),
                Err(error) => return Err(error),
            }
            self.stream = None;
            self.next += 1;
            self.files += usize::from(!member.folder());
        }
        Ok(())
    }

    /// Unpacks up to `length` bytes; how many it were, and whether the entry ended with them.
    fn unpack(&mut self, id: InputId, length: usize) -> Result<(usize, bool), ReadError> {
        let Some(member) = self.zip.member(id).filter(|member| !member.folder()) else { return Ok((0, true)) };
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => self.zip.start(member)?,
        };
        let bytes = stream.read(self.zip.ranges(), member, length)?.len();
        let ended = stream.at() >= member.size;
        self.stream = Some(stream);
        Ok((bytes, ended))
    }
}
