//! LAY013: compiled code for Linux or macOS.

use crate::diagnostic::{Diagnostic, Location};
use crate::model::WebConfig;
use crate::path::PackagePath;
use crate::python::pip;
use crate::rules::Context;
use crate::rules::binary::{Binary, binaries};
use crate::rules::support::shown;
use crate::sorted::Set;

declare_rule! {
    /// ## What it does
    /// Looks at the first bytes of `.so`, `.dylib` and `.pyd` files, and of files that have no extension or one of a program, for those of Linux and macOS, and at the tags of installed wheels for `manylinux` and `macosx`.
    /// Spares a file beside which there is a `.pyd` of the same module.
    ///
    /// ## Why it matters
    /// Windows cannot load such a file.
    /// Python then says "No module named ..." or "DLL load failed", and wfastcgi answers every request with an error.
    ///
    /// ## Example
    /// ```text
    /// shop/site-packages/lxml/etree.cpython-311-x86_64-linux-gnu.so
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop/site-packages/lxml/etree.cp311-win_amd64.pyd
    /// ```
    ///
    /// ## Fix
    /// None: install the packages on Windows, or with `pip install --only-binary=:all: --platform win_amd64 --python-version 3.12 --target .`.
    ///
    /// ## References
    /// - Microsoft, "Windows Web Application Gallery Principles"
    /// - Python Packaging User Guide, "Platform compatibility tags"
    "layout/foreign-binary", LAY013, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut twins: Option<Set<(Option<PackagePath>, String)>> = None;
    for (path, binary) in binaries(cx) {
        let system = match binary {
            Binary::Elf => "Linux",
            Binary::MachO => "macOS",
            Binary::Pe(_) => continue,
        };
        if !twins.get_or_insert_with(|| for_windows(cx)).contains(&module(path)) {
            found.push((path, system));
        }
    }
    if let Some((path, system)) = found.first() {
        let others = match found.len() - 1 {
            0 => String::new(),
            1 => ", and 1 other file not for Windows".to_owned(),
            others => format!(", and {others} other files not for Windows"),
        };
        out.push(diagnostic(cx, path, format!("`{}` is compiled for {system}{others}", shown(path.as_str()))));
    } else if let Some((path, tag)) = wheel(cx) {
        out.push(diagnostic(cx, &path, format!("`{}` was installed for `{tag}`", shown(path.as_str()))));
    }
}

fn diagnostic(cx: &Context<'_>, path: &PackagePath, message: String) -> Diagnostic {
    let python = cx.python_web_config().and_then(WebConfig::python);
    let package = project(cx, path);
    let line = python.map_or_else(
        || format!("pip install --platform win_amd64 --only-binary=:all: --target . {package}"),
        |python| pip::install([package.as_str()], python),
    );
    Diagnostic::new(Location::file(path), message)
        .consequence("Windows cannot load it, and what imports it fails.")
        .help(format!("Install the package for Windows, in the application's folder: `{line}`."))
}

/// The project that a file belongs to, as far as the metadata beside it tells: `lxml==5.3.0`.
fn project(cx: &Context<'_>, path: &PackagePath) -> String {
    let info = |folder: &PackagePath| {
        let stem = folder.name().strip_suffix(".dist-info")?;
        let (name, version) = stem.split_once('-')?;
        Some(format!("{name}=={version}"))
    };
    let own = path.parent().and_then(|folder| info(&folder));
    let listed = || {
        let records =
            cx.tree().files().map(|entry| &entry.path).filter(|path| path.as_str().ends_with(".dist-info/RECORD"));
        records.take(500).find_map(|record| {
            let folder = record.parent()?;
            let below = match folder.parent() {
                Some(top) => path.strip(&top)?,
                None => path.clone(),
            };
            let text = cx.contents.text(record)?;
            let lists = text.as_str().lines().any(|line| line.split(',').next() == Some(below.as_str()));
            lists.then(|| info(&folder))?
        })
    };
    own.or_else(listed).unwrap_or_else(|| "PACKAGE".to_owned())
}

/// The modules that are there for Windows too.
fn for_windows(cx: &Context<'_>) -> Set<(Option<PackagePath>, String)> {
    let files = cx.tree().files().map(|entry| &entry.path);
    files.filter(|path| path.has_extension("pyd")).map(module).collect()
}

/// What a compiled module is imported by: its folder and its name without the tags.
fn module(path: &PackagePath) -> (Option<PackagePath>, String) {
    (path.parent(), path.name().split('.').next().unwrap_or("").to_lowercase())
}

/// An installed wheel with only tags of other systems, when no file says so itself.
fn wheel(cx: &Context<'_>) -> Option<(PackagePath, String)> {
    let foreign = ["manylinux", "musllinux", "macosx", "linux_"];
    let wheels = cx.tree().files().map(|entry| &entry.path).filter(|path| path.as_str().ends_with(".dist-info/WHEEL"));
    for path in wheels.take(500) {
        let Some(text) = cx.contents.text(path) else { continue };
        let tags = text.as_str().lines().filter_map(|line| line.strip_prefix("Tag:")).map(str::trim);
        let tags: Vec<&str> = tags.collect();
        let is_foreign = |tag: &&str| foreign.iter().any(|system| tag.contains(&format!("-{system}")));
        if let Some(first) = tags.first().filter(|_| tags.iter().all(is_foreign)) {
            return Some((path.clone(), (*first).to_owned()));
        }
    }
    None
}
