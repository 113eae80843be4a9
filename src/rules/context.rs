//! What a rule may look at.

use crate::contents::Contents;
use crate::detect::Detection;
use crate::diagnostic::Profile;
use crate::model::{Package, WebConfig};
use crate::path::PackagePath;
use crate::tree::FileTree;

/// A package that is judged.
pub struct Context<'a> {
    /// The whole package.
    pub contents: &'a Contents<'a>,
    /// What its files say.
    pub package: &'a Package,
    /// The application in it, when its folder is there.
    pub app: Option<App<'a>>,
    /// What it is judged as.
    pub profile: Profile,
}

/// The application in a package.
pub struct App<'a> {
    /// Its folder in the package.
    pub folder: &'a PackagePath,
    /// Its files, with paths below that folder.
    pub contents: &'a Contents<'a>,
    /// How it starts, as its code says.
    pub detection: &'a Detection,
}

impl<'a> Context<'a> {
    /// The files of the package.
    #[must_use]
    pub const fn tree(&self) -> &'a FileTree {
        self.contents.tree()
    }

    /// The web.config of the application, when it is one that starts Python or when the
    /// application is written in Python: the web.config of another language is none of our business.
    #[must_use]
    pub fn python_web_config(&self) -> Option<&'a WebConfig> {
        let config = self.package.web_config.as_ref()?;
        (config.starts_python() || self.is_python()).then_some(config)
    }

    /// The entry point that was found in the code, as wfastcgi wants it.
    #[must_use]
    pub fn entry_point(&self) -> Option<String> {
        Some(self.app.as_ref()?.detection.candidates.first()?.entry_point.handler())
    }

    /// Whether the application is written in Python: an entry point was found.
    #[must_use]
    pub fn is_python(&self) -> bool {
        self.app.as_ref().is_some_and(|app| !app.detection.candidates.is_empty())
    }
}
