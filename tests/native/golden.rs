//! The goldens: a case is a folder `tests/golden/<area>-<bad-pattern>` with
//! - `input/`: the files that differ from the clean package in `tests/golden/base`,
//! - a folder `<area>-<bad-pattern>+<variant>` is one more case of the same rule,
//! - `neighbour/` and `neighbour.txt`: as `input/` and `tree.txt`, for a package that comes close
//!   and in which the rule must not fire,
//! - `tree.txt`, when needed: `- PATH` takes a file of the base out, `+ NAME` adds an empty entry
//!   with that name to the letter, `+ NAME = PATH` one with the bytes of another file,
//! - `report.txt`: what the validator says. `UPDATE_GOLDEN=1` writes it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use gallery_packager::contents::Contents;
use gallery_packager::diagnostic::Profile;
use gallery_packager::fix::{self, Applicability, Edit, Fix};
use gallery_packager::pipeline;
use gallery_packager::report;
use gallery_packager::rules::{self, Finding};
use gallery_packager::tree::FileTree;

use crate::support::{Files, root};

pub(crate) fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> = fs::read_dir(root().join("tests/golden"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("input").is_dir() || path.join("tree.txt").is_file())
        .collect();
    cases.sort();
    cases
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

fn judge(tree: &FileTree, files: &Files, profile: Profile) -> Judgement {
    let findings = pipeline::judge(tree, files, &Rc::default(), None, profile).unwrap();
    let items = report::items(&findings, &Contents::new(tree, files));
    let text = report::text::diagnostics(&items, report::counts(&findings));
    Judgement { findings, text }
}

struct Judgement {
    findings: Vec<Finding>,
    text: String,
}

fn report(files: &Files) -> String {
    let tree = files.tree();
    let mut out = String::new();
    for profile in [Profile::Gallery, Profile::WebDeploy] {
        let name = profile.as_str();
        write!(out, "profile {name}\n\n{}\n", judge(&tree, files, profile).text).unwrap();
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
        let actual = report(&load(&case));
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
    let files = Files::read(&root().join("tests/golden/base"));
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
fn spares_the_neighbours() {
    for case in cases() {
        let (input, tree) = (case.join("neighbour"), case.join("neighbour.txt"));
        if input.is_dir() || tree.is_file() {
            let (report, id) = (report(&overlay(&input, &tree)), id(&case));
            assert!(!report.contains(&format!("[{id}]")), "{}: {id} fires in the neighbour\n{report}", case.display());
        }
    }
}

/// A safe fix applied twice equals once, removes its diagnostic, and adds no error.
#[test]
fn safe_fixes_mend_and_do_no_harm() {
    for case in cases() {
        let files = load(&case);
        for profile in Profile::ALL {
            let name = profile.as_str();
            let tree = files.tree();
            let before = judge(&tree, &files, profile);
            for finding in &before.findings {
                let Some(fix) = finding.diagnostic.fixes.iter().find(|f| f.applicability == Applicability::Safe) else {
                    continue;
                };
                let context = format!("{} ({name}): {} `{}`", case.display(), finding.rule.id, fix.title);
                let mended = apply(&tree, &files, fix);
                let after = judge(&mended, &files, profile);
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
        let files = load(&root().join("tests/golden").join(name));
        let mut tree = files.tree();
        while let Some(finding) = judge(&tree, &files, Profile::Gallery).findings.into_iter().next() {
            assert!(!finding.diagnostic.fixes.is_empty(), "{name}: {}", finding.diagnostic.message);
            tree = apply(&tree, &files, &finding.diagnostic.fixes[0]);
        }
    }
}

/// The rules that fire, by the beginning of their codes: `ZIP009 error, ZIP008 warning`.
pub(crate) fn fired(files: &Files, profile: Profile, codes: &str) -> String {
    let findings = judge(&files.tree(), files, profile).findings;
    let findings = findings.iter().filter(|finding| finding.rule.code.starts_with(codes));
    let fired = findings.map(|finding| format!("{} {}", finding.rule.code, finding.severity.as_str()));
    fired.collect::<Vec<_>>().join(", ")
}

fn apply(tree: &FileTree, files: &Files, fix: &Fix) -> FileTree {
    fix::apply(tree, &Contents::new(tree, files), &[fix]).tree
}
