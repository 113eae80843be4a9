//! What several rules say or do in the same way.

use crate::archive::Member;
use crate::diagnostic::{Diagnostic, Location};
use crate::fix::Edit;
use crate::model::manifest::Provider;
use crate::model::parameters::Parameter;
use crate::model::{Parameters, Source, expression};
use crate::path::{PackagePath, same_name};
use crate::rules::Context;
use crate::text::{DecodeProblem, Span, Text};
pub(super) use crate::text::{is_shapeless, visible as shown};
use crate::tree::FileTree;
use crate::xml;

/// Reports what is not well-formed in an XML file, or why its bytes are not text.
pub(super) fn not_well_formed(source: &Source, text: Option<&Text>, consequence: &str, out: &mut Vec<Diagnostic>) {
    if let Some(problem) = text.and_then(Text::problem) {
        let (offset, message) = match problem {
            DecodeProblem::Malformed { encoding, offset } => {
                (*offset, format!("the file is not {encoding} from here on"))
            }
            DecodeProblem::Unknown { name } => (0, format!("the encoding `{name}` is not read here")),
        };
        out.push(
            Diagnostic::new(Location::span(&source.path, Span::at(offset)), message)
                .consequence(consequence)
                .help("Save the file as UTF-8."),
        );
        return;
    }
    for problem in &source.document.problems {
        let location = Location::span(&source.path, problem.span);
        out.push(
            Diagnostic::new(location, problem.message.clone())
                .consequence(consequence)
                .help(problem.help.unwrap_or("Correct the markup at this place.")),
        );
    }
}

/// A parameter that a fix writes.
pub(super) struct ParameterXml<'a> {
    /// A name that is free.
    pub(super) name: &'a str,
    /// `defaultValue`.
    pub(super) default: &'a str,
    /// `tags`.
    pub(super) tags: &'a str,
    /// The `scope` of its entry.
    pub(super) scope: &'a str,
}

/// Adds a parameter whose entry targets a provider, after the others.
pub(super) fn add_parameter(
    cx: &Context<'_>,
    parameters: &Parameters,
    parameter: &ParameterXml<'_>,
    provider: &Provider,
) -> Option<Edit> {
    let lines = format!(
        "<parameter name=\"{}\" defaultValue=\"{}\" tags=\"{}\">\n  {}\n</parameter>",
        xml::escape(parameter.name),
        xml::escape(parameter.default),
        parameter.tags,
        entry(parameter.scope, provider),
    );
    let file = &parameters.source.path;
    Some(xml::append_child(file, &*cx.contents.text(file)?, parameters.root()?, &lines))
}

/// Adds an entry that targets a provider to a parameter, after the others.
pub(super) fn add_entry(
    cx: &Context<'_>,
    parameters: &Parameters,
    parameter: &Parameter,
    scope: &str,
    provider: &Provider,
) -> Option<Edit> {
    let file = &parameters.source.path;
    let element = parameters.element(parameter)?;
    Some(xml::append_child(file, &*cx.contents.text(file)?, element, &entry(scope, provider)))
}

/// An entry that targets a provider and no other: anchored, and to the letter.
fn entry(scope: &str, provider: &Provider) -> String {
    let path = xml::escape(&expression::escape(provider.path_text()));
    format!("<parameterEntry type=\"ProviderPath\" scope=\"{scope}\" match=\"^{path}$\" />")
}

/// The one file somewhere in the package that has the name at the end of a path.
pub(super) fn elsewhere<'t>(tree: &'t FileTree, path: &str) -> Option<&'t PackagePath> {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let mut found = tree.files().map(|entry| &entry.path).filter(|path| same_name(path.name(), name));
    found.next().filter(|_| found.next().is_none())
}

/// Whether the package has a file or folder, in any case.
pub(super) fn exists(tree: &FileTree, path: &PackagePath) -> bool {
    tree.file_ignoring_case(path.as_str()).is_some() || tree.folder_ignoring_case(path).is_some()
}

/// What a path of `setAcl` has that the provider does not take; to stand after "has".
pub(super) fn acl_path_problem(path: &str) -> Option<&'static str> {
    let path = path.trim();
    let has = |name: &str| path.split(['/', '\\']).any(|segment| segment == name);
    if path.contains(['*', '?']) {
        Some("a wildcard")
    } else if has("..") {
        Some("a `..` segment")
    } else if has(".") {
        Some("a `.` segment")
    } else {
        path.ends_with('\\').then_some("a backslash at the end")
    }
}

/// Whether a name is what macOS and Windows leave lying about.
pub(super) fn is_clutter(name: &str) -> bool {
    let exact = ["__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"];
    name.starts_with("._") || exact.iter().any(|clutter| clutter.eq_ignore_ascii_case(name))
}

/// The names at the root, without clutter.
pub(super) fn top(tree: &FileTree) -> impl Iterator<Item = PackagePath> {
    tree.top().into_iter().filter(|path| !is_clutter(path.as_str()))
}

/// The only folder at the root, when there is just one; files may lie beside it.
pub(super) fn only_folder(tree: &FileTree) -> Option<PackagePath> {
    let mut folders = top(tree).filter(|path| tree.has_folder(path));
    folders.next().filter(|_| folders.next().is_none())
}

/// One diagnostic about the entries of the ZIP for which something holds: the first by name, the
/// others by their number.
pub(super) fn of_members(
    cx: &Context<'_>,
    holds: impl Fn(&Member) -> bool,
    one: &str,
    several: &str,
) -> Option<Diagnostic> {
    let mut found = cx.archive?.members().iter().filter(|member| holds(member));
    let name = shown(&found.next()?.name);
    let message = match found.count() {
        0 => format!("`{name}` {one}"),
        1 => format!("`{name}` and 1 other entry {several}"),
        others => format!("`{name}` and {others} other entries {several}"),
    };
    Some(Diagnostic::new(Location::raw(&name), message))
}
