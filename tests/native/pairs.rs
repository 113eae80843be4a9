//! Real pairs of Manifest.xml and Parameters.xml against the errors that an independent script
//! found in them (`EXPECT.tsv` beside the pairs).
//!
//! A pair comes without its application, so a package is made around it: the application's folder
//! with a web.config, the SQL scripts, the sources of aliases and the targets of rights.
//! `pairs.deviations.tsv` lists where the table is taken to be wrong, with the reason.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use gallery_packager::contents::Contents;
use gallery_packager::diagnostic::{Profile, Severity};
use gallery_packager::fix::{self, Applicability, Fix};
use gallery_packager::model::Package;
use gallery_packager::model::manifest::Provider;
use gallery_packager::path::PackagePath;
use gallery_packager::pipeline;
use gallery_packager::rules::{self, Finding};
use gallery_packager::tree::FileTree;

use crate::support::{Files, root, shared};

const PROFILES: [(Profile, &str); 2] = [(Profile::Gallery, "gallery"), (Profile::WebDeploy, "webdeploy")];

/// Code and what it is about: `XRF002 shop/media`.
type Errors = BTreeSet<String>;

#[test]
fn finds_the_errors_of_the_table() {
    let Some(corpus) = shared("corpora/pairs/EXPECT.tsv") else { return println!("skipped: ../shared is absent") };
    let table = fs::read_to_string(&corpus).unwrap();
    let known = fs::read_to_string(root().join("tests/native/pairs.deviations.tsv")).unwrap();
    let known: Errors = known.lines().skip(1).map(|line| line.rsplit_once('\t').unwrap().0.to_owned()).collect();
    let (mut pairs, mut errors, mut absent) = (0, 0, 0);
    let mut deviations = Errors::new();
    for row in table.lines().skip(1) {
        let columns: Vec<&str> = row.split('\t').collect();
        let name = folder(columns[0], columns[1], columns[2]);
        let Some(files) = package(&corpus.with_file_name(&name)) else {
            absent += 1;
            continue;
        };
        pairs += 1;
        for ((profile, title), expected) in PROFILES.into_iter().zip([columns[5], columns[6]]) {
            let (found, expected) = (judge(&files, profile), expectation(expected));
            errors += found.len();
            let more = found.difference(&expected).map(|error| ('+', error));
            let less = expected.difference(&found).map(|error| ('-', error));
            deviations.extend(more.chain(less).map(|(sign, error)| format!("{name}\t{title}\t{sign} {error}")));
        }
    }
    println!("{pairs} pairs: {errors} errors, {} deviations, {absent} not here as files", deviations.len());
    assert!(pairs > 100, "the corpus is not where it was");
    let new: Vec<&String> = deviations.difference(&known).collect();
    let gone: Vec<&String> = known.difference(&deviations).collect();
    assert!(new.is_empty() && gone.is_empty(), "new: {new:#?}\nno longer: {gone:#?}");
}

#[test]
fn finds_no_error_in_the_samples_of_microsoft() {
    let Some(folder) = shared("corpora/pairs/msdocs") else { return println!("skipped: ../shared is absent") };
    let samples: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    for sample in &samples {
        let files = package(sample).unwrap();
        for (profile, name) in PROFILES {
            assert_eq!(judge(&files, profile), Errors::new(), "{} ({name})", sample.display());
        }
    }
    println!("{} samples of Microsoft: no errors", samples.len());
}

/// What is said beside the errors, for a look: how often each rule warns or tells, and where.
#[test]
fn counts_the_warnings() {
    let Some(corpus) = shared("corpora/pairs") else { return println!("skipped: ../shared is absent") };
    let folders = |path: PathBuf| fs::read_dir(path).into_iter().flatten().map(|entry| entry.unwrap().path());
    let mut counts: BTreeMap<(String, &str), BTreeMap<String, usize>> = BTreeMap::new();
    for (pair, files) in folders(corpus).flat_map(folders).filter_map(|pair| package(&pair).map(|files| (pair, files)))
    {
        let findings = pipeline::judge(&files.tree(), &files, &Rc::default(), None, Profile::Gallery).unwrap();
        for finding in findings.iter().filter(|finding| finding.severity != Severity::Error) {
            let key = (format!("{} {}", finding.rule.code, finding.severity.as_str()), finding.rule.id);
            let repository = pair.parent().unwrap().file_name().unwrap().to_str().unwrap();
            let is_sample = repository == "msdocs";
            let name = if is_sample { pair.file_name().unwrap().to_str().unwrap() } else { repository };
            *counts.entry(key).or_default().entry(name.to_owned()).or_default() += 1;
        }
    }
    for ((code, id), places) in counts {
        println!("{code} {id}: {} {places:?}", places.values().sum::<usize>());
    }
}

/// All safe fixes at once, as often as they get in each other's way.
#[test]
fn safe_fixes_mend_real_pairs() {
    let Some(corpus) = shared("corpora/pairs") else { return println!("skipped: ../shared is absent") };
    let folders = |path: PathBuf| fs::read_dir(path).into_iter().flatten().map(|entry| entry.unwrap().path());
    let (mut mended, mut rounds) = (0, 0);
    for (pair, files) in folders(corpus).flat_map(folders).filter_map(|pair| package(&pair).map(|files| (pair, files)))
    {
        let mut tree = files.tree();
        let findings = |tree: &FileTree| pipeline::judge(tree, &files, &Rc::default(), None, Profile::Gallery).unwrap();
        for round in 0.. {
            let findings = findings(&tree);
            let fixes = findings.iter().flat_map(|finding| &finding.diagnostic.fixes);
            let safe: Vec<&Fix> = fixes.filter(|fix| fix.applicability == Applicability::Safe).collect();
            if safe.is_empty() {
                break;
            }
            assert!(round < 5, "{}: {safe:#?} mend nothing", pair.display());
            let applied = fix::apply(&tree, &Contents::new(&tree, &files), &safe);
            mended += safe.len() - applied.conflicts.len();
            rounds = rounds.max(round + 1);
            tree = applied.tree;
        }
    }
    println!("{mended} safe fixes mended what they are for, in at most {rounds} rounds");
    assert!(mended > 0);
}

/// Every expression of a real pair is one, and what it looks for is found once it is there.
#[test]
fn runs_the_entries_of_real_pairs() {
    let Some(corpus) = shared("corpora/pairs") else { return println!("skipped: ../shared is absent") };
    let folders = |path: PathBuf| fs::read_dir(path).into_iter().flatten().map(|entry| entry.unwrap().path());
    let (mut entries, mut lost) = (0, 0);
    for (pair, mut files) in
        folders(corpus).flat_map(folders).filter_map(|pair| package(&pair).map(|files| (pair, files)))
    {
        let placed = add_placeholders(&mut files);
        let tree = files.tree();
        let findings = pipeline::judge(&tree, &files, &Rc::default(), None, Profile::Gallery).unwrap();
        for finding in findings {
            let said = format!("{}: {}", pair.display(), finding.diagnostic.message);
            assert!(!["PAR024", "PAR025", "PAR026", "PAR029"].contains(&finding.rule.code), "{said}");
            if finding.rule.code == "PAR030" {
                lost += 1;
                assert!(!placed.iter().any(|text| said.contains(&format!("`{text}`"))), "{said}");
            }
        }
        entries += placed.len();
    }
    println!("{entries} entries found their placeholders; {lost} look for files or text that the pairs do not have");
    assert!(entries > 100);
}

/// Puts the plain texts that entries look for into the files that their scopes name; which.
fn add_placeholders(files: &mut Files) -> Vec<String> {
    let tree = files.tree();
    let package = Package::read(&Contents::new(&tree, files));
    let app = package.app_folder.map_or_else(String::new, |folder| format!("{folder}/"));
    let entries = package.parameters.into_iter().flat_map(|parameters| parameters.list).flat_map(|p| p.entries);
    let mut placed = Vec::new();
    for entry in entries.filter(|entry| entry.is("TextFile")) {
        let (scope, text) = (entry.scope.unwrap().text, entry.matching.unwrap().text);
        let name = scope.trim_matches(['^', '$']).replace(r"\\", "/").replace(r"\.", ".");
        let name = name.trim_start_matches('/');
        let plain = |text: &str, more: &str| text.chars().all(|c| c.is_alphanumeric() || more.contains(c));
        if plain(name, "/._-") && plain(&text, "_#%") {
            let known = files.files.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).cloned();
            let (path, bytes) = known.unwrap_or_else(|| (format!("{app}{name}"), Vec::new()));
            let before = files.files.iter().find(|(own, _)| *own == path).map_or(bytes, |(_, bytes)| bytes.clone());
            files.set(&path, [before, format!("{text}\n").into_bytes()].concat());
            placed.push(text);
        }
    }
    placed
}

fn folder(repository: &str, folder: &str, commit: &str) -> String {
    if repository.starts_with("msdocs/") {
        return repository.to_owned();
    }
    let folder = if folder == "." { "root".to_owned() } else { folder.replace('/', "_") };
    format!("{}/{folder}@{commit}", repository.replace('/', "+"))
}

/// The package around a pair; nothing when there is no pair.
fn package(pair: &Path) -> Option<Files> {
    let mut files = Files::default();
    for (name, bytes) in Files::read(pair).files {
        // Templates of manifests, which a build filled in.
        files.set(name.trim_end_matches(".in"), bytes);
    }
    let tree = files.tree();
    let manifest = Package::read(&Contents::new(&tree, &files)).manifest?;
    let missing = |files: &Files, path: &str| {
        let tree = files.tree();
        let exists = |path| tree.file_ignoring_case(path).is_some();
        !path.is_empty() && !exists(path) && PackagePath::new(path).is_ok_and(|path| !tree.has_folder(&path))
    };
    let value = |provider: &Provider, name: &str| {
        let own = provider.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name));
        own.map_or_else(String::new, |attribute| attribute.value.clone())
    };
    for app in manifest.iis_apps().filter(|app| !app.path_text().is_empty()) {
        files.set(&format!("{}/web.config", app.path_text()), b"<configuration />\n".to_vec());
    }
    for provider in &manifest.providers {
        let name = provider.name.to_ascii_lowercase();
        let path = match name.as_str() {
            "dbfullsql" | "dbmysql" | "setacl" => provider.path_text().to_owned(),
            "alias" => value(provider, "from"),
            _ => continue,
        };
        let is_folder = name == "setacl" && !value(provider, "setAclResourceType").eq_ignore_ascii_case("File");
        if missing(&files, &path) {
            files.set(&if is_folder { format!("{path}/") } else { path }, Vec::new());
        }
    }
    Some(files)
}

fn judge(files: &Files, profile: Profile) -> Errors {
    let tree = files.tree();
    let contents = Contents::new(&tree, files);
    let findings = pipeline::judge(&tree, files, &Rc::default(), None, profile).unwrap();
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| format!("{} {}", finding.rule.code, subject(finding, &contents))).collect()
}

/// The text that a finding points at.
fn subject(finding: &Finding, contents: &Contents<'_>) -> String {
    let location = &finding.diagnostic.location;
    let path = location.file.as_ref().and_then(|file| PackagePath::new(file).ok());
    let text =
        path.and_then(|path| contents.text(&path)).zip(location.span).map(|(text, span)| text.slice(span).to_owned());
    text.or_else(|| location.file.clone()).unwrap_or_default()
}

/// The errors of a cell, as far as there are rules for them.
fn expectation(cell: &str) -> Errors {
    let exists = |code: &str| rules::ALL.iter().any(|rule| rule.code == code);
    let errors = cell.split("; ").filter(|error| *error != "-").map(|error| {
        let (kind, rest) = error.split_once(':').unwrap();
        let provider = rest.split(':').next().unwrap();
        match (kind, provider.to_ascii_lowercase().as_str()) {
            ("PROVIDER-NOT-ALLOWED", _) => ("MAN008", rest),
            ("UNTARGETED", "iisapp") => ("XRF001", &rest[provider.len() + 1..]),
            ("UNTARGETED", "setacl") => ("XRF002", &rest[provider.len() + 1..]),
            ("UNTARGETED", "dbfullsql" | "dbmysql") => ("XRF003", &rest[provider.len() + 1..]),
            _ => panic!("{error}: the test does not know this error of the table"),
        }
    });
    errors.filter(|(code, _)| exists(code)).map(|(code, subject)| format!("{code} {subject}")).collect()
}
