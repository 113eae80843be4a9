//! What crosses to JavaScript. The TypeScript declarations and the schema of the JSON report are
//! made from these types; sizes are bytes, lines and columns count from 1, columns in UTF-16 units.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};
use tsify::Tsify;

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

/// Declares types that come from JavaScript.
macro_rules! from_js {
    ($($(#[$meta:meta])* pub struct $name:ident { $($(#[$field:meta])* pub $key:ident: $type:ty,)* })*) => {
        $($(#[$meta])*
        #[derive(Deserialize, Tsify)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub struct $name { $($(#[$field])* pub $key: $type,)* })*
    };
}

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

    /// Something of the input that was not read.
    pub struct SkippedFolder {
        /// `/` between segments.
        pub path: String,
        /// Why.
        pub reason: String,
    }

    /// What the person decides. What is absent is decided by what is found.
    pub struct Answers {
        /// Where the package will run: `azure-classic`.
        #[serde(default)]
        #[tsify(optional)]
        pub target: Option<String>,
        /// The application's folder in the package.
        #[serde(default)]
        #[tsify(optional)]
        pub app_folder: Option<String>,
        /// The folder of the input that is packed; empty for all of it.
        #[serde(default)]
        #[tsify(optional)]
        pub root: Option<String>,
        /// `module:object`, or `module:factory()`.
        #[serde(default)]
        #[tsify(optional)]
        pub entry_point: Option<String>,
        /// The settings module of Django.
        #[serde(default)]
        #[tsify(optional)]
        pub settings: Option<String>,
        /// Folders below the application's root that Python imports from.
        #[serde(default)]
        #[tsify(optional)]
        pub python_path: Option<Vec<String>>,
        /// Whether a package gets the files that it lacks; an application always gets them.
        #[serde(default)]
        #[tsify(optional)]
        pub complete: Option<bool>,
        /// Paths of files or folders, or names with `*` in them, to leave out.
        #[serde(default)]
        #[tsify(optional)]
        pub excludes: Option<Vec<String>>,
        /// Paths of files or folders to include in any case.
        #[serde(default)]
        #[tsify(optional)]
        pub includes: Option<Vec<String>>,
    }

    /// How to check.
    pub struct CheckOptions {
        /// What the package is judged as; `gallery` when absent.
        #[serde(default)]
        #[tsify(optional, type = "\"gallery\" | \"webdeploy\"")]
        pub profile: Option<String>,
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

    /// What will be written.
    pub struct BuildStart {
        /// The name of the package.
        pub name: String,
        /// How many files it will have.
        pub files: f64,
        /// How many bytes they are before compression.
        pub bytes: f64,
    }

    /// A part of the package. Laid at their offsets, all of them are the ZIP.
    pub struct Piece {
        /// Where it belongs.
        pub offset: f64,
        /// May be empty.
        #[serde(serialize_with = "as_bytes")]
        #[tsify(type = "Uint8Array")]
        pub bytes: Vec<u8>,
        /// How many files are done.
        pub files: u32,
        /// How many bytes of files are done, before compression.
        pub read: f64,
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

    /// Everything that is said about a package.
    pub struct Report {
        /// Of this format.
        #[tsify(type = "1")]
        pub version: u32,
        /// What made the report.
        pub tool: Tool,
        /// What the package was judged as.
        #[tsify(type = "\"gallery\" | \"webdeploy\"")]
        pub profile: &'static str,
        /// What was dropped.
        pub input: Input,
        /// How the application starts; null when there is no application to read.
        pub detection: Option<Detection>,
        /// The host; null when nothing is written for one.
        pub target: Option<Target>,
        /// Folders that could be the application's root instead.
        pub roots: Vec<Root>,
        /// How many diagnostics there are, those that are not listed included.
        pub counts: Counts,
        /// What is wrong, errors first.
        pub diagnostics: Vec<Diagnostic>,
        /// The tree of the package.
        pub files: Vec<PackageFile>,
        /// What is not packed.
        pub left_out: Vec<LeftOut>,
        /// Manifest.xml, Parameters.xml, web.config and handler.fcgi, as far as they are there.
        pub shown: Vec<ShownFile>,
        /// What will be saved.
        pub package: Package,
    }

    /// What made a report.
    pub struct Tool {
        /// `gallery-packager`.
        pub name: &'static str,
        /// Of the packager.
        pub version: &'static str,
    }

    /// What was dropped.
    pub struct Input {
        /// The name of the folder or the ZIP.
        pub name: String,
        /// What it came in.
        #[tsify(type = "\"folder\" | \"zip\"")]
        pub container: &'static str,
        /// What it is.
        #[tsify(type = "\"application\" | \"gallery-package\" | \"web-deploy-package\"")]
        pub kind: &'static str,
        /// The folder of it that is packed; empty for all of it.
        pub root: String,
        /// How many files it has.
        pub files: f64,
        /// How many bytes they are together.
        pub bytes: f64,
    }

    /// How the application starts.
    pub struct Detection {
        /// Null when nothing was found.
        pub framework: Option<String>,
        /// `module:object`, or `module:factory()`.
        pub entry_point: Option<String>,
        /// The settings module of Django.
        pub settings: Option<String>,
        /// Folders below the application's root that Python imports from.
        pub python_path: Vec<String>,
        /// What speaks for it.
        pub evidence: Vec<Evidence>,
        /// All ways that were found, best first.
        pub candidates: Vec<Candidate>,
        /// Why nothing certain was found, or what else is needed; sentences.
        pub missing: Vec<String>,
    }

    /// A way to start the application.
    pub struct Candidate {
        /// `Django`, `Flask`, `WSGI`.
        pub framework: String,
        /// `module:object`, or `module:factory()`.
        pub entry_point: String,
        /// The settings module of Django.
        pub settings: Option<String>,
        /// Folders below the application's root that Python imports from.
        pub python_path: Vec<String>,
        /// What speaks for it.
        pub evidence: Vec<Evidence>,
    }

    /// Something that a person can look up.
    pub struct Evidence {
        /// Below the application's root.
        pub file: String,
        /// From 1; null when the whole file is meant.
        pub line: Option<u32>,
        /// What it says.
        pub text: String,
    }

    /// The host.
    pub struct Target {
        /// Its name in answers.
        pub id: &'static str,
        /// Its name for people.
        pub name: &'static str,
        /// `python.exe|wfastcgi.py`, as the handler starts it.
        pub interpreter: &'static str,
        /// Why this interpreter; a sentence.
        pub reason: String,
        /// Every target.
        pub choices: Vec<TargetChoice>,
    }

    /// A target that can be chosen.
    pub struct TargetChoice {
        /// Its name in answers.
        pub id: &'static str,
        /// Its name for people.
        pub name: &'static str,
    }

    /// A folder that could be the application's root.
    pub struct Root {
        /// `/` between segments.
        pub path: String,
        /// What speaks for it; a sentence.
        pub reason: String,
    }

    /// How many there are.
    pub struct Counts {
        /// It cannot be installed, or does not start.
        pub errors: f64,
        /// It may fail.
        pub warnings: f64,
        /// Worth knowing.
        pub notes: f64,
    }

    /// One thing that is wrong.
    pub struct Diagnostic {
        /// In this report.
        pub id: String,
        /// `area/bad-pattern`.
        pub rule: &'static str,
        /// Its number in the catalogue: `LAY001`.
        pub code: &'static str,
        /// How bad it is.
        #[tsify(type = "\"error\" | \"warning\" | \"note\"")]
        pub severity: &'static str,
        /// What is wrong; a lower-case sentence without a final dot.
        pub message: String,
        /// What happens on the server; a sentence, or empty.
        pub consequence: String,
        /// What to do; a sentence, or empty.
        pub help: String,
        /// As the package spells it; null when the whole package is meant.
        pub file: Option<String>,
        /// From 1; null when the whole file is meant.
        pub line: Option<u32>,
        /// From 1, in UTF-16 units.
        pub column: Option<u32>,
        /// The place after the last character.
        pub end: Option<Position>,
        /// The line where it begins.
        pub excerpt: Option<Excerpt>,
        /// What mends it, best first.
        pub fixes: Vec<Fix>,
    }

    /// A place in a text.
    pub struct Position {
        /// From 1.
        pub line: u32,
        /// From 1, in UTF-16 units.
        pub column: u32,
    }

    /// A line and the part of it that is meant.
    pub struct Excerpt {
        /// From 1.
        pub line: u32,
        /// Without its end.
        pub text: String,
        /// Where the part begins, from 0, in UTF-16 units.
        pub start: u32,
        /// In UTF-16 units.
        pub length: u32,
    }

    /// What mends a diagnostic.
    pub struct Fix {
        /// For `applyFix`.
        pub id: String,
        /// As a button says it.
        pub title: String,
        /// Whether it can be applied without asking.
        #[tsify(type = "\"safe\" | \"review\" | \"by-hand\"")]
        pub applicability: &'static str,
    }

    /// A file or folder of the package.
    pub struct PackageFile {
        /// `/` between segments.
        pub path: String,
        /// Whether it is a folder.
        pub folder: bool,
        /// In bytes.
        pub size: f64,
        /// Where its bytes are from.
        #[tsify(type = "\"input\" | \"new\" | \"changed\"")]
        pub state: &'static str,
    }

    /// Something that is not packed.
    pub struct LeftOut {
        /// Below the application's root.
        pub path: String,
        /// Whether it is a folder with everything in it.
        pub folder: bool,
        /// In bytes; null for a folder.
        pub size: Option<f64>,
        /// Why.
        pub reason: String,
        /// Whether `includes` can bring it back without reading the input again.
        pub can_include: bool,
    }

    /// A file of the package, whole.
    pub struct ShownFile {
        /// `/` between segments.
        pub path: String,
        /// Where its bytes are from.
        #[tsify(type = "\"input\" | \"new\" | \"changed\"")]
        pub state: &'static str,
        /// Its text.
        pub text: String,
        /// Its text in the input, when that was another.
        pub before: Option<String>,
        /// Its lines, cut into parts to colour.
        pub lines: Vec<Vec<Token>>,
    }

    /// A part of a line.
    pub struct Token {
        /// What it is.
        #[tsify(type = "\"tag\" | \"attribute\" | \"value\" | \"comment\" | \"text\"")]
        pub kind: &'static str,
        /// As written.
        pub text: String,
    }

    /// What will be saved.
    pub struct Package {
        /// The file name.
        pub name: String,
        /// The application's folder in it; empty when there is none.
        pub app_folder: String,
    }
}

fn as_bytes<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(bytes)
}
