//! What is said about a package: the facts, and one file per format.

pub mod install;
pub mod text;

use crate::contents::Contents;
use crate::detect::{Candidate, Detection};
use crate::diagnostic::{Location, Profile, Severity};
use crate::limits;
use crate::model::{Install, Kind};
use crate::path::PackagePath;
use crate::rules::Finding;
use crate::select::LeftOut;
use crate::target::{Choice, Target};
use crate::text::Position;

/// Everything that is said about a package.
#[derive(Debug)]
pub struct Report {
    /// What it was judged as.
    pub profile: Profile,
    /// What was dropped.
    pub input: InputFacts,
    /// How the application starts, as its code says; nothing when there is no application to read.
    pub detection: Option<Detection>,
    /// The way that is taken.
    pub chosen: Option<Candidate>,
    /// The host, and the Python of it.
    pub target: Option<(&'static Target, Choice)>,
    /// Folders that could be the application's root instead, with the reason.
    pub roots: Vec<(PackagePath, String)>,
    /// What is wrong, errors first; at most `limits::DIAGNOSTICS_PER_RULE` of one rule.
    pub diagnostics: Vec<Item>,
    /// How many of each there are, those that were cut off included: errors, warnings, notes.
    pub counts: [usize; 3],
    /// What an installer would ask, in order, and what it would not show.
    pub install: Install,
    /// The tree of the package.
    pub files: Vec<PackageFile>,
    /// What is not packed.
    pub left_out: Vec<LeftOut>,
    /// The four files, as far as they are there.
    pub shown: Vec<ShownFile>,
    /// The name of the package: `shop.zip`.
    pub package_name: String,
    /// The application's folder in the package; nothing when there is none.
    pub app_folder: Option<PackagePath>,
}

/// What was dropped.
#[derive(Debug)]
pub struct InputFacts {
    /// The name of the folder or the ZIP.
    pub name: String,
    /// Whether it is a ZIP.
    pub zip: bool,
    /// What it is.
    pub kind: Kind,
    /// The folder of it that is packed; nothing for all of it.
    pub root: Option<PackagePath>,
    /// How many files there are.
    pub files: usize,
    /// How large they are together, in bytes.
    pub bytes: u64,
}

/// A finding with its place as people count.
#[derive(Debug)]
pub struct Item {
    /// Its number in the list of findings, to which fix ids refer.
    pub index: usize,
    /// The finding.
    pub finding: Finding,
    /// Where, when the file is text.
    pub place: Option<Place>,
}

/// A place in a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Place {
    /// Where it begins.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
    /// The line where it begins, without its end.
    pub line: String,
}

/// Where the bytes of a packed file are from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// From the input, untouched.
    Input,
    /// Written by us.
    New,
    /// From the input, changed by us.
    Changed,
}

impl State {
    /// The word for it: `input`, `new`, `changed`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::New => "new",
            Self::Changed => "changed",
        }
    }
}

/// A file or folder of the package.
#[derive(Debug)]
pub struct PackageFile {
    /// Where it lies.
    pub path: PackagePath,
    /// Whether it is a folder.
    pub folder: bool,
    /// In bytes.
    pub size: u64,
    /// Where its bytes are from.
    pub state: State,
}

/// One of the four files, whole.
#[derive(Debug)]
pub struct ShownFile {
    /// Where it lies.
    pub path: PackagePath,
    /// Where its bytes are from.
    pub state: State,
    /// Its text.
    pub text: String,
    /// Its text in the input, when that was another.
    pub before: Option<String>,
}

/// Gives each finding its place, and cuts off what one rule says too often.
#[must_use]
pub fn items(findings: &[Finding], contents: &Contents<'_>) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for (index, finding) in findings.iter().enumerate() {
        let same = items.iter().filter(|item| item.finding.rule.id == finding.rule.id).count();
        if same < limits::DIAGNOSTICS_PER_RULE {
            let place = place(&finding.diagnostic.location, contents);
            items.push(Item { index, finding: finding.clone(), place });
        }
    }
    items
}

/// How many findings of each severity there are: errors, warnings, notes.
#[must_use]
pub fn counts(findings: &[Finding]) -> [usize; 3] {
    [Severity::Error, Severity::Warning, Severity::Note]
        .map(|severity| findings.iter().filter(|finding| finding.severity == severity).count())
}

/// The place of a location, when it is one in a text.
#[must_use]
pub fn place(location: &Location, contents: &Contents<'_>) -> Option<Place> {
    let (file, span) = (location.file.as_ref()?, location.span?);
    let text = contents.text(&PackagePath::new(file).ok()?)?;
    let (start, end) = (text.position(span.start), text.position(span.end));
    Some(Place { start, end, line: text.line(start.line).to_owned() })
}
