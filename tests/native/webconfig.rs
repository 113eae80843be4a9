//! Microsoft's own web.config files: the templates of Visual Studio and the sites that wfastcgi is
//! tested with. `UPDATE_GOLDEN=1` writes `webconfig.expect.tsv`: site, errors and warnings.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use gallery_packager::archive::ZipInput;
use gallery_packager::contents::Contents;
use gallery_packager::diagnostic::{Profile, Severity};
use gallery_packager::fix;
use gallery_packager::pipeline;
use gallery_packager::rules::Finding;
use gallery_packager::tree::{FileTree, InputId};

use crate::golden;
use crate::support::{Files, root, shared};

#[test]
fn judges_microsofts_files_as_the_table_says() {
    let Some(corpus) = shared("corpora/webconfig/Python") else {
        eprintln!("skipped: there is no ../shared/corpora/webconfig");
        return;
    };
    let mut actual = String::new();
    for folder in sites(&corpus) {
        let findings = judge(&package(site(&folder)));
        let codes: Vec<String> =
            findings.iter().map(|finding| format!("{} {}", finding.severity.as_str(), finding.rule.code)).collect();
        let name = folder.strip_prefix(&corpus).unwrap().to_str().unwrap().replace('\\', "/");
        writeln!(actual, "{name}\t{}", codes.join(", ")).unwrap();
    }
    let table = root().join("tests/native/webconfig.expect.tsv");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&table, &actual).unwrap();
    }
    let expected = fs::read_to_string(&table).unwrap();
    assert_eq!(actual, expected);
}

/// What the tests of wfastcgi expect in its error page, and the diagnostic that says it before.
#[test]
fn says_what_wfastcgi_prints_for_bad_handlers() {
    let Some(corpus) = shared("corpora/webconfig/Python/Tests/TestData/WFastCgi") else {
        eprintln!("skipped: there is no ../shared/corpora/webconfig");
        return;
    };
    for (site, code, message) in [
        ("BadHandler", "WEB022", "no attribute `does_not_exist`"),
        ("BadHandler2", "WEB022", "\"myapp_does_not_exist.does_not_exist\" could not be imported"),
        ("BadHandler6", "WEB022", "\"myapp.app\" could not be imported"),
        ("BadHandler4", "WEB021", "\"myapp\" could not be imported"),
        ("BadHandler5", "WEB020", "WSGI_HANDLER env var must be set"),
    ] {
        let findings = judge(&package(self::site(&corpus.join(site))));
        let said = findings.iter().any(|f| f.rule.code == code && f.diagnostic.consequence.contains(message));
        assert!(said, "{site}: nothing says {message:?}\n{findings:#?}");
    }
}

#[test]
fn leaves_other_languages_alone() {
    let aspnet = r#"<configuration>
  <connectionStrings><add name="Photos" connectionString="Data Source=." /></connectionStrings>
  <system.webServer><handlers><add name="x" modules="fastcgimodule" resourceType="Script" /></handlers></system.webServer>
</configuration>"#;
    let php = r#"<Configuration>
  <system.webserver><handlers>
    <add name="PHP" path="index.php" verb="*" modules="FastCgiModule" scriptProcessor="C:\PHP\php-cgi.exe" resourceType="File">
  </handlers></system.webserver>
</Configuration>"#;
    for text in [aspnet, php] {
        let mut site = Files::default();
        site.set("web.config", text.as_bytes().to_vec());
        site.set("index.php", b"<?php".to_vec());
        let findings = judge(&package(site));
        let accused: Vec<&str> =
            findings.iter().map(|f| f.rule.id).filter(|id| id.starts_with("web-config/")).collect();
        assert!(accused.is_empty(), "{accused:?}\n{text}");
    }
}

/// A real package of an ASP.NET application.
#[test]
fn leaves_a_package_of_another_language_alone() {
    let Some(file) = shared("corpora/packages/msdocs_VacationPicsWPIInstaller.zip") else {
        eprintln!("skipped: there is no ../shared/corpora/packages");
        return;
    };
    let mut zip = Files::default();
    zip.set("package.zip", fs::read(file).unwrap());
    let size = zip.files.iter().map(|(_, bytes)| bytes.len() as u64).sum();
    let input = ZipInput::open(Rc::new(zip), InputId(0), "package.zip", size).unwrap();
    let tree = FileTree::from_raw(input.list());
    let findings = pipeline::judge(&tree, &input, &Rc::default(), None, Profile::Gallery).unwrap();
    let accused: Vec<&str> = findings.iter().map(|f| f.rule.id).filter(|id| id.starts_with("web-config/")).collect();
    assert!(accused.is_empty(), "{accused:?}");
}

fn judge(files: &Files) -> Vec<Finding> {
    let findings = pipeline::judge(&files.tree(), files, &Rc::default(), None, Profile::Gallery).unwrap();
    findings.into_iter().filter(|finding| finding.severity >= Severity::Warning).collect()
}

/// The corpus has no modules: one in the place of each that says what the site's own says.
fn stand_in(site: &str) -> (&'static str, &'static str) {
    const HANDLER: &str = "def handler(environ, start_response):\n    start_response('200 OK', [])\n    return []\n";
    match site {
        "AzureFastCGIWebConfig" => ("app.py", "from bottle import default_app\n\nwsgi_app = default_app()\n"),
        "AzureHttpPlatformWebConfig" => ("runserver.py", "from app import app\n\napp.run()\n"),
        "AzureStaticWebConfig" => ("site.css", "body {}\n"),
        "BadHandler3" | "BadHandler7" => ("myapp.py", "raise ValueError('stops when it is imported')\n"),
        "BadHandler6" => ("myapp.py", "app = None\n"),
        "HelloWorldCallable" => (
            "myapp.py",
            "def application(environ, start_response):\n    return []\n\n\ndef handler():\n    return application\n",
        ),
        _ => ("myapp.py", HANDLER),
    }
}

fn site(folder: &Path) -> Files {
    let mut files = Files::read(folder);
    let (name, text) = stand_in(folder.file_name().unwrap().to_str().unwrap());
    files.set(name, text.as_bytes().to_vec());
    files
}

/// A package like the clean one, with the files of a site in the application's folder.
fn package(site: Files) -> Files {
    let mut files = Files::read(&root().join("tests/golden/base"));
    files.files.retain(|(name, _)| !name.starts_with("shop/"));
    for (name, bytes) in site.files {
        files.set(&format!("shop/{}", name.trim_end_matches(".source")), bytes);
    }
    files
}

/// The folders with a web.config and no such folder above them.
fn sites(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let name = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().to_lowercase();
    if paths.iter().any(|path| matches!(name(path).as_str(), "web.config" | "web.config.source")) {
        return vec![folder.to_owned()];
    }
    paths.iter().filter(|path| path.is_dir()).flat_map(|path| sites(path)).collect()
}

/// A fix that a person has to look at mends its diagnostic as well, and breaks nothing.
#[test]
fn every_offered_fix_mends() {
    let ours = |case: &PathBuf| case.file_name().unwrap().to_str().unwrap().starts_with("web-config-");
    for case in golden::cases().into_iter().filter(ours) {
        let files = golden::load(&case);
        let tree = files.tree();
        let before = judge(&files);
        for finding in &before {
            for fix in &finding.diagnostic.fixes {
                let mended = fix::apply(&tree, &Contents::new(&tree, &files), &[fix]).tree;
                let after = pipeline::judge(&mended, &files, &Rc::default(), None, Profile::Gallery).unwrap();
                let message = |finding: &Finding| format!("{} {}", finding.rule.code, finding.diagnostic.message);
                let known: Vec<String> = before.iter().map(message).collect();
                // A note that comes with it, such as on a module that is now needed, is no harm.
                let graver = after.iter().filter(|finding| finding.severity >= Severity::Warning);
                let there: Vec<String> = graver.map(message).collect();
                let context = format!("{}: `{}`\n{}", case.display(), fix.title, there.join("\n"));
                assert!(!there.contains(&message(finding)), "{context}");
                assert!(there.iter().all(|other| known.contains(other)), "{context}");
            }
        }
    }
}
