//! Another opinion on web.config: `../shared/tools/check_webconfig.py` reads Microsoft's schemas and
//! knows nothing of the rules here.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::golden;
use crate::support::{root, shared};

/// Rules about what the schemas say.
const OF_THE_SCHEMA: [&str; 7] = ["WEB003", "WEB004", "WEB005", "WEB006", "WEB016", "WEB032", "WEB033"];

/// Cases of which the schemas do not know everything, and why they are errors all the same.
const NOT_IN_THE_SCHEMA: [(&str, &str); 3] = [
    ("web-config-misspelt-module", "the schema takes any text; IIS looks the module up when a request comes"),
    ("web-config-malformed-http-platform", "the schema of httpPlatform comes with the module, not with IIS"),
    ("web-config-malformed-http-platform+values", "likewise"),
];

/// What the tool has against a file; nothing when it cannot be run here.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
pub(crate) fn complaints(file: &Path) -> Option<Vec<String>> {
    let Some(tool) = shared("tools/check_webconfig.py") else {
        eprintln!("skipped: there is no ../shared/tools/check_webconfig.py");
        return None;
    };
    let Ok(output) = Command::new("python3").arg(tool).arg(file).output() else {
        eprintln!("skipped: there is no python3");
        return None;
    };
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let failed = !said.contains("OK") && !said.contains("error(s)");
    assert!(!failed, "{}\n{}", file.display(), String::from_utf8_lossy(&output.stderr));
    // It does not know the module, whatever the section says.
    let lines =
        said.lines().filter(|line| line.starts_with("ERROR") && !line.contains("/httpPlatform: unknown section"));
    Some(lines.map(str::to_owned).collect())
}

pub(crate) fn web_configs(folder: &Path) -> Vec<PathBuf> {
    let Ok(listing) = fs::read_dir(folder) else { return Vec::new() };
    let paths = listing.map(|entry| entry.unwrap().path());
    let found = paths.flat_map(|path| if path.is_dir() { web_configs(&path) } else { vec![path] });
    found.filter(|path| path.file_name().unwrap().eq_ignore_ascii_case("web.config")).collect()
}

#[test]
fn schemas_take_what_the_packager_writes() {
    let mut files = web_configs(&root().join("tests/golden/base"));
    for case in fs::read_dir(root().join("tests/golden/packages")).unwrap() {
        files.extend(web_configs(&case.unwrap().path()));
    }
    assert!(files.len() > 8, "{files:?}");
    for file in files {
        let Some(complaints) = complaints(&file) else { return };
        assert!(complaints.is_empty(), "{}\n{complaints:#?}", file.display());
    }
}

#[test]
fn schemas_refuse_what_is_called_an_error() {
    let mut judged = 0;
    for case in golden::cases() {
        let name = case.file_name().unwrap().to_str().unwrap().to_owned();
        let report = fs::read_to_string(case.join("report.txt")).unwrap_or_default();
        let gallery = report.split("profile webdeploy").next().unwrap();
        let of_schema = |line: &str| OF_THE_SCHEMA.iter().any(|code| line.contains(&format!("] {code}:")));
        let errors = gallery.lines().filter(|line| line.starts_with("error[") && of_schema(line)).count();
        if errors == 0 || !name.starts_with("web-config-") {
            continue;
        }
        let mut refused = Vec::new();
        for file in web_configs(&case.join("input")) {
            let Some(complaints) = complaints(&file) else { return };
            refused.extend(complaints);
        }
        judged += 1;
        let exception = NOT_IN_THE_SCHEMA.iter().any(|(own, _)| *own == name);
        assert_eq!(refused.len() >= errors, !exception, "{name}: {errors} errors, and of the tool\n{refused:#?}");
    }
    assert!(judged > 10, "only {judged} cases were judged");
}
