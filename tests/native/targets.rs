//! What each target makes of the same application. A case is `tests/golden/targets/<case>`:
//! `input/<name>/` is what was dropped, `answers.txt` may name answers, `expected/<target>/` has what
//! is said about the server and the files that were written. `UPDATE_GOLDEN=1` writes it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use gallery_packager::diagnostic::{Profile, Severity};
use gallery_packager::pipeline::{Answers, Session, judge};
use gallery_packager::report::{Report, State};
use gallery_packager::target::{self, Target};

use crate::packages;
use crate::schema;
use crate::support::{Files, root, shared};

fn cases() -> Vec<PathBuf> {
    let folder = fs::read_dir(root().join("tests/golden/targets")).unwrap();
    let mut cases: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

/// A session with a target, and with the answers of the case: a name, a colon, a value.
fn session(case: &Path, target: &'static Target) -> Session {
    let (name, files) = packages::input(case);
    let mut session = packages::session(&name, &files);
    let mut answers = Answers { target: Some(target), complete: Some(true), ..Answers::default() };
    for line in fs::read_to_string(case.join("answers.txt")).unwrap_or_default().lines() {
        let (name, value) = line.split_once(": ").unwrap();
        match name {
            "interpreter" if target.id.starts_with("iis-") => answers.interpreter = Some(value.to_owned()),
            "siteRoot" if target.id.starts_with("iis-") => answers.site_root = Some(value.to_owned()),
            "command" if target.id == "iis-httpplatform" => answers.command = Some(value.to_owned()),
            "interpreter" | "siteRoot" | "command" => {}
            other => panic!("unknown answer {other}"),
        }
    }
    session.set_answers(answers).unwrap();
    session
}

fn written(report: &Report) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    let host = report.host.as_ref().unwrap();
    let mut server = format!("{}, {}\n{}\n", host.target.name, host.choice.reason, host.target.retired.unwrap_or("-"));
    for step in &host.steps {
        server.push_str(&format!("- {}\n", step.text));
        server.extend(step.commands.iter().map(|line| format!("    {line}\n")));
    }
    out.insert("server.txt".to_owned(), server.into_bytes());
    for file in report.shown.iter().filter(|file| file.state != State::Input) {
        out.insert(file.path.as_str().to_owned(), file.text.clone().into_bytes());
    }
    out
}

#[test]
fn every_target_writes_what_the_goldens_have() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut wrong = Vec::new();
    for (case, target) in cases().iter().flat_map(|case| target::ALL.iter().map(move |target| (case, *target))) {
        let actual = written(&session(case, target).check(Profile::Gallery).unwrap());
        let folder = case.join("expected").join(target.id);
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
        for (path, bytes) in &actual {
            if expected.get(path) != Some(bytes) {
                wrong.push(format!("{}/{path}\n{}", folder.display(), String::from_utf8_lossy(bytes)));
            }
        }
    }
    assert!(wrong.is_empty(), "UPDATE_GOLDEN=1 accepts these:\n{}", wrong.join("\n"));
}

/// What is written for a target has no warning, except about what the application itself lacks.
#[test]
fn accepts_what_it_wrote_for_every_target() {
    for (case, target) in cases().iter().flat_map(|case| target::ALL.iter().map(move |target| (case, *target))) {
        let (tree, zip) = packages::read(packages::write(&session(case, target)));
        for profile in [Profile::Gallery, Profile::WebDeploy] {
            let findings = judge(&tree, &*zip, &Rc::default(), Some(&zip), profile).unwrap();
            for finding in findings.iter().filter(|finding| finding.severity != Severity::Note) {
                let known = packages::OF_THE_APPLICATION.contains(&finding.rule.id);
                let name = format!("{} {}", case.display(), target.id);
                assert!(known, "{name}: {} {}", finding.rule.id, finding.diagnostic.message);
            }
        }
    }
}

#[test]
fn schemas_take_what_every_target_has() {
    for file in cases().iter().flat_map(|case| schema::web_configs(&case.join("expected"))) {
        let Some(complaints) = schema::complaints(&file) else { return };
        assert!(complaints.is_empty(), "{}\n{complaints:#?}", file.display());
    }
}

/// Microsoft's own files, completed for each target: every line of theirs that is not blank is
/// still there, in order.
#[test]
fn keeps_every_line_of_a_real_web_config() {
    let Some(corpus) = shared("corpora/webconfig") else {
        return println!("skipped: there is no ../shared/corpora/webconfig");
    };
    let app = b"def application(environ, start_response):\n    start_response('200 OK', [])\n    return []\n";
    let mut kept = 0;
    for (name, bytes) in Files::read(&corpus).files {
        if !name.to_lowercase().contains("web.config") {
            continue;
        }
        let mut files = Files::default();
        files.set("app.py", app.to_vec());
        files.set("web.config", bytes.clone());
        for target in target::ALL {
            let mut session = packages::session("shop", &files);
            let answers = Answers { target: Some(target), complete: Some(true), ..Answers::default() };
            session.set_answers(answers).unwrap();
            let report = session.check(Profile::WebDeploy).unwrap();
            let written = report.shown.iter().find(|file| file.path.as_str() == "shop/web.config").unwrap();
            let before = String::from_utf8_lossy(&bytes).into_owned();
            let mut after = written.text.lines();
            for line in before.trim_start_matches('\u{feff}').lines().filter(|line| !line.trim().is_empty()) {
                // An empty element that gets children has another start tag.
                let same = |own: &str| {
                    own == line
                        || line.trim_end().ends_with("/>")
                            && own.starts_with(line.trim_end().trim_end_matches("/>").trim_end())
                };
                assert!(after.any(same), "{name} for {}: {line}\n{}", target.id, written.text);
            }
            kept += 1;
        }
    }
    assert!(kept > 100, "only {kept}");
}
