//! Detection on real applications, against what a reader of their code says. Those on `PyPI` are
//! downloaded; the repositories are judged where they lie. What is not here is named and counted as
//! not run. `UPDATE_GOLDEN=1` with all of them here writes the table to `tests/applications.md`.
#![expect(clippy::disallowed_methods, reason = "the test reads the applications from the disk")]

mod download;
mod table;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use gallery_packager::contents::{Contents, ReadError, Source};
use gallery_packager::detect::{Candidate, Detection, detect};
use gallery_packager::path::PackagePath;
use gallery_packager::tree::{FileTree, InputId, RawEntry};

use crate::support::root;
use table::{APPLICATIONS, Application, Expected};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Right,
    Wrong,
    NotRun,
}

#[test]
fn finds_how_real_applications_start() {
    let folder = root().join("target/applications");
    fs::create_dir_all(&folder).unwrap();
    let mut rows = Vec::new();
    for application in &APPLICATIONS {
        let Some(place) = download::place(application, &folder) else {
            rows.push((application, "not here".to_owned(), Verdict::NotRun));
            continue;
        };
        let found = found_in(&place.join(application.root));
        let verdict = if fits(application, &found) { Verdict::Right } else { Verdict::Wrong };
        rows.push((application, told(&found), verdict));
    }
    let table = show(&rows);
    println!("{table}");
    let wrong = rows.iter().filter(|(.., verdict)| *verdict == Verdict::Wrong).count();
    assert_eq!(wrong, 0, "\n{table}");
    let kept = root().join("tests/applications.md");
    let all_run = rows.iter().all(|(.., verdict)| *verdict != Verdict::NotRun);
    if std::env::var_os("UPDATE_GOLDEN").is_some() && all_run {
        fs::write(&kept, &table).unwrap();
    } else if all_run {
        assert_eq!(fs::read_to_string(&kept).unwrap_or_default(), table, "stale: UPDATE_GOLDEN=1 writes it");
    }
}

fn fits(application: &Application, found: &Detection) -> bool {
    match application.expected {
        Expected::Handler(handler, settings, path) => found.best().is_some_and(|best| {
            let folders: Vec<&str> = best.python_path.iter().map(PackagePath::as_str).collect();
            best.entry_point.handler() == handler && best.settings.as_deref() == settings && folders == path
        }),
        Expected::Loader(piece) => {
            found.candidates.first().is_some_and(|own| own.loader.is_some())
                && found.missing.iter().any(|sentence| sentence.contains(piece))
        }
        Expected::Nothing(piece) => {
            found.best().is_none() && found.missing.iter().any(|sentence| sentence.contains(piece))
        }
    }
}

/// What was found in one line: the way that is taken, else why there is none.
fn told(found: &Detection) -> String {
    match found.best() {
        Some(best) => said(best),
        None => found.missing.join(" "),
    }
}

fn said(candidate: &Candidate) -> String {
    let mut text = format!("{}, `{}`", candidate.framework, candidate.entry_point.handler());
    if let Some(settings) = &candidate.settings {
        let _ = write!(text, ", `{settings}`");
    }
    for folder in &candidate.python_path {
        let _ = write!(text, ", in `{folder}`");
    }
    if let Some(loader) = &candidate.loader {
        let _ = write!(text, ", by `{}`", loader.file_name());
    }
    text
}

fn show(rows: &[(&Application, String, Verdict)]) -> String {
    let count = |wanted: Verdict| rows.iter().filter(|(.., verdict)| *verdict == wanted).count();
    let mut text = String::from("# Real applications, and how they start\n\n");
    text.push_str("Written by `tests/native/applications.rs` on a machine that had all of them.\n");
    text.push_str("A repository is named with its commit; the folder that was judged follows.\n\n");
    text.push_str("| application | expected | found | verdict |\n|---|---|---|---|\n");
    for (application, found, verdict) in rows {
        let verdict = match verdict {
            Verdict::Right => "right",
            Verdict::Wrong => "WRONG",
            Verdict::NotRun => "not run",
        };
        let found = found.replace('|', "\\|");
        let _ = writeln!(text, "| {} | {} | {found} | {verdict} |", application.named(), application.expected);
    }
    let _ = writeln!(
        text,
        "\n{} right, {} wrong, {} not run.",
        count(Verdict::Right),
        count(Verdict::Wrong),
        count(Verdict::NotRun)
    );
    text
}

struct Disk(Vec<PathBuf>);

impl Source for Disk {
    fn read(&self, id: InputId, offset: u64, length: u64) -> Result<Vec<u8>, ReadError> {
        let bytes = fs::read(&self.0[id.0 as usize]).unwrap();
        let start = usize::try_from(offset).unwrap();
        let length = usize::try_from(length).unwrap();
        Ok(bytes.into_iter().skip(start).take(length).collect())
    }
}

fn found_in(root: &Path) -> Detection {
    let mut paths = Vec::new();
    walk(root, &mut paths);
    paths.sort();
    let raw = paths.iter().zip(0..).map(|(path, id)| RawEntry {
        name: path.strip_prefix(root).unwrap().to_str().unwrap().to_owned(),
        folder: false,
        size: path.metadata().unwrap().len(),
        modified: None,
        id: InputId(id),
    });
    let tree = FileTree::from_raw(raw.collect());
    let disk = Disk(paths);
    detect(&Contents::new(&tree, &disk))
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            walk(&entry.path(), paths);
        } else if kind.is_file() {
            paths.push(entry.path());
        }
    }
}

/// Every folder that `GALLERY_TREES` names is judged and told, to look at applications that are on
/// no list.
#[test]
fn tells_what_it_finds_elsewhere() {
    let Some(trees) = std::env::var_os("GALLERY_TREES") else { return };
    for tree in std::env::split_paths(&trees) {
        let found = found_in(&tree);
        println!("\n## {}", tree.display());
        for candidate in &found.candidates {
            let offered = if candidate.only_offered { "offered: " } else { "" };
            println!("- {offered}{} ({:?}, {})", said(candidate), candidate.protocol, candidate.strength);
            for evidence in &candidate.evidence {
                println!("    {}:{} {}", evidence.file, evidence.line.unwrap_or(0), evidence.text);
            }
        }
        for sentence in &found.missing {
            println!("  {sentence}");
        }
    }
}
