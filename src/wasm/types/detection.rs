//! How the application starts, as the report says it.

use serde::Serialize;
use tsify::Tsify;

to_js! {
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
        /// The file that is written for it, in the application's root; null when it needs none.
        pub loader: Option<String>,
        /// What speaks for it.
        pub evidence: Vec<Evidence>,
        /// All ways that were found, best first.
        pub candidates: Vec<Candidate>,
        /// Why nothing certain was found, or what else is needed; sentences.
        pub missing: Vec<String>,
    }

    /// A way to start the application.
    pub struct Candidate {
        /// The framework as people write it; `WSGI` for what uses none.
        pub framework: String,
        /// What it speaks; wfastcgi calls WSGI only.
        #[tsify(type = "\"wsgi\" | \"asgi\" | \"server\"")]
        pub protocol: &'static str,
        /// `module:object`, or `module:factory()`.
        pub entry_point: String,
        /// The settings module of Django.
        pub settings: Option<String>,
        /// Folders below the application's root that Python imports from.
        pub python_path: Vec<String>,
        /// What speaks for it.
        pub evidence: Vec<Evidence>,
        /// The file that is written for it, in the application's root; null when it needs none.
        pub loader: Option<String>,
        /// The package that this file needs beside what the application needs.
        pub needs: Option<String>,
        /// Whether it is only taken when a person chooses it.
        pub only_offered: bool,
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
}
