//! The vocabulary of Web Deploy and IIS, typed: what a package says, with the places where it says it.

pub mod expression;
pub mod install;
pub mod interpreter;
pub mod manifest;
mod masked;
pub mod parameter_entry;
pub mod parameters;
pub mod provider;
pub mod reference;
pub mod rewrite_pattern;
pub mod run;
pub mod served;
pub mod sql;
pub mod static_rule;
pub mod tags;
pub mod web_config;
pub mod wsgi_handler;

use std::rc::Rc;

use crate::contents::Contents;
use crate::path::PackagePath;
use crate::publish::{self, Alone, Markup};
use crate::text::Span;
use crate::tree::FileTree;
use crate::xml;

pub use expression::Engine;
pub use install::Install;
pub use manifest::Manifest;
pub use parameters::Parameters;
pub use web_config::WebConfig;

/// What an input turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The files of an application, not packed yet.
    Application,
    /// A package of the Web App Gallery: Manifest.xml and Parameters.xml at the root.
    GalleryPackage,
    /// A package that msdeploy or Visual Studio made: archive.xml at the root.
    WebDeployPackage,
    /// Values for the parameters of a package, by themselves.
    SetParameters,
    /// A publish profile by itself.
    PublishProfile,
    /// A script or a note with a command line of msdeploy, by itself.
    CommandLine,
}

impl Kind {
    /// The word for it in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::GalleryPackage => "gallery-package",
            Self::WebDeployPackage => "web-deploy-package",
            Self::SetParameters => "set-parameters",
            Self::PublishProfile => "publish-profile",
            Self::CommandLine => "command-line",
        }
    }

    /// Its name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::GalleryPackage => "gallery package",
            Self::WebDeployPackage => "Web Deploy package of msdeploy or Visual Studio",
            Self::SetParameters => "values for the parameters of a package",
            Self::PublishProfile => "publish profile",
            Self::CommandLine => "command line of msdeploy",
        }
    }

    /// Whether it is one file of publishing, which is no package.
    #[must_use]
    pub const fn is_alone(self) -> bool {
        self.area().is_some()
    }

    /// Whether a rule has a say about it: a file that came by itself is judged by its own rules, and
    /// by no others.
    #[must_use]
    pub fn is_judged_by(self, rule: &str) -> bool {
        let area = rule.split('/').next();
        match self.area() {
            Some(own) => area == Some(own),
            None => !["publish", "set-parameters", "command-line"].iter().any(|alone| area == Some(alone)),
        }
    }

    const fn area(self) -> Option<&'static str> {
        match self {
            Self::SetParameters => Some("set-parameters"),
            Self::PublishProfile => Some("publish"),
            Self::CommandLine => Some("command-line"),
            Self::Application | Self::GalleryPackage | Self::WebDeployPackage => None,
        }
    }

    /// What the files are: one of publishing that came by itself, else what their names say.
    #[must_use]
    pub fn read(contents: &Contents<'_>) -> Self {
        publish::read(contents).map_or_else(|| Self::of(contents.tree()), |alone| Self::of_alone(&alone))
    }

    const fn of_alone(alone: &Alone) -> Self {
        match alone {
            Alone::Profile(_) => Self::PublishProfile,
            Alone::SetParameters(_) => Self::SetParameters,
            Alone::CommandLine(_) => Self::CommandLine,
        }
    }

    /// What a tree is, by the names at its root. One of the two gallery files is enough, so that
    /// the other can be said to be missing.
    #[must_use]
    pub fn of(tree: &FileTree) -> Self {
        let has = |name: &str| root_file(tree, name).is_some();
        if has("archive.xml") && !has("manifest.xml") {
            Self::WebDeployPackage
        } else if has("manifest.xml") || has("parameters.xml") {
            Self::GalleryPackage
        } else {
            Self::Application
        }
    }
}

/// A file right at the root, by its name in any case.
#[must_use]
pub fn root_file<'t>(tree: &'t FileTree, name: &str) -> Option<&'t PackagePath> {
    tree.root_file(name)
}

/// A value together with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// Decoded.
    pub text: String,
    /// As written, without quotes.
    pub span: Span,
}

impl Value {
    fn of(element: &xml::Element, name: &str) -> Option<Self> {
        element.attribute(name).map(Self::from)
    }

    fn ignoring_case(element: &xml::Element, name: &str) -> Option<Self> {
        element.attribute_ignoring_case(name).map(Self::from)
    }
}

impl From<&xml::Attribute> for Value {
    fn from(attribute: &xml::Attribute) -> Self {
        Self { text: attribute.value.clone(), span: attribute.value_span }
    }
}

/// A configuration file and its XML tree.
#[derive(Clone, Debug)]
pub struct Source {
    /// Where the file lies in the package.
    pub path: PackagePath,
    /// Its tree.
    pub document: Rc<xml::Document>,
}

impl Source {
    pub(crate) fn read(contents: &Contents<'_>, path: &PackagePath) -> Option<Self> {
        Some(Self { path: path.clone(), document: contents.xml(path)? })
    }
}

impl From<&Markup> for Source {
    fn from(markup: &Markup) -> Self {
        Self { path: markup.path.clone(), document: Rc::clone(&markup.document) }
    }
}

/// A package as its files describe it.
#[derive(Debug)]
pub struct Package {
    /// What it is.
    pub kind: Kind,
    /// Manifest.xml, when there is one.
    pub manifest: Option<Manifest>,
    /// Parameters.xml, when there is one.
    pub parameters: Option<Parameters>,
    /// The folder that the first iisApp provider names, as the package spells it.
    pub app_folder: Option<PackagePath>,
    /// The web.config of that folder.
    pub web_config: Option<WebConfig>,
    /// The file, when it is one of publishing that came by itself.
    pub alone: Option<Alone>,
}

impl Package {
    /// Reads the files that describe a package.
    #[must_use]
    pub fn read(contents: &Contents<'_>) -> Self {
        Self::read_with(contents, &Engine::default())
    }

    /// Reads them, with an engine for the expressions in them.
    #[must_use]
    pub fn read_with(contents: &Contents<'_>, engine: &Engine) -> Self {
        let tree = contents.tree();
        if let Some(alone) = publish::read(contents) {
            let kind = Kind::of_alone(&alone);
            let (manifest, parameters, app_folder, web_config) = (None, None, None, None);
            return Self { kind, manifest, parameters, app_folder, web_config, alone: Some(alone) };
        }
        let source = |name: &str| Source::read(contents, root_file(tree, name)?);
        let manifest = source("manifest.xml").map(Manifest::read);
        let parameters = source("parameters.xml").map(|source| Parameters::read(source, engine));
        let app_folder = manifest.as_ref().and_then(|manifest| app_folder(tree, manifest));
        let web_config = app_folder.as_ref().and_then(|folder| {
            let path = folder.join("web.config").ok()?;
            let path = &tree.file_ignoring_case(path.as_str())?.path;
            Source::read(contents, path).map(WebConfig::read)
        });
        Self { kind: Kind::of(tree), manifest, parameters, app_folder, web_config, alone: None }
    }
}

/// The folder of the first iisApp provider, spelled as the tree spells it when it is there.
fn app_folder(tree: &FileTree, manifest: &Manifest) -> Option<PackagePath> {
    let path = manifest.iis_apps().find_map(|provider| PackagePath::new(&provider.path.as_ref()?.text).ok())?;
    Some(tree.folder_ignoring_case(&path).unwrap_or(path))
}
