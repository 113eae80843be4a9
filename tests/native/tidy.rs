//! The shape of the source tree: what every file has, and which room may use which.

use std::collections::BTreeMap;
use std::fs;

use gallery_packager::rules;

use crate::support::root;

/// Source files by path below `src`, `/` between segments.
fn sources() -> BTreeMap<String, String> {
    fn add(folder: &std::path::Path, base: &std::path::Path, out: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if !path.join("Cargo.toml").exists() {
                    add(&path, base, out);
                }
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(base).unwrap().to_str().unwrap().replace('\\', "/");
                out.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut out = BTreeMap::new();
    let base = root().join("src");
    add(&base, &base, &mut out);
    out
}

/// The room of a file, and the rooms of the crate that it names.
fn uses(path: &str, text: &str) -> (String, Vec<String>) {
    let room = path.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
    let code = text.split("#[cfg(test)]").next().unwrap_or(text);
    let named = code.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| {
        line.match_indices("crate::").map(|(at, _)| {
            let rest = &line[at + "crate::".len()..];
            rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap().to_owned()
        })
    });
    let named = named.filter(|other| *other != room && !other.is_empty()).collect();
    (room, named)
}

/// Maps and sets.
const EVERYBODY_MAY_USE: &str = "sorted";

/// Who may use whom: no arrow goes back.
const MAY_USE: &[(&str, &[&str])] = &[
    ("sorted", &[]),
    ("path", &[]),
    ("limits", &[]),
    ("text", &[]),
    ("tree", &["path"]),
    ("python", &["limits", "text"]),
    ("secret", &["text"]),
    ("xml", &["limits", "text", "fix", "path"]),
    ("contents", &["limits", "path", "python", "secret", "text", "tree", "xml"]),
    ("fix", &["contents", "path", "text", "tree"]),
    ("diagnostic", &["fix", "path", "text"]),
    ("archive", &["contents", "limits", "path", "tree"]),
    ("requirements", &["contents", "path", "python", "text", "wheel"]),
    ("wheel", &["path", "python", "tree"]),
    ("select", &["contents", "path", "tree"]),
    ("publish", &["contents", "path", "text", "xml"]),
    ("model", &["contents", "limits", "path", "publish", "python", "text", "tree", "xml"]),
    ("detect", &["contents", "limits", "path", "python", "requirements", "tree"]),
    ("target", &["detect", "model", "path", "python"]),
    ("generate", &["contents", "detect", "fix", "model", "path", "target", "text", "tree", "xml"]),
    (
        "rules",
        &[
            "archive",
            "contents",
            "detect",
            "diagnostic",
            "fix",
            "limits",
            "model",
            "path",
            "publish",
            "python",
            "secret",
            "select",
            "target",
            "text",
            "tree",
            "wheel",
            "xml",
        ],
    ),
    (
        "report",
        &[
            "contents",
            "detect",
            "diagnostic",
            "fix",
            "limits",
            "model",
            "path",
            "publish",
            "python",
            "rules",
            "secret",
            "select",
            "target",
            "text",
        ],
    ),
];

#[test]
fn rooms_use_only_the_rooms_they_may() {
    let table: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let code = sources().into_iter().filter(|(path, _)| !path.ends_with("tests.rs") && path != "testing.rs");
    for (path, text) in code {
        let (room, named) = uses(&path, &text);
        let Some(allowed) = table.get(room.as_str()) else { continue };
        for other in named {
            let may = other == EVERYBODY_MAY_USE || allowed.contains(&other.as_str());
            assert!(may, "src/{path}: `{room}` may not use `{other}`");
        }
    }
}

/// Each of these crates is named in one room only.
const ONE_ROOM: &[(&str, &str)] = &[
    ("zip::", "archive"),
    ("flate2::", "archive"),
    ("crc32fast::", "archive"),
    ("quick_xml", "xml"),
    ("ruff_python", "python"),
    ("ruff_text_size", "python"),
    ("wasm_bindgen", "wasm"),
    ("js_sys", "wasm"),
    ("web_sys", "wasm"),
    ("serde", "wasm"),
    ("tsify", "wasm"),
];

#[test]
fn a_library_is_named_in_one_room() {
    for (path, text) in sources() {
        let room = path.split('/').next().unwrap().trim_end_matches(".rs");
        for (name, owner) in ONE_ROOM {
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            let named = code.filter(|line| line.contains(name)).count();
            assert!(named == 0 || room == *owner, "src/{path} names `{name}`, which belongs to `{owner}`");
        }
    }
}

#[test]
fn every_file_says_what_it_is_for_and_stays_small() {
    for (path, text) in sources() {
        assert!(text.starts_with("//! "), "src/{path} does not begin with a `//!` line");
        assert!(text.lines().count() <= 400, "src/{path} has more than 400 lines: split it along the data flow");
        assert!(!text.contains("#[allow("), "src/{path}: use `#[expect(..., reason = \"...\")]`");
    }
}

#[test]
fn a_rule_is_called_as_its_file_is() {
    let files: Vec<String> = sources()
        .into_keys()
        .filter_map(|path| Some(path.strip_prefix("rules/")?.strip_suffix(".rs")?.replace('_', "-")))
        .filter(|path| path.contains('/'))
        .collect();
    let mut ids: Vec<&str> = rules::ALL.iter().map(|rule| rule.id).collect();
    ids.sort_unstable();
    assert_eq!(files, ids, "a file is not registered in src/rules/mod.rs, or has another id than its path");
    let mut codes: Vec<&str> = rules::ALL.iter().map(|rule| rule.code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), ids.len(), "two rules have the same code");
}

#[test]
fn the_readme_counts_the_rules() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let count = format!("There are {} rules", rules::ALL.len());
    assert!(readme.contains(&count), "README.md does not say `{count}`");
}

#[test]
fn a_rule_has_a_whole_page() {
    for rule in rules::ALL {
        for heading in ["What it does", "Why it matters", "Example", "Use instead", "Fix", "References"] {
            assert!(rule.page.contains(&format!("## {heading}\n")), "{}: no heading `{heading}`", rule.id);
        }
    }
}
