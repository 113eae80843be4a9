//! Bytes to files and back: the only room that names `zip`, `flate2` and `crc32fast`.
//!
//! Reading: [`ZipInput`] opens a ZIP of any size by ranges and is itself a
//! [`Source`](crate::contents::Source) of its entries. It lists what the directory says to the
//! letter; whether that is fit for a package is for rules to say. [`ZipInput::scan`] walks it once
//! from the first byte to the last, and finds where programs would see different packages. A
//! [`Verifier`] has every entry unpacked: it cuts the ZIP into [`Order`]s, each of which a [`Checker`] does,
//! in any number of workers.
//!
//! A [`Mounts`] puts the sources of a package together: what was dropped, and the ZIPs among it.
//!
//! Writing: a [`Ledger`] says which [`Job`]s a tree needs: small files in batches, a large file as a
//! stream. A [`Press`] does them, in any number of workers, for a job knows nothing of the others. An
//! [`Assembly`] puts a package together of what they made and of entries of ZIPs, which stay the
//! compressed bytes that they already are; only it knows order and offsets.

mod ahead;
mod assembly;
mod checker;
mod cp437;
mod deflate;
mod directory;
mod end;
mod entry;
mod error;
mod inputs;
mod le;
mod ledger;
mod local;
mod magic;
mod mounts;
mod plan;
mod press;
mod ranges;
mod read;
mod scan;
mod splice;
mod taken;
mod unpack;
mod verify;
mod worth;

pub use ahead::Piece;
pub use assembly::{Assembly, Data, Part};
pub use checker::{Check, Checker};
pub use directory::Member;
pub use error::WriteError;
pub use ledger::{Job, Ledger};
pub use magic::{HEAD_BYTES, named};
pub use mounts::{Mounted, Mounts, Raw};
pub use press::{Press, Pressed};
pub use read::{OpenError, RawData, ZipInput};
pub use scan::{Scan, ScanKind, ScanProblem};
pub use verify::{Order, Verified, Verifier};
