//! What a rule may look at.

use std::cell::OnceCell;

use crate::archive::ZipInput;
use crate::contents::Contents;
use crate::detect::Detection;
use crate::diagnostic::Profile;
use crate::model::parameters::{Parameter, ParameterEntry};
use crate::model::run::Run;
use crate::model::{Install, Manifest, Package, Parameters, Source, WebConfig};
use crate::path::PackagePath;
use crate::publish::FormData;
use crate::rules::Grades;
use crate::rules::binary::Binary;
use crate::rules::own::Secrets;
use crate::tree::{Entry, FileTree};
use crate::wheel::Note;

/// A package that is judged.
pub struct Context<'a> {
    /// The whole package.
    pub contents: &'a Contents<'a>,
    /// What its files say.
    pub package: &'a Package,
    /// What an installer would ask, and where each answer goes.
    pub install: &'a Install,
    /// The application in it, when its folder is there.
    pub app: Option<App<'a>>,
    /// The ZIP that it came in; nothing for a folder, and once the package will be written anew.
    pub archive: Option<&'a ZipInput>,
    /// What it is judged as.
    pub profile: Profile,
    /// The rules that are off or graded otherwise.
    pub grades: &'a Grades,
    /// What the person puts into the gallery's form.
    pub form: &'a FormData,
    /// What there is to say about wheels that came with it.
    pub wheels: &'a [Note],
    /// What the person chose for web.config.
    pub wanted: &'a Wanted,
    /// What several rules ask for.
    pub memo: Memo<'a>,
}

/// What several rules ask for, found out when the first does.
#[derive(Default)]
pub struct Memo<'a> {
    /// See [`super::own`].
    pub(super) own_files: OnceCell<Vec<&'a Entry>>,
    /// Likewise.
    pub(super) secrets: OnceCell<Secrets<'a>>,
    /// See [`super::binary`].
    pub(super) binaries: OnceCell<Vec<(PackagePath, Binary)>>,
}

/// What a person chose, as web.config would say it; nothing of it where nobody chose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// `WSGI_HANDLER`.
    pub handler: Option<String>,
    /// `DJANGO_SETTINGS_MODULE`.
    pub settings: Option<String>,
    /// `python.exe|wfastcgi.py`, on a host with wfastcgi.
    pub script_processor: Option<String>,
    /// The program of `HttpPlatformHandler`, on a host with that.
    pub process: Option<String>,
    /// The folder that should be an application and has no Python in it.
    pub absent_from: Option<PackagePath>,
    /// The folder in which no way to start an application was found.
    pub unfound_in: Option<PackagePath>,
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

    /// Manifest.xml, when all of it can be read: what is not well-formed is one rule's business, and
    /// the others do not trip over the wreck.
    #[must_use]
    pub fn manifest(&self) -> Option<&'a Manifest> {
        self.package.manifest.as_ref().filter(|manifest| self.is_whole(&manifest.source))
    }

    /// Parameters.xml, when all of it can be read and it is what Web Deploy takes for one.
    #[must_use]
    pub fn parameters(&self) -> Option<&'a Parameters> {
        let parameters = self.package.parameters.as_ref()?;
        (self.is_whole(&parameters.source) && parameters.declares()).then_some(parameters)
    }

    /// The entries of the parameters, each with what it does.
    pub fn entries(&self) -> impl Iterator<Item = (&'a Parameter, &'a ParameterEntry, &'a Run)> {
        let list = self.parameters().map_or(&[][..], |parameters| &parameters.list);
        let fields = list.iter().zip(&self.install.fields);
        fields.flat_map(|(parameter, field)| {
            parameter.entries.iter().zip(&field.runs).map(move |(entry, run)| (parameter, entry, run))
        })
    }

    /// Whether a file is text and well-formed.
    #[must_use]
    pub fn is_whole(&self, source: &Source) -> bool {
        let text = self.contents.text(&source.path);
        text.is_some_and(|text| text.problem().is_none()) && source.document.problems.is_empty()
    }

    /// The web.config of the application, when all of it can be read and it is one that starts
    /// Python, or the application is written in Python: the web.config of another language is none
    /// of our business.
    #[must_use]
    pub fn python_web_config(&self) -> Option<&'a WebConfig> {
        let config = self.package.web_config.as_ref()?;
        (self.is_whole(&config.source) && (config.starts_python() || self.is_python())).then_some(config)
    }

    /// The entry point that was found in the code, as wfastcgi wants it.
    #[must_use]
    pub fn entry_point(&self) -> Option<String> {
        Some(self.app.as_ref()?.detection.best_direct()?.entry_point.handler())
    }

    /// Whether the application is written in Python: an entry point was found.
    #[must_use]
    pub fn is_python(&self) -> bool {
        self.app.as_ref().is_some_and(|app| !app.detection.candidates.is_empty())
    }
}
