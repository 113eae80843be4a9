//! Gets applications without running anything of theirs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::table::{Application, From};

/// The folder of an application, when it is here or can be had.
pub(super) fn place(application: &Application, folder: &Path) -> Option<PathBuf> {
    match application.from {
        From::PyPi(requirement, name) => {
            let place = folder.join(name);
            (place.is_dir() || download(requirement, name, folder)).then_some(place)
        }
        From::Repository(name) => {
            let repositories = std::env::var_os("GALLERY_REPOSITORIES").map(PathBuf::from);
            let place = repositories.unwrap_or_else(|| folder.join("repos")).join(name.replace('/', "+"));
            place.join(application.root).is_dir().then_some(place)
        }
    }
}

/// A source archive, with pip. pip asks a package for its metadata before it keeps the archive,
/// which would run the application's own code: a backend of ours answers instead, from PKG-INFO.
fn download(requirement: &str, name: &str, folder: &Path) -> bool {
    let backend = write_backend(folder);
    let archive = format!("{name}.tar.gz");
    let run = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(folder).env("PYTHONPATH", &backend);
        command.output().is_ok_and(|output| output.status.success())
    };
    let pip = [
        "300",
        "python3",
        "-m",
        "pip",
        "download",
        "-q",
        "--disable-pip-version-check",
        "--no-deps",
        "--use-pep517",
        "--no-build-isolation",
        "--no-binary",
        ":all:",
        "-d",
        ".",
        requirement,
    ];
    (folder.join(&archive).is_file() || run("timeout", &pip)) && run("tar", &["xzf", &archive])
}

/// The modules that build backends are imported from; each is ours here.
const BACKENDS: [&str; 6] = [
    "setuptools/build_meta.py",
    "hatchling/build.py",
    "flit_core/buildapi.py",
    "poetry/core/masonry/api.py",
    "pdm/backend.py",
    "wheel/wheelfile.py",
];

fn write_backend(folder: &Path) -> PathBuf {
    let base = folder.join("backend");
    for file in BACKENDS {
        let file = base.join(file);
        let above = file.ancestors().skip(1).take_while(|above| *above != base);
        for above in above {
            fs::create_dir_all(above).unwrap();
            fs::write(above.join("__init__.py"), "").unwrap();
        }
        fs::write(&file, include_str!("backend.py")).unwrap();
    }
    base
}
