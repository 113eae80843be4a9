//! The files that the application's own people wrote: where secrets are looked for. What comes with a
//! package of somebody else, or is there for tests and documentation, is not theirs.

use std::rc::Rc;

use crate::limits;
use crate::path::PackagePath;
use crate::rules::Context;
use crate::secret::{Flavour, Kind, Secret, is_example};
use crate::sorted::Map;
use crate::tree::{Entry, Origin};

/// Folders in which nothing is used by the application that runs.
const ASIDE: [&str; 24] = [
    "__pycache__",
    "_vendor",
    "bower_components",
    "demo",
    "doc",
    "docs",
    "example",
    "examples",
    "locale",
    "locales",
    "node_modules",
    "sample",
    "samples",
    "site-packages",
    "skel",
    "test",
    "testdata",
    "testing",
    "tests",
    "third_party",
    "thirdparty",
    "translations",
    "vendor",
    "vendored",
];

/// The files, in tree order.
pub(super) fn files<'a>(cx: &Context<'a>) -> impl Iterator<Item = &'a Entry> {
    cx.memo.own_files.get_or_init(|| find(cx)).iter().copied()
}

fn find<'a>(cx: &Context<'a>) -> Vec<&'a Entry> {
    // In tree order a folder is asked about once, or a few times when it has others in it.
    let mut last = (None, true);
    let own = cx.tree().files().filter(|entry| {
        let is_in_last = last.0.as_ref().is_some_and(|last| entry.path.is_in(last));
        if !is_in_last {
            let folder = entry.path.parent();
            let is_own = folder.as_ref().is_none_or(|folder| is_own_folder(cx, folder));
            last = (folder, is_own);
        }
        last.1 && !is_example(entry.path.name()) && !is_foreign(cx, &entry.path)
    });
    own.collect()
}

fn is_own_folder(cx: &Context<'_>, folder: &PackagePath) -> bool {
    let mut next = Some(folder.clone());
    while let Some(folder) = next {
        let is_app = cx.app.as_ref().is_some_and(|app| folder == *app.folder);
        let name = folder.name().to_lowercase();
        // An application may be called as it likes.
        if !is_app && (ASIDE.contains(&name.as_str()) || name.ends_with("-info") || is_foreign(cx, &folder)) {
            return false;
        }
        next = folder.parent();
    }
    true
}

/// Whether a folder or a single module is that of somebody else's package.
fn is_foreign(cx: &Context<'_>, path: &PackagePath) -> bool {
    let Some(app) = &cx.app else { return false };
    path.strip(app.folder).is_some_and(|inside| app.detection.foreign.contains(&inside))
}

/// What is written out in the application's own files.
#[derive(Default)]
pub(super) struct Secrets<'a> {
    /// By file; files without secrets are not among them.
    pub(super) found: Map<&'a PackagePath, Rc<Vec<Secret>>>,
    /// Files that there was no room for (see [`limits::SECRET_FILES`]).
    pub(super) unsearched: Vec<&'a PackagePath>,
}

pub(super) fn secrets<'c, 'a>(cx: &'c Context<'a>) -> &'c Secrets<'a> {
    cx.memo.secrets.get_or_init(|| find_secrets(cx))
}

fn find_secrets<'a>(cx: &Context<'a>) -> Secrets<'a> {
    let is_read = |entry: &&Entry| entry.size > 0 && entry.size <= limits::SECRET_BYTES;
    let (mut files_left, mut bytes_left) = (limits::SECRET_FILES, limits::SECRET_TOTAL);
    let mut secrets = Secrets::default();
    let mut searched: Vec<&Entry> = Vec::new();
    for entry in files(cx).filter(is_read).filter(|entry| Flavour::of(entry.path.name()).is_some()) {
        // What we write, or somebody edits, is little.
        if matches!(entry.origin, Origin::Written(_)) {
            searched.push(entry);
        } else if files_left > 0 && entry.size <= bytes_left {
            files_left -= 1;
            bytes_left -= entry.size;
            searched.push(entry);
        } else {
            secrets.unsearched.push(&entry.path);
        }
    }
    cx.contents.prefetch(searched.iter().copied());
    let found = searched.into_iter().filter_map(|entry| Some((&entry.path, cx.contents.secrets(&entry.path)?)));
    secrets.found = found.filter(|(_, secrets)| !secrets.is_empty()).collect();
    secrets
}

/// Files that are nothing but secrets, or a list of settings with secrets among them: they can go.
pub(super) fn is_secret_file(name: &str, found: &[Secret]) -> bool {
    is_environment(name) || is_key_file(name) || is_key(name, found)
}

/// Whether a file is there for a private key in it, and is nothing that the application runs.
pub(super) fn is_key(name: &str, found: &[Secret]) -> bool {
    let name = name.to_lowercase();
    let is_run = [".py", ".pyw", ".js", ".config"].iter().any(|ending| name.ends_with(ending));
    !is_run && found.iter().any(|secret| secret.kind == Kind::PrivateKey)
}

/// Whether a file holds variables for the environment.
pub(super) fn is_environment(name: &str) -> bool {
    let name = name.to_lowercase();
    (name == ".env" || name.starts_with(".env.")) && !is_example(&name)
}

/// Keys and passwords by the names that the programs give them.
pub(super) fn is_key_file(name: &str) -> bool {
    const NAMES: [&str; 15] = [
        "id_rsa",
        "id_dsa",
        "id_ecdsa",
        "id_ed25519",
        ".netrc",
        "_netrc",
        ".pgpass",
        ".pypirc",
        ".htpasswd",
        ".git-credentials",
        ".dockercfg",
        ".my.cnf",
        ".s3cfg",
        "kubeconfig",
        "client_secret.json",
    ];
    const ENDINGS: [&str; 10] =
        [".publishsettings", ".pubxml.user", ".pfx", ".p12", ".ppk", ".kdbx", ".jks", ".keystore", ".ovpn", "_history"];
    let name = name.to_lowercase();
    let history = name.starts_with('.') || !name.ends_with("_history");
    NAMES.contains(&name.as_str()) || ENDINGS.iter().any(|ending| name.ends_with(ending)) && history
}
