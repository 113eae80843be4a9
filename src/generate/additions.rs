//! What a package does beyond copying the application: rights, databases, copies, questions.
//!
//! Everything is added by edits, to new files and to those of a person alike.

mod access;
mod alias;
mod database;
mod question;
mod setting;

use crate::fix::Edit;
use crate::model::{Package, Parameters};
use crate::path::PackagePath;
use crate::text::Text;
use crate::xml::{append_child, escape};

pub use alias::Alias;
pub use database::{DatabaseEngine, DatabaseScript};
pub use question::{Question, Target, Validation};
pub use setting::add_setting;

/// What is wanted; paths are those of the package.
#[derive(Debug, Default)]
pub struct Additions {
    /// Folders that the application may write to.
    pub writable: Vec<PackagePath>,
    /// Scripts that set up databases.
    pub scripts: Vec<DatabaseScript>,
    /// Files that are copied while the package is installed.
    pub aliases: Vec<Alias>,
    /// What the installer is asked for.
    pub questions: Vec<Question>,
}

/// The edits of Manifest.xml and Parameters.xml; none when the package has not both.
#[must_use]
pub fn complete(package: &Package, texts: (&Text, &Text), wanted: &Additions) -> Vec<Edit> {
    let (Some(manifest), Some(parameters)) = (&package.manifest, &package.parameters) else { return Vec::new() };
    let (Some(manifest_root), Some(parameters_root)) = (manifest.root(), parameters.root()) else { return Vec::new() };
    let sound = |problems: &[crate::xml::Problem]| problems.is_empty();
    if !sound(&manifest.source.document.problems) || !sound(&parameters.source.document.problems) {
        return Vec::new();
    }
    let app = manifest.iis_apps().next().and_then(|app| Some((app, parameters.application_path(app)?.name.as_ref()?)));
    let mut lines =
        Lines { providers: Vec::new(), parameters: Vec::new(), names: Names::of(parameters), base: String::new() };
    if let Some((app, name)) = app {
        lines.base.clone_from(&name.text);
        access::add(&mut lines, manifest, app, &wanted.writable);
    }
    database::add(&mut lines, package, (manifest, parameters), &wanted.scripts);
    alias::add(&mut lines, manifest, &wanted.aliases);
    question::add(&mut lines, package, &wanted.questions);
    let mut edits = Vec::new();
    if !lines.providers.is_empty() {
        edits.push(append_child(&manifest.source.path, texts.0, manifest_root, &lines.providers.join("\n")));
    }
    if !lines.parameters.is_empty() {
        edits.push(append_child(&parameters.source.path, texts.1, parameters_root, &lines.parameters.join("\n")));
    }
    edits
}

/// What is added to the two files.
struct Lines {
    providers: Vec<String>,
    parameters: Vec<String>,
    names: Names,
    /// The parameter that says where the application is installed.
    base: String,
}

/// Names of parameters, which are unique in any case.
struct Names(Vec<String>);

impl Names {
    fn of(parameters: &Parameters) -> Self {
        Self(parameters.list.iter().map(|own| own.name_text().to_lowercase()).collect())
    }

    /// Takes a name, else that name with a number after it.
    fn take(&mut self, name: &str) -> String {
        self.first(std::iter::once(name.to_owned()).chain((2..).map(|number| format!("{name}{number}"))))
    }

    /// Takes a name with a number after it in any case.
    fn take_numbered(&mut self, name: &str) -> String {
        self.first((1..).map(|number| format!("{name}{number}")))
    }

    fn first(&mut self, mut names: impl Iterator<Item = String>) -> String {
        let free = names.find(|name| !self.0.contains(&name.to_lowercase())).unwrap_or_default();
        self.0.push(free.to_lowercase());
        free
    }
}

/// A parameter as it is written.
#[derive(Default)]
struct ParameterLines<'a> {
    comment: &'a str,
    name: &'a str,
    friendly_name: Option<&'a str>,
    description: Option<&'a str>,
    default: Option<&'a str>,
    tags: &'a str,
    /// Whole elements: validations, then entries.
    children: Vec<String>,
}

impl ParameterLines<'_> {
    fn text(&self) -> String {
        let mut out = String::new();
        if !self.comment.is_empty() {
            out.push_str(&format!("<!-- {} -->\n", super::comment(self.comment)));
        }
        out.push_str(&format!("<parameter name=\"{}\"", escape(self.name)));
        let optional =
            [("friendlyName", self.friendly_name), ("description", self.description), ("defaultValue", self.default)];
        for (name, value) in optional.into_iter().filter_map(|(name, value)| Some((name, value?))) {
            out.push_str(&format!(" {name}=\"{}\"", escape(value)));
        }
        out.push_str(&format!(" tags=\"{}\"", escape(self.tags)));
        if self.children.is_empty() {
            return out + " />";
        }
        out.push_str(">\n");
        self.children.iter().for_each(|child| out.push_str(&format!("  {child}\n")));
        out + "</parameter>"
    }
}

fn entry(kind: &str, scope: &str, matching: &str) -> String {
    format!("<parameterEntry type=\"{kind}\" scope=\"{}\" match=\"{}\" />", escape(scope), escape(matching))
}

/// An expression that hits nothing but a path.
fn exactly(path: &str) -> String {
    format!("^{}$", crate::model::expression::escape(path))
}

/// A scope that hits one file, as Windows writes its path.
fn scope(file: &PackagePath) -> String {
    let segments = file.segments().map(|segment| format!("\\\\{}", crate::model::expression::escape(segment)));
    segments.collect::<String>() + "$"
}
