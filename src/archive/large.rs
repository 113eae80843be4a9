//! A file that is too large for a batch: a chunk at a time.

use std::rc::Rc;

use super::inputs::{self, Inputs, Way};
use super::mounts::Raw;
use super::plan::Item;
use super::splice::{LOCAL_LENGTH, Record};
use super::stream::Stream;
use super::write::WriteError;
use crate::limits;

/// A large file that is on its way into the package.
pub(super) struct Large {
    item: Item,
    header: u64,
    read: u64,
    work: Work,
}

enum Work {
    /// Compressed as it is read; the header follows the data.
    Pack { stream: Box<Stream>, head: Option<Rc<[u8]>>, data: u64, record: Option<Record> },
    /// Taken over; the header goes before the data.
    Take { raw: Raw, record: Record, at: Option<u64> },
}

/// A part of the file.
pub(super) struct Part {
    /// Where it belongs, from the first byte of the entry.
    pub(super) offset: u64,
    pub(super) bytes: Vec<u8>,
    /// How many bytes of the file are done.
    pub(super) read: u64,
    /// With the last part: what the directory says, and how long the entry is.
    pub(super) done: Option<(Record, u64)>,
}

impl Large {
    pub(super) fn begin(item: Item, way: Way, inputs: &Inputs) -> Result<Self, WriteError> {
        let work = match way {
            Way::Take(raw) => Work::Take { record: inputs::record(&item, &raw.data)?, raw, at: None },
            Way::Folder | Way::Pack => {
                let head = inputs.bytes(&item, 0, limits::CHUNK_BYTES)?;
                Work::Pack { stream: Box::new(Stream::begin(&item, &head)?), head: Some(head), data: 0, record: None }
            }
        };
        let header = (LOCAL_LENGTH + item.name.len()) as u64;
        Ok(Self { item, header, read: 0, work })
    }

    pub(super) fn next(&mut self, inputs: &Inputs) -> Result<Part, WriteError> {
        match &mut self.work {
            Work::Pack { record: Some(record), data, .. } => {
                let length = self.header + *data;
                let bytes = record.local();
                Ok(Part { offset: 0, bytes, read: self.item.size, done: Some((record.clone(), length)) })
            }
            Work::Pack { stream, head, data, record } => {
                let chunk = match head.take() {
                    Some(head) => head,
                    None => inputs.bytes(&self.item, self.read, limits::CHUNK_BYTES)?,
                };
                self.read += chunk.len() as u64;
                let mut bytes = stream.write(&chunk)?;
                if self.read >= self.item.size {
                    let end = stream.finish()?;
                    bytes.extend(end.data);
                    *record = Some(end.record);
                }
                let offset = self.header + *data;
                *data += bytes.len() as u64;
                Ok(Part { offset, bytes, read: self.read, done: None })
            }
            Work::Take { record, at: at @ None, .. } => {
                *at = Some(0);
                Ok(Part { offset: 0, bytes: record.local(), read: 0, done: None })
            }
            Work::Take { raw, record, at: Some(at) } => {
                let bytes = inputs::raw_bytes(&self.item, raw, *at, limits::CHUNK_BYTES)?;
                let offset = self.header + *at;
                *at += bytes.len() as u64;
                let done = (*at >= raw.data.compressed).then(|| (record.clone(), self.header + *at));
                let read = if done.is_some() { raw.data.size } else { raw.data.size.min(*at) };
                inputs.check(&self.item, self.read, read)?;
                self.read = read;
                Ok(Part { offset, bytes, read, done })
            }
        }
    }
}
