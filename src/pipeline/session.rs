//! One input from the drop to the finished package: what a page or a command holds on to.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use crate::archive::{self, Assembly, Job, Ledger, Mounted, Mounts, OpenError, Verifier, WriteError, ZipInput};
use crate::contents::{Cache, Contents, ReadError, Source};
use crate::diagnostic::Profile;
use crate::fix::{self, Applicability, Fix};
use crate::model::{Engine, Kind};
use crate::path::PackagePath;
use crate::pipeline::answers::{Answers, UnknownAnswer};
use crate::pipeline::arrivals::Arrivals;
use crate::pipeline::beside;
use crate::pipeline::changes::Changes;
use crate::pipeline::detections::Detections;
use crate::pipeline::places;
use crate::pipeline::wheels::Opened;
use crate::pipeline::work::Work;
use crate::pipeline::{Given, Judgement, summary};
use crate::publish::FormData;
use crate::report::{Container, Report};
use crate::rules::{Finding, Grades};
use crate::select::{self, LeftOut};
use crate::tree::{FileTree, InputId, RawEntry, Timestamp};
use crate::wheel::{Damage, Layout};

/// What was dropped.
pub struct Input {
    /// The name of the folder or the ZIP.
    pub name: String,
    /// What it came in.
    pub container: Container,
    /// Everything in it.
    pub tree: FileTree,
    /// What was added to it later: wheels, and scripts for a database.
    pub added: Vec<RawEntry>,
    /// What was not read at all.
    pub skipped: Vec<LeftOut>,
    source: Rc<Mounts>,
    pub(super) cache: Rc<Cache>,
    wheels: Opened,
    pub(super) detections: Detections,
}

impl Input {
    /// Contents of a tree of this input.
    #[must_use]
    pub fn contents<'a>(&'a self, tree: &'a FileTree) -> Contents<'a> {
        Contents::with_cache(tree, &*self.source, Rc::clone(&self.cache))
    }

    /// The ZIP that was dropped; nothing when it was a folder.
    pub(super) fn archive(&self) -> Option<&ZipInput> {
        self.source.base().map(|zip| &**zip)
    }

    /// Opens a file as a ZIP, whose entries can be packed then.
    pub(super) fn mount(&self, raw: &RawEntry) -> Result<Mounted, OpenError> {
        self.source.mount(raw.id, &raw.name, raw.size)
    }

    /// What is in a wheel, read once.
    pub(super) fn opened_wheel(
        &self,
        id: InputId,
        read: impl FnOnce() -> Result<Result<Layout, Damage>, ReadError>,
    ) -> Result<Rc<Result<Layout, Damage>>, ReadError> {
        if let Some(known) = self.wheels.borrow().get(&id) {
            return Ok(Rc::clone(known));
        }
        let content = Rc::new(read()?);
        self.wheels.borrow_mut().insert(id, Rc::clone(&content));
        Ok(content)
    }
}

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Input").field("name", &self.name).field("container", &self.container).finish_non_exhaustive()
    }
}

/// What will be written.
#[derive(Debug)]
pub struct Start {
    /// The file name of the package.
    pub name: String,
    /// How many files it will have.
    pub files: usize,
    /// How many bytes they are before compression.
    pub bytes: u64,
}

/// An input on its way to a package.
#[derive(Debug)]
pub struct Session {
    pub(super) input: Input,
    pub(super) answers: Answers,
    pub(super) given: Given,
    pub(super) changes: Changes,
    /// Whether reports are passed on.
    pub(super) for_others: bool,
    /// The findings of the last check, to which fix ids refer.
    findings: RefCell<Vec<Finding>>,
    /// Unpacks every entry of a ZIP.
    pub(super) verifier: Option<Verifier>,
    /// What workers made of the input.
    ledger: Ledger,
    /// What comes of the input, the answers and the changes, until one of them is another.
    pub(super) work: RefCell<Option<Rc<Work>>>,
}

impl Session {
    /// Takes the files of a folder, numbered as in `entries`.
    #[must_use]
    pub fn folder(name: &str, entries: Vec<RawEntry>, skipped: Vec<LeftOut>, source: Rc<dyn Source>) -> Self {
        let mut arrivals = Arrivals::new(name, source);
        arrivals.add(entries);
        Self::arrived(name, arrivals, skipped)
    }

    /// Takes a folder that was listed piece by piece, with what workers made of it meanwhile.
    #[must_use]
    pub fn arrived(name: &str, arrivals: Arrivals, skipped: Vec<LeftOut>) -> Self {
        let Arrivals { entries, source, ledger, .. } = arrivals;
        let tree = FileTree::from_raw(entries);
        Self { ledger, ..Self::new(name, Container::Folder, tree, skipped, source) }
    }

    /// Takes a ZIP, which is file 0 of the source and `size` bytes long.
    pub fn zip(name: &str, size: u64, source: Rc<dyn Source>) -> Result<Self, OpenError> {
        let zip = Rc::new(ZipInput::open(Rc::clone(&source), InputId(0), name, size)?);
        let tree = FileTree::from_raw(zip.list());
        Ok(Self::new(name, Container::Zip, tree, Vec::new(), Mounts::zip(source, zip)))
    }

    /// Takes a file that came by itself, which is file 0 of the source: a ZIP under any name, a file
    /// of publishing, or one that belongs to an application. What is none of these is refused.
    pub fn file(name: &str, entry: RawEntry, source: Rc<dyn Source>) -> Result<Self, OpenError> {
        let size = entry.size;
        let tree = FileTree::from_raw(vec![entry]);
        let session = Self::new(name, Container::File, tree, Vec::new(), Mounts::folder(Rc::clone(&source)));
        let head = source.read(InputId(0), 0, size.min(archive::HEAD_BYTES))?;
        if archive::named(&head).is_none() && !head.starts_with(b"PK") {
            let contents = session.input.contents(&session.input.tree);
            let kind = Kind::read(&contents);
            if let Some(failure) = contents.failure() {
                return Err(OpenError::Read(failure));
            }
            if kind.is_alone() {
                return Ok(session);
            }
            if select::belongs_to_application(name) {
                // Its own name is none for the package.
                let input = Input { name: "application".to_owned(), ..session.input };
                return Ok(Self { input, ..session });
            }
        }
        Self::zip(name, size, source)
    }

    fn new(name: &str, container: Container, tree: FileTree, skipped: Vec<LeftOut>, source: Mounts) -> Self {
        let verifier = source.base().cloned().map(Verifier::new);
        let source = Rc::new(source);
        let input = Input {
            name: name.to_owned(),
            container,
            tree,
            added: Vec::new(),
            skipped,
            source,
            cache: Rc::default(),
            wheels: Opened::default(),
            detections: Detections::default(),
        };
        Self {
            input,
            answers: Answers::default(),
            given: Given::default(),
            changes: Changes::default(),
            for_others: false,
            findings: RefCell::default(),
            verifier,
            ledger: Ledger::default(),
            work: RefCell::default(),
        }
    }

    /// Takes the caller's engine, which judges the expressions that ours cannot.
    pub fn set_engine(&mut self, engine: Engine) {
        self.given.engine = engine;
    }

    /// What was dropped.
    #[must_use]
    pub const fn input(&self) -> &Input {
        &self.input
    }

    /// Takes what more of the folder is listed, each with the number that the caller's source has it by, and
    /// all that is not read now. What is known of the rest, and what was made of it, stays.
    pub fn grow(&mut self, entries: Vec<RawEntry>, skipped: Vec<LeftOut>) {
        self.input.tree.extend(entries);
        self.input.skipped = skipped;
        self.work.take();
    }

    /// Takes files that are added to the input, in place of those that were added before: each with
    /// the number that the caller's source has it by. Wheels are unpacked; others, which are
    /// scripts for a database, lie beside the application.
    pub fn set_added(&mut self, files: Vec<RawEntry>) {
        let added = |raw: RawEntry| RawEntry { id: Mounts::added(raw.id.0), ..raw };
        self.input.added = files.into_iter().map(added).collect();
        self.work.take();
    }

    /// Takes the person's answers. Fixes and texts are made again on what comes of them; a fix that
    /// does not fit any more is left out.
    pub fn set_answers(&mut self, answers: Answers) -> Result<(), UnknownAnswer> {
        if answers == self.answers && self.work.borrow().is_some() {
            return Ok(());
        }
        answers.validate(&self.input.tree)?;
        let tree = beside::with_added(&self.input);
        answers.extras.validate(&self.input.contents(&tree), &self.given.engine)?;
        places::validate(&self.input, &answers)?;
        self.answers = answers;
        self.work.take();
        Ok(())
    }

    /// Takes the rules that are off or graded otherwise.
    pub fn set_grades(&mut self, grades: Grades) {
        self.given.grades = grades;
    }

    /// Says whether the next reports are passed on, so that the files in them show no secrets.
    pub const fn set_for_others(&mut self, for_others: bool) {
        self.for_others = for_others;
    }

    /// Takes what the person puts into the gallery's form.
    pub fn set_form(&mut self, form: FormData) {
        self.given.form = form;
    }

    /// The titles of the fixes that were applied, in their order.
    #[must_use]
    pub fn fixed(&self) -> Vec<String> {
        self.changes.fixes().map(|fix| fix.title.clone()).collect()
    }

    /// The bytes of a file that came by itself, as it would be saved now; nothing for a package.
    pub fn single(&self) -> Result<Option<Vec<u8>>, ReadError> {
        let work = self.work()?;
        let only = work.tree.files().next().filter(|_| work.plan.kind.is_alone());
        let Some(only) = only else { return Ok(None) };
        let contents = self.input.contents(&work.tree);
        let bytes = contents.head(&only.path, only.size);
        contents.failure().map_or(Ok(bytes), Err)
    }

    /// Judges the package as it would be saved now.
    pub fn check(&self, profile: Profile) -> Result<Report, ReadError> {
        let work = self.work()?;
        let Judgement { findings, install } = self.judge(&work, profile)?;
        let report = summary::report(self, &work, &findings, install, profile)?;
        self.findings.replace(findings);
        Ok(report)
    }

    /// Applies a fix of the last check, by its id; whether there was one.
    pub fn apply_fix(&mut self, id: &str) -> Result<bool, ReadError> {
        let Some(fix) = summary::fix_by_id(&self.findings.borrow(), id) else { return Ok(false) };
        let work = self.work()?;
        let group = self.changes.group();
        self.changes.fix(group, vec![fix], &self.input.contents(&work.tree));
        self.work.take();
        Ok(true)
    }

    /// Applies every safe fix, and those that show up after them; how many.
    pub fn apply_safe_fixes(&mut self, profile: Profile) -> Result<usize, ReadError> {
        let group = self.changes.group();
        let mut applied = 0;
        // A fix may uncover another; more rounds than this would be rules that undo each other.
        for _ in 0..10 {
            let work = self.work()?;
            let findings = self.judge(&work, profile)?.findings;
            let mut fixes: Vec<Fix> = Vec::new();
            for finding in findings {
                let safe = finding.diagnostic.fixes.into_iter().find(|fix| fix.applicability == Applicability::Safe);
                fixes.extend(safe.filter(|fix| !fixes.contains(fix)));
            }
            // One that was applied and is asked for again does not help.
            fixes.retain(|fix| !self.changes.fixes().any(|own| own == fix));
            let contents = self.input.contents(&work.tree);
            let fixes = fix::without_conflicts(&work.tree, &contents, fixes);
            if let Some(failure) = contents.failure() {
                return Err(failure);
            }
            if fixes.is_empty() {
                break;
            }
            applied += fixes.len();
            self.changes.fix(group, fixes, &self.input.contents(&work.tree));
            self.work.take();
        }
        Ok(applied)
    }

    /// Takes back the last fixes; whether there were any.
    pub fn undo(&mut self) -> bool {
        self.work.take();
        self.changes.undo()
    }

    /// Gives a file of the package another text, or takes that back.
    pub fn set_text(&mut self, path: &PackagePath, text: Option<String>) -> Result<(), ReadError> {
        let place = self.work()?.place(path);
        self.changes.set_text(&place, text);
        self.work.take();
        Ok(())
    }

    /// What workers can make for the package as it would be saved now, and were not asked for yet.
    pub fn jobs(&mut self) -> Result<Vec<Job>, WriteError> {
        let work = self.work().map_err(WriteError::Read)?;
        if work.plan.kind.is_alone() {
            return Ok(Vec::new());
        }
        let built = self.newest();
        self.ledger.jobs(&work.tree, &self.input.source, built)
    }

    /// Takes what is known of what a job made.
    pub fn job_done(&mut self, job: u32, records: &[u8]) -> Result<(), WriteError> {
        self.ledger.done(job, records)
    }

    /// A job came to nothing.
    pub fn job_failed(&mut self, job: u32) {
        self.ledger.failed(job);
    }

    /// Begins to put the package together; `built` is the time of the files that we wrote.
    pub fn write(&self, built: Timestamp, reproducible: bool) -> Result<(Start, Assembly), WriteError> {
        let work = self.work().map_err(WriteError::Read)?;
        let built = if reproducible { self.newest() } else { built };
        let verified = self.verified().done;
        let whole = |id| verified && self.input.source.is_base(id) && !self.input.cache.is_damaged(id);
        let assembly = Assembly::new(&work.tree, Rc::clone(&self.input.source), &self.ledger, built, &whole)?;
        let start = Start {
            name: summary::package_name(&self.input, work.plan.kind, work.plan.app_folder.as_ref()),
            files: work.tree.files().count(),
            bytes: work.tree.files().map(|entry| entry.size).sum(),
        };
        Ok((start, assembly))
    }

    /// When the newest file of the input was changed.
    fn newest(&self) -> Timestamp {
        self.input.tree.files().filter_map(|entry| entry.modified).max().unwrap_or(Timestamp::MIN)
    }

    /// The ZIP that was dropped, while it is judged too: an application is always written anew.
    pub(super) fn judged_archive(&self, work: &Work) -> Option<&ZipInput> {
        self.input.archive().filter(|_| work.plan.kind != Kind::Application && !work.repacked)
    }

    fn judge(&self, work: &Work, profile: Profile) -> Result<Judgement, ReadError> {
        let archive = self.judged_archive(work);
        let (source, cache) = (&*self.input.source, &self.input.cache);
        let Given { engine, grades, form, .. } = &self.given;
        let (engine, grades, form) = (engine.clone(), grades.clone(), form.clone());
        let given = Given {
            engine,
            grades,
            form,
            wheels: work.plan.notes.clone(),
            wanted: work.plan.wanted(&self.answers),
            detections: self.input.detections.clone(),
        };
        super::judge_with(&work.tree, source, cache, archive, profile, &given)
    }
}
