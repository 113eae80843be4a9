//! What a package lacks is written, one step per kind of file; what is there is completed by edits.

use crate::contents::ReadError;
use crate::detect::Protocol;
use crate::fix;
use crate::generate::{HANDLER_FILE, loader, manifest, parameters, web_config};
use crate::model::{WebConfig, root_file};
use crate::path::PackagePath;
use crate::pipeline::answers::Answers;
use crate::pipeline::plan::Plan;
use crate::pipeline::session::Input;
use crate::python::Version;
use crate::target::Hosting;
use crate::tree::FileTree;

impl Plan {
    /// Finds out how the application starts, and writes the files that it lacks.
    pub(super) fn write_missing(&mut self, input: &Input, answers: &Answers, app: &FileTree) -> Result<(), ReadError> {
        self.detect(input, answers, app)?;
        let Some(folder) = self.app_folder.clone() else { return Ok(()) };
        let adopted = self.adopt_versioned(input, answers, app, &folder);
        let app = adopted.as_ref().unwrap_or(app);
        let host = self.choose_host(input, answers, app, &folder);
        if host.target.hosting == Hosting::HttpPlatform && self.chosen.is_none() {
            self.chosen = self.startable();
        }
        self.host = Some(host);
        self.write_loader(app, &folder);
        self.write_web_config(input, app, &folder);
        self.write_handler_file(input, app, &folder);
        self.write_at_root("Manifest.xml", || manifest::new(&folder));
        self.write_at_root("Parameters.xml", || parameters::new(&folder));
        Ok(())
    }

    /// `web.3.4.config`, which a publication with Git made web.config of: it is begun with when there is
    /// none and its Python will do. Gives the application's files with it.
    fn adopt_versioned(
        &mut self,
        input: &Input,
        answers: &Answers,
        app: &FileTree,
        folder: &PackagePath,
    ) -> Option<FileTree> {
        if app.file_ignoring_case("web.config").is_some() {
            return None;
        }
        let need = self.detection.as_ref().map(|found| found.python.clone()).unwrap_or_default();
        let asked = answers.interpreter.as_deref();
        let versioned = app.files().filter(|entry| entry.path.depth() == 1).filter_map(|entry| {
            let name = entry.path.name().to_ascii_lowercase();
            let version = Version::parse(name.strip_prefix("web.")?.strip_suffix(".config")?)?;
            let fits = asked.map_or_else(|| need.allows(version), |asked| asked == version.to_string());
            fits.then_some((version, entry))
        });
        let (_, entry) = versioned.max_by_key(|(version, _)| *version)?;
        let bytes = input.contents(app).head(&entry.path, entry.size)?;
        let mut app = app.clone();
        app.write(&PackagePath::new("web.config").ok()?, bytes.clone());
        self.write(folder, "web.config", bytes);
        Some(app)
    }

    /// The module through which the application is called, where it needs one.
    fn write_loader(&mut self, app: &FileTree, folder: &PackagePath) {
        let called = self.chosen.as_ref().and_then(|chosen| chosen.loader.clone());
        let started = || self.host.as_ref().and_then(|host| host.loader.clone());
        let Some(own) = called.or_else(started) else { return };
        let name = own.file_name();
        if app.file_ignoring_case(&name).is_none() {
            self.write(folder, &name, loader::new(&own).into_bytes());
        }
    }

    fn write_web_config(&mut self, input: &Input, app: &FileTree, folder: &PackagePath) {
        let (Some(host), chosen) = (&self.host, &self.chosen) else { return };
        let wsgi = chosen.as_ref().filter(|chosen| chosen.protocol == Protocol::Wsgi);
        let server = self.own_server(chosen.as_ref()).map(|own| &own.python_path);
        let python_path = chosen.as_ref().map(|chosen| &chosen.python_path).or(server).cloned().unwrap_or_default();
        let wanted = web_config::Plan {
            target: host.target,
            choice: &host.choice,
            site_root: host.site_root.clone(),
            wsgi_handler: wsgi.map(|chosen| chosen.entry_point.handler()),
            settings: chosen.as_ref().and_then(|chosen| chosen.settings.as_deref()),
            python_path: &python_path,
            command: host.command.clone(),
            static_folders: &host.static_folders,
            root_files: &host.root_files,
        };
        let Some(path) = app.file_ignoring_case("web.config").map(|entry| entry.path.below(folder)) else {
            let text = web_config::new(&wanted);
            return self.write(folder, "web.config", text.into_bytes());
        };
        let contents = input.contents(&self.package);
        if let (Some(config), Some(text)) = (WebConfig::at(&contents, &path), contents.text(&path)) {
            let edits = web_config::complete(&config, &text, &wanted);
            let fix = fix::Fix::safe("Complete web.config", edits);
            let package = fix::apply(&self.package, &contents, &[&fix]).tree;
            self.package = package;
        }
    }

    fn write_handler_file(&mut self, input: &Input, app: &FileTree, folder: &PackagePath) {
        if app.file_ignoring_case(HANDLER_FILE).is_none() && needs_handler_file(input, &self.package, folder) {
            self.write(folder, HANDLER_FILE, Vec::new());
        }
    }

    /// Writes a file beside the application's folder, unless there is one of the name.
    fn write_at_root(&mut self, name: &str, text: impl FnOnce() -> String) {
        if let (None, Ok(path)) = (root_file(&self.package, name), PackagePath::new(name)) {
            self.package.write(&path, text().into_bytes());
        }
    }

    /// Writes a file in a folder of the package.
    fn write(&mut self, folder: &PackagePath, name: &str, bytes: Vec<u8>) {
        if let Ok(path) = folder.join(name) {
            self.package.write(&path, bytes);
        }
    }
}

/// Whether a FastCGI handler is bound to the empty file; a web.config of another manner needs none.
fn needs_handler_file(input: &Input, package: &FileTree, folder: &PackagePath) -> bool {
    let contents = input.contents(package);
    let path = folder.join("web.config").ok().and_then(|path| {
        let found = package.file_ignoring_case(path.as_str())?;
        Some(found.path.clone())
    });
    let config = path.and_then(|path| WebConfig::at(&contents, &path));
    config.is_some_and(|config| {
        config.fast_cgi().filter_map(|handler| handler.path.as_ref()).any(|path| path.text == HANDLER_FILE)
    })
}
