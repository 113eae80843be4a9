//! What an application needs of others, and the wheels that came with it.

use serde::Serialize;
use tsify::Tsify;

to_js! {
    /// A wheel that came with an application.
    pub struct Wheel {
        /// As the input names it.
        pub file: String,
        /// The project, as the name of the file spells it; empty when that says nothing.
        pub project: String,
        /// Its version.
        pub version: String,
        /// Whether it was added on top, so that it can be taken away again.
        pub added: bool,
        /// How many files were unpacked.
        pub files: f64,
        /// Why it was not unpacked; null when it was.
        pub problem: Option<String>,
    }

    /// What an application needs of others.
    pub struct Dependencies {
        /// The Python that it is judged for: `Python 3.12 (64 bits)`; null when it is not known.
        pub python: Option<String>,
        /// What counts on that Python; of what bundled packages need, only what is missing.
        pub list: Vec<Dependency>,
        /// What to do about what is missing; null when nothing is.
        pub advice: Option<String>,
        /// The line that downloads wheels of what is missing.
        pub download: Option<String>,
        /// The line that puts it into the application's folder, given there.
        pub install: Option<String>,
        /// What could not be followed; sentences.
        pub notes: Vec<String>,
    }

    /// Something that an application needs.
    pub struct Dependency {
        /// The project.
        pub project: String,
        /// What to ask pip for.
        pub requirement: String,
        /// Whether it has to be fetched by hand from an address.
        pub addressed: bool,
        /// The file that says so, below the application's root.
        pub file: String,
        /// From 1; null when it is the whole file.
        pub line: Option<u32>,
        /// What it says.
        pub text: String,
        /// Whether it is in the application.
        pub bundled: bool,
        /// Its version there, where that can be told.
        pub version: Option<String>,
    }
}
