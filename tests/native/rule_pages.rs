//! Prints every rule with its page as JSON: what `./build.sh build` makes the rules' web pages of.
#![expect(clippy::print_stdout, reason = "its output is its purpose")]

use gallery_packager::diagnostic::Severity;
use gallery_packager::report::json_text::string as json;
use gallery_packager::rules;

fn main() {
    let rules: Vec<String> = rules::ALL
        .iter()
        .map(|rule| {
            let severity = |severity: Option<Severity>| severity.map_or("off", Severity::as_str);
            format!(
                r#"{{"id": {}, "code": {}, "gallery": "{}", "webdeploy": "{}", "strict": "{}", "page": {}}}"#,
                json(rule.id),
                json(rule.code),
                severity(rule.gallery),
                severity(rule.webdeploy),
                severity(rule.strict),
                json(rule.page)
            )
        })
        .collect();
    println!("[\n{}\n]", rules.join(",\n"));
}
