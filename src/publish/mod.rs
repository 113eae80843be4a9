//! Files that belong to publishing and come by themselves: a publish profile, values for
//! parameters, a command line. None of them is a package. And what the gallery's form is given.

pub mod command_line;
mod form;
pub mod profile;
mod secrets;
pub mod set_parameters;

use std::rc::Rc;

use crate::contents::Contents;
use crate::path::PackagePath;
use crate::xml;

pub use command_line::Script;
pub use form::FormData;
pub use profile::PublishProfile;
pub use secrets::{SECRET, mask, secrets};
pub use set_parameters::SetParameters;

/// A file that was dropped by itself and is known.
#[derive(Debug)]
pub enum Alone {
    /// Where to publish to, and as whom.
    Profile(PublishProfile),
    /// What an installer answers.
    SetParameters(SetParameters),
    /// A script that calls msdeploy.
    CommandLine(Script),
}

/// An XML file and its tree.
#[derive(Clone, Debug)]
pub struct Markup {
    /// Where the file lies.
    pub path: PackagePath,
    /// Its tree.
    pub document: Rc<xml::Document>,
}

impl Markup {
    /// The root element; nothing when the file has none.
    #[must_use]
    pub fn root(&self) -> Option<&xml::Element> {
        self.document.root.as_ref()
    }
}

/// What the only file of a tree is, when it is one of these.
#[must_use]
pub fn read(contents: &Contents<'_>) -> Option<Alone> {
    let mut entries = contents.tree().entries();
    let only = entries.next().filter(|entry| !entry.folder && entry.path.depth() == 1)?;
    if entries.next().is_some() {
        return None;
    }
    let path = &only.path;
    let name = path.name().to_ascii_lowercase();
    let markup = || Some(Markup { path: path.clone(), document: contents.xml(path)? });
    match Sort::of(&name)? {
        Sort::Profile => Some(Alone::Profile(PublishProfile::read(markup()?))),
        Sort::SetParameters => Some(Alone::SetParameters(SetParameters::read(markup()?))),
        Sort::Xml => {
            let markup = markup()?;
            let root = markup.root()?;
            let is = |name: &str| root.is_ignoring_case(name);
            let has = |name: &str| root.elements().any(|child| child.is_ignoring_case(name));
            if is("publishData") || is("publishProfile") {
                Some(Alone::Profile(PublishProfile::read(markup)))
            } else if is("parameters") && has("setParameter") && !has("parameter") {
                Some(Alone::SetParameters(SetParameters::read(markup)))
            } else {
                None
            }
        }
        Sort::Script => {
            let text = contents.text(path)?;
            Script::read(path, text.as_str()).map(Alone::CommandLine)
        }
    }
}

/// What a file can be by its name.
enum Sort {
    Profile,
    SetParameters,
    Xml,
    Script,
}

impl Sort {
    fn of(name: &str) -> Option<Self> {
        let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        if ends(&[".publishsettings", ".pubxml", ".pubxml.user"]) {
            Some(Self::Profile)
        } else if ends(&["setparameters.xml"]) {
            Some(Self::SetParameters)
        } else if ends(&[".xml"]) {
            Some(Self::Xml)
        } else if ends(&[".cmd", ".bat", ".ps1", ".txt"]) {
            Some(Self::Script)
        } else {
            None
        }
    }
}
