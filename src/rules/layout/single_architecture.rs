//! LAY014: compiled code for 32 or 64 bits only.

use crate::diagnostic::{Diagnostic, Location};
use crate::rules::Context;
use crate::rules::binary::{Binary, binaries};
use crate::rules::support::shown;

declare_rule! {
    /// ## What it does
    /// Notes `.pyd` and `.dll` files when all of them are made for the same processor.
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
    ///
    /// ## References
    /// - Microsoft, "Windows Web Application Gallery Principles": x86 and x64
    /// - Microsoft, "PE Format": machine types
    "layout/single-architecture", LAY014, gallery: Note, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let found: Vec<_> = binaries(cx)
        .into_iter()
        .filter_map(|(path, binary)| match binary {
            Binary::Pe(machine) => Some((path, machine)),
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
