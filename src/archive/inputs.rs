//! Where the writer gets bytes, and which way an entry goes into the package.

use std::rc::Rc;

use super::batch::{self, Loaded, Taken};
use super::mounts::{Mounts, Raw};
use super::plan::{Body, Item};
use super::read::RawData;
use super::splice::{Batch, Record};
use super::write::WriteError;
use crate::contents::{ReadError, ReadErrorKind, Source};
use crate::limits;
use crate::tree::InputId;

pub(super) struct Inputs {
    pub(super) source: Rc<Mounts>,
}

/// How an entry goes into the package.
#[derive(Clone)]
pub(super) enum Way {
    Folder,
    /// Its bytes are compressed.
    Pack,
    /// Its compressed bytes are taken over.
    Take(Raw),
}

impl Way {
    /// Whether it is taken over; a folder goes along with either.
    pub(super) const fn taken(&self) -> Option<bool> {
        match self {
            Self::Folder => None,
            Self::Pack => Some(false),
            Self::Take(_) => Some(true),
        }
    }

    /// How many bytes are read for it.
    pub(super) const fn weight(&self, item: &Item) -> u64 {
        match self {
            Self::Folder => 0,
            Self::Pack => item.size,
            Self::Take(raw) => raw.data.compressed,
        }
    }

    /// Whether it is too large for a batch.
    pub(super) const fn large(&self, item: &Item) -> bool {
        self.weight(item) > limits::CHUNK_BYTES as u64
    }
}

impl Inputs {
    pub(super) fn way(&self, item: &Item) -> Way {
        let taken = |id| self.source.raw(id).filter(|raw| raw.data.size == item.size);
        match item.body {
            Body::Folder => Way::Folder,
            Body::Written(_) => Way::Pack,
            Body::Input(id) => taken(id).map_or(Way::Pack, Way::Take),
        }
    }

    /// Bytes of a file from `at`, as many as asked for or all that are left.
    pub(super) fn bytes(&self, item: &Item, at: u64, length: usize) -> Result<Rc<[u8]>, ReadError> {
        let length = (item.size.saturating_sub(at)).min(length as u64);
        let bytes: Rc<[u8]> = match &item.body {
            _ if length == 0 => Rc::default(),
            Body::Folder => Rc::default(),
            Body::Written(bytes) if length == bytes.len() as u64 => Rc::clone(bytes),
            Body::Written(bytes) => {
                let range = usize::try_from(at).ok().zip(usize::try_from(at + length).ok());
                range.and_then(|(from, to)| bytes.get(from..to)).unwrap_or(&[]).into()
            }
            Body::Input(id) => self.source.read(*id, at, length)?.into(),
        };
        if bytes.len() as u64 == length { Ok(bytes) } else { Err(changed(item)) }
    }

    /// Unpacks a part of an entry that is taken over, for its check sum alone: what is damaged must
    /// not go into a package unseen.
    pub(super) fn check(&self, item: &Item, from: u64, to: u64) -> Result<(), ReadError> {
        let mut at = from;
        while at < to.min(item.size) {
            let length = usize::try_from(to - at).unwrap_or(limits::CHUNK_BYTES).min(limits::CHUNK_BYTES);
            at += self.bytes(item, at, length)?.len() as u64;
        }
        Ok(())
    }

    /// Reads and compresses small files.
    pub(super) fn pack(&self, items: &[(Item, Way)]) -> Result<Batch, WriteError> {
        let ids: Vec<InputId> = items
            .iter()
            .filter_map(|(item, _)| match item.body {
                Body::Input(id) if item.size > 0 => Some(id),
                _ => None,
            })
            .collect();
        if !ids.is_empty() {
            self.source.prefetch(&ids);
        }
        let load = |(item, _): &(Item, Way)| {
            let bytes = self.bytes(item, 0, limits::CHUNK_BYTES)?;
            Ok(Loaded { name: Rc::clone(&item.name), time: item.time, bytes })
        };
        let loaded = items.iter().map(load).collect::<Result<Vec<_>, ReadError>>()?;
        batch::pack(&loaded)
    }

    /// Reads the compressed bytes of small files.
    pub(super) fn lay(&self, items: &[(Item, Way)]) -> Result<Batch, WriteError> {
        let mut taken = Vec::with_capacity(items.len());
        for (item, way) in items {
            taken.push(match way {
                Way::Take(raw) => {
                    self.check(item, 0, item.size)?;
                    let bytes = raw_bytes(item, raw, 0, limits::CHUNK_BYTES)?;
                    Taken { record: record(item, &raw.data)?, bytes }
                }
                Way::Folder | Way::Pack => {
                    Taken { record: Record::empty(item.name.to_string(), item.time, 0), bytes: Vec::new() }
                }
            });
        }
        batch::lay(taken)
    }
}

/// Compressed bytes of an entry that is taken over, from `at`.
pub(super) fn raw_bytes(item: &Item, raw: &Raw, at: u64, length: usize) -> Result<Vec<u8>, ReadError> {
    let length = raw.data.compressed.saturating_sub(at).min(length as u64);
    let bytes = raw.zip.raw_bytes(&raw.data, at, usize::try_from(length).unwrap_or(usize::MAX))?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(changed(item)) }
}

/// What the directory will say about an entry that is taken over.
pub(super) fn record(item: &Item, raw: &RawData) -> Result<Record, WriteError> {
    let short = |size| u32::try_from(size).map_err(|_| WriteError::TooLarge(size));
    Ok(Record {
        name: item.name.to_string(),
        method: raw.method,
        time: item.time,
        crc: raw.crc,
        compressed: short(raw.compressed)?,
        size: short(raw.size)?,
        offset: 0,
    })
}

fn changed(item: &Item) -> ReadError {
    ReadError { path: item.name.to_string(), kind: ReadErrorKind::Changed }
}
