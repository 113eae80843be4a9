//! The goldens: a case is a folder `tests/golden/<area>-<bad-pattern>` with
//! - `input/`: the files that differ from the clean package in `tests/golden/base`,
//! - a folder `<area>-<bad-pattern>+<variant>` is one more case of the same rule,
//! - `neighbour/` and `neighbour.txt`: as `input/` and `tree.txt`, for a package that comes close
//!   and in which the rule must not fire,
//! - a ZIP instead, for rules about the ZIP: the whole package under its own name, and
//!   `neighbour.zip`; `before.txt` says how many zero bytes stand before it,
//! - `tree.txt`, when needed: `- PATH` takes a file of the base out, `+ NAME` adds an empty entry
//!   with that name to the letter, `+ NAME = PATH` one with the bytes of another file,
//! - `wanted.txt` and `neighbour-wanted.txt`: what the person chose for web.config, `handler: app.application`;
//! - `form.txt` and `neighbour-form.txt`: what goes into the gallery's form, `appId: my app`; an
//!   address has its own name, `support: www.example.com`,
//! - `report.txt`: what the validator says. `UPDATE_GOLDEN=1` writes it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use gallery_packager::archive::{Verifier, ZipInput};
use gallery_packager::contents::{Cache, Contents, ReadError, Source};
use gallery_packager::diagnostic::Profile;
use gallery_packager::fix::{self, Applicability, Edit, Fix};
use gallery_packager::path::PackagePath;
use gallery_packager::pipeline::{self, Given};
use gallery_packager::publish::FormData;
use gallery_packager::report;
use gallery_packager::rules::{self, Finding, Wanted};
use gallery_packager::tree::{FileTree, InputId};
use gallery_packager::wheel::Note;

use crate::support::{Files, root};

pub(crate) fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> = fs::read_dir(root().join("tests/golden"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let has = |name: &str| path.join(name).exists();
            has("input") || has("tree.txt") || has("form.txt") || has("wheels.txt") || input_zip(path).is_some()
        })
        .collect();
    cases.sort();
    cases
}

/// The ZIP of a case, under whatever name.
fn input_zip(case: &Path) -> Option<PathBuf> {
    let mut files = fs::read_dir(case).unwrap().map(|entry| entry.unwrap().path());
    files.find(|path| path.extension().is_some_and(|extension| extension == "zip") && !path.ends_with("neighbour.zip"))
}

pub(crate) fn load(case: &Path) -> Files {
    overlay(&case.join("input"), &case.join("tree.txt"))
}

fn overlay(input: &Path, tree: &Path) -> Files {
    let mut files = Files::read(&root().join("tests/golden/base"));
    for (name, bytes) in Files::read(input).files {
        files.set(&name, bytes);
    }
    for line in fs::read_to_string(tree).unwrap_or_default().lines() {
        match line.split_at(2) {
            ("- ", path) => files.files.retain(|(name, _)| name != path),
            ("+ ", name) => {
                let (name, from) = name.split_once(" = ").unwrap_or((name, ""));
                let bytes = files.files.iter().find(|(own, _)| own == from).map(|(_, bytes)| bytes.clone());
                files.files.push((name.to_owned(), bytes.unwrap_or_default()));
            }
            other => panic!("{}: {other:?} is no line of it", tree.display()),
        }
    }
    files
}

/// Lines such as `appId: my app`; what is no field of the form is an address.
fn form(path: &Path) -> FormData {
    let mut form = FormData::default();
    for line in fs::read_to_string(path).unwrap_or_default().lines() {
        let (name, text) = line.split_once(": ").unwrap();
        match name {
            "appId" => form.app_id = Some(text.to_owned()),
            "description" => form.description = Some(text.to_owned()),
            "briefDescription" => form.brief_description = Some(text.to_owned()),
            _ => form.urls.push((name.to_owned(), text.to_owned())),
        }
    }
    form
}

/// Lines such as `refused | x.whl | why | help` and `contested | x.whl | y.whl | shop/x.py | 2`; `-` is the
/// application itself.
fn wheels(path: &Path) -> Vec<Note> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let note = |line: &str| match line.split(" | ").collect::<Vec<_>>().as_slice() {
        ["refused", file, why, help] => {
            Note::Refused { file: (*file).to_owned(), why: (*why).to_owned(), help: (*help).to_owned() }
        }
        ["contested", file, by, path, others] => Note::Contested {
            file: (*file).to_owned(),
            by: Some((*by).to_owned()).filter(|by| by != "-"),
            path: PackagePath::new(path).unwrap(),
            others: others.parse().unwrap(),
        },
        other => panic!("{}: {other:?} is no line of it", path.display()),
    };
    text.lines().map(note).collect()
}

/// Lines such as `handler: app.application`.
fn wanted(path: &Path) -> Wanted {
    let text = fs::read_to_string(path).unwrap_or_default();
    let line = |name: &str| text.lines().find_map(|line| Some(line.strip_prefix(name)?.strip_prefix(": ")?.to_owned()));
    Wanted {
        handler: line("handler"),
        settings: line("settings"),
        script_processor: line("scriptProcessor"),
        process: line("process"),
        absent_from: line("absentFrom").map(|folder| PackagePath::new(&folder).unwrap()),
        unfound_in: line("unfoundIn").map(|folder| PackagePath::new(&folder).unwrap()),
    }
}

/// Where the bytes of a case are: in files, or in a ZIP that is judged as well.
struct Loaded {
    source: Rc<dyn Source>,
    archive: Option<Rc<ZipInput>>,
    tree: FileTree,
    given: Rc<Given>,
}

impl Loaded {
    fn of_files(files: Files) -> Self {
        Self { tree: files.tree(), source: Rc::new(files), archive: None, given: Rc::default() }
    }

    fn of_case(case: &Path) -> Self {
        match input_zip(case) {
            Some(zip) => Self::of_zip(&zip),
            None => Self::of_files(load(case)).with_form(&case.join("form.txt")).with_wheels(&case.join("wheels.txt")),
        }
    }

    fn with_form(self, path: &Path) -> Self {
        let name = path.file_name().unwrap().to_str().unwrap().replace("form", "wanted");
        let wanted = wanted(&path.with_file_name(name));
        Self { given: Rc::new(Given { form: form(path), wanted, ..Given::default() }), ..self }
    }

    fn with_wheels(self, path: &Path) -> Self {
        let (form, wanted) = (self.given.form.clone(), self.given.wanted.clone());
        Self { given: Rc::new(Given { form, wanted, wheels: wheels(path), ..Given::default() }), ..self }
    }

    fn of_zip(path: &Path) -> Self {
        let before = fs::read_to_string(path.with_file_name("before.txt"));
        let before = before.map_or(0, |before| before.trim().parse().unwrap());
        let bytes = fs::read(path).unwrap();
        let size = before + bytes.len() as u64;
        let name = path.file_name().unwrap().to_str().unwrap();
        let zip = Rc::new(ZipInput::open(Rc::new(Sparse { before, bytes }), InputId(0), name, size).unwrap());
        let tree = FileTree::from_raw(zip.list());
        Self { tree, source: Rc::clone(&zip) as Rc<dyn Source>, archive: Some(zip), given: Rc::default() }
    }

    /// What is left of it after a fix: a ZIP that was written anew is not judged again.
    fn after(&self, fix: &Fix) -> Self {
        let tree = apply(&self.tree, self, fix);
        let archive = self.archive.clone().filter(|_| !fix.edits.contains(&Edit::Repack));
        Self { tree, source: Rc::clone(&self.source), archive, given: Rc::clone(&self.given) }
    }
}

/// Bytes behind many zeros that take no room.
struct Sparse {
    before: u64,
    bytes: Vec<u8>,
}

impl Source for Sparse {
    fn read(&self, _: InputId, offset: u64, length: u64) -> Result<Vec<u8>, ReadError> {
        let end = (offset + length).min(self.before + self.bytes.len() as u64);
        let zeros = self.before.clamp(offset, end) - offset;
        let from = usize::try_from(offset.saturating_sub(self.before)).unwrap();
        let rest = usize::try_from(end - offset - zeros).unwrap();
        let mut out = vec![0; usize::try_from(zeros).unwrap()];
        out.extend(&self.bytes[from..from + rest]);
        Ok(out)
    }
}

fn judge(from: &Loaded, profile: Profile) -> Judgement {
    let cache: Rc<Cache> = Rc::default();
    if let Some(zip) = &from.archive {
        let mut verifier = Verifier::new(Rc::clone(zip));
        while !verifier.progress().done {
            verifier.step(&mut |id, why| cache.note_damage(id, why)).unwrap();
        }
    }
    let Loaded { source, archive, tree, given } = from;
    let judgement = pipeline::judge_with(tree, &**source, &cache, archive.as_deref(), profile, given).unwrap();
    let findings = judgement.findings;
    let items = report::items(&findings, &Contents::new(tree, &**source));
    let text = report::text::diagnostics(&items, report::counts(&findings));
    Judgement { findings, text }
}

struct Judgement {
    findings: Vec<Finding>,
    text: String,
}

fn report(from: &Loaded) -> String {
    let mut out = String::new();
    for profile in [Profile::Gallery, Profile::WebDeploy] {
        let name = profile.as_str();
        write!(out, "profile {name}\n\n{}\n", judge(from, profile).text).unwrap();
    }
    out
}

fn id(case: &Path) -> String {
    let name = case.file_name().unwrap().to_str().unwrap();
    let name = name.split('+').next().unwrap_or(name);
    let area = rules::ALL.iter().map(|rule| rule.id.split('/').next().unwrap());
    let area = area.filter(|area| name.starts_with(&format!("{area}-"))).max_by_key(|area| area.len()).unwrap_or("");
    format!("{area}/{}", name.strip_prefix(&format!("{area}-")).unwrap_or(name))
}

#[test]
fn says_what_the_goldens_say() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut wrong = Vec::new();
    for case in cases() {
        let actual = report(&Loaded::of_case(&case));
        let path = case.join("report.txt");
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if actual != expected {
            if update {
                fs::write(&path, &actual).unwrap();
            } else {
                wrong.push(format!("{}\n--- expected\n{expected}\n--- actual\n{actual}", case.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "UPDATE_GOLDEN=1 accepts these:\n{}", wrong.join("\n"));
}

#[test]
fn finds_nothing_wrong_with_the_clean_package() {
    let files = Loaded::of_files(Files::read(&root().join("tests/golden/base")));
    assert_eq!(report(&files), "profile gallery\n\nnothing to report\n\nprofile webdeploy\n\nnothing to report\n\n");
}

#[test]
fn every_rule_has_a_golden_in_which_it_fires() {
    for rule in rules::ALL {
        let case = root().join("tests/golden").join(rule.id.replace('/', "-"));
        assert!(case.is_dir(), "{} has no golden {}", rule.id, case.display());
    }
    for case in cases() {
        let report = fs::read_to_string(case.join("report.txt")).unwrap_or_default();
        let id = id(&case);
        assert!(report.contains(&format!("[{id}]")), "{}: {id} does not fire", case.display());
    }
}

#[test]
fn every_rule_has_a_neighbour_that_it_spares() {
    let with_neighbour: Vec<String> = cases()
        .iter()
        .filter(|case| {
            ["neighbour", "neighbour.txt", "neighbour.zip", "neighbour-form.txt", "neighbour-wheels.txt"]
                .iter()
                .any(|name| case.join(name).exists())
        })
        .map(|case| id(case))
        .collect();
    for rule in rules::ALL {
        assert!(with_neighbour.iter().any(|id| id == rule.id), "{} has no neighbour", rule.id);
    }
}

#[test]
fn spares_the_neighbours() {
    for case in cases() {
        let (input, tree) = (case.join("neighbour"), case.join("neighbour.txt"));
        let (zip, form) = (case.join("neighbour.zip"), case.join("neighbour-form.txt"));
        let wheels = case.join("neighbour-wheels.txt");
        if [&input, &tree, &zip, &form, &wheels].iter().any(|path| path.exists()) {
            let of_files = || Loaded::of_files(overlay(&input, &tree)).with_form(&form).with_wheels(&wheels);
            let loaded = if zip.is_file() { Loaded::of_zip(&zip) } else { of_files() };
            let (report, id) = (report(&loaded), id(&case));
            assert!(!report.contains(&format!("[{id}]")), "{}: {id} fires in the neighbour\n{report}", case.display());
        }
    }
}

/// A safe fix applied twice equals once, removes its diagnostic, and adds no error.
#[test]
fn safe_fixes_mend_and_do_no_harm() {
    for case in cases() {
        let loaded = Loaded::of_case(&case);
        for profile in Profile::ALL {
            let name = profile.as_str();
            let before = judge(&loaded, profile);
            for finding in &before.findings {
                let Some(fix) = finding.diagnostic.fixes.iter().find(|f| f.applicability == Applicability::Safe) else {
                    continue;
                };
                let context = format!("{} ({name}): {} `{}`", case.display(), finding.rule.id, fix.title);
                let after = judge(&loaded.after(fix), profile);
                let same = |other: &&Finding| {
                    other.rule.id == finding.rule.id && other.diagnostic.message == finding.diagnostic.message
                };
                let count = |judgement: &Judgement| judgement.findings.iter().filter(same).count();
                assert!(count(&after) < count(&before), "{context}: still there\n{}", after.text);
                let errors = |judgement: &Judgement| {
                    let errors = judgement.findings.iter().filter(|f| f.severity.as_str() == "error");
                    errors.map(|f| f.diagnostic.message.clone()).collect::<Vec<_>>()
                };
                let known = errors(&before);
                // What a package lacks can only be seen once it is at the root.
                let unseen = fix.edits.iter().any(|edit| matches!(edit, Edit::Lift { .. }));
                let new = errors(&after).into_iter().filter(|e| !known.contains(e) && !unseen);
                let new: Vec<String> = new.collect();
                assert!(new.is_empty(), "{context}: adds {new:?}");
            }
        }
    }
}

/// Fixes that need a look, in cases where a look would find nothing else to do.
#[test]
fn reviewed_fixes_leave_a_clean_package() {
    for name in ["layout-missing-manifest", "layout-missing-parameters", "layout-missing-app-folder"] {
        let mut loaded = Loaded::of_case(&root().join("tests/golden").join(name));
        while let Some(finding) = judge(&loaded, Profile::Gallery).findings.into_iter().next() {
            assert!(!finding.diagnostic.fixes.is_empty(), "{name}: {}", finding.diagnostic.message);
            loaded = loaded.after(&finding.diagnostic.fixes[0]);
        }
    }
}

/// The rules that fire, by the beginning of their codes: `ZIP009 error, ZIP008 warning`.
pub(crate) fn fired(files: &Files, profile: Profile, codes: &str) -> String {
    let findings = judge(&Loaded::of_files(files.clone()), profile).findings;
    let findings = findings.iter().filter(|finding| finding.rule.code.starts_with(codes));
    let fired = findings.map(|finding| format!("{} {}", finding.rule.code, finding.severity.as_str()));
    fired.collect::<Vec<_>>().join(", ")
}

fn apply(tree: &FileTree, from: &Loaded, fix: &Fix) -> FileTree {
    fix::apply(tree, &Contents::new(tree, &*from.source), &[fix]).tree
}
