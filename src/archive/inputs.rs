//! Where the bytes of entries come from that no worker makes.

use std::rc::Rc;

use super::error::WriteError;
use super::mounts::{Mounts, Raw};
use super::plan::{Body, Item};
use super::splice::Record;
use crate::contents::{ReadError, ReadErrorKind, Source};
use crate::limits;

pub(super) struct Inputs {
    pub(super) source: Rc<Mounts>,
}

impl Inputs {
    /// Bytes of a file from `at`, as many as asked for or all that are left.
    pub(super) fn bytes(&self, item: &Item, at: u64, length: usize) -> Result<Rc<[u8]>, ReadError> {
        let length = (item.size.saturating_sub(at)).min(length as u64);
        let bytes: Rc<[u8]> = match &item.body {
            _ if length == 0 => Rc::default(),
            Body::Folder { .. } => Rc::default(),
            Body::Written(bytes) if length == bytes.len() as u64 => Rc::clone(bytes),
            Body::Written(bytes) => {
                let range = usize::try_from(at).ok().zip(usize::try_from(at + length).ok());
                range.and_then(|(from, to)| bytes.get(from..to)).unwrap_or(&[]).into()
            }
            Body::Input(id) => self.source.read(*id, at, length)?.into(),
        };
        if bytes.len() as u64 == length { Ok(bytes) } else { Err(changed(item)) }
    }
}

/// Compressed bytes of an entry that is taken over, from `at`.
pub(super) fn raw_bytes(item: &Item, raw: &Raw, at: u64) -> Result<Vec<u8>, ReadError> {
    let length = raw.data.compressed.saturating_sub(at).min(limits::CHUNK_BYTES as u64);
    let bytes = raw.zip.raw_bytes(&raw.data, at, usize::try_from(length).unwrap_or(usize::MAX))?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(changed(item)) }
}

/// What the directory will say about an entry that is taken over.
pub(super) fn record(item: &Item, raw: &Raw) -> Result<Record, WriteError> {
    let compressed = u32::try_from(raw.data.compressed).map_err(|_| WriteError::TooLarge(raw.data.compressed))?;
    Ok(Record { method: raw.data.method, crc: raw.data.crc, compressed, ..item.record()? })
}

fn changed(item: &Item) -> ReadError {
    ReadError { path: item.name.to_string(), kind: ReadErrorKind::Changed }
}
