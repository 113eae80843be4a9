//! ZIP005: Zip64, needed or not.

use crate::archive::{Member, ScanKind};
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::fix::{Edit, Fix};
use crate::limits;
use crate::rules::Context;
use crate::rules::support::{of_members, shown};

declare_rule! {
    /// ## What it does
    /// Looks for files of more than 2,147,483,647 bytes, for more than 65,536 files, for more than 4,294,967,295 bytes together, and for Zip64 records that nothing needs.
    ///
    /// ## Why it matters
    /// Web Deploy takes no larger file and no more files in a package.
    /// Whether it reads Zip64 is documented nowhere, and strict programs refuse a Zip64 record without need.
    ///
    /// ## Example
    /// ```text
    /// shop/data/catalogue.bin   3,221,225,472 bytes
    /// ```
    ///
    /// ## Use instead
    /// Put large data elsewhere, and let the application fetch it; or let Web Deploy synchronise a folder (`archiveDir`) instead of a package.
    ///
    /// ## Fix
    /// Writes the ZIP anew, without Zip64, where nothing needs it.
    ///
    /// ## References
    /// - Microsoft, "Web Deploy package Provider"
    "archive/beyond-zip32", ZIP005, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for entry in cx.tree().files().filter(|entry| entry.size > limits::FILE_BYTES) {
        let name = shown(entry.path.as_str());
        out.push(
            Diagnostic::new(Location::file(&entry.path), format!("`{name}` has {} bytes", entry.size))
                .severity(Severity::Error)
                .consequence("Web Deploy takes no file of more than 2,147,483,647 bytes in a package.")
                .help("Put it elsewhere, or split it."),
        );
    }
    let files = cx.tree().files().count();
    if files > limits::PACKAGE_FILES {
        out.push(
            Diagnostic::new(Location::package(), format!("the package has {files} files"))
                .severity(Severity::Error)
                .consequence("Web Deploy takes no more than 65,536 files in a package.")
                .help("Leave out what the server does not need."),
        );
    }
    // Of a ZIP that is there, its own size counts.
    let total = cx.tree().files().map(|entry| entry.size).fold(0, u64::saturating_add);
    if cx.archive.is_none() && total > limits::PACKAGE_BYTES {
        out.push(
            Diagnostic::new(Location::package(), format!("the files have {total} bytes together"))
                .severity(Severity::Error)
                .consequence("Web Deploy takes no package of more than 4,294,967,295 bytes, so none is written.")
                .help("Leave out what the server does not need."),
        );
    }
    if out.is_empty() {
        needless(cx, out);
    }
}

fn needless(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(archive) = cx.archive else { return };
    let large = |value: u64| value >= u64::from(u32::MAX);
    let needs = |member: &Member| large(member.size) || large(member.compressed) || large(member.header);
    let members = archive.members();
    if members.len() >= usize::from(u16::MAX) || members.iter().any(needs) {
        return;
    }
    let Ok(scan) = archive.scan() else { return };
    let mut records = scan.problems.iter().filter(|problem| problem.kind == ScanKind::Zip64);
    let Some(first) = records.next() else { return };
    let found = of_members(cx, |member| member.zip64, "has a Zip64 field", "have Zip64 fields").unwrap_or_else(|| {
        let location = first.entry.as_deref().map_or_else(Location::package, |name| Location::raw(&shown(name)));
        Diagnostic::new(location, format!("a Zip64 record that nothing needs (at byte {})", first.offset))
    });
    out.push(
        found
            .consequence("Programs that do not know Zip64 cannot read the package; whether Web Deploy does is documented nowhere.")
            .help("Write the ZIP anew.")
            .fix(Fix::safe("Write the ZIP anew", vec![Edit::Repack])),
    );
}
