//! What the validator says about every ZIP of the corpora: each ends in a verdict, and none that
//! programs read differently is called clean.
#![expect(clippy::disallowed_methods, reason = "tests read the corpora, and ask other programs about them")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]
#![expect(clippy::print_stderr, reason = "the table of counts, and what is skipped")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::rc::Rc;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use gallery_packager::archive::Verifier;
use gallery_packager::contents::{Cache, Source};
use gallery_packager::diagnostic::{Profile, Severity};
use gallery_packager::pipeline;
use gallery_packager::tree::FileTree;

use crate::archive::opened;
use crate::support::shared;

/// How much of one file is unpacked: the bombs never end.
const BUDGET: u64 = 32 << 20;
const LONGEST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 });

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Clean,
    Warned,
    Wrong,
    Refused,
}

/// The verdict on a file, and the codes of what was found.
fn judged(path: &Path) -> (Verdict, String) {
    let zip = match opened(std::fs::read(path).unwrap()) {
        Ok(zip) => Rc::new(zip),
        Err(error) => return (Verdict::Refused, error.to_string()),
    };
    let tree = FileTree::from_raw(zip.list());
    let cache = Rc::new(Cache::default());
    let mut verifier = Verifier::new(Rc::clone(&zip));
    while !verifier.progress().done && verifier.progress().bytes < BUDGET {
        verifier.step(&mut |id, why| cache.note_damage(id, why)).unwrap();
    }
    let source: &dyn Source = &*zip;
    let findings = pipeline::judge(&tree, source, &cache, Some(&zip), Profile::WebDeploy).unwrap();
    let mut found = String::new();
    let mut worst = Severity::Note;
    for finding in findings.iter().filter(|finding| finding.rule.code.starts_with("ZIP")) {
        worst = worst.max(finding.severity);
        let (severity, code, message) = (finding.severity.as_str(), finding.rule.code, &finding.diagnostic.message);
        write!(found, "{severity} {code} {message}; ").unwrap();
    }
    let verdict = match worst {
        Severity::Error => Verdict::Wrong,
        Severity::Warning => Verdict::Warned,
        Severity::Note => Verdict::Clean,
    };
    (verdict, found)
}

/// Every verdict by origin and name, made once.
fn verdicts() -> Option<&'static BTreeMap<String, (Verdict, String)>> {
    static ALL: OnceLock<Option<BTreeMap<String, (Verdict, String)>>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let mut all = BTreeMap::new();
        for folder in folders()? {
            for path in files_below(&folder) {
                let began = Instant::now();
                let name = path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned();
                let verdict = judged(&path);
                assert!(began.elapsed() < LONGEST, "{name} took {:?}", began.elapsed());
                all.insert(name, verdict);
            }
        }
        Some(all)
    });
    all.as_ref()
}

/// The corpora as they are, and those that had to be unpacked.
pub(crate) fn folders() -> Option<[PathBuf; 2]> {
    static UNPACKED: OnceLock<Option<[PathBuf; 2]>> = OnceLock::new();
    let unpacked = UNPACKED.get_or_init(|| {
        let Some(corpora) = shared("corpora/zip") else {
            eprintln!("skipped: there are no corpora");
            return None;
        };
        let unpacked = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("corpora");
        std::fs::create_dir_all(&unpacked).unwrap();
        for name in ["zip2-fuzz-seeds.tar.gz", "zipdiff-constructions.tar.gz"] {
            let mut tar = Command::new("tar");
            tar.arg("xzf").arg(corpora.join(name)).arg("-C").arg(&unpacked).stdin(Stdio::null());
            assert!(tar.status().is_ok_and(|status| status.success()), "{name}");
        }
        Some([corpora, unpacked])
    });
    unpacked.clone()
}

pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

#[test]
fn every_file_gets_a_verdict() {
    let Some(all) = verdicts() else { return };
    let mut counts: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    for (name, (verdict, _)) in all {
        let origin = name.split('/').next().unwrap();
        counts.entry(origin).or_default()[*verdict as usize] += 1;
    }
    eprintln!("{:24} {:>6} {:>6} {:>6} {:>7}", "origin", "clean", "warned", "wrong", "refused");
    for (origin, [clean, warned, wrong, refused]) in counts {
        eprintln!("{origin:24} {clean:6} {warned:6} {wrong:6} {refused:7}");
    }
    let lines: String = all.iter().map(|(name, (verdict, why))| format!("{name}\t{verdict:?}\t{why}\n")).collect();
    std::fs::write(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("corpora.tsv"), lines).unwrap();
}
