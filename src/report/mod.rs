//! What is said about a package: the facts, and one file per format.

mod address;
mod dependencies;
mod form;
mod groups;
mod host;
pub mod html;
pub mod install;
pub mod json_text;
pub mod markdown;
pub mod sarif;
pub mod sha1;
mod suggestions;
pub mod text;
mod wheels;

pub use dependencies::{Dependencies, DependencyItem, advice};
pub use form::{Finished, Form};
pub use host::Host;
pub use suggestions::Suggestions;
pub use wheels::WheelItem;

use crate::contents::Contents;
use crate::detect::{Candidate, Detection};
use crate::diagnostic::{Location, Profile, Severity};
use crate::fix::{Edit, Fix};
use crate::limits;
use crate::model::{Install, Kind};
use crate::path::PackagePath;
use crate::publish;
use crate::rules::{Finding, Rule};
use crate::secret;
use crate::select::{LeftOut, Offers};
use crate::text::{Position, Span};

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
    /// The host, the Python of it, and what has to be there.
    pub host: Option<Host>,
    /// Folders that could be the application's root instead, with the reason.
    pub roots: Vec<(PackagePath, String)>,
    /// What is wrong, errors first; at most `limits::DIAGNOSTICS_PER_RULE` of one rule.
    pub diagnostics: Vec<Item>,
    /// How many of each there are, those that were cut off included: errors, warnings, notes.
    pub counts: [usize; 3],
    /// What an installer would ask, in order, and what it would not show.
    pub install: Install,
    /// The rules that somebody turned off, or graded otherwise.
    pub grades: Vec<(&'static Rule, Option<Severity>)>,
    /// What the gallery's form asks of a package; nothing when it is none of the gallery.
    pub form: Option<Form>,
    /// What it needs of others; nothing when it needs nothing.
    pub dependencies: Option<Dependencies>,
    /// The wheels that came with it.
    pub wheels: Vec<WheelItem>,
    /// The tree of the package, in tree order: a folder right before what it holds.
    pub files: Vec<PackageFile>,
    /// What is not packed.
    pub left_out: Vec<LeftOut>,
    /// What else could be left out.
    pub offers: Offers,
    /// What could be asked for beyond the application.
    pub suggestions: Suggestions,
    /// The four files, as far as they are there, and whatever else was written.
    pub shown: Vec<ShownFile>,
    /// The name of the package: `shop.zip`.
    pub package_name: String,
    /// The application's folder in the package; nothing when there is none.
    pub app_folder: Option<PackagePath>,
}

/// What an input came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// A folder.
    Folder,
    /// A ZIP.
    Zip,
    /// A file that came by itself.
    File,
}

impl Container {
    /// The word for it in reports: `folder`, `zip`, `file`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Folder => "folder",
            Self::Zip => "zip",
            Self::File => "file",
        }
    }
}

/// A format of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For a terminal.
    Text,
    /// SARIF 2.1.0, for code hosts.
    Sarif,
    /// Markdown, as code hosts render it.
    Markdown,
    /// One page that needs nothing else.
    Html,
}

impl Format {
    /// The format with a name: `text`, `sarif`, `markdown`, `html`.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Some(match name {
            "text" => Self::Text,
            "sarif" => Self::Sarif,
            "markdown" => Self::Markdown,
            "html" => Self::Html,
            _ => return None,
        })
    }
}

/// Writes a report in a format.
#[must_use]
pub fn render(report: &Report, format: Format) -> String {
    match format {
        Format::Text => text::render(report),
        Format::Sarif => sarif::render(report),
        Format::Markdown => markdown::render(report),
        Format::Html => html::render(report),
    }
}

/// What was dropped.
#[derive(Debug)]
pub struct InputFacts {
    /// The name of the folder or the file.
    pub name: String,
    /// What it came in.
    pub container: Container,
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
    /// What each of its fixes changes, where that is nothing but text of files and can be shown.
    pub changes: Vec<Vec<Change>>,
}

/// A change of a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Change {
    /// The file.
    pub file: PackagePath,
    /// Where what is taken out begins.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
    /// What comes in its place.
    pub text: String,
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
    /// The wheel that it comes from, as the input names it.
    pub wheel: Option<String>,
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
    /// Whether secrets in it are made unreadable, so that it cannot be edited here.
    pub masked: bool,
}

/// Gives each finding its place, and cuts off what one rule says too often.
#[must_use]
pub fn items(findings: &[Finding], contents: &Contents<'_>) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for (index, finding) in findings.iter().enumerate() {
        let same = items.iter().filter(|item| item.finding.rule.id == finding.rule.id).count();
        if same < limits::DIAGNOSTICS_PER_RULE {
            let place = place(&finding.diagnostic.location, contents);
            let changes = finding.diagnostic.fixes.iter().map(|fix| changes(fix, contents)).collect();
            items.push(Item { index, finding: finding.clone(), place, changes });
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

/// The place of a location, when it is one in a text. Secrets in the line are made unreadable.
#[must_use]
pub fn place(location: &Location, contents: &Contents<'_>) -> Option<Place> {
    let (file, span) = (location.file.as_ref()?, location.span?);
    let path = PackagePath::new(file).ok()?;
    let text = contents.text(&path)?;
    let (start, end) = (text.position(span.start), text.position(span.end));
    let line = text.line(start.line);
    let first = text.line_start(start.line);
    let mut hidden = secrets(contents, &path);
    let in_line = secret::address_passwords(line).into_iter();
    hidden.extend(in_line.map(|span| Span::new(first + span.start, first + span.end)));
    let line = publish::mask(line, first, &hidden);
    Some(Place { start, end, line })
}

/// Where a file holds secrets: those of publishing, and those that are written out anywhere.
#[must_use]
pub fn secrets(contents: &Contents<'_>, path: &PackagePath) -> Vec<Span> {
    let written = contents.secrets(path);
    let written = written.iter().flat_map(|secrets| secrets.iter()).map(|secret| secret.span);
    publish::secrets(contents, path).into_iter().chain(written).collect()
}

/// What a fix changes, when that is nothing but text and tells no secret; else nothing.
fn changes(fix: &Fix, contents: &Contents<'_>) -> Vec<Change> {
    let mut out = Vec::new();
    for edit in &fix.edits {
        let Edit::Replace { file, span, text } = edit else { return Vec::new() };
        let Some(old) = contents.text(file) else { return Vec::new() };
        let told = |secret: &Span| secret.start < span.end && span.start < secret.end && !text.is_empty();
        if secrets(contents, file).iter().any(told) {
            return Vec::new();
        }
        let (start, end) = (old.position(span.start), old.position(span.end));
        out.push(Change { file: file.clone(), start, end, text: text.clone() });
    }
    out
}
