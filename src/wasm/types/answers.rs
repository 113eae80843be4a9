//! What a person decides, as it comes from JavaScript.

use serde::Deserialize;
use tsify::Tsify;

use super::{AliasAnswer, DatabaseAnswer, FromJs, ParameterAnswer, StaticFolderAnswer};

from_js! {
    /// What the person decides. What is absent is decided by what is found.
    pub struct Answers {
        /// Where the package will run: `azure-classic`, `azure-extension`, `iis-wfastcgi` or `iis-httpplatform`.
        #[serde(default)]
        #[tsify(optional)]
        pub target: Option<String>,
        /// A version of Python, such as `3.12`, or the path of `python.exe` on the server.
        #[serde(default)]
        #[tsify(optional)]
        pub interpreter: Option<String>,
        /// The folder of the server that the application is installed to.
        #[serde(default)]
        #[tsify(optional)]
        pub site_root: Option<String>,
        /// What HttpPlatformHandler starts: arguments for the interpreter, or a program and its arguments.
        #[serde(default)]
        #[tsify(optional)]
        pub command: Option<String>,
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
        /// Whether what a `.gitignore` names is left out.
        #[serde(default)]
        #[tsify(optional)]
        pub gitignore: Option<bool>,
        /// Whether the tests of bundled packages are left out.
        #[serde(default)]
        #[tsify(optional)]
        pub leave_out_tests: Option<bool>,
        /// Folders below the application's root that it may write to.
        #[serde(default)]
        #[tsify(optional)]
        pub writable_folders: Option<Vec<String>>,
        /// SQL scripts that set up a database; they are moved beside the application's folder.
        #[serde(default)]
        #[tsify(optional)]
        pub databases: Option<Vec<DatabaseAnswer>>,
        /// Files that are copied while the package is installed.
        #[serde(default)]
        #[tsify(optional)]
        pub aliases: Option<Vec<AliasAnswer>>,
        /// What the installer is asked for.
        #[serde(default)]
        #[tsify(optional)]
        pub parameters: Option<Vec<ParameterAnswer>>,
        /// Whether `runtime.txt` is written.
        #[serde(default)]
        #[tsify(optional)]
        pub runtime_txt: Option<bool>,
        /// The folders whose files are served as they are, instead of those that are found.
        #[serde(default)]
        #[tsify(optional)]
        pub static_folders: Option<Vec<StaticFolderAnswer>>,
    }
}
