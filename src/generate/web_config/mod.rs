//! web.config: a new one, or what an existing one lacks.
//!
//! ```text
//! Plan -> settings, handlers, rewrite, process -> new file
//! Plan + WebConfig -> what it lacks of these   -> edits
//! ```

mod complete;
mod handlers;
mod lines;
mod process;
pub mod rewrite;
mod settings;

pub use complete::complete;
pub use process::ServerCommand;
pub use rewrite::StaticFolder;

use crate::path::PackagePath;
use crate::target::{Choice, Hosting, Target};
use lines::indent;

/// What web.config has to say.
#[derive(Debug)]
pub struct Plan<'a> {
    /// Where it will run.
    pub target: &'a Target,
    /// The interpreter.
    pub choice: &'a Choice,
    /// The folder that the application is installed to; `.` for paths relative to it.
    pub site_root: String,
    /// What wfastcgi looks up; nothing when no entry point is known.
    pub wsgi_handler: Option<String>,
    /// `DJANGO_SETTINGS_MODULE`.
    pub settings: Option<&'a str>,
    /// Folders below the application's root that Python imports from.
    pub python_path: &'a [PackagePath],
    /// What `HttpPlatformHandler` starts; nothing when no entry point is known.
    pub command: Option<ServerCommand>,
    /// Folders whose files anyone may fetch.
    pub static_folders: &'a [StaticFolder],
    /// Files at the root that anyone may fetch: `favicon.ico`.
    pub root_files: &'a [String],
}

/// A new web.config.
#[must_use]
pub fn new(plan: &Plan<'_>) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<configuration>\n".to_owned();
    match plan.target.hosting {
        Hosting::FastCgi => {
            out.push_str(&indent(&settings::section(plan), 1));
            let server = [handlers::section(plan, handlers::FAST_CGI), rewrite::section(plan, rewrite::RULE)];
            out.push_str(&indent(&lines::server(&server), 1));
        }
        Hosting::HttpPlatform => {
            let server = [
                handlers::section(plan, handlers::HTTP_PLATFORM),
                process::section(plan),
                rewrite::section(plan, rewrite::RULE),
            ];
            out.push_str(&indent(&lines::server(&server), 1));
        }
    }
    out.push_str("</configuration>\n");
    out
}
