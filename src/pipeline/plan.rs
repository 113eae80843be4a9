//! From what was dropped to the tree of the package: what is left out, and how it starts.

use crate::contents::ReadError;
use crate::detect::{Candidate, Detection, EntryPoint};
use crate::generate;
use crate::model::{Kind, Package};
use crate::path::PackagePath;
use crate::pipeline::answers::Answers;
use crate::pipeline::beside;
use crate::pipeline::hosting::Host;
use crate::pipeline::root::{self, Root};
use crate::pipeline::session::Input;
use crate::pipeline::wheels::Wheels;
use crate::select::{self, LeftOut, Offers};
use crate::tree::{FileTree, Oddity};
use crate::wheel::Note;

/// What will be packed, before any fix.
#[derive(Debug)]
pub(super) struct Plan {
    /// What the input is.
    pub(super) kind: Kind,
    /// The folder of the input that is packed; nothing for all of it.
    pub(super) root: Option<PackagePath>,
    /// Folders that could be it instead.
    pub(super) roots: Vec<Root>,
    /// What is not packed.
    pub(super) left_out: Vec<LeftOut>,
    /// What else could be left out.
    pub(super) offers: Offers,
    /// Whether it should be an application and has no Python in it.
    pub(super) is_no_application: bool,
    /// How the application starts, as its code says.
    pub(super) detection: Option<Detection>,
    /// The way that is taken: the person's, else the best.
    pub(super) chosen: Option<Candidate>,
    /// The host, the Python of it, and what it is told.
    pub(super) host: Option<Host>,
    /// The wheels that came with it.
    pub(super) wheels: Wheels,
    /// What there is to say about them.
    pub(super) notes: Vec<Note>,
    /// The application's folder in the package.
    pub(super) app_folder: Option<PackagePath>,
    /// The files of the input, where they will lie in the package.
    pub(super) original: FileTree,
    /// The same with everything that is written.
    pub(super) package: FileTree,
}

impl Plan {
    pub(super) fn make(input: &Input, answers: &Answers) -> Result<Self, ReadError> {
        let contents = input.contents(&input.tree);
        let alone = Kind::read(&contents);
        if let Some(failure) = contents.failure() {
            return Err(failure);
        }
        if alone.is_alone() {
            return Ok(Self::of_file(input, alone));
        }
        let root = match &answers.root {
            Some(root) => PackagePath::new(root).ok(),
            None => root::only_folder(&input.tree),
        };
        let lifted = root::at(&input.tree, root.as_ref());
        let kind = Kind::of(&lifted);
        let complete = answers.complete.unwrap_or(kind == Kind::Application);
        match kind {
            Kind::Application => Self::of_application(input, answers, root),
            // A package in a folder is judged as it is: that it does so is what is wrong with it.
            _ if !complete && answers.root.is_none() => {
                Self::of_package(input, answers, None, input.tree.clone(), false)
            }
            _ => Self::of_package(input, answers, root, lifted, complete),
        }
    }

    /// A file of publishing is no package: nothing is packed with it, and nothing is written.
    fn of_file(input: &Input, kind: Kind) -> Self {
        Self {
            kind,
            root: None,
            roots: Vec::new(),
            left_out: Vec::new(),
            offers: Offers::default(),
            is_no_application: false,
            detection: None,
            chosen: None,
            host: None,
            wheels: Wheels::default(),
            notes: Vec::new(),
            app_folder: None,
            original: input.tree.clone(),
            package: input.tree.clone(),
        }
    }

    fn of_application(input: &Input, answers: &Answers, root: Option<PackagePath>) -> Result<Self, ReadError> {
        let contents = input.contents(&input.tree);
        let (mut selected, mut left_out) = select::select(&contents, root.as_ref(), &answers.choice);
        if let Some(failure) = contents.failure() {
            return Err(failure);
        }
        let wheels = Wheels::read(input, root.as_ref(), &answers.choice)?;
        wheels.take_out(root.as_ref(), &mut selected, &mut left_out);
        left_out.extend(input.skipped.iter().cloned());
        left_out.extend(input.tree.oddities().iter().filter_map(unusable));
        left_out.extend(select::absent(&input.tree, root.as_ref(), &answers.choice, &left_out));
        let name = answers.app_folder.clone().unwrap_or_else(|| {
            let name = root.as_ref().map_or(input.name.as_str(), PackagePath::name);
            generate::app_folder_name(name)
        });
        let folder = PackagePath::new(&name).ok();
        let mut plan = Self {
            kind: Kind::Application,
            root,
            roots: Vec::new(),
            left_out,
            offers: Offers::of(&contents),
            is_no_application: false,
            detection: None,
            chosen: None,
            host: None,
            wheels,
            notes: Vec::new(),
            app_folder: folder.clone(),
            original: FileTree::default(),
            package: FileTree::default(),
        };
        plan.left_out.extend(beside::make_room(input, &mut selected));
        plan.add(input, answers, &mut selected)?;
        plan.original = folder.map_or_else(FileTree::default, |folder| selected.below(&folder));
        beside::lay(input, &mut plan.original);
        plan.package = plan.original.clone();
        // Files for Python in a folder without any would be accused of what nobody wrote.
        let is_python = selected.files().any(|entry| entry.path.has_extension("py"));
        plan.is_no_application = !is_python && answers.entry_point.is_none();
        let is_wanted = answers.complete == Some(true) || answers.entry_point.is_some() || !answers.extras.is_empty();
        if is_python || is_wanted {
            plan.write_missing(input, answers, &selected)?;
            plan.add_extras(input, &answers.extras)?;
        } else {
            plan.detect(input, answers, &selected)?;
        }
        let foreign = plan.detection.as_ref().map(|found| found.foreign.clone()).unwrap_or_default();
        plan.roots = root::others(&selected, plan.root.as_ref(), &foreign);
        Ok(plan)
    }

    fn of_package(
        input: &Input,
        answers: &Answers,
        root: Option<PackagePath>,
        tree: FileTree,
        complete: bool,
    ) -> Result<Self, ReadError> {
        let contents = input.contents(&tree);
        let package = Package::read(&contents);
        if let Some(failure) = contents.failure() {
            return Err(failure);
        }
        let app_folder = package.app_folder.or_else(|| only_app_folder(&tree));
        let mut plan = Self {
            kind: Kind::of(&tree),
            root,
            roots: Vec::new(),
            left_out: input.skipped.clone(),
            offers: Offers::default(),
            is_no_application: false,
            detection: None,
            chosen: None,
            host: None,
            wheels: Wheels::default(),
            notes: Vec::new(),
            app_folder,
            original: tree.clone(),
            package: tree,
        };
        if let Some(folder) = plan.app_folder.clone().filter(|_| plan.kind == Kind::GalleryPackage) {
            let mut app = root::at(&plan.package, Some(&folder));
            if !input.added.is_empty() {
                plan.wheels = Wheels::added(input)?;
                for tree in [&mut plan.original, &mut plan.package] {
                    beside::make_room_below(&folder, input, tree);
                    beside::lay(input, tree);
                }
                plan.left_out.extend(beside::make_room(input, &mut app));
                plan.add(input, answers, &mut app)?;
                for entry in app.below(&folder).entries() {
                    plan.original.insert(entry.clone());
                    plan.package.insert(entry.clone());
                }
            }
            if complete {
                plan.write_missing(input, answers, &app)?;
            } else {
                plan.detect(input, answers, &app)?;
            }
            plan.add_extras(input, &answers.extras)?;
        }
        Ok(plan)
    }

    /// Unpacks the wheels that fit the server's Python into the application. What a wheel needs can
    /// decide for another server, on which another wheel does not fit; so it is looked at again until
    /// nothing more is refused.
    fn add(&mut self, input: &Input, answers: &Answers, app: &mut FileTree) -> Result<(), ReadError> {
        let Some(folder) = self.app_folder.clone().filter(|_| !self.wheels.is_empty()) else { return Ok(()) };
        let (own, mut notes) = (app.clone(), Vec::new());
        loop {
            app.clone_from(&own);
            let contested = self.wheels.lay(input, app);
            self.detect(input, answers, app)?;
            let package = std::mem::replace(&mut self.package, app.below(&folder));
            let host = self.choose_host(input, answers, app, &folder);
            self.package = package;
            if !self.wheels.refuse(host.choice.environment()) {
                notes.extend(contested);
                break;
            }
        }
        notes.extend(self.wheels.refused());
        self.notes = notes.into_iter().map(|note| note.below(Some(&folder))).collect();
        self.wheels.left_out(&mut self.left_out);
        Ok(())
    }

    pub(super) fn detect(&mut self, input: &Input, answers: &Answers, app: &FileTree) -> Result<(), ReadError> {
        let contents = input.contents(app);
        let detection = input.detections.of(&contents);
        if let Some(failure) = contents.failure() {
            return Err(failure);
        }
        self.chosen = choose(&detection, answers);
        self.detection = Some((*detection).clone());
        Ok(())
    }
}

/// The person's way to start, else the best that was found.
fn choose(detection: &Detection, answers: &Answers) -> Option<Candidate> {
    let entry_point = answers.entry_point.as_deref().and_then(EntryPoint::parse);
    let known = |wanted: &EntryPoint| detection.candidates.iter().find(|own| own.entry_point == *wanted).cloned();
    let mut chosen = match entry_point {
        Some(wanted) => Some(known(&wanted).unwrap_or_else(|| by_hand(wanted, detection))),
        None => detection.best().cloned(),
    }?;
    if let Some(settings) = &answers.settings {
        chosen.settings = Some(settings.clone()).filter(|settings| !settings.is_empty());
    }
    if let Some(folders) = &answers.python_path {
        chosen.python_path = folders.iter().filter_map(|folder| PackagePath::new(folder).ok()).collect();
    }
    Some(chosen)
}

/// A way to start that the person gave and nothing was found for.
fn by_hand(entry_point: EntryPoint, detection: &Detection) -> Candidate {
    let mut given = Candidate::by_hand(entry_point);
    if let Some(best) = detection.best() {
        given.settings.clone_from(&best.settings);
        given.python_path.clone_from(&best.python_path);
    }
    given
}

/// An entry whose name cannot be a path, so that it cannot be packed.
fn unusable(oddity: &Oddity) -> Option<LeftOut> {
    let Oddity::Unusable { name, problem } = oddity else { return None };
    Some(LeftOut::unread(name.clone(), false, problem.to_string()))
}

/// The only folder at the root of a package whose manifest names none.
fn only_app_folder(tree: &FileTree) -> Option<PackagePath> {
    let mut folders = tree.top().into_iter().filter(|path| tree.has_folder(path));
    folders.next().filter(|_| folders.next().is_none())
}
