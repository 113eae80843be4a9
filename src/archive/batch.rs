//! Small files as a small ZIP, each batch by itself.

use std::io::{Cursor, Write};
use std::rc::Rc;

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::splice::{self, Batch, Record};
use super::worth;
use super::write::WriteError;
use crate::tree::Timestamp;

/// The level that zlib and the Windows Explorer use; 9 takes three times as long for one part in
/// a hundred.
const LEVEL: i64 = 6;

/// An entry with all of its bytes; a folder has none.
pub(super) struct Loaded {
    pub(super) name: Rc<str>,
    pub(super) time: Timestamp,
    pub(super) bytes: Rc<[u8]>,
}

/// Compresses entries. Depends on nothing but them, so that several workers can do it at once.
pub(super) fn pack(entries: &[Loaded]) -> Result<Batch, WriteError> {
    let zip = written(entries).map_err(|error| WriteError::Zip(error.to_string()))?;
    let batch = splice::cut(zip, 0).and_then(|mut batch| splice::clean(&mut batch).map(|()| batch));
    batch.ok_or_else(|| WriteError::Zip("a batch is not as it was asked for".to_owned()))
}

fn written(entries: &[Loaded]) -> ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for entry in entries {
        if entry.name.ends_with('/') {
            zip.add_directory(&*entry.name, options(entry.time, &[]))?;
        } else {
            zip.start_file(&*entry.name, options(entry.time, &entry.bytes))?;
            zip.write_all(&entry.bytes)?;
        }
    }
    Ok(zip.finish()?.into_inner())
}

/// How an entry is written; `head` is all of its bytes or the first of them.
pub(super) fn options(time: Timestamp, head: &[u8]) -> SimpleFileOptions {
    let stored = head.is_empty() || !worth::compressing(head);
    let options = SimpleFileOptions::default()
        .system(System::Dos)
        .last_modified_time(DateTime::try_from_msdos(time.date, time.time).unwrap_or_default());
    if stored {
        options.compression_method(CompressionMethod::Stored)
    } else {
        options.compression_method(CompressionMethod::Deflated).compression_level(Some(LEVEL))
    }
}

/// An entry that is taken over, with its compressed bytes; a folder has no bytes.
pub(super) struct Taken {
    /// Its offset is not yet known.
    pub(super) record: Record,
    pub(super) bytes: Vec<u8>,
}

/// Lays taken entries one after another, each with a fresh header.
pub(super) fn lay(entries: Vec<Taken>) -> Result<Batch, WriteError> {
    let mut batch = Batch::default();
    for Taken { mut record, bytes } in entries {
        record.offset = u32::try_from(batch.bytes.len()).map_err(|_| WriteError::TooLarge(u64::MAX))?;
        batch.bytes.extend(record.local());
        batch.bytes.extend(bytes);
        batch.central.push(record);
    }
    Ok(batch)
}
