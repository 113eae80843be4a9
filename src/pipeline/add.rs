//! Puts what a person asks for into the package: folders, scripts, settings, and lines of the two files.

use crate::contents::ReadError;
use crate::fix::{self, Fix};
use crate::generate::additions::{self, Additions, Alias, DatabaseScript};
use crate::model::Package;
use crate::path::PackagePath;
use crate::pipeline::extras::Extras;
use crate::pipeline::plan::Plan;
use crate::pipeline::session::Input;
use crate::python::Version;
use crate::tree::FileTree;

impl Plan {
    /// Adds what is asked for to a package that has its files.
    pub(super) fn add_extras(&mut self, input: &Input, extras: &Extras) -> Result<(), ReadError> {
        let Some(folder) = self.app_folder.clone().filter(|_| !extras.is_empty()) else { return Ok(()) };
        let mut wanted = Additions::default();
        self.make_folders(&folder, extras, &mut wanted);
        self.move_scripts(input, &folder, extras, &mut wanted);
        for (from, to) in &extras.aliases {
            let from = place(&self.package, &folder, from);
            let to = below(&folder, to);
            wanted.aliases.extend(from.zip(to).map(|(from, to)| Alias { from, to }));
        }
        let in_package = |name: &str| place(&self.package, &folder, name).or_else(|| below(&folder, name));
        wanted.questions = extras.parameters.iter().filter_map(|asked| asked.question(in_package)).collect();
        self.write_runtime(input, &folder, extras);
        self.add_settings(input, extras);
        let contents = input.contents(&self.package);
        let package = Package::read(&contents);
        let text = |path: Option<&PackagePath>| path.and_then(|path| contents.text(path));
        let manifest = text(package.manifest.as_ref().map(|manifest| &manifest.source.path));
        let parameters = text(package.parameters.as_ref().map(|parameters| &parameters.source.path));
        let edits = match (manifest, parameters) {
            (Some(manifest), Some(parameters)) => additions::complete(&package, (&manifest, &parameters), &wanted),
            _ => Vec::new(),
        };
        let tree = fix::apply(&self.package, &contents, &[&Fix::safe("Add what was asked for", edits)]).tree;
        if let Some(failure) = contents.failure() {
            return Err(failure);
        }
        self.package = tree;
        Ok(())
    }

    /// setAcl needs the folders to be there.
    fn make_folders(&mut self, folder: &PackagePath, extras: &Extras, wanted: &mut Additions) {
        for name in &extras.writable_folders {
            let Some(path) = below(folder, name.trim_end_matches('/')) else { continue };
            let path = self.package.folder_ignoring_case(&path).unwrap_or(path);
            if !self.package.has_folder(&path) {
                self.package.add_folder(&path);
            }
            wanted.writable.push(path);
        }
    }

    /// Scripts lie beside the application's folder, where nobody can ask a server for them.
    fn move_scripts(&mut self, input: &Input, folder: &PackagePath, extras: &Extras, wanted: &mut Additions) {
        for database in &extras.databases {
            let Some(path) = place(&self.package, folder, &database.script) else { continue };
            let contents = input.contents(&self.package);
            let Some(text) = contents.text(&path) else { continue };
            let Some(engine) = database.engine(text.as_str()) else { continue };
            let at_root = (path.depth() == 1).then(|| path.clone());
            let Some(moved) = at_root.or_else(|| free(&self.package, path.name())) else { continue };
            if moved != path {
                self.original.rename(&path, &moved);
                self.package.rename(&path, &moved);
            }
            let setting = database.setting.clone().map(|key| (key, database.url.clone()));
            wanted.scripts.push(DatabaseScript { path: moved, engine, text: text.as_str().to_owned(), setting });
        }
    }

    /// Only deployment by git reads it; some hosts of that time wanted it all the same.
    fn write_runtime(&mut self, input: &Input, folder: &PackagePath, extras: &Extras) {
        if let (true, Ok(version), Ok(path)) = (extras.runtime_txt, self.runtime(input), folder.join("runtime.txt")) {
            self.package.write(&path, format!("python-{version}\n").into_bytes());
        }
    }

    /// The Python that `runtime.txt` would name, or why it is not written; a sentence.
    pub(super) fn runtime(&self, input: &Input) -> Result<Version, String> {
        let there = self.app_folder.as_ref().and_then(|folder| place(&self.original, folder, "runtime.txt"));
        if let Some(path) = there {
            return Err(format!("`{path}` is there already, and stays as it is."));
        }
        if let Some(host) = &self.host {
            return host.choice.version.ok_or_else(|| {
                format!(
                    "Nothing says which version `{}` is; give the `interpreter` as a version, such as `3.12`.",
                    host.choice.executable
                )
            });
        }
        let contents = input.contents(&self.original);
        let python = Package::read(&contents).web_config.and_then(|config| config.python());
        python.map(|python| python.version).ok_or_else(|| "Nothing in it says which Python it runs on.".to_owned())
    }

    /// Settings that answers are put into have to be there.
    fn add_settings(&mut self, input: &Input, extras: &Extras) {
        let asked = extras
            .parameters
            .iter()
            .filter_map(|own| Some((own.app_setting.clone()?, own.default.clone().unwrap_or_default())));
        let databases = extras.databases.iter().filter_map(|own| Some((own.setting.clone()?, String::new())));
        let mut settings: Vec<(String, String)> = Vec::new();
        for (key, value) in asked.chain(databases) {
            if !settings.iter().any(|(other, _)| other.eq_ignore_ascii_case(&key)) {
                settings.push((key, value));
            }
        }
        let contents = input.contents(&self.package);
        let package = Package::read(&contents);
        let Some(config) = package.web_config.filter(|_| !settings.is_empty()) else { return };
        let Some(text) = contents.text(&config.source.path) else { return };
        let edit = additions::add_setting(&config, &text, &settings);
        let fix = Fix::safe("Add settings", edit.into_iter().collect());
        let tree = fix::apply(&self.package, &contents, &[&fix]).tree;
        self.package = tree;
    }
}

/// Where a file lies that a person names: below the application's folder, else in the package.
fn place(tree: &FileTree, folder: &PackagePath, name: &str) -> Option<PackagePath> {
    let inside = folder.join(name).ok();
    let found = inside.and_then(|path| tree.file_ignoring_case(path.as_str()));
    found.or_else(|| tree.file_ignoring_case(name)).map(|entry| entry.path.clone())
}

fn below(folder: &PackagePath, name: &str) -> Option<PackagePath> {
    let path = PackagePath::new(name).ok()?;
    if path.strip_ignoring_case(folder).is_some() { Some(path) } else { Some(path.below(folder)) }
}

/// A name that nothing at the root of the package has.
fn free(tree: &FileTree, name: &str) -> Option<PackagePath> {
    let (stem, end) = name.rsplit_once('.').unwrap_or((name, ""));
    let numbered = (2..).map(|number| format!("{stem}-{number}.{end}"));
    let name = std::iter::once(name.to_owned()).chain(numbered).find(|name| tree.file_ignoring_case(name).is_none());
    PackagePath::new(&name?).ok()
}
