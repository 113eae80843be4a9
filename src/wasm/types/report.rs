//! The report, which is also what the command prints as JSON.

use serde::Serialize;
use tsify::Tsify;

use super::{Dependencies, Detection, Suggestions, Wheel};

to_js! {
    /// Everything that is said about a package.
    pub struct Report {
        /// Of this format.
        #[tsify(type = "1")]
        pub version: u32,
        /// What made the report.
        pub tool: Tool,
        /// What the package was judged as.
        #[tsify(type = "\"gallery\" | \"webdeploy\" | \"strict\"")]
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
        /// The rules that somebody turned off or graded otherwise.
        pub grades: Vec<Grade>,
        /// What the gallery's form asks; null when it is no package of the gallery.
        pub form: Option<Form>,
        /// What is wrong, errors first.
        pub diagnostics: Vec<Diagnostic>,
        /// What an installer would ask, and what it would not show, in order.
        pub parameters: Vec<Parameter>,
        /// What it needs of others; null when it needs nothing.
        pub dependencies: Option<Dependencies>,
        /// The wheels that came with it.
        pub wheels: Vec<Wheel>,
        /// The tree of the package, in tree order: a folder right before what it holds.
        pub files: Vec<PackageFile>,
        /// What is not packed.
        pub left_out: Vec<LeftOut>,
        /// What else could be left out.
        pub offers: Offers,
        /// What could be asked for beyond the application.
        pub suggestions: Suggestions,
        /// Manifest.xml, Parameters.xml, web.config and handler.fcgi, as far as they are there, and
        /// whatever else was written.
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
        #[tsify(type = "\"folder\" | \"zip\" | \"file\"")]
        pub container: &'static str,
        /// What it is.
        #[tsify(
            type = "\"application\" | \"gallery-package\" | \"web-deploy-package\" | \"set-parameters\" | \"publish-profile\" | \"command-line\""
        )]
        pub kind: &'static str,
        /// The folder of it that is packed; empty for all of it.
        pub root: String,
        /// How many files it has.
        pub files: f64,
        /// How many bytes they are together.
        pub bytes: f64,
    }

    /// The host.
    pub struct Target {
        /// Its name in answers.
        pub id: &'static str,
        /// Its name for people.
        pub name: &'static str,
        /// `python.exe|wfastcgi.py`, as the handler starts it, or the program of HttpPlatformHandler.
        pub interpreter: String,
        /// Why this interpreter; a sentence.
        pub reason: String,
        /// Why nobody should begin anything new there; a sentence, or null.
        pub retired: Option<&'static str>,
        /// The folder that the application is installed to; `.` when paths are relative to it.
        pub site_root: String,
        /// What HttpPlatformHandler starts the interpreter with; null for wfastcgi.
        pub command: Option<String>,
        /// What has to be on the server.
        pub steps: Vec<ServerStep>,
        /// Every target.
        pub choices: Vec<TargetChoice>,
    }

    /// Something that has to be on the server.
    pub struct ServerStep {
        /// A sentence.
        pub text: String,
        /// Lines for a prompt of an administrator.
        pub commands: Vec<String>,
    }

    /// A target that can be chosen.
    pub struct TargetChoice {
        /// Its name in answers.
        pub id: &'static str,
        /// Its name for people.
        pub name: &'static str,
        /// Why nobody should begin anything new there; a sentence, or null.
        pub retired: Option<&'static str>,
    }

    /// A folder that could be the application's root.
    pub struct Root {
        /// In the input, `/` between segments.
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

    /// A rule that somebody turned off or graded otherwise.
    pub struct Grade {
        /// `area/bad-pattern`.
        pub rule: &'static str,
        /// Its number in the catalogue: `LAY001`.
        pub code: &'static str,
        /// What it counts as.
        #[tsify(type = "\"off\" | \"note\" | \"warning\" | \"error\"")]
        pub grade: &'static str,
    }

    /// What the gallery's form asks.
    pub struct Form {
        /// What has to be on the server before.
        pub dependencies: Vec<&'static str>,
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

    /// A parameter of Parameters.xml, as an installer would ask it.
    pub struct Parameter {
        /// By which others refer to it.
        pub name: String,
        /// What the author calls it.
        pub friendly_name: Option<String>,
        /// What the author says about it.
        pub description: Option<String>,
        /// What stands beside the field.
        pub label: String,
        /// How it is asked.
        #[tsify(type = "\"text\" | \"password\" | \"new-password\" | \"choice\" | \"yes-no\" | \"hidden\"")]
        pub field: &'static str,
        /// What can be chosen; empty for other fields.
        pub choices: Vec<String>,
        /// What stands in it at first, with `{references}` replaced; null when there is no default.
        pub default: Option<String>,
        /// As written.
        pub tags: Vec<String>,
        /// Whether an installer insists on a value.
        pub required: bool,
        /// From 1, among all parameters.
        pub order: u32,
        /// Where the answer goes.
        pub entries: Vec<ParameterEntry>,
    }

    /// Where an answer goes.
    pub struct ParameterEntry {
        /// `ProviderPath`, `TextFile` and so on; empty when it is not said.
        pub kind: String,
        /// As written.
        pub scope: Option<String>,
        /// As written.
        #[serde(rename = "match")]
        pub matching: Option<String>,
        /// What it replaces in this package.
        pub hits: Vec<ParameterHit>,
        /// Whether it replaces more than is listed.
        pub more: bool,
        /// Why it was not checked, or not on every file; a clause.
        pub note: Option<String>,
    }

    /// A text that an answer replaces.
    pub struct ParameterHit {
        /// `/` between segments; the manifest for the path of a provider.
        pub file: String,
        /// The provider whose path it is; null for text in a file.
        pub provider: Option<String>,
        /// From 1.
        pub line: u32,
        /// From 1, in UTF-16 units.
        pub column: u32,
        /// What stands there, cut when it is long.
        pub text: String,
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
        /// The wheel that it comes from, as the input names it; absent for all others.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[tsify(optional)]
        pub wheel: Option<String>,
    }

    /// Something that is not packed.
    pub struct LeftOut {
        /// In the input, as it was dropped.
        pub path: String,
        /// Whether it is a folder with everything in it.
        pub folder: bool,
        /// In bytes, with everything in it; null when it was not read.
        pub size: Option<f64>,
        /// How many files are in a folder; null for a file, and when it was not read.
        pub files: Option<f64>,
        /// Why.
        pub reason: String,
        /// Whether `includes` can bring it back without reading the input again.
        pub can_include: bool,
    }

    /// Answers that leave more out, where there is something for them to leave out.
    pub struct Offers {
        /// There is a `.gitignore`.
        pub gitignore: bool,
        /// There are tests of bundled packages.
        pub leave_out_tests: bool,
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
        /// Whether secrets in it are made unreadable, so that it cannot be edited.
        pub masked: bool,
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
