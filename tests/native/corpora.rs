//! What the validator says about every ZIP of the corpora: each ends in a verdict, and none that
//! programs read differently is called clean.
#![expect(clippy::disallowed_methods, reason = "tests read the corpora, and ask other programs about them")]
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]
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
use sha2::{Digest as _, Sha256};

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
}

/// What `expect.tsv` and the folders of malo demand. An error that the catalogue of the rules grades
/// as a warning may be one.
#[test]
fn verdicts_are_those_of_the_labels() {
    let Some(all) = verdicts() else { return };
    let expected = std::fs::read_to_string(shared("corpora/zip/winnames/expect.tsv").unwrap()).unwrap();
    let mut wrong = Vec::new();
    for line in expected.lines() {
        let (name, rest) = line.split_once('\t').unwrap();
        let (verdict, why) = &all[&format!("winnames/{name}.zip")];
        if (*verdict == Verdict::Clean) != rest.starts_with("ok\t") {
            wrong.push(format!("{name} should be {rest}: {verdict:?} {why}"));
        }
    }
    for (name, (verdict, why)) in all.iter().filter(|(name, _)| name.starts_with("malo-zip/zip/")) {
        let fits = match name.split('/').nth(2).unwrap() {
            "accept" => *verdict <= Verdict::Warned,
            "iffy" => true,
            _ => *verdict != Verdict::Clean,
        };
        if !fits {
            wrong.push(format!("{name}: {verdict:?} {why}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Prints for each file whose path comes in a line: the names and the SHA-256 of all bytes, as
/// Python reads them, or what it says instead; and then whether unzip reads the same. The names that
/// unzip shows count in ASCII only: it shows others in UTF-8 as if they were in the code page of DOS.
const READERS: &str = r"
import hashlib, subprocess, sys, zipfile
for path in sys.stdin.read().split('\n'):
    try:
        archive = zipfile.ZipFile(path)
        files = [i for i in archive.infolist() if not i.is_dir()]
        data = b''.join(archive.read(i) for i in files)
        names = [i.filename for i in archive.infolist()]
    except Exception as error:
        print('refused', error, sep='\t')
        continue
    unzip = lambda *a: subprocess.run(['unzip', *a, path], capture_output=True, stdin=subprocess.DEVNULL, env={'LC_ALL': 'C.UTF-8'}).stdout
    same = 'same'
    try:
        listed = unzip('-Z1').decode('utf8', 'replace').split('\n')[:-1]
        if any(n.isascii() and n != l for n, l in zip(names, listed)) or len(listed) != len(names) or files and unzip('-p') != data:
            same = 'unzip differs'
    except FileNotFoundError:
        pass
    print(same, hashlib.sha256(data).hexdigest(), '/'.join(names), sep='\t')
";

/// Python, unzip and the `zip` crate read every file alike that is called clean.
#[test]
fn readers_agree_on_what_is_called_clean() {
    let (Some(all), Some(folders)) = (verdicts(), folders()) else { return };
    let clean = all.iter().filter(|(_, (verdict, _))| *verdict == Verdict::Clean).map(|(name, _)| name);
    let paths: Vec<PathBuf> =
        clean.map(|name| folders.iter().map(|folder| folder.join(name)).find(|path| path.exists()).unwrap()).collect();
    let lines: Vec<&str> = paths.iter().map(|path| path.to_str().unwrap()).collect();
    let mut python = Command::new("python3");
    python.args(["-c", READERS]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let Ok(mut python) = python.spawn() else {
        eprintln!("skipped: there is no Python");
        return;
    };
    std::io::Write::write_all(&mut python.stdin.take().unwrap(), lines.join("\n").as_bytes()).unwrap();
    let said = String::from_utf8(python.wait_with_output().unwrap().stdout).unwrap();
    assert_eq!(said.lines().count(), paths.len());
    let mut wrong = Vec::new();
    for (path, said) in paths.iter().zip(said.lines()) {
        let ours = read_by_the_crate(path);
        if *said != format!("same\t{ours}") {
            wrong.push(format!("{}\n  {said}\n  same\t{ours}", path.display()));
        }
    }
    eprintln!("{} files are called clean, and read alike by all", paths.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn read_by_the_crate(path: &Path) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(std::fs::read(path).unwrap())).unwrap();
    let (mut names, mut digest) = (Vec::new(), Sha256::new());
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        names.push(entry.name().unwrap().into_owned());
        let mut bytes = Vec::new();
        if entry.is_file() {
            std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
        }
        digest.update(&bytes);
    }
    let digest: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{digest}\t{}", names.join("/"))
}

/// What common programs write, and Microsoft's own package.
#[test]
fn what_common_programs_write_is_clean() {
    if let Some(path) = shared("corpora/packages/msdocs_VacationPicsWPIInstaller.zip") {
        let (verdict, why) = judged(&path);
        assert_eq!(verdict, Verdict::Clean, "{why}");
    }
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("writers");
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(folder.join("shop/static")).unwrap();
    std::fs::write(folder.join("shop/app.py"), "import this\n".repeat(90)).unwrap();
    std::fs::write(folder.join("shop/handler.fcgi"), "").unwrap();
    let python = "import sys, zipfile\nclass Pipe:\n def __init__(s): s.f = open('stream.zip', 'wb')\n def write(s, b): return s.f.write(b)\n \
                  def flush(s): s.f.flush()\nfor to in ['python.zip', Pipe()]:\n z = zipfile.ZipFile(to, 'w', zipfile.ZIP_DEFLATED)\n \
                  for n in ['shop/', 'shop/static/', 'shop/app.py', 'shop/handler.fcgi']: z.write(n)\n z.close()";
    run(&folder, "python3", &["-c", python]);
    run(&folder, "zip", &["-qr", "zip.zip", "shop"]);
    run(&folder, "zip", &["-qrfd", "descriptors.zip", "shop"]);
    run(&folder, "zip", &["-qrX0", "stored.zip", "shop"]);
    for path in files_below(&folder).into_iter().filter(|path| path.extension().is_some_and(|end| end == "zip")) {
        let (verdict, why) = judged(&path);
        assert_eq!(verdict, Verdict::Clean, "{}: {why}", path.display());
    }
}

fn run(folder: &Path, program: &str, arguments: &[&str]) {
    match Command::new(program).args(arguments).current_dir(folder).status() {
        Ok(status) => assert!(status.success(), "{program}"),
        Err(_) => eprintln!("skipped: there is no {program}"),
    }
}
