//! Bytes to files and back: the only room that names `zip`, `flate2` and `crc32fast`.
//!
//! Reading: [`ZipInput`] opens a ZIP of any size by ranges and is itself a
//! [`Source`](crate::contents::Source) of its entries. It lists what the directory says to the
//! letter; whether that is fit for a package is for rules to say. [`ZipInput::scan`] walks it once
//! from the first byte to the last, and finds where programs would see different packages; a
//! [`Verifier`] unpacks every entry.
//!
//! A [`Mounts`] puts the sources of a package together: what was dropped, and the ZIPs among it.
//!
//! Writing: [`Writer`] turns a tree into pieces of a ZIP: small files in batches, a large file as
//! a stream, entries of ZIPs as the compressed bytes that they already are. A batch knows
//! nothing of the others, so several workers can make them; only the splice knows order and offsets.

mod batch;
mod cp437;
mod directory;
mod end;
mod entry;
mod inputs;
mod large;
mod le;
mod magic;
mod mounts;
mod plan;
mod ranges;
mod read;
mod scan;
mod splice;
mod stream;
mod verify;
mod worth;
mod write;

pub use directory::Member;
pub use magic::{HEAD_BYTES, named};
pub use mounts::{Mounted, Mounts, Raw};
pub use read::{OpenError, RawData, ZipInput};
pub use scan::{Scan, ScanKind, ScanProblem};
pub use verify::{Verified, Verifier};
pub use write::{Piece, WriteError, Writer};
