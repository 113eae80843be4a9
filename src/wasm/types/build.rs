//! Jobs, what came of them, and the parts of a package.

use super::as_bytes;
use serde::Serialize;
use tsify::Tsify;

to_js! {
    /// What will be written.
    pub struct BuildStart {
        /// The name of the package.
        pub name: String,
        /// How many files it will have.
        pub files: f64,
        /// How many bytes they are before compression.
        pub bytes: f64,
    }

    /// Work for one worker.
    pub struct Job {
        /// What is made carries it.
        pub number: u32,
        /// How many bytes are read.
        pub bytes: f64,
        /// The files that are read one after another.
        pub files: Vec<u32>,
        /// How large they are.
        pub sizes: Vec<f64>,
        /// What the press is told.
        #[serde(serialize_with = "as_bytes")]
        #[tsify(type = "Uint8Array")]
        pub records: Vec<u8>,
        /// Whether it is one large file, which is read in chunks.
        pub large: bool,
    }

    /// A part of the check of every byte, for one worker.
    pub struct VerifyOrder {
        /// What comes of it carries it.
        pub number: u32,
        /// The file that is read.
        pub file: u32,
        /// The first byte that is read.
        pub from: f64,
        /// Behind the last.
        pub to: f64,
        /// What the checker is told.
        #[serde(serialize_with = "as_bytes")]
        #[tsify(type = "Uint8Array")]
        pub records: Vec<u8>,
    }

    /// A part of the package. Laid at their offsets, all of them are the ZIP.
    pub struct Piece {
        /// Where it belongs.
        pub offset: f64,
        /// The bytes themselves, when they are not of a job nor of a file; may be none.
        #[serde(serialize_with = "as_bytes")]
        #[tsify(type = "Uint8Array")]
        pub bytes: Vec<u8>,
        /// The job that made what the part is of.
        pub job: Option<u32>,
        /// The file that the part is of.
        pub file: Option<u32>,
        /// The first byte of what was made, or of the file.
        pub from: f64,
        /// Behind the last.
        pub to: f64,
        /// How many files are done.
        pub files: u32,
        /// How many bytes of files are done, before compression.
        pub read: f64,
    }
}
