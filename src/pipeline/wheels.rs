//! Wheels among the files: they are unpacked beside the application's modules.
//!
//! The folder that `iisApp` copies is the first that Python imports from, so what lies there wins over
//! the packages of the server. A wheel goes there as it is, entry by entry; what does not fit the
//! server's Python stays out and is told.

use std::cell::RefCell;
use std::rc::Rc;

use crate::archive::OpenError;
use crate::contents::{Contents, ReadError, ReadErrorKind};
use crate::limits;
use crate::path::PackagePath;
use crate::pipeline::session::Input;
use crate::pipeline::taken::{Place, Taken};
use crate::python::{Environment, pip};
use crate::report::WheelItem;
use crate::select::{self, Choice, LeftOut};
use crate::sorted::Map;
use crate::tree::{FileTree, InputId, Origin, RawEntry};
use crate::wheel::{self, Damage, Layout, Note, WheelName};

/// Folders of an application in which people keep wheels.
const FOLDERS: [&str; 2] = ["wheels", "wheelhouse"];

/// What was read of each wheel of an input, by its id.
pub(super) type Opened = RefCell<Map<InputId, Rc<Result<Layout, Damage>>>>;

/// The wheels of an input.
#[derive(Debug, Default)]
pub(super) struct Wheels {
    /// By name.
    pub(super) list: Vec<Wheel>,
}

/// A wheel of an input.
#[derive(Debug)]
pub(super) struct Wheel {
    /// As the input names it.
    pub(super) file: String,
    /// Whether it was added later, and is none of the files of the input.
    pub(super) added: bool,
    /// In bytes.
    pub(super) size: u64,
    /// What its name says.
    pub(super) name: Option<WheelName>,
    /// What is in it, or why that does not matter.
    pub(super) content: Result<Rc<Result<Layout, Damage>>, Refusal>,
}

/// Why a wheel stays out.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    why: String,
    help: String,
}

/// Whether a file of an input is a wheel that is meant to be unpacked: it lies at the top or at the
/// root of the application, or in a folder for wheels there.
pub(super) fn is_wheel(path: &PackagePath, root: Option<&PackagePath>) -> bool {
    let folder = path.parent();
    let known = |folder: &PackagePath| FOLDERS.iter().any(|name| folder.same(name));
    let below = root.and_then(|root| path.strip(root)).map(|path| path.parent());
    let fine = |folder: Option<&PackagePath>| folder.is_none_or(known);
    is_name(path.name()) && (fine(folder.as_ref()) || below.is_some_and(|folder| fine(folder.as_ref())))
}

/// Whether everything in a folder of the input is wheels.
pub(super) fn is_wheelhouse(tree: &FileTree, name: &str) -> bool {
    let Ok(folder) = PackagePath::new(name) else { return false };
    let mut files = tree.children(&folder).filter(|entry| !entry.folder).peekable();
    FOLDERS.iter().any(|known| folder.same(known))
        && files.peek().is_some()
        && files.all(|entry| is_name(entry.path.name()))
}

pub(super) fn is_name(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(wheel::NAME_ENDS)
}

impl Wheels {
    /// Opens the wheels that were added to an input.
    pub(super) fn added(input: &Input) -> Result<Self, ReadError> {
        Self::open(input, Vec::new())
    }

    /// Opens the wheels of an input that are meant to be unpacked.
    pub(super) fn read(input: &Input, root: Option<&PackagePath>, choice: &Choice) -> Result<Self, ReadError> {
        let own = input.tree.files().filter_map(|entry| {
            let Origin::Input(id) = entry.origin else { return None };
            let named = |list: &[String]| select::is_named(list, &entry.path, root);
            let included = select::is_inside(&entry.path, root) && named(&choice.includes);
            let wanted = is_wheel(&entry.path, root) && !included && !named(&choice.excludes);
            let raw = || RawEntry { name: entry.path.to_string(), folder: false, size: entry.size, modified: None, id };
            wanted.then(raw)
        });
        Self::open(input, own.collect())
    }

    fn open(input: &Input, own: Vec<RawEntry>) -> Result<Self, ReadError> {
        let own = own.into_iter().map(|raw| (raw, false));
        let added = input.added.iter().filter(|raw| is_name(&raw.name)).map(|raw| (raw.clone(), true));
        let mut wheels = Self::default();
        for (raw, added) in own.chain(added) {
            wheels.list.push(open(input, &raw, added)?);
        }
        wheels.list.sort_by(|a, b| a.file.cmp(&b.file));
        wheels.keep_newest();
        Ok(wheels)
    }

    /// Takes the wheels themselves out of what is packed.
    pub(super) fn take_out(&self, root: Option<&PackagePath>, packed: &mut FileTree, left_out: &mut Vec<LeftOut>) {
        for own in self.list.iter().filter(|own| !own.added) {
            let Ok(path) = PackagePath::new(&own.file) else { continue };
            packed.remove_entry(&root.map_or_else(|| Some(path.clone()), |root| path.strip(root)).unwrap_or(path));
            // Its own reason says more than that it lies outside of something; what lies there with it stays
            // in the list.
            left_out.retain_mut(|out| {
                if own.file.strip_prefix(&out.path).is_some_and(|rest| rest.starts_with('/')) {
                    out.size = out.size.map(|size| size.saturating_sub(own.size));
                    out.files = out.files.map(|files| files.saturating_sub(1));
                    return out.files != Some(0);
                }
                out.path != own.file
            });
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Of several versions of a project, the newest is unpacked.
    fn keep_newest(&mut self) {
        let names: Vec<(usize, WheelName)> =
            self.list.iter().enumerate().filter_map(|(at, own)| Some((at, own.fine()?.0.clone()))).collect();
        for (at, name) in &names {
            let better = names.iter().find(|(other_at, other)| {
                let same = other.normalized() == name.normalized() && other.tag() == name.tag();
                let newer = wheel::newer(&other.version, &name.version);
                same && (newer || other.version == name.version && other_at < at)
            });
            let winner = better.and_then(|(at, _)| self.list.get(*at)).map(|own| own.file.clone());
            if let (Some(winner), Some(own)) = (winner, self.list.get_mut(*at)) {
                own.content = Err(Refusal {
                    why: format!("`{winner}` has the same project in a version that is not older"),
                    help: "Keep one of the two.".to_owned(),
                });
            }
        }
    }

    /// Refuses what a Python does not take; whether that changed anything.
    pub(super) fn refuse(&mut self, environment: Option<Environment>) -> bool {
        let mut changed = false;
        for own in &mut self.list {
            let Some((name, _)) = own.fine() else { continue };
            let fits = environment.map_or_else(|| wheel::is_for_windows(name), |taken| wheel::fits(name, taken));
            if !fits {
                own.content = Err(unfit(name, environment));
                changed = true;
            }
        }
        changed
    }

    /// Lays the files of all that fit into a tree that begins at the application's root; gives what
    /// was there already with other bytes, by wheel.
    pub(super) fn lay(&self, input: &Input, tree: &mut FileTree) -> Vec<Note> {
        let mut notes = Vec::new();
        let mut from: Map<PackagePath, &str> = Map::new();
        let mut taken = Taken::by(tree);
        for own in &self.list {
            let Some((_, layout)) = own.fine().filter(|(name, _)| wheel::is_for_windows(name)) else { continue };
            let mut contested: Map<Option<String>, Vec<PackagePath>> = Map::new();
            for entry in &layout.files {
                let there = match taken.at(&entry.path) {
                    Place::Free => {
                        from.insert(entry.path.clone(), &own.file);
                        taken.add(&entry.path);
                        tree.insert(entry.clone());
                        continue;
                    }
                    Place::File(path) => tree.get(path),
                    Place::Blocked(by) => {
                        let by = by.and_then(|path| from.get(path)).map(|file| (*file).to_owned());
                        contested.change(by, Vec::new, |paths| paths.push(entry.path.clone()));
                        continue;
                    }
                };
                let Some(there) = there else { continue };
                let mut wheel = FileTree::default();
                wheel.insert(entry.clone());
                if !same(&input.contents(tree), &there.path, &input.contents(&wheel), &entry.path) {
                    let by = from.get(&there.path).map(|file| (*file).to_owned());
                    contested.change(by, Vec::new, |paths| paths.push(there.path.clone()));
                }
            }
            notes.extend(contested.into_iter().filter_map(|(by, paths)| {
                let others = paths.len() - 1;
                Some(Note::Contested { file: own.file.clone(), by, path: paths.first()?.clone(), others })
            }));
        }
        notes
    }

    /// What was refused.
    pub(super) fn refused(&self) -> impl Iterator<Item = Note> {
        self.list.iter().filter_map(|own| {
            let Refusal { why, help } = own.refusal()?;
            Some(Note::Refused { file: own.file.clone(), why, help })
        })
    }

    /// The wheels themselves, and what of them is not packed.
    pub(super) fn left_out(&self, out: &mut Vec<LeftOut>) {
        for own in &self.list {
            let reason = match (own.refusal(), own.fine()) {
                (Some(Refusal { why, .. }), _) => format!("a wheel that does not fit: {why}"),
                (None, Some(_)) => "a wheel: it was unpacked into the application".to_owned(),
                (None, None) => continue,
            };
            out.push(LeftOut {
                path: own.file.clone(),
                folder: false,
                size: Some(own.size),
                files: None,
                reason,
                can_include: !own.added,
            });
            for left in own.fine().into_iter().flat_map(|(_, layout)| &layout.left) {
                out.push(LeftOut {
                    path: format!("{}/{}", own.file, left.path),
                    folder: left.folder,
                    size: left.size,
                    files: None,
                    reason: left.reason.clone(),
                    can_include: false,
                });
            }
        }
    }

    /// What is said about each.
    pub(super) fn items(&self) -> Vec<WheelItem> {
        let item = |own: &Wheel| {
            let part = |part: fn(&WheelName) -> &String| own.name.as_ref().map(part).cloned().unwrap_or_default();
            WheelItem {
                file: own.file.clone(),
                project: part(|name| &name.project),
                version: part(|name| &name.version),
                added: own.added,
                files: own.fine().map_or(0, |(_, layout)| layout.files.len()),
                problem: own.refusal().map(|refusal| refusal.why),
            }
        };
        self.list.iter().map(item).collect()
    }

    /// Which wheel each file of the package comes from, by the id of the entry.
    pub(super) fn origins(&self) -> Map<InputId, String> {
        let mut origins = Map::new();
        for own in &self.list {
            for entry in own.fine().into_iter().flat_map(|(_, layout)| &layout.files) {
                if let Origin::Input(id) = entry.origin {
                    origins.insert(id, own.file.clone());
                }
            }
        }
        origins
    }
}

impl Wheel {
    /// Its name and what is in it, when it is unpacked.
    pub(super) fn fine(&self) -> Option<(&WheelName, &Layout)> {
        let layout = self.content.as_ref().ok()?;
        Some((self.name.as_ref()?, layout.as_ref().as_ref().ok()?))
    }

    /// Why it is not.
    fn refusal(&self) -> Option<Refusal> {
        match &self.content {
            Err(refusal) => Some(refusal.clone()),
            Ok(content) => content.as_ref().as_ref().err().map(|Damage(why)| Refusal {
                why: format!("it is damaged: {why}"),
                help: "Get the wheel again from where it comes from.".to_owned(),
            }),
        }
    }
}

fn open(input: &Input, raw: &RawEntry, added: bool) -> Result<Wheel, ReadError> {
    let file_name = raw.name.rsplit('/').next().unwrap_or(&raw.name);
    let name = WheelName::parse(file_name);
    let content = match &name {
        None => Err(Refusal {
            why: "its name does not say what it is for".to_owned(),
            help: "Give it back the name that it was published with, such as `flask-3.0.3-py3-none-any.whl`."
                .to_owned(),
        }),
        Some(name) => Ok(input.opened_wheel(raw.id, || read(input, raw, name))?),
    };
    Ok(Wheel { file: raw.name.clone(), added, size: raw.size, name, content })
}

fn read(input: &Input, raw: &RawEntry, name: &WheelName) -> Result<Result<Layout, Damage>, ReadError> {
    let mounted = match input.mount(raw) {
        Ok(mounted) => mounted,
        Err(OpenError::Read(error)) if !matches!(error.kind, ReadErrorKind::Damaged(_)) => return Err(error),
        Err(error) => return Ok(Err(Damage(error.to_string()))),
    };
    let tree = FileTree::from_raw(mounted.list());
    let contents = input.contents(&tree);
    let layout = wheel::layout(name, &tree, |entry| Some(contents.text(&entry.path)?.as_str().to_owned()));
    if let Some(failure) = contents.failure() {
        return Err(failure);
    }
    let Ok(layout) = layout else { return Ok(layout) };
    Ok(summed(input, &layout)?.map_or(Ok(layout), Err))
}

/// What does not have the sum that RECORD says. The largest wheels are not summed here: that they are
/// whole is checked when they are packed.
fn summed(input: &Input, layout: &Layout) -> Result<Option<Damage>, ReadError> {
    if layout.files.iter().map(|entry| entry.size).sum::<u64>() > limits::SUMMED_BYTES {
        return Ok(None);
    }
    let mut tree = FileTree::default();
    for entry in &layout.files {
        tree.insert(entry.clone());
    }
    let contents = input.contents(&tree);
    let mut files = layout.files.iter().zip(&layout.recorded).filter(|(_, recorded)| recorded.sha256.is_some());
    let found = files.find_map(|(entry, recorded)| {
        let fits = contents.head(&entry.path, entry.size).map(|bytes| recorded.fits(&bytes));
        match fits {
            Some(true) => None,
            Some(false) => Some(format!("the SHA-256 of `{}` is not what its RECORD says", entry.path)),
            None => Some(format!("`{}` in it cannot be unpacked", entry.path)),
        }
    });
    contents.failure().map_or(Ok(found.map(Damage)), Err)
}

/// Whether a file has the same bytes in two trees.
fn same(own: &Contents<'_>, path: &PackagePath, wheel: &Contents<'_>, in_wheel: &PackagePath) -> bool {
    let size = |contents: &Contents<'_>, path| contents.tree().get(path).map(|entry| entry.size);
    let (a, b) = (size(own, path), size(wheel, in_wheel));
    let bytes = |contents: &Contents<'_>, path, size: Option<u64>| contents.head(path, size?);
    a == b && bytes(own, path, a) == bytes(wheel, in_wheel, b)
}

fn unfit(name: &WheelName, environment: Option<Environment>) -> Refusal {
    let have = name.tag();
    let Some(environment) = environment else {
        return Refusal {
            why: format!("this is `{have}`, and no Python of Windows takes it"),
            help: "Get the wheel for Windows: `win_amd64`, or `win32` for a Python of 32 bits.".to_owned(),
        };
    };
    Refusal {
        why: format!("the server has {environment} and needs `{}`, this is `{have}`", wheel::wanted(name, environment)),
        help: format!(
            "Get the wheel that fits: `{}`",
            pip::download([&*format!("{}=={}", name.project, name.version)], environment)
        ),
    }
}
