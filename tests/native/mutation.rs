//! How many mistakes are found. A seeded mutator makes one defect at a time in packages that are
//! clean; each must get an error or a warning at its place in the profile `gallery`.
//!
//! `mutation.misses.tsv` lists the kinds of defects that are known to be missed, with the reason;
//! they count as missed all the same.

mod kinds;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::ops::RangeInclusive;
use std::rc::Rc;

use gallery_packager::contents::Contents;
use gallery_packager::diagnostic::{Profile, Severity};
use gallery_packager::path::PackagePath;
use gallery_packager::pipeline;
use gallery_packager::tree::{FileTree, InputId, RawEntry, Timestamp};
use kinds::{KINDS, Kind, Place, TEXT_KINDS, TextKind, Which};
use regex_lite::Regex;

use crate::packages;
use crate::support::{Files, root};

/// Percent of the mutants that must be found.
const AT_LEAST: usize = 98;

/// How many mutants of one kind are made of one package, at most.
const EACH: usize = 2;

/// A clean package, and the folder of its application.
#[derive(Clone)]
pub(crate) struct Package {
    name: String,
    pub(crate) files: Files,
    pub(crate) app: String,
}

/// Where the finding is expected: in one of these files, and on one of these lines.
pub(crate) struct Expected {
    pub(crate) files: Vec<String>,
    pub(crate) lines: Option<RangeInclusive<u32>>,
}

/// Xorshift, so that each run makes the same mutants.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end).unwrap()).unwrap()
    }
}

impl Package {
    pub(crate) fn path(&self, which: Which) -> String {
        match which {
            Which::Manifest => "Manifest.xml".to_owned(),
            Which::Parameters => "Parameters.xml".to_owned(),
            Which::WebConfig => format!("{}/web.config", self.app),
        }
    }

    pub(crate) fn bytes(&mut self, path: &str) -> Option<&mut Vec<u8>> {
        self.files.files.iter_mut().find(|(name, _)| name == path).map(|(_, bytes)| bytes)
    }

    fn new(name: &str, files: Files) -> Self {
        let app = files.files.iter().find_map(|(name, _)| name.strip_suffix("/web.config")).unwrap().to_owned();
        Self { name: name.to_owned(), files, app }
    }
}

#[test]
fn finds_what_is_wrong() {
    let misses = fs::read_to_string(root().join("tests/native/mutation.misses.tsv")).unwrap();
    let known: Vec<&str> = misses.lines().skip(1).map(|line| line.split_once('\t').unwrap().0).collect();
    let packages = packages();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut made, mut found) = (0, 0);
    let mut missed: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut unused = Vec::new();
    let names = TEXT_KINDS.iter().map(|kind| kind.0).chain(KINDS.iter().map(|kind| kind.0));
    for name in names.clone() {
        let before = made;
        for package in &packages {
            let mutants = match TEXT_KINDS.iter().find(|kind| kind.0 == name) {
                Some(kind) => text_mutants(kind, package, &mut random),
                None => mutants(KINDS.iter().find(|kind| kind.0 == name).unwrap(), package, &mut random),
            };
            for (mutant, expected) in mutants {
                made += 1;
                let findings = findings(&mutant, Profile::Gallery);
                if findings.iter().any(|finding| finding.is_at(&expected)) {
                    found += 1;
                } else {
                    let lines = expected.lines.map_or(String::new(), |lines| format!(":{}", lines.start()));
                    let list: Vec<String> = findings.iter().map(ToString::to_string).collect();
                    let place = format!("{} {}{lines} [{}]", package.name, expected.files.join("|"), list.join("; "));
                    missed.entry(name).or_default().push(place);
                }
            }
        }
        if made == before {
            unused.push(name);
        }
    }
    let kinds = names.count();
    let mut report = format!("mutation: {found} of {made} ({} %), {kinds} kinds\n", found * 100 / made);
    for (kind, places) in &missed {
        let mark = if known.contains(kind) { "known" } else { "missed" };
        writeln!(report, "  {mark}: {kind}, {} times: {}", places.len(), places[0]).unwrap();
    }
    // Past the capture of the test harness: the score is to be seen when all is well, too.
    std::io::stderr().write_all(report.as_bytes()).unwrap();
    assert!(unused.is_empty(), "no package has what these change: {unused:?}");
    let mended: Vec<&&str> = known.iter().filter(|kind| !missed.contains_key(**kind)).collect();
    assert!(mended.is_empty(), "no longer missed, or not a kind: {mended:?}");
    assert!(found * 100 >= made * AT_LEAST, "less than {AT_LEAST} % were found");
    let score = format!("in {kinds} ways, and {found} of {made} ");
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    assert!(readme.contains(&score), "README.md does not say `damaged {score}`");
}

#[test]
fn finds_nothing_in_what_is_not_mutated() {
    for package in packages() {
        for profile in Profile::ALL {
            // The retired validator wants rights in every package, also where nothing is written.
            if profile == Profile::Strict && package.name != "full" {
                continue;
            }
            let findings = findings(&package, profile);
            let list: Vec<String> = findings.iter().map(ToString::to_string).collect();
            assert!(list.is_empty(), "{} ({}): {list:#?}", package.name, profile.as_str());
        }
    }
}

/// The packages that are mutated: two that were written by hand, and those that the packager wrote
/// and has nothing to say about.
fn packages() -> Vec<Package> {
    let folder = root().join("tests/golden");
    let mut out: Vec<Package> =
        ["base", "full"].into_iter().map(|name| Package::new(name, Files::read(&folder.join(name)))).collect();
    for case in packages::cases() {
        let (name, files) = packages::input(&case);
        let (tree, zip) = packages::read(packages::write(&packages::session(&name, &files)));
        let contents = Contents::new(&tree, &*zip);
        let bytes = |path: &PackagePath| contents.head(path, u64::MAX).unwrap();
        let files = tree.files().map(|entry| (entry.path.as_str().to_owned(), bytes(&entry.path))).collect();
        let package = Package::new(case.file_name().unwrap().to_str().unwrap(), Files { files });
        if findings(&package, Profile::Gallery).is_empty() {
            out.push(package);
        }
    }
    out
}

/// An error or a warning, and where it is.
struct Found {
    code: &'static str,
    file: Option<String>,
    lines: Option<RangeInclusive<u32>>,
}

impl Found {
    fn is_at(&self, expected: &Expected) -> bool {
        let file = self.file.as_ref().is_some_and(|file| expected.files.contains(file));
        let lines = match (&self.lines, &expected.lines) {
            (Some(own), Some(lines)) => own.start() <= lines.end() && lines.start() <= own.end(),
            (None, Some(_)) => false,
            (_, None) => true,
        };
        expected.files.is_empty() || file && lines
    }
}

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (file, line) = (self.file.as_deref().unwrap_or("-"), self.lines.as_ref().map_or(0, |lines| *lines.start()));
        write!(f, "{} {file}:{line}", self.code)
    }
}

fn findings(package: &Package, profile: Profile) -> Vec<Found> {
    let files = &package.files;
    let raw = files.files.iter().zip(0..).map(|((name, bytes), id)| RawEntry {
        name: name.clone(),
        folder: name.ends_with('/'),
        size: bytes.len() as u64,
        modified: Some(Timestamp::MIN),
        id: InputId(id),
    });
    let tree = FileTree::from_raw(raw.collect());
    let contents = Contents::new(&tree, files);
    let findings = pipeline::judge(&tree, files, &Rc::default(), None, profile).unwrap();
    let bad = findings.into_iter().filter(|finding| finding.severity >= Severity::Warning);
    let found = bad.map(|finding| {
        let location = finding.diagnostic.location;
        let text = location.file.as_ref().and_then(|file| contents.text(&PackagePath::new(file).ok()?));
        let lines = text.zip(location.span).map(|(text, span)| {
            let line = |offset| text.position(offset).line;
            line(span.start)..=line(span.end)
        });
        Found { code: finding.rule.code, file: location.file, lines }
    });
    found.collect()
}

fn mutants(kind: &Kind, package: &Package, random: &mut Random) -> Vec<(Package, Expected)> {
    let mut mutant = package.clone();
    let files = (kind.1)(&mut mutant, random);
    files.map(|files| (mutant, Expected { files, lines: None })).into_iter().collect()
}

/// One mutant for each of a few of the places that a kind finds.
fn text_mutants(kind: &TextKind, package: &Package, random: &mut Random) -> Vec<(Package, Expected)> {
    let TextKind(_, which, find, put, place) = kind;
    let path = package.path(*which);
    let mut package = package.clone();
    let text = String::from_utf8(package.bytes(&path).unwrap().clone()).unwrap();
    let find = Regex::new(find).unwrap();
    let mut places: Vec<_> = find.captures_iter(&text).collect();
    let mut out = Vec::new();
    while out.len() < EACH && !places.is_empty() {
        let captures = places.swap_remove(random.below(places.len()));
        let whole = captures.get(0).unwrap();
        let mut new = String::new();
        captures.expand(put, &mut new);
        let mutated = format!("{}{new}{}", &text[..whole.start()], &text[whole.end()..]);
        if mutated == text {
            continue;
        }
        let at = whole.start();
        let start = if mutated[at..].starts_with('<') { at } else { mutated[..at].rfind('<').unwrap_or(0) };
        let end = whole.start() + new.len();
        let end = mutated[end..].find('>').map_or(mutated.len(), |at| end + at);
        let line = |offset: usize| u32::try_from(mutated[..offset].matches('\n').count() + 1).unwrap();
        let lines = match place {
            Place::Here => Some(line(start)..=line(end)),
            Place::Later => Some(line(start)..=u32::MAX),
            Place::Either(_) => None,
        };
        let files = match place {
            Place::Either(files) => files.iter().map(|which| package.path(*which)).collect(),
            _ => vec![path.clone()],
        };
        let mut mutant = package.clone();
        *mutant.bytes(&path).unwrap() = mutated.into_bytes();
        out.push((mutant, Expected { files, lines }));
    }
    out
}
