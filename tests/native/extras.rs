//! What the packager makes of what a person asks for beyond the application itself. A case is an
//! application of `CASES` with answers; `tests/golden/extras/<case>/` has the files that were written.
//! `UPDATE_GOLDEN=1` writes it.

use std::collections::BTreeMap;
use std::fs;

use gallery_packager::diagnostic::{Profile, Severity};
use gallery_packager::pipeline::{Answers, Asked, Database, Extras, Session};
use gallery_packager::report::{self, Format, State};

use crate::packages::session;
use crate::support::{Files, root};

const APP: &str =
    "import os\nfrom flask import Flask\napp = Flask(__name__)\napp.config['UPLOAD_FOLDER'] = 'uploads'\n";
const SETTINGS: &str = "[server]\nhost = localhost\nsecret = 'change me'\n";
const XML: &str = "<?xml version=\"1.0\"?>\n<settings>\n  <mail server=\"localhost\" />\n</settings>\n";
const SQL: &str = "CREATE TABLE [dbo].[items] (id INT IDENTITY(1,1) PRIMARY KEY, name NVARCHAR(80));\nGO\n";
const LOGIN: &str = "CREATE LOGIN PlaceHolderForUser WITH PASSWORD = 'PlaceHolderForPassword';\nGO\n";
const USER: &str = "CREATE USER PlaceHolderForUser FOR LOGIN PlaceHolderForUser;\nGO\n";
const MYSQL: &str =
    "DELIMITER //\nCREATE TABLE `items` (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(80)) ENGINE=InnoDB //\n";
const PLAIN: &str = "CREATE TABLE items (id INT PRIMARY KEY);\n";

fn files() -> Files {
    let list = [
        ("app.py", APP),
        ("conf/server.ini", SETTINGS),
        ("conf/mail.xml", XML),
        ("settings.sample.py", "NAME = 'sample'\n"),
        ("install.sql", SQL),
        ("createlogin.sql", LOGIN),
        ("createuser.sql", USER),
        ("mysql.sql", MYSQL),
        ("plain.sql", PLAIN),
    ];
    let mut files = Files::default();
    for (name, text) in list {
        files.set(name, text.as_bytes().to_vec());
    }
    files
}

fn database(script: &str) -> Database {
    Database { script: script.to_owned(), ..Database::default() }
}

fn setting(name: &str, key: &str) -> Asked {
    Asked { name: name.to_owned(), app_setting: Some(key.to_owned()), ..Asked::default() }
}

fn text(name: &str, file: &str, matching: &str) -> Asked {
    let some = |text: &str| Some(text.to_owned());
    Asked { name: name.to_owned(), file: some(file), matching: some(matching), ..Asked::default() }
}

/// The answers by the names of their goldens.
fn cases() -> BTreeMap<&'static str, Extras> {
    let strings = |list: &[&str]| list.iter().map(|&text| text.to_owned()).collect();
    let with = |parameters: Vec<Asked>| Extras { parameters, ..Extras::default() };
    BTreeMap::from([
        ("writable", Extras { writable_folders: strings(&["uploads", "var/cache"]), ..Extras::default() }),
        (
            "sql-server",
            Extras {
                databases: vec![
                    database("install.sql"),
                    database("createuser.sql"),
                    Database { setting: Some("DATABASE_URL".to_owned()), ..database("createlogin.sql") },
                ]
                .into_iter()
                .map(|own| Database { engine: Some("sql".to_owned()), ..own })
                .collect(),
                ..Extras::default()
            },
        ),
        ("mysql", Extras { databases: vec![database("mysql.sql")], ..Extras::default() }),
        (
            "both-engines",
            Extras {
                databases: ["install.sql", "mysql.sql"]
                    .map(|script| Database { setting: Some("DATABASE_URL".to_owned()), ..database(script) })
                    .into(),
                writable_folders: strings(&["uploads"]),
                ..Extras::default()
            },
        ),
        (
            "alias",
            Extras { aliases: vec![("settings.sample.py".to_owned(), "settings.py".to_owned())], ..Extras::default() },
        ),
        (
            "settings",
            with(vec![
                Asked {
                    friendly_name: Some("Title & name".to_owned()),
                    description: Some("What stands at the top of each page.".to_owned()),
                    default: Some("My \"shop\"".to_owned()),
                    ..setting("Title", "SITE_TITLE")
                },
                Asked { password: true, ..setting("SecretKey", "SECRET_KEY") },
                Asked {
                    validation: Some(("Enumeration".to_owned(), Some("en,de".to_owned()))),
                    default: Some("en".to_owned()),
                    ..setting("Language", "LANGUAGE")
                },
                Asked { validation: Some(("AllowEmpty".to_owned(), None)), ..setting("Mail", "MAIL") },
            ]),
        ),
        (
            "files",
            with(vec![
                Asked { default: Some("localhost".to_owned()), ..text("Host", "conf/server.ini", r"localhost\b") },
                Asked { password: true, ..text("Secret", "conf/server.ini", "change me") },
                Asked {
                    name: "MailServer".to_owned(),
                    file: Some("conf/mail.xml".to_owned()),
                    xpath: Some("/settings/mail/@server".to_owned()),
                    default: Some("localhost".to_owned()),
                    ..Asked::default()
                },
            ]),
        ),
        ("runtime", Extras { runtime_txt: true, ..Extras::default() }),
    ])
}

fn with(extras: Extras) -> Session {
    let mut session = session("shop", &files());
    session.set_answers(Answers { extras, ..Answers::default() }).unwrap();
    session
}

/// Errors and warnings about what was written, in the three profiles.
fn complaints(session: &Session) -> Vec<String> {
    let mut out = Vec::new();
    for profile in [Profile::Gallery, Profile::WebDeploy, Profile::Strict] {
        let report = session.check(profile).unwrap();
        let written: Vec<String> =
            report.shown.iter().filter(|file| file.state != State::Input).map(|file| file.path.to_string()).collect();
        for item in &report.diagnostics {
            let finding = &item.finding;
            let about = finding.diagnostic.location.file.as_ref().is_some_and(|file| written.contains(file));
            if about && finding.severity != Severity::Note {
                out.push(format!("{profile:?} {} {}", finding.rule.id, finding.diagnostic.message));
            }
        }
    }
    out
}

#[test]
fn writes_what_is_asked_for() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut wrong = Vec::new();
    for (name, extras) in cases() {
        let report = with(extras).check(Profile::Gallery).unwrap();
        let folder = root().join("tests/golden/extras").join(name);
        let mut listing = String::new();
        // The rest of the application's folder is other tests' business.
        for entry in report.files.iter().filter(|entry| entry.folder || entry.path.depth() == 1) {
            listing.push_str(&format!("{}{}\n", entry.path, if entry.folder { "/" } else { "" }));
        }
        let mut expected = vec![("files.txt".to_owned(), listing)];
        let written = report.shown.iter().filter(|file| file.state != State::Input && !file.text.is_empty());
        let written = written.filter(|file| file.path.name() != "web.config");
        expected.extend(written.map(|file| (file.path.name().to_owned(), file.text.clone())));
        for (file, text) in expected {
            let path = folder.join(&file);
            if update {
                fs::create_dir_all(&folder).unwrap();
                fs::write(&path, &text).unwrap();
            } else if fs::read_to_string(&path).ok().as_ref() != Some(&text) {
                wrong.push(format!("{name}/{file}:\n{text}"));
            }
        }
    }
    assert!(wrong.is_empty(), "UPDATE_GOLDEN=1 accepts these:\n{}", wrong.join("\n"));
}

#[test]
fn accepts_every_pair_of_answers_in_every_profile() {
    let cases = cases();
    for (first, one) in &cases {
        for (second, two) in &cases {
            let mut both = one.clone();
            if first != second {
                both.writable_folders.extend(two.writable_folders.iter().cloned());
                let new = two.databases.iter().filter(|own| !one.databases.iter().any(|o| o.script == own.script));
                both.databases.extend(new.cloned());
                both.aliases.extend(two.aliases.iter().cloned());
                both.parameters.extend(two.parameters.iter().cloned());
                both.runtime_txt |= two.runtime_txt;
            }
            let mut complaints = complaints(&with(both.clone()));
            // Only the retired validator wants a setAcl in each package.
            complaints.retain(|text| {
                !(both.writable_folders.is_empty() && text.starts_with("Strict manifest/missing-access"))
            });
            assert_eq!(complaints, Vec::<String>::new(), "{first} and {second}");
        }
    }
}

#[test]
fn each_answer_replaces_a_place() {
    for (name, extras) in cases() {
        let report = with(extras).check(Profile::Gallery).unwrap();
        for field in &report.install.fields {
            for run in &field.runs {
                assert!(!run.hits.is_empty() || run.unchecked.is_some(), "{name}: {} {:?}", field.name, run.matching);
            }
        }
    }
}

#[test]
fn says_why_an_answer_is_refused() {
    let some = |text: &str| Some(text.to_owned());
    let of = |parameters: Vec<Asked>| Extras { parameters, ..Extras::default() };
    let folder = |name: &str| Extras { writable_folders: vec![name.to_owned()], ..Extras::default() };
    let base = |own: Database| Extras { databases: vec![own], ..Extras::default() };
    let served = |url: &str, folder: &str| {
        let list = vec![(url.to_owned(), folder.to_owned())];
        Extras { static_folders: Some(list), ..Extras::default() }
    };
    for (extras, piece) in [
        (folder("."), "could change its own code"),
        (folder("../x"), "could change its own code"),
        (folder("a?"), "on Windows"),
        (base(database("gone.sql")), "there is no file `gone.sql`"),
        (base(database("app.py")), "is no SQL script"),
        (base(database("plain.sql")), "whether it is for SQL Server or MySQL"),
        (base(Database { engine: some("Oracle"), ..database("plain.sql") }), "there is no engine `Oracle`"),
        (base(Database { setting: some("a b"), ..database("mysql.sql") }), "cannot be the key of a setting"),
        (Extras { aliases: vec![("gone".to_owned(), "a".to_owned())], ..Extras::default() }, "no file `gone` to copy"),
        (Extras { aliases: vec![("app.py".to_owned(), "../a".to_owned())], ..Extras::default() }, "path of a copy"),
        (served("", "conf"), "address of a static folder"),
        (served("/static/", "gone"), "there is no folder `gone`"),
        (served("/static/", "conf"), "anybody could fetch `server.ini`"),
        (of(vec![setting("", "A")]), "cannot be the name of a parameter"),
        (of(vec![setting("a{b}", "A")]), "cannot be the name of a parameter"),
        (of(vec![setting("A", "A"), setting("a", "B")]), "there are two parameters `a`"),
        (of(vec![Asked { password: true, default: some("x"), ..setting("A", "A") }]), "gets no default"),
        (of(vec![Asked { validation: Some(("Sometimes".to_owned(), None)), ..setting("A", "A") }]), "no validation"),
        (of(vec![Asked { validation: Some(("Enumeration".to_owned(), None)), ..setting("A", "A") }]), "needs a value"),
        (of(vec![Asked { name: "A".to_owned(), ..Asked::default() }]), "needs one target"),
        (of(vec![Asked { app_setting: some("K"), ..text("A", "conf/server.ini", "x") }]), "needs one target"),
        (of(vec![text("A", "gone.ini", "x")]), "there is no file `gone.ini`"),
        (of(vec![text("A", "conf/server.ini", "(")]), "is no regular expression"),
        (of(vec![text("A", "conf/server.ini", "x*")]), "matches everywhere"),
        (of(vec![Asked { matching: None, xpath: some("//a["), ..text("A", "conf/mail.xml", "") }]), "is no XPath"),
    ] {
        let mut session = session("shop", &files());
        let refused = session.set_answers(Answers { extras, ..Answers::default() }).unwrap_err();
        assert!(refused.0.contains(piece), "{piece}: {refused}");
    }
}

/// A package of somebody else is added to by edits: every line of it stays as it was.
#[test]
fn keeps_every_line_of_a_package_that_exists() {
    let manifest = "<MSDeploy.iisApp>\r\n\t<!-- mine -->\r\n\t<iisApp path=\"shop\" managedRuntimeVersion=\"\" />\r\n\t\
                    <setAcl path=\"shop/logs\" setAclAccess=\"Modify\" />\r\n</MSDeploy.iisApp>\r\n";
    let parameters = "<parameters>\r\n\t<parameter name=\"Application Path\" defaultValue=\"Default Web Site/shop\" tags=\"iisApp\">\r\n\
                      \t\t<parameterEntry kind=\"ProviderPath\" scope=\"iisApp\" match=\"^shop$\" />\r\n\t</parameter>\r\n\
                      \t<parameter name=\"SetAclParameter1\" defaultValue=\"{Application Path}/logs\" tags=\"Hidden\">\r\n\
                      \t\t<parameterEntry kind=\"ProviderPath\" scope=\"setAcl\" match=\"^shop/logs$\" />\r\n\t</parameter>\r\n</parameters>\r\n";
    let mut files = Files::default();
    files.set("manifest.xml", manifest.as_bytes().to_vec());
    files.set("parameters.xml", parameters.as_bytes().to_vec());
    files.set("shop/app.py", APP.as_bytes().to_vec());
    files.set("shop/logs/a.log", Vec::new());
    files.set("shop/web.config", b"<configuration />\r\n".to_vec());
    files.set("setup.sql", MYSQL.as_bytes().to_vec());
    let extras = Extras {
        writable_folders: vec!["logs".to_owned(), "uploads".to_owned()],
        databases: vec![database("setup.sql")],
        parameters: vec![Asked { default: Some("x".to_owned()), ..setting("Title", "SITE_TITLE") }],
        ..Extras::default()
    };
    for complete in [None, Some(true)] {
        let mut session = session("shop", &files);
        session.set_answers(Answers { extras: extras.clone(), complete, ..Answers::default() }).unwrap();
        let report = session.check(Profile::Gallery).unwrap();
        let text = |name: &str| report.shown.iter().find(|file| file.path.as_str() == name).unwrap().text.clone();
        let kept = |old: &str, new: &str| {
            let mut lines = new.lines();
            old.lines().all(|line| lines.any(|other| other == line)) && !new.replace("\r\n", "").contains('\n')
        };
        let (new_manifest, new_parameters) = (text("manifest.xml"), text("parameters.xml"));
        assert!(kept(manifest, &new_manifest), "{new_manifest}");
        assert!(kept(parameters, &new_parameters), "{new_parameters}");
        assert_eq!(new_manifest.matches("<setAcl").count(), 2, "{new_manifest}");
        assert!(new_manifest.contains("\r\n\t<dbMySql path=\"setup.sql\""), "{new_manifest}");
        for piece in ["\"{Application Path}/uploads\"", "name=\"SetAclParameter2\"", "name=\"Title\""] {
            assert!(new_parameters.contains(piece), "{piece}: {new_parameters}");
        }
        assert!(!new_parameters.contains("/logs\" tags=\"Hidden\">\r\n\t\t<parameterEntry type"));
    }
}

/// A setting has no place in a package that has no web.config and gets none.
#[test]
fn refuses_a_setting_that_has_no_place() {
    let mut files = Files::default();
    files.set("Manifest.xml", b"<MSDeploy.iisApp>\n  <iisApp path=\"shop\" />\n</MSDeploy.iisApp>\n".to_vec());
    files.set("Parameters.xml", b"<parameters />\n".to_vec());
    files.set("shop/app.py", APP.as_bytes().to_vec());
    files.set("shop/setup.sql", MYSQL.as_bytes().to_vec());
    let mut session = session("shop", &files);
    let of_setting = Extras { parameters: vec![setting("Title", "SITE_TITLE")], ..Extras::default() };
    let script = Database { setting: Some("DATABASE_URL".to_owned()), ..database("shop/setup.sql") };
    let of_script = Extras { databases: vec![script], ..Extras::default() };
    for (extras, key) in [(&of_setting, "SITE_TITLE"), (&of_script, "DATABASE_URL")] {
        let answers = |complete| Answers { extras: extras.clone(), complete, ..Answers::default() };
        for complete in [None, Some(false)] {
            let refused = session.set_answers(answers(complete)).unwrap_err();
            assert!(refused.0.contains("no web.config") && refused.0.contains(key), "{refused}");
        }
        session.set_answers(answers(Some(true))).unwrap();
    }
    let plain = Extras { databases: vec![database("shop/setup.sql")], ..Extras::default() };
    session.set_answers(Answers { extras: plain, ..Answers::default() }).unwrap();
}

#[test]
fn says_why_runtime_txt_is_not_written() {
    let asked = Extras { runtime_txt: true, ..Extras::default() };
    let report = |session: &Session| session.check(Profile::Gallery).unwrap();
    let mut with_own = files();
    with_own.set("runtime.txt", b"python-3.4\n".to_vec());
    let mut there = session("shop", &with_own);
    there.set_answers(Answers { extras: asked.clone(), ..Answers::default() }).unwrap();
    let mut unknown = session("shop", &files());
    let interpreter = Some(r"C:\py\python.exe".to_owned());
    unknown.set_answers(Answers { interpreter, extras: asked.clone(), ..Answers::default() }).unwrap();
    for (session, piece) in [(there, "`shop/runtime.txt` is there already"), (unknown, "which version")] {
        let report = report(&session);
        let why = report.suggestions.runtime.clone().unwrap_err();
        assert!(why.contains(piece), "{why}");
        let text = report::render(&report, Format::Text);
        assert!(text.contains(&format!("`runtime.txt` was not written: {why}")), "{text}");
        assert!(!report.shown.iter().any(|file| file.path.name() == "runtime.txt" && file.state == State::New));
    }
    let written = report(&with(asked));
    assert!(written.suggestions.runtime.unwrap().starts_with("python-"));
    let unasked = report(&with(Extras::default()));
    assert!(!report::render(&unasked, Format::Text).contains("runtime.txt"));
}
