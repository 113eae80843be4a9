//! What the packager makes of whole applications. A case is `tests/golden/packages/<case>`:
//! `input/<name>/` is what was dropped, `expected/` has the report and the files that the packager
//! wrote or changed. `UPDATE_GOLDEN=1` writes it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use gallery_packager::archive::{Data, ZipInput};
use gallery_packager::contents::{Contents, Source};
use gallery_packager::diagnostic::{Profile, Severity};
use gallery_packager::pipeline::{Answers, Session};
use gallery_packager::report::{self, Report, State};
use gallery_packager::tree::{FileTree, InputId, RawEntry, Timestamp};

use crate::support::{Files, root};

pub(crate) fn cases() -> Vec<PathBuf> {
    let folder = fs::read_dir(root().join("tests/golden/packages")).unwrap();
    let mut cases: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

/// The name of what was dropped, and its files.
pub(crate) fn input(case: &Path) -> (String, Files) {
    let folder = fs::read_dir(case.join("input")).unwrap().next().unwrap().unwrap().path();
    (folder.file_name().unwrap().to_str().unwrap().to_owned(), Files::read(&folder))
}

/// A session on files, numbered in order.
pub(crate) fn session(name: &str, files: &Files) -> Session {
    let raw = files.files.iter().zip(0..).map(|((name, bytes), id)| RawEntry {
        name: name.clone(),
        folder: name.ends_with('/'),
        size: bytes.len() as u64,
        modified: Some(Timestamp::from_local_millis(1_700_000_000_000.0)),
        id: InputId(id),
    });
    let mut session = Session::folder(name, raw.collect(), Vec::new(), Rc::new(files.clone()));
    session.set_answers(Answers { complete: Some(true), ..Answers::default() }).unwrap();
    session
}

/// The package as bytes.
pub(crate) fn write(session: &Session) -> Vec<u8> {
    let (_, mut writer) = session.write(Timestamp::from_local_millis(1_800_000_000_000.0), false).unwrap();
    let mut bytes = Vec::new();
    while let Some(piece) = writer.next().unwrap() {
        let start = usize::try_from(piece.offset).unwrap();
        let Data::Bytes(part) = piece.data else { panic!("no file here is large enough to be taken by reference") };
        let end = start + part.len();
        bytes.resize(bytes.len().max(end), 0);
        bytes[start..end].copy_from_slice(&part);
    }
    bytes
}

/// A ZIP, read back.
pub(crate) fn read(bytes: Vec<u8>) -> (FileTree, Rc<ZipInput>) {
    let size = bytes.len() as u64;
    let source: Rc<dyn Source> = Rc::new(Files { files: vec![("package.zip".to_owned(), bytes)] });
    let zip = Rc::new(ZipInput::open(source, InputId(0), "package.zip", size).unwrap());
    (FileTree::from_raw(zip.list()), zip)
}

fn written(report: &Report) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    out.insert("report.txt".to_owned(), report::text::render(report).into_bytes());
    for file in report.shown.iter().filter(|file| file.state != State::Input) {
        out.insert(file.path.as_str().to_owned(), file.text.clone().into_bytes());
    }
    out
}

#[test]
fn writes_what_the_goldens_have() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut wrong = Vec::new();
    for case in cases() {
        let (name, files) = input(&case);
        let actual = written(&session(&name, &files).check(Profile::Gallery).unwrap());
        let folder = case.join("expected");
        let expected: BTreeMap<String, Vec<u8>> = Files::read(&folder).files.into_iter().collect();
        if actual == expected {
            continue;
        }
        if update {
            drop(fs::remove_dir_all(&folder));
            for (path, bytes) in &actual {
                let path = folder.join(path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, bytes).unwrap();
            }
            continue;
        }
        for path in actual.keys().chain(expected.keys()) {
            let text = |map: &BTreeMap<String, Vec<u8>>| {
                map.get(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
            };
            if text(&actual) != text(&expected) {
                let (expected, actual) = (text(&expected), text(&actual));
                wrong.push(format!("{}/{path}\n--- expected\n{expected}\n--- actual\n{actual}", folder.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "UPDATE_GOLDEN=1 accepts these:\n{}", wrong.join("\n"));
}

/// What the application itself lacks is said all the same: nobody can package a Python that the
/// host does not have, or an entry point that is not there.
pub(crate) const OF_THE_APPLICATION: [&str; 5] = [
    "web-config/absent-environment",
    "web-config/interpreter-too-old",
    "web-config/missing-wsgi-handler",
    "web-config/unbundled-requirement",
    "web-config/uncollected-static",
];

/// What the packager writes, its own validator accepts without a warning.
#[test]
fn accepts_what_it_wrote() {
    for case in cases() {
        let (name, files) = input(&case);
        let (tree, zip) = read(write(&session(&name, &files)));
        for profile in [Profile::Gallery, Profile::WebDeploy] {
            let findings =
                gallery_packager::pipeline::judge(&tree, &*zip, &Rc::default(), Some(&zip), profile).unwrap();
            for finding in findings.iter().filter(|finding| finding.severity != Severity::Note) {
                let known = OF_THE_APPLICATION.contains(&finding.rule.id);
                assert!(known, "{}: {} {}", case.display(), finding.rule.id, finding.diagnostic.message);
            }
        }
    }
}

/// Every input file that is not visibly left out comes back byte for byte, with its path and time.
#[test]
fn gives_back_every_file_that_it_does_not_name() {
    for case in cases() {
        let (name, files) = input(&case);
        let session = session(&name, &files);
        let report = session.check(Profile::Gallery).unwrap();
        let (tree, zip) = read(write(&session));
        let contents = Contents::new(&tree, &*zip);
        let app = report.app_folder.unwrap();
        let is_package = files.files.iter().any(|(name, _)| name == "Manifest.xml");
        for (name, bytes) in &files.files {
            let out = report.left_out.iter().any(|out| {
                let below = format!("{}/", out.path);
                name == out.path.as_str() || name.starts_with(&below)
            });
            let packed = if is_package { name.clone() } else { format!("{app}/{name}") };
            let entry = tree.file(&packed);
            assert_eq!(entry.is_none(), out, "{}: {name}", case.display());
            let Some(entry) = entry else { continue };
            let changed = report.files.iter().any(|file| file.path == entry.path && file.state == State::Changed);
            if !changed {
                assert_eq!(contents.head(&entry.path, u64::MAX).unwrap(), *bytes, "{}: {name}", case.display());
                assert_eq!(entry.modified.unwrap().to_string(), "2023-11-14 22:13:20");
            }
        }
    }
}

/// The same package, packed again, is the same.
#[test]
fn packs_its_own_package_to_the_same_bytes() {
    for case in cases() {
        let (name, files) = input(&case);
        let bytes = write(&session(&name, &files));
        let size = bytes.len() as u64;
        let source: Rc<dyn Source> = Rc::new(Files { files: vec![("package.zip".to_owned(), bytes.clone())] });
        let again = Session::zip("package.zip", size, source).unwrap();
        assert!(write(&again) == bytes, "{}", case.display());
    }
}

/// An entry of an input ZIP is taken over compressed, but not unseen.
#[test]
fn stops_at_a_damaged_entry_of_an_input_zip() {
    let mut files = Files::default();
    files.set("app.py", b"def application(environ, start_response):\n    return []\n".to_vec());
    files.set("prices.csv", b"apple;1\npear;2\n".repeat(40));
    let mut bytes = write(&session("shop", &files));
    let name = bytes.windows(15).position(|window| window == b"shop/prices.csv").unwrap();
    bytes[name + 30] ^= 0x55;
    let size = bytes.len() as u64;
    let source: Rc<dyn Source> = Rc::new(Files { files: vec![("shop.zip".to_owned(), bytes)] });
    let mut damaged = Session::zip("shop.zip", size, source).unwrap();
    let of_the_zip = |session: &Session| {
        let report = session.check(Profile::Gallery).unwrap();
        report.diagnostics.iter().filter(|item| item.finding.rule.id == "archive/damaged-entry").count()
    };
    assert_eq!(of_the_zip(&damaged), 0, "nothing reads it but the check of every byte");
    while !damaged.verify_next().unwrap().done {}
    assert_eq!((of_the_zip(&damaged), damaged.damaged()), (1, 1));
    let (_, mut writer) = damaged.write(Timestamp::MIN, false).unwrap();
    let error = loop {
        match writer.next() {
            Ok(Some(_)) => {}
            Ok(None) => panic!("the damage was not seen"),
            Err(error) => break error.to_string(),
        }
    };
    assert!(error.starts_with("`shop/prices.csv` cannot be unpacked: "), "{error}");
}

/// A folder of another language is no package without problems, whether its files are asked for or not.
#[test]
fn says_that_there_is_no_python_application() {
    let mut files = Files::default();
    files.set("index.js", b"console.log(1)\n".to_vec());
    for complete in [None, Some(true)] {
        let mut session = session("node", &files);
        session.set_answers(Answers { complete, ..Answers::default() }).unwrap();
        let report = session.check(Profile::Gallery).unwrap();
        let told: Vec<&str> = report.diagnostics.iter().map(|item| item.finding.rule.id).collect();
        assert_eq!((told, report.counts), (vec!["layout/missing-application"], [1, 0, 0]), "{complete:?}");
    }
}
