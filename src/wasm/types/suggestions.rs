//! What a person could ask for beyond the application, as the report says it.

use serde::Serialize;
use tsify::Tsify;

use super::Evidence;

to_js! {
    /// What could be asked for beyond the application; nothing of it is done unless an answer says so.
    pub struct Suggestions {
        /// Folders that the application writes to: for `writableFolders`.
        pub writable: Vec<WritableFolder>,
        /// SQL scripts: for `databases`.
        pub scripts: Vec<SqlScript>,
        /// Settings of the application in web.config: for `parameters`.
        pub settings: Vec<String>,
        /// Folders whose files are served as they are: for `staticFolders`.
        pub static_folders: Vec<StaticFolder>,
        /// For `runtimeTxt`.
        pub runtime: Runtime,
    }

    /// What `runtime.txt` would say.
    pub struct Runtime {
        /// The text; null when it is not written.
        pub text: Option<String>,
        /// Why it is not written; a sentence.
        pub why: Option<String>,
    }

    /// A folder that the application writes to.
    pub struct WritableFolder {
        /// Below the application's root; empty for the root itself.
        pub folder: String,
        /// Whether code lies in it, so that it should not be made writable.
        pub code: bool,
        /// What says so.
        pub evidence: Evidence,
    }

    /// A script.
    pub struct SqlScript {
        /// The file.
        pub script: String,
        /// What it looks written for; null when it does not show.
        #[tsify(type = "\"SQL\" | \"MySQL\" | null")]
        pub engine: Option<&'static str>,
        /// Whether it was added on top, so that it can be taken away again.
        pub added: bool,
    }

    /// A folder whose files are served as they are.
    pub struct StaticFolder {
        /// What their addresses begin with.
        pub url: String,
        /// Below the application's root.
        pub folder: String,
        /// What says so.
        pub evidence: Evidence,
    }
}
