//! LAY014: compiled code for 32 or 64 bits only.

use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::model::WebConfig;
use crate::path::PackagePath;
use crate::python::{Bits, Environment, pip};
use crate::rules::Context;
use crate::rules::binary::{Binary, binaries};
use crate::rules::support::shown;

declare_rule! {
    /// ## What it does
    /// Compares what `.pyd` and `.dll` files are made for with the Python that web.config starts: its
    /// 32 or 64 bits, and the version in names such as `etree.cp38-win_amd64.pyd`.
    /// What the path of the interpreter does not tell is a note, when all files are made for the same
    /// processor.
    /// Libraries of .NET are spared: they run on every processor.
    ///
    /// ## Why it matters
    /// A process of 32 bits loads no library of 64 bits, and the other way round: "DLL load failed: %1 is not a valid Win32 application."
    /// The Python that the server has, and the application pool, must be of the same kind.
    ///
    /// ## Example
    /// ```text
    /// shop/site-packages/lxml/etree.cp34-win32.pyd     Python of the server: 64 bits
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop/site-packages/lxml/etree.cp34-win_amd64.pyd     Python of the server: 64 bits
    /// ```
    ///
    /// ## Fix
    /// None: which is right depends on the server.
    /// `pip install --only-binary=:all: --platform win_amd64 --python-version 3.12 --target .` gets the packages for
    /// another Python.
    ///
    /// ## References
    /// - Microsoft, "Windows Web Application Gallery Principles": x86 and x64
    /// - Microsoft, "PE Format": machine types
    "layout/single-architecture", LAY014, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let found: Vec<_> = binaries(cx)
        .iter()
        .filter_map(|(path, binary)| match binary {
            Binary::Pe(machine) => Some((path.clone(), *machine)),
            _ => None,
        })
        .collect();
    let Some((path, machine)) = found.first() else { return };
    let what = match machine {
        0x014c => "x86 (32 bits)",
        0x8664 => "x64 (64 bits)",
        0xaa64 => "ARM64",
        _ => return,
    };
    let python = cx.python_web_config().and_then(WebConfig::python);
    if let Some(python) = python {
        // That the version does not fit is told at the interpreter then.
        let told = cx.app.as_ref().is_some_and(|app| !app.detection.python.allows(python.version));
        let wrong: Vec<&(PackagePath, u16)> = found
            .iter()
            .filter(|(path, machine)| !loads(path, *machine, python, told) && !has_other(&found, path))
            .collect();
        if let Some((path, _)) = wrong.first() {
            out.push(wrong_python(path, wrong.len(), python));
            return;
        }
        // It is known that they fit.
        if python.bits.is_some() {
            return;
        }
    }
    if found.iter().any(|(_, other)| other != machine) {
        return;
    }
    let name = shown(path.as_str());
    let message = match found.len() {
        1 => format!("`{name}` is made for {what} only"),
        2 => format!("`{name}` and 1 other file are made for {what} only"),
        count => format!("`{name}` and {} other files are made for {what} only", count - 1),
    };
    out.push(
        Diagnostic::new(Location::file(path), message)
            .consequence("A Python of another kind says: \"DLL load failed: %1 is not a valid Win32 application.\"")
            .help("Make sure that the Python and the application pool of the server are of the same kind."),
    );
}

/// Whether a Python can load a library.
fn loads(path: &PackagePath, machine: u16, python: Environment, told: bool) -> bool {
    let fits = match python.bits {
        None => matches!(machine, 0x014c | 0x8664),
        Some(Bits::X86) => machine == 0x014c,
        Some(Bits::X64) => machine == 0x8664,
    };
    fits && (told || tag(path).is_none_or(|tag| tag == python.python_tag()))
}

/// `cp38` of `etree.cp38-win_amd64.pyd`; only a module of Python is made for one Python.
fn tag(path: &PackagePath) -> Option<&str> {
    let (_, rest) = path.name().strip_suffix(".pyd")?.split_once('.')?;
    rest.split('-').next().filter(|tag| tag.starts_with("cp") && tag.len() > 3)
}

/// Whether the same module or library lies beside it, or in a folder beside its own, for others.
fn has_other(found: &[(PackagePath, u16)], path: &PackagePath) -> bool {
    let stem = |path: &PackagePath| path.name().split('.').next().unwrap_or("").to_lowercase();
    let above = |path: &PackagePath| path.parent().and_then(|folder| folder.parent());
    found.iter().any(|(other, _)| {
        let near = other.parent() == path.parent() || above(other).is_some() && above(other) == above(path);
        other != path && stem(other) == stem(path) && near
    })
}

fn wrong_python(path: &PackagePath, count: usize, python: Environment) -> Diagnostic {
    let name = shown(path.as_str());
    let message = match count {
        1 => format!("`{name}` is not made for {python}, which web.config starts"),
        2 => format!("`{name}` and 1 other file are not made for {python}, which web.config starts"),
        count => format!("`{name}` and {} other files are not made for {python}, which web.config starts", count - 1),
    };
    Diagnostic::new(Location::file(path), message)
        .consequence("Python does not find it, or says \"DLL load failed\": what imports it fails.")
        .help(format!("Install the package for that Python: `{}`.", pip::install(["PACKAGE"], python)))
        .severity(Severity::Warning)
}
