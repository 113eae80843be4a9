//! LAY013: compiled code for Linux or macOS.

use crate::diagnostic::{Diagnostic, Location};
use crate::path::PackagePath;
use crate::rules::Context;
use crate::rules::binary::{Binary, binaries};
use crate::rules::support::shown;

declare_rule! {
    /// ## What it does
    /// Looks at the first bytes of `.so`, `.dylib` and `.pyd` files for those of Linux and macOS, and at the tags of installed wheels for `manylinux` and `macosx`.
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
    /// None: install the packages on Windows, or with `pip install --platform win_amd64 --only-binary=:all: --target ...`.
    ///
    /// ## References
    /// - Microsoft, "Windows Web Application Gallery Principles"
    /// - Python Packaging User Guide, "Platform compatibility tags"
    "layout/foreign-binary", LAY013, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut found = Vec::new();
    for (path, binary) in binaries(cx) {
        let system = match binary {
            Binary::Elf => "Linux",
            Binary::MachO => "macOS",
            Binary::Pe(_) => continue,
        };
        if !has_twin(cx, &path) {
            found.push((path, system));
        }
    }
    if let Some((path, system)) = found.first() {
        let others = match found.len() - 1 {
            0 => String::new(),
            1 => ", and 1 other file not for Windows".to_owned(),
            others => format!(", and {others} other files not for Windows"),
        };
        out.push(diagnostic(path, format!("`{}` is compiled for {system}{others}", shown(path.as_str()))));
    } else if let Some((path, tag)) = wheel(cx) {
        out.push(diagnostic(&path, format!("`{}` was installed for `{tag}`", shown(path.as_str()))));
    }
}

fn diagnostic(path: &PackagePath, message: String) -> Diagnostic {
    Diagnostic::new(Location::file(path), message)
        .consequence("Windows cannot load it, and what imports it fails.")
        .help("Install the package for Windows: `pip install --platform win_amd64 --only-binary=:all: --target ...`.")
}

/// Whether the same module is there for Windows too.
fn has_twin(cx: &Context<'_>, path: &PackagePath) -> bool {
    let stem = |path: &PackagePath| path.name().split('.').next().unwrap_or("").to_lowercase();
    let folder = path.parent();
    let mut files = cx.tree().files().map(|entry| &entry.path);
    files.any(|other| other.extension() == "pyd" && other.parent() == folder && stem(other) == stem(path))
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
