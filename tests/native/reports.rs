//! The formats of the report, to the letter: for the sample with mistakes, and for a package whose
//! names and texts try to become markup. `UPDATE_GOLDEN=1` writes `tests/golden/reports`.

use std::fs;
use std::rc::Rc;

use gallery_packager::contents::Source;
use gallery_packager::diagnostic::Profile;
use gallery_packager::pipeline::{Answers, Extras, Session};
use gallery_packager::report::{self, Finished, Format, Report};
use gallery_packager::rules::Grades;
use gallery_packager::sample;
use gallery_packager::tree::{InputId, RawEntry};

use crate::support::{Files, root};

const FORMATS: [(&str, Format); 4] = [
    ("report.txt", Format::Text),
    ("report.sarif", Format::Sarif),
    ("report.md", Format::Markdown),
    ("report.html", Format::Html),
];

fn folder(name: &str, files: &Files) -> Session {
    let raw = files.files.iter().zip(0..).map(|((name, bytes), id)| RawEntry {
        name: name.clone(),
        folder: false,
        size: bytes.len() as u64,
        modified: None,
        id: InputId(id),
    });
    Session::folder(name, raw.collect(), Vec::new(), Rc::new(files.clone()))
}

fn file(name: &str, text: &str) -> Session {
    let files = Files { files: vec![(name.to_owned(), text.as_bytes().to_vec())] };
    let size = text.len() as u64;
    let entry = RawEntry { name: name.to_owned(), folder: false, size, modified: None, id: InputId(0) };
    Session::file(name, entry, Rc::new(files) as Rc<dyn Source>).unwrap()
}

fn broken() -> Files {
    let sample = sample::ALL.iter().find(|sample| sample.id == "broken").unwrap();
    let files = sample.files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
    Files { files: files.collect() }
}

/// Names and texts that would be markup, links, mentions, or turn the reading direction around.
fn hostile() -> Files {
    let manifest = "<MSDeploy.iisApp>\n\t<iisApp path=\"a&lt;b>`*_[x](y)\" /><iiiisApp path=\"]]>&lt;/script>\" />\n\t\
                    <!-- \u{202e}evil ``` </pre><img src=x onerror=alert(1)> @somebody #1 www.example.org -->\n\
                    </MSDeploy.iisApp>\n";
    let mut files = Files::default();
    files.set("Manifest.xml", manifest.into());
    files.set(
        "Parameters.xml",
        "<parameters><parameter name=\"😀<b>\" /><parameter  name=\"😀<b>\" /></parameters>".into(),
    );
    files.set("a b/%20/<img src=x onerror=alert(1)>.py", Vec::new());
    files.set("a b/[click](javascript:alert(1)).txt", Vec::new());
    files.set("a b/`code` @somebody #1 | cell.txt", Vec::new());
    files.set("a b/\u{202e}txt.exe", Vec::new());
    files.set("../outside.txt", Vec::new());
    files.set("a b/CON.txt", Vec::new());
    files
}

fn reported(session: &Session) -> Report {
    session.check(Profile::Gallery).unwrap()
}

fn compare(case: &str, report: &Report) {
    let folder = root().join("tests/golden/reports").join(case);
    let mut wrong = Vec::new();
    for (name, format) in FORMATS {
        let actual = report::render(report, format);
        let path = folder.join(name);
        if fs::read_to_string(&path).unwrap_or_default() != actual {
            if std::env::var_os("UPDATE_GOLDEN").is_some() {
                fs::create_dir_all(&folder).unwrap();
                fs::write(&path, &actual).unwrap();
            } else {
                wrong.push(format!("{}\n--- actual\n{actual}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "UPDATE_GOLDEN=1 accepts these:\n{}", wrong.join("\n"));
}

#[test]
fn reports_of_the_sample_with_mistakes() {
    let mut session = folder("broken", &broken());
    let grades = [("layout/missing-web-config", "off"), ("web-config/misspelt-module", "warning")];
    session.set_grades(Grades::parse(grades.into_iter()).unwrap());
    let mut report = reported(&session);
    let sha1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709".to_owned();
    report.form.as_mut().unwrap().finished = Some(Finished { bytes: 1025, sha1 });
    compare("broken", &report);
}

#[test]
fn nothing_of_a_hostile_package_becomes_markup() {
    let report = reported(&folder("<script>alert(1)</script>", &hostile()));
    compare("hostile", &report);
    let html = report::render(&report, Format::Html);
    for mark in ["<script", "<img", "onerror=alert(1)>", "\u{202e}"] {
        assert!(!html.contains(mark), "{mark}");
    }
    for (name, format) in FORMATS {
        let text = report::render(&report, format);
        assert!(name == "report.txt" || !text.contains('\u{202e}'), "{name}");
    }
}

/// What could be asked for beyond the application.
#[test]
fn reports_of_suggestions() {
    let app = "import flask\napp = flask.Flask(__name__)\nUPLOAD_FOLDER = 'uploads'\n";
    let mut files = Files::default();
    files.set("app.py", app.into());
    files.set("static/site.css", "body {}\n".into());
    files.set("setup.sql", "CREATE TABLE `items` (id INT) ENGINE=InnoDB;\n".into());
    files.set("plain.sql", "CREATE TABLE items (id INT);\n".into());
    files.set("[a](b) @c.sql", "CREATE TABLE items (id INT);\n".into());
    files.set("runtime.txt", "python-3.4\n".into());
    let mut session = folder("shop", &files);
    let extras = Extras { runtime_txt: true, ..Extras::default() };
    session.set_answers(Answers { extras, ..Answers::default() }).unwrap();
    compare("suggestions", &reported(&session));
}

#[test]
fn reports_of_a_publish_profile() {
    let text = "<publishData>\n  <publishProfile publishMethod=\"MSDeploy\" publishUrl=\"shop.scm.azurewebsites.net:443\" \
                msdeploySite=\"shop\" userName=\"$shop\" userPWD=\"TOPSECRET&amp;1\">\n    <databases><add \
                name=\"Db\" connectionString=\"Server=s;Pwd=TOPSECRET2;\" /></databases>\n  </publishProfile>\n</publishData>\n";
    let report = reported(&file("shop.PublishSettings", text));
    compare("publish-profile", &report);
    for (name, format) in FORMATS {
        assert!(!report::render(&report, format).contains("TOPSECRET"), "{name}");
    }
    assert!(!format!("{report:?}").contains("TOPSECRET"), "what crosses to JavaScript is in the report");
}

#[test]
fn tells_what_was_dropped_by_itself() {
    let set = "<parameters><setParameter name=\"AppPath\" value=\"a\" /></parameters>";
    for (name, text, kind) in [
        ("Parameters.xml", set, "set-parameters"),
        ("values.xml", set, "set-parameters"),
        ("x.pubxml", "<Project />", "publish-profile"),
        ("x.xml", "<publishData />", "publish-profile"),
        ("x.txt", "msdeploy -verb:sync -source:package=a.zip -dest:auto", "command-line"),
        ("app.py", "import os", "application"),
        ("Parameters.xml", "<parameters><parameter name=\"a\" /></parameters>", "gallery-package"),
    ] {
        assert_eq!(reported(&file(name, text)).input.kind.as_str(), kind, "{name}");
    }
    let refused = |name: &str, bytes: &[u8]| {
        let files = Files { files: vec![(name.to_owned(), bytes.to_vec())] };
        let size = bytes.len() as u64;
        let entry = RawEntry { name: name.to_owned(), folder: false, size, modified: None, id: InputId(0) };
        Session::file(name, entry, Rc::new(files) as Rc<dyn Source>).unwrap_err().to_string()
    };
    assert_eq!(refused("x.zip", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "the file is a PNG image, not a ZIP");
    assert_eq!(refused("x.xml", b"Rar!\x1a\x07\x00"), "the file is a RAR archive, not a ZIP");
    assert_eq!(refused("notes.txt", b"hello"), "the file is a text file, not a ZIP");
}

#[test]
fn a_rule_is_off_or_graded_otherwise() {
    let mut session = folder("broken", &broken());
    let before = reported(&session);
    let rule = before.diagnostics[0].finding.rule;
    session.set_grades(Grades::parse([(rule.code, "off")].into_iter()).unwrap());
    assert!(reported(&session).diagnostics.iter().all(|item| item.finding.rule.id != rule.id));
    session.set_grades(Grades::parse([(rule.id, "note")].into_iter()).unwrap());
    let after = reported(&session);
    let own = after.diagnostics.iter().find(|item| item.finding.rule.id == rule.id).unwrap();
    assert_eq!(own.finding.severity.as_str(), "note");
}

#[test]
fn says_what_it_fixed_and_leaves_no_safe_fix() {
    let mut session = folder("broken", &broken());
    let fixed = session.apply_safe_fixes(Profile::Gallery).unwrap();
    assert_eq!(session.fixed().len(), fixed);
    assert!(fixed > 0);
    assert_eq!(session.apply_safe_fixes(Profile::Gallery).unwrap(), 0);
    let mut script = file("deploy.cmd", "msdeploy.exe –verb:sync -source:package=“a.zip” -dest:auto");
    script.apply_safe_fixes(Profile::Gallery).unwrap();
    let bytes = script.single().unwrap().unwrap();
    assert_eq!(String::from_utf8(bytes).unwrap(), "msdeploy.exe -verb:sync -source:package=\"a.zip\" -dest:auto");
}
