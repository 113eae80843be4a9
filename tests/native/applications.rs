//! Detection on real applications from `PyPI`; one that cannot be downloaded is named and not judged.
#![expect(clippy::disallowed_methods, reason = "the test reads the applications from the disk")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use gallery_packager::contents::{Contents, ReadError, Source};
use gallery_packager::detect::detect;
use gallery_packager::path::PackagePath;
use gallery_packager::tree::{FileTree, InputId, RawEntry};

type Expected = Result<(&'static str, Option<&'static str>, &'static [&'static str]), &'static str>;

/// What is asked of `PyPI`, the folder in the archive, and what must be found: handler, settings and
/// path, or a piece of the sentence that says why there is nothing.
const APPLICATIONS: [(&str, &str, Expected); 5] = [
    (
        "graphite-web==1.1.10",
        "graphite-web-1.1.10",
        Ok(("graphite.wsgi.application", Some("graphite.settings"), &["webapp"])),
    ),
    ("django-oscar==4.2.1", "django_oscar-4.2.1", Err("looks like a library")),
    ("Mezzanine==6.1.1", "mezzanine-6.1.1", Err("is a template that a project is made from")),
    ("pypiserver==2.4.2", "pypiserver-2.4.2", Ok(("pypiserver.app()", None, &[]))),
    ("Trac==1.6", "Trac-1.6", Ok(("trac.web.main.dispatch_request", None, &[]))),
];

struct Disk(Vec<PathBuf>);

impl Source for Disk {
    fn read(&self, id: InputId, offset: u64, length: u64) -> Result<Vec<u8>, ReadError> {
        let bytes = fs::read(&self.0[id.0 as usize]).unwrap();
        let start = usize::try_from(offset).unwrap();
        let length = usize::try_from(length).unwrap();
        Ok(bytes.into_iter().skip(start).take(length).collect())
    }
}

#[test]
fn finds_how_real_applications_start() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/applications");
    fs::create_dir_all(&folder).unwrap();
    let mut absent = Vec::new();
    let mut wrong = Vec::new();
    for (requirement, name, expected) in APPLICATIONS {
        let root = folder.join(name);
        if !root.is_dir() && !download(requirement, name, &folder) {
            absent.push(requirement);
            continue;
        }
        let found = found_in(&root);
        let fits = match (&expected, &found) {
            (Ok((handler, settings, path)), Ok(found)) => *found == format!("{handler} {settings:?} {path:?}"),
            (Err(piece), Err(sentences)) => sentences.contains(piece),
            _ => false,
        };
        if !fits {
            wrong.push(format!("{name}: {found:?}"));
        }
    }
    println!("{} of {} not run: {absent:?}", absent.len(), APPLICATIONS.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The best candidate in one line, or the sentences that say why there is none.
fn found_in(root: &Path) -> Result<String, String> {
    let mut paths = Vec::new();
    walk(root, &mut paths);
    paths.sort();
    let raw = paths.iter().zip(0..).map(|(path, id)| RawEntry {
        name: path.strip_prefix(root).unwrap().to_str().unwrap().to_owned(),
        folder: false,
        size: path.metadata().unwrap().len(),
        modified: None,
        id: InputId(id),
    });
    let tree = FileTree::from_raw(raw.collect());
    let disk = Disk(paths);
    let found = detect(&Contents::new(&tree, &disk));
    let Some(best) = found.candidates.first() else { return Err(found.missing.join(" ")) };
    let path: Vec<&str> = best.python_path.iter().map(PackagePath::as_str).collect();
    Ok(format!("{} {:?} {path:?}", best.entry_point.handler(), best.settings.as_deref()))
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            walk(&entry.path(), paths);
        } else if kind.is_file() {
            paths.push(entry.path());
        }
    }
}

/// Fetches a source archive with pip and unpacks it.
fn download(requirement: &str, name: &str, folder: &Path) -> bool {
    let pip = ["-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", "."];
    let archive = format!("{name}.tar.gz");
    let run = |program: &str, arguments: &[&str]| {
        Command::new(program).args(arguments).current_dir(folder).output().is_ok_and(|output| output.status.success())
    };
    (folder.join(&archive).is_file() || run("python3", &[&pip[..], &[requirement]].concat()))
        && run("tar", &["xzf", &archive])
}
