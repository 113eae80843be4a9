//! Wheels that are dropped with an application, or on top of one: what becomes of them in the package.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::rc::Rc;

use gallery_packager::archive::{Data, ZipInput};
use gallery_packager::contents::Source;
use gallery_packager::diagnostic::Profile;
use gallery_packager::pipeline::{Answers, Database, Extras, Session};
use gallery_packager::report::{Report, WheelItem};
use gallery_packager::select::Choice;
use gallery_packager::tree::{FileTree, Timestamp};

use crate::archive::{opened, package};
use crate::support::Files;

pub(crate) const NEW: &str = "import flask\napp = flask.Flask(__name__)\nmatch 1:\n    case 1:\n        pass\n";

/// A wheel of these files; RECORD and WHEEL are added.
pub(crate) fn wheel(info: &str, files: &[(&str, &str)]) -> Vec<u8> {
    let mut all = Files::default();
    let mut record = String::new();
    for (name, text) in files {
        all.set(name, text.as_bytes().to_vec());
        record += &format!("{name},,{}\n", text.len());
    }
    record += &format!("{info}.dist-info/WHEEL,,\n{info}.dist-info/RECORD,,\n");
    all.set(&format!("{info}.dist-info/WHEEL"), b"Wheel-Version: 1.0\n".to_vec());
    all.set(&format!("{info}.dist-info/RECORD"), record.into_bytes());
    package(&all.tree(), Rc::new(all.clone()), None).unwrap()
}

pub(crate) fn flask() -> Vec<u8> {
    let metadata = "Metadata-Version: 2.1\nName: Flask\nVersion: 3.0.3\n";
    let code = "class Flask: pass\n".repeat(40);
    wheel(
        "flask-3.0.3",
        &[
            ("flask/__init__.py", &code),
            ("flask-3.0.3.data/scripts/flask", "#!python\n"),
            ("flask-3.0.3.data/purelib/flask/extra.py", "extra = 1\n"),
            ("flask-3.0.3.dist-info/METADATA", metadata),
        ],
    )
}

pub(crate) fn session(list: &[(&str, &[u8])]) -> Session {
    let mut files = Files::default();
    for (name, bytes) in list {
        files.set(name, bytes.to_vec());
    }
    Session::folder("shop", files.raw(), Vec::new(), Rc::new(files))
}

/// An application with files that are added later.
fn with_added(own: &[(&str, &[u8])], added: &[(&str, &[u8])]) -> Session {
    let mut files = Files::default();
    for (name, bytes) in own.iter().chain(added) {
        files.set(name, bytes.to_vec());
    }
    let mut list = files.raw();
    let added = list.split_off(own.len());
    let mut session = Session::folder("shop", list, Vec::new(), Rc::new(files));
    session.set_added(added);
    session
}

pub(crate) fn checked(session: &Session) -> Report {
    session.check(Profile::Gallery).unwrap()
}

pub(crate) fn saved(session: &Session) -> ZipInput {
    let (_, mut writer) = session.write(Timestamp::MIN, true).unwrap();
    let mut pieces = Vec::new();
    while let Some(piece) = writer.next().unwrap() {
        pieces.push(piece);
    }
    pieces.sort_by_key(|piece| piece.offset);
    let bytes = |data| match data {
        Data::Bytes(bytes) => bytes,
        other => unreachable!("{other:?}: nothing here is large enough to be taken by reference"),
    };
    opened(pieces.into_iter().flat_map(|piece| bytes(piece.data)).collect()).unwrap()
}

pub(crate) fn text(zip: &ZipInput, name: &str) -> String {
    let entry = zip.list().into_iter().find(|entry| entry.name == name).unwrap();
    String::from_utf8(zip.read(entry.id, 0, entry.size).unwrap()).unwrap()
}

pub(crate) fn names(zip: &ZipInput) -> Vec<String> {
    FileTree::from_raw(zip.list()).files().map(|entry| entry.path.to_string()).collect()
}

pub(crate) fn problems(report: &Report) -> Vec<String> {
    let told = |item: &WheelItem| item.problem.as_ref().map(|problem| format!("{}: {problem}", item.file));
    report.wheels.iter().filter_map(told).collect()
}

pub(crate) fn fired(report: &Report, rule: &str) -> Vec<String> {
    let items = report.diagnostics.iter().filter(|item| item.finding.rule.id == rule);
    items.map(|item| item.finding.diagnostic.message.clone()).collect()
}

#[test]
fn unpacks_a_wheel_that_lies_with_the_application() {
    for place in [
        "flask-3.0.3-py3-none-any.whl",
        "wheels/flask-3.0.3-py3-none-any.whl",
        "wheelhouse/flask-3.0.3-py3-none-any.whl",
    ] {
        let session = session(&[("app.py", NEW.as_bytes()), (place, &flask())]);
        let report = checked(&session);
        assert_eq!(problems(&report), [""; 0]);
        assert_eq!(report.wheels.len(), 1);
        let zip = saved(&session);
        let expected = [
            "shop/app.py",
            "shop/flask/__init__.py",
            "shop/flask/extra.py",
            "shop/flask-3.0.3.dist-info/METADATA",
            "shop/flask-3.0.3.dist-info/RECORD",
            "shop/flask-3.0.3.dist-info/WHEEL",
        ];
        let found: Vec<String> =
            names(&zip).into_iter().filter(|name| name.contains("flask") || name.ends_with(".py")).collect();
        assert_eq!(found, expected);
        assert_eq!(text(&zip, "shop/flask/__init__.py"), "class Flask: pass\n".repeat(40));
        let left: Vec<(&str, &str)> =
            report.left_out.iter().map(|out| (out.path.as_str(), out.reason.as_str())).collect();
        let scripts = format!("{place}/flask-3.0.3.data/scripts");
        assert_eq!(
            left,
            [
                (place, "a wheel: it was unpacked into the application"),
                (scripts.as_str(), "scripts for a command line, which a web server does not start"),
            ]
        );
        let file = report.files.iter().find(|file| file.path.as_str() == "shop/flask/extra.py").unwrap();
        assert_eq!(file.wheel.as_deref(), Some(place));
    }
}

#[test]
fn unpacks_a_wheel_beside_the_folder_of_the_application() {
    let own: [(&str, &[u8]); 2] = [("myapp/app.py", NEW.as_bytes()), ("myapp/static/a.css", b"")];
    let flask = flask();
    for place in ["flask-3.0.3-py3-none-any.whl", "wheels/flask-3.0.3-py3-none-any.whl"] {
        let session = session(&[own[0], own[1], (place, &flask)]);
        let zip = saved(&session);
        assert!(names(&zip).contains(&"myapp/flask/__init__.py".to_owned()), "{:?}", names(&zip));
        assert_eq!(checked(&session).left_out.len(), 2);
    }
}

#[test]
fn unpacks_a_wheel_that_was_added_to_a_folder_or_a_zip() {
    let flask = flask();
    let added: [(&str, &[u8]); 2] = [("flask-3.0.3-py3-none-any.whl", &flask), ("tables.sql", b"select 1")];
    let mut session = with_added(&[("app.py", NEW.as_bytes())], &added);
    let zip = saved(&session);
    assert!(names(&zip).contains(&"shop/flask/__init__.py".to_owned()), "{:?}", names(&zip));
    assert_eq!(text(&zip, "tables.sql"), "select 1");
    assert!(checked(&session).wheels.iter().all(|wheel| wheel.added));
    session.set_added(Vec::new());
    assert!(!names(&saved(&session)).iter().any(|name| name.contains("flask")));

    let mut own = Files::default();
    own.set("shop/app.py", NEW.into());
    let zip = package(&own.tree(), Rc::new(own), None).unwrap();
    let mut files = Files::default();
    files.set("shop.zip", zip.clone());
    files.set(added[0].0, flask.clone());
    let mut session = Session::zip("shop.zip", zip.len() as u64, Rc::new(files.clone()) as Rc<dyn Source>).unwrap();
    session.set_added(files.raw().split_off(1));
    let zip = saved(&session);
    assert!(names(&zip).contains(&"shop/flask/__init__.py".to_owned()), "{:?}", names(&zip));
    assert_eq!(text(&zip, "shop/app.py"), NEW);
}

/// Nobody decides for the person that a script is run; that it lies there and is not installed is told.
#[test]
fn lays_a_script_that_was_added_beside_the_application_until_somebody_says_what_runs_it() {
    let mysql = "CREATE TABLE `items` (id INT AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;\n";
    let own: [(&str, &[u8]); 2] = [("app.py", NEW.as_bytes()), ("Setup.sql", b"old")];
    let added: [(&str, &[u8]); 2] = [("setup.sql", mysql.as_bytes()), ("plain.sql", b"CREATE TABLE items (id INT);")];
    let mut session = with_added(&own, &added);
    let report = checked(&session);
    let scripts: Vec<_> =
        report.suggestions.scripts.iter().map(|own| (own.path.as_str(), own.engine, own.added)).collect();
    assert_eq!(scripts, [("plain.sql", None, true), ("setup.sql", Some("MySQL"), true)]);
    let zip = saved(&session);
    assert_eq!(text(&zip, "setup.sql"), mysql);
    assert!(!names(&zip).contains(&"shop/Setup.sql".to_owned()), "{:?}", names(&zip));
    assert!(report.left_out.iter().any(|out| out.path == "Setup.sql"), "{:?}", report.left_out);
    let told = |report: &Report, name: &str| {
        report.diagnostics.iter().any(|item| {
            item.finding.rule.id == "layout/undeployed-file"
                && item.finding.diagnostic.location.file.as_deref() == Some(name)
        })
    };
    assert!(told(&report, "setup.sql") && told(&report, "plain.sql"));

    let database = |script: &str, engine: Option<&str>| Database {
        script: script.to_owned(),
        engine: engine.map(str::to_owned),
        ..Database::default()
    };
    let of = |databases| Answers { extras: Extras { databases, ..Extras::default() }, ..Answers::default() };
    let refused = session.set_answers(of(vec![database("plain.sql", None)])).unwrap_err();
    assert!(refused.0.contains("whether it is for SQL Server or MySQL"), "{refused}");
    session.set_answers(of(vec![database("setup.sql", None), database("plain.sql", Some("SQL"))])).unwrap();
    let report = checked(&session);
    assert!(!told(&report, "setup.sql") && !told(&report, "plain.sql"));
    let manifest = text(&saved(&session), "Manifest.xml");
    assert!(manifest.contains("<dbMySql path=\"setup.sql\" />"), "{manifest}");
    assert!(manifest.contains("<dbFullSql path=\"plain.sql\" />"), "{manifest}");
}

#[test]
fn unpacks_a_wheel_in_a_zip() {
    let mut own = Files::default();
    own.set("shop/app.py", NEW.into());
    own.set("shop/wheels/flask-3.0.3-py3-none-any.whl", flask());
    let zip = package(&own.tree(), Rc::new(own), None).unwrap();
    let mut files = Files::default();
    files.set("shop.zip", zip.clone());
    let session = Session::zip("shop.zip", zip.len() as u64, Rc::new(files)).unwrap();
    assert_eq!(text(&saved(&session), "shop/flask/extra.py"), "extra = 1\n");
}

#[test]
fn adds_a_wheel_to_a_finished_package() {
    let first = session(&[("app.py", NEW.as_bytes())]);
    let zip = saved(&first);
    let mut finished = Files::default();
    for entry in zip.list().iter().filter(|entry| !entry.folder) {
        finished.set(&entry.name, zip.read(entry.id, 0, entry.size).unwrap());
    }
    let flask = flask();
    let own: Vec<(&str, &[u8])> =
        finished.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let second = with_added(&own, &[("flask-3.0.3-py3-none-any.whl", &flask)]);
    assert!(names(&saved(&second)).contains(&"shop/flask/__init__.py".to_owned()));
    assert_eq!(problems(&checked(&second)), [""; 0]);
}

#[test]
fn leaves_wheels_alone_that_the_person_leaves_out() {
    let place = "wheels/flask-3.0.3-py3-none-any.whl";
    for exclude in ["*.whl", "wheels", "wheels/", place] {
        let mut session = session(&[("app.py", NEW.as_bytes()), (place, &flask())]);
        let choice = Choice { excludes: vec![exclude.to_owned()], ..Choice::default() };
        session.set_answers(Answers { choice, ..Answers::default() }).unwrap();
        let report = checked(&session);
        assert!(report.wheels.is_empty(), "{exclude}");
        assert!(report.left_out.iter().any(|out| out.reason == "you left it out"), "{exclude}");
        assert!(!names(&saved(&session)).iter().any(|name| name.contains("flask")), "{exclude}");
    }
}

#[test]
fn lists_what_lies_with_wheels_outside_of_the_application() {
    let own = [("myapp/app.py", NEW.as_bytes()), ("wheels/readme.txt", b"what these are")];
    let mut session = session(&[own[0], own[1], ("wheels/flask-3.0.3-py3-none-any.whl", &flask())]);
    session.set_answers(Answers { root: Some("myapp".to_owned()), ..Answers::default() }).unwrap();
    let report = checked(&session);
    let folder = report.left_out.iter().find(|out| out.path == "wheels").unwrap();
    assert_eq!((folder.size, folder.files), (Some(14), Some(1)));
    assert!(names(&saved(&session)).contains(&"myapp/flask/__init__.py".to_owned()));
}

#[test]
fn a_wheel_does_not_set_up_the_application() {
    let reserved =
        ["web.config", "web.3.12.config", "Handler.fcgi", "Manifest.xml", "Parameters.xml", "gallery_loader.py"];
    let mut inside: Vec<(&str, &str)> = reserved.iter().map(|name| (*name, "of a wheel")).collect();
    inside.push(("flask/web.config", "of a wheel"));
    inside.push(("flask-3.0.3.data/purelib/web.4.config", "of a wheel"));
    let bytes = wheel("flask-3.0.3", &inside);
    let session = session(&[("app.py", NEW.as_bytes()), ("flask-3.0.3-py3-none-any.whl", &bytes)]);
    let report = checked(&session);
    assert_eq!(problems(&report), [""; 0]);
    let left = report.left_out.iter().filter(|out| out.reason.contains("set up")).count();
    assert_eq!(left, reserved.len() + 1);
    let zip = saved(&session);
    assert!(names(&zip).contains(&"shop/flask/web.config".to_owned()));
    for file in ["shop/web.config", "Manifest.xml", "Parameters.xml"] {
        assert!(!text(&zip, file).contains("of a wheel"), "{file}");
    }
}

#[test]
fn a_wheel_is_packed_as_it_is_when_the_person_says_so() {
    let mut session = session(&[("app.py", NEW.as_bytes()), ("wheels/flask-3.0.3-py3-none-any.whl", &flask())]);
    let mut answers = Answers::default();
    answers.choice.includes = vec!["wheels/flask-3.0.3-py3-none-any.whl".to_owned()];
    session.set_answers(answers).unwrap();
    let report = checked(&session);
    assert_eq!(fired(&report, "layout/packed-wheel").len(), 1);
    assert!(names(&saved(&session)).contains(&"shop/wheels/flask-3.0.3-py3-none-any.whl".to_owned()));
}
