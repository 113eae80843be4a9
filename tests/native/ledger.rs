//! What was made is not made again: files are left out, folders get other names, more of a folder is read.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::rc::Rc;

use gallery_packager::archive::{Ledger, Mounts, Press};
use gallery_packager::diagnostic::Profile;
use gallery_packager::pipeline::{Answers, Session};
use gallery_packager::select::LeftOut;
use gallery_packager::tree::{FileTree, InputId, Origin, RawEntry};

use crate::archive::{BUILT, Memory, Random, assembled, folder_or_file, pressed, written};
use crate::support::Files;

#[test]
fn leaving_out_a_folder_or_renaming_one_makes_nothing_again() {
    let mut random = Random(5);
    let files: Vec<Vec<u8>> = (0..600).map(|_| random.text(900)).collect();
    let listing = |top: &str, left_out: Option<usize>| {
        let named = files.iter().enumerate().filter(|(id, _)| left_out != Some(id / 100));
        let entry = |(id, bytes): (usize, &Vec<u8>)| {
            folder_or_file(&format!("{top}/part{}/m{id:03}.py", id / 100), bytes.len(), Some(BUILT), id)
        };
        FileTree::from_raw(named.map(entry).collect())
    };
    let whole = listing("app", None);
    let mounts = Rc::new(Mounts::folder(Rc::new(Memory(files.clone()))));
    let mut ledger = Ledger::default();
    let made = pressed(&whole, &mounts, &mut ledger);
    assert_eq!(made.len(), 3, "256 files are a batch");
    let (_, parts) = assembled(&whole, &mounts, &ledger, &made).unwrap();
    assert_eq!(parts, 4, "a batch is one part");
    for (tree, most) in [(listing("app", Some(2)), 5), (listing("shop", None), usize::MAX)] {
        assert_eq!(ledger.jobs(&tree, &mounts, BUILT).unwrap(), []);
        let (zip, parts) = assembled(&tree, &mounts, &ledger, &made).unwrap();
        assert!(parts <= most, "{parts} parts");
        assert!(zip == written(&tree, &mounts).unwrap());
    }
}

#[test]
fn what_nobody_asked_for_is_refused_and_what_failed_is_asked_for_again() {
    let tree = FileTree::from_raw(vec![folder_or_file("a.txt", 3, Some(BUILT), 0)]);
    let mounts = Mounts::folder(Rc::new(Memory(vec![b"abc".to_vec()])));
    let mut ledger = Ledger::default();
    let first = ledger.jobs(&tree, &mounts, BUILT).unwrap();
    assert!(ledger.done(7, &[]).is_err());
    ledger.failed(first[0].number);
    let again = ledger.jobs(&tree, &mounts, BUILT).unwrap();
    assert_eq!((again.len(), &again[0].files), (1, &first[0].files));
    assert!(ledger.done(again[0].number, b"nonsense").is_err());
}

const APP: &str = "def application(environ, start_response):\n    return []\n";

fn files() -> Files {
    let mut files = Files::default();
    for (name, text) in [
        ("app.py", APP),
        ("static/a.css", "a {}"),
        ("setup.sql", "CREATE TABLE a (id INT);"),
        ("node_modules/x/y.js", "y"),
        ("node_modules/x/z.js", "zz"),
        ("app.py", APP),
    ] {
        files.files.push((name.to_owned(), text.as_bytes().to_vec()));
    }
    files
}

fn unread(path: &str) -> LeftOut {
    LeftOut::unread(path.to_owned(), true, "packages of Node".to_owned())
}

/// Does what is to be done; the files that were compressed for it.
fn work(session: &mut Session, files: &Files) -> Vec<u32> {
    let mut press = Press::default();
    let jobs = session.jobs().unwrap();
    let mut made = Vec::new();
    for job in jobs {
        let bytes: Vec<u8> =
            job.files.iter().flat_map(|(id, _)| files.files.get(id.0 as usize).unwrap().1.clone()).collect();
        made.extend(job.files.iter().map(|(id, _)| id.0));
        let records = press.pack(&job.records, &bytes).unwrap().records;
        session.job_done(job.number, &records).unwrap();
    }
    made.sort_unstable();
    made
}

#[test]
fn only_what_is_new_is_made() {
    let files = files();
    let all = files.raw();
    let of = |numbers: &[usize]| -> Vec<RawEntry> { numbers.iter().filter_map(|at| all.get(*at)).cloned().collect() };
    let include = |session: &mut Session, path: &str| {
        let mut answers = Answers::default();
        answers.choice.includes = vec![path.to_owned()];
        session.set_answers(answers).unwrap();
    };

    let mut grown = Session::folder("shop", of(&[0, 1]), vec![unread("node_modules")], Rc::new(files.clone()));
    grown.set_added(of(&[2]));
    let before = grown.check(Profile::Gallery).unwrap();
    assert!(before.left_out.iter().any(|out| out.path == "node_modules" && out.size.is_none()));
    assert_eq!(work(&mut grown, &files), [0, 1, 2]);
    include(&mut grown, "node_modules/x/y.js");
    grown.grow(of(&[3]), Vec::new());
    assert_eq!(work(&mut grown, &files), [3]);
    include(&mut grown, "node_modules");
    // A name that is there already stays what it was, and is told.
    grown.grow(of(&[4, 5]), Vec::new());
    assert_eq!(work(&mut grown, &files), [4]);
    assert_eq!(grown.input().tree.oddities().len(), 1);
    assert_eq!(grown.input().tree.file("app.py").unwrap().origin, Origin::Input(InputId(0)));

    let mut whole = Session::folder("shop", of(&[0, 1, 3, 4, 5]), Vec::new(), Rc::new(files.clone()));
    whole.set_added(of(&[2]));
    include(&mut whole, "node_modules");
    let (one, other) = (grown.check(Profile::Gallery).unwrap(), whole.check(Profile::Gallery).unwrap());
    assert_eq!(format!("{one:?}"), format!("{other:?}"));
}
