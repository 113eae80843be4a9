//! What crosses to JavaScript. The TypeScript declarations and the schema of the JSON report are
//! made from these types; sizes are bytes, lines and columns count from 1, columns in UTF-16 units.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};
use tsify::Tsify;
use wasm_bindgen::JsValue;

/// Declares types that go to JavaScript.
macro_rules! to_js {
    ($($(#[$meta:meta])* pub struct $name:ident { $($(#[$field:meta])* pub $key:ident: $type:ty,)* })*) => {
        $($(#[$meta])*
        #[derive(Serialize, Tsify)]
        #[serde(rename_all = "camelCase")]
        #[tsify(missing_as_null, hashmap_as_object)]
        pub struct $name { $($(#[$field])* pub $key: $type,)* })*
    };
}

/// What comes from JavaScript: a field of another name is a mistake, which serde does not see there.
pub trait FromJs {
    /// The names of its fields, as Rust writes them.
    const FIELDS: &'static [&'static str];
}

/// Declares types that come from JavaScript.
macro_rules! from_js {
    ($($(#[$meta:meta])* pub struct $name:ident { $($(#[$field:meta])* pub $key:ident: $type:ty,)* })*) => {
        $($(#[$meta])*
        #[derive(Deserialize, Tsify)]
        #[serde(rename_all = "camelCase")]
        pub struct $name { $($(#[$field])* pub $key: $type,)* }

        impl FromJs for $name {
            const FIELDS: &'static [&'static str] = &[$(stringify!($key)),*];
        })*
    };
}

mod answers;
mod build;
mod dependencies;
mod detection;
mod extras;
mod report;
mod suggestions;

pub use answers::*;
pub use build::*;
pub use dependencies::*;
pub use detection::*;
pub use extras::*;
pub use report::*;
pub use suggestions::*;

from_js! {
    /// A file or folder of the input.
    pub struct ListedEntry {
        /// `/` between segments.
        pub path: String,
        /// Whether it is a folder.
        pub folder: bool,
        /// In bytes.
        pub size: f64,
        /// What a clock on the wall showed when it was last changed, in milliseconds since 1970.
        pub modified: Option<f64>,
    }

    /// A file that is added to the input.
    pub struct AddedFile {
        /// Its number in the source.
        pub number: u32,
        /// Its name.
        pub path: String,
        /// In bytes.
        pub size: f64,
        /// What a clock on the wall showed when it was last changed, in milliseconds since 1970.
        pub modified: Option<f64>,
    }

    /// Something of the input that was not read.
    pub struct SkippedFolder {
        /// `/` between segments.
        pub path: String,
        /// Why.
        pub reason: String,
        /// Whether it is a folder; true when absent.
        #[serde(default)]
        #[tsify(optional)]
        pub folder: Option<bool>,
    }

    /// How to check.
    pub struct CheckOptions {
        /// What the package is judged as; `gallery` when absent.
        #[serde(default)]
        #[tsify(optional, type = "\"gallery\" | \"webdeploy\" | \"strict\"")]
        pub profile: Option<String>,
        /// Rules, by id or by code, that are off or graded otherwise.
        #[serde(default)]
        #[tsify(optional, type = "Record<string, \"off\" | \"note\" | \"warning\" | \"error\">")]
        pub rules: Option<BTreeMap<String, String>>,
        /// What the person puts into the gallery's form.
        #[serde(default, with = "serde_wasm_bindgen::preserve")]
        #[tsify(optional, type = "GalleryForm")]
        pub form: JsValue,
        /// Whether the report is passed on: secrets are made unreadable in the files that it shows, which
        /// therefore cannot be edited.
        #[serde(default)]
        #[tsify(optional)]
        pub for_others: Option<bool>,
    }

    /// What the person puts into the gallery's form. What is absent is not judged.
    pub struct GalleryForm {
        /// The id of the application in the gallery.
        #[serde(default)]
        #[tsify(optional)]
        pub app_id: Option<String>,
        /// What the application is.
        #[serde(default)]
        #[tsify(optional)]
        pub description: Option<String>,
        /// The same, in a few words.
        #[serde(default)]
        #[tsify(optional)]
        pub brief_description: Option<String>,
        /// Addresses by what they are of: `support`.
        #[serde(default)]
        #[tsify(optional, type = "Record<string, string>")]
        pub urls: Option<BTreeMap<String, String>>,
    }

    /// A package on a disk.
    pub struct Finished {
        /// How large it is.
        pub bytes: f64,
        /// Its SHA-1, hexadecimal.
        pub sha1: String,
    }

    /// How to write the package.
    pub struct BuildOptions {
        /// What a clock on the wall shows now, in milliseconds since 1970: the time of the files
        /// that the packager wrote.
        pub now: f64,
        /// Whether they carry the newest time of the input instead, so that the same input gives
        /// the same bytes.
        #[serde(default)]
        #[tsify(optional)]
        pub reproducible: Option<bool>,
    }
}

to_js! {
    /// What is never read.
    pub struct Junk {
        /// Names of folders, with the reason.
        pub names: BTreeMap<String, String>,
        /// Names of files whose folder is left out, with the reason.
        pub markers: BTreeMap<String, String>,
    }

    /// A rule, as options name it.
    pub struct RuleName {
        /// `area/bad-pattern`.
        pub rule: &'static str,
        /// Its number in the catalogue: `LAY001`.
        pub code: &'static str,
    }

    /// How far the check of every byte is.
    pub struct Verified {
        /// Whether there is no more to do.
        pub done: bool,
        /// How many files were unpacked to their end.
        pub files: f64,
        /// How many files there are.
        pub total_files: f64,
        /// How many bytes were unpacked.
        pub bytes: f64,
        /// How many files are damaged; the next check says which.
        pub damaged: f64,
    }

    /// An application to try the packager with.
    pub struct SampleInfo {
        /// Its name in calls.
        pub id: String,
        /// Its name for people.
        pub title: String,
        /// What it shows; a sentence.
        pub description: String,
    }

    /// A file of a sample.
    pub struct SampleFile {
        /// `/` between segments.
        pub path: String,
        /// Its content.
        #[serde(serialize_with = "as_bytes")]
        #[tsify(type = "Uint8Array")]
        pub bytes: Vec<u8>,
    }
}

fn as_bytes<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(bytes)
}
