//! What is not searched for secrets is told.

use std::rc::Rc;

use gallery_packager::diagnostic::{Diagnostic, Profile, Severity};
use gallery_packager::pipeline::Session;

use crate::support::Files;

/// LAY030 for an application and so many files of settings: the file, and what is said.
fn told(settings: usize, length: usize) -> Vec<String> {
    let mut files =
        Files { files: vec![("app.py".to_owned(), b"def application(environ, start_response): ...".to_vec())] };
    let setting = format!("key = {}\n", "1".repeat(length)).into_bytes();
    files.files.extend((0..settings).map(|number| (format!("data/{number:04}.ini"), setting.clone())));
    let session = Session::folder("shop", files.raw(), Vec::new(), Rc::new(files));
    let report = session.check(Profile::Gallery).unwrap();
    let findings = report.diagnostics.iter().map(|item| &item.finding);
    let told = findings.filter(|finding| finding.rule.code == "LAY030").map(|finding| {
        assert_eq!(finding.severity, Severity::Note);
        let Diagnostic { location, message, consequence, help, .. } = &finding.diagnostic;
        format!("{}: {message}. {consequence} {help}", location.file.as_deref().unwrap_or_default())
    });
    told.collect()
}

#[test]
fn tells_which_files_were_not_searched() {
    assert!(told(3_999, 1).is_empty()); // what the packager writes does not count
    let rest = "What is written out there goes to everybody who has the package. At most 4,000 files and 32 MB are \
                searched: leave out what the application does not need.";
    let first = "shop/data/3999.ini: 101 files were not searched for secrets, this one first";
    assert_eq!(told(4_100, 1), [format!("{first}. {rest}")]);
    let only = "shop/data/0067.ini: this file was not searched for secrets";
    assert_eq!(told(68, 500_000), [format!("{only}. {rest}")]);
}
