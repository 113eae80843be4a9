//! What is wrong, where, how bad it is, and what to do.

use crate::fix::Fix;
use crate::path::PackagePath;
use crate::text::Span;

/// How bad a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// It may fail, or does something else than meant.
    Warning,
    /// It cannot be installed, or does not start.
    Error,
}

impl Severity {
    /// The word for it: `error`, `warning`, `note`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What a package is judged as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Profile {
    /// A package of the Web App Gallery.
    #[default]
    Gallery,
    /// Any package that Web Deploy installs.
    WebDeploy,
    /// A package of the Web App Gallery, as hard as the gallery's own validator judged it.
    Strict,
}

impl Profile {
    /// Every profile, the default first.
    pub const ALL: [Self; 3] = [Self::Gallery, Self::WebDeploy, Self::Strict];

    /// Its name in options and reports: `gallery`, `webdeploy`, `strict`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gallery => "gallery",
            Self::WebDeploy => "webdeploy",
            Self::Strict => "strict",
        }
    }

    /// The profile with a name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.as_str() == name)
    }
}

/// A place: the whole package, a file or folder of it, or a span of a text file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// As the package spells it; nothing when the whole package is meant.
    pub file: Option<String>,
    /// Where in the decoded text.
    pub span: Option<Span>,
}

impl Location {
    /// The whole package.
    #[must_use]
    pub const fn package() -> Self {
        Self { file: None, span: None }
    }

    /// A whole file or folder.
    #[must_use]
    pub fn file(path: &PackagePath) -> Self {
        Self { file: Some(path.as_str().to_owned()), span: None }
    }

    /// A place in a text file.
    #[must_use]
    pub fn span(path: &PackagePath, span: Span) -> Self {
        Self { file: Some(path.as_str().to_owned()), span: Some(span) }
    }

    /// An entry whose name cannot be a path.
    #[must_use]
    pub fn raw(name: &str) -> Self {
        Self { file: Some(name.to_owned()), span: None }
    }
}

/// One thing that a rule found.
///
/// `message` is one lower-case sentence without a final dot that says what is wrong, `consequence`
/// says what happens on the server because of it, `help` says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What is wrong.
    pub message: String,
    /// What happens on the server because of it; a sentence.
    pub consequence: String,
    /// What to do; a sentence.
    pub help: String,
    /// Where.
    pub location: Location,
    /// What mends it, best first.
    pub fixes: Vec<Fix>,
    /// Another severity than the rule's, for rules that grade their diagnostics.
    pub severity: Option<Severity>,
}

impl Diagnostic {
    /// A diagnostic with a message and a place.
    #[must_use]
    pub fn new(location: Location, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            consequence: String::new(),
            help: String::new(),
            location,
            fixes: Vec::new(),
            severity: None,
        }
    }

    /// Says what happens on the server.
    #[must_use]
    pub fn consequence(mut self, text: impl Into<String>) -> Self {
        self.consequence = text.into();
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = text.into();
        self
    }

    /// Adds a fix.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// Grades this diagnostic apart from its rule.
    #[must_use]
    pub const fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }
}
