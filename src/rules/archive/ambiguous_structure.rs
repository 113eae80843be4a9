//! ZIP001: a ZIP in which programs see different things.

use crate::archive::{ScanKind, ScanProblem};
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::fix::{Edit, Fix};
use crate::rules::Context;
use crate::rules::support::shown;

declare_rule! {
    /// ## What it does
    /// Walks the ZIP from the first byte to the last and compares what stands before each file, in the directory and in the end record.
    /// Reports what does not agree, bytes that belong to nothing, second names and comments, each with its offset.
    /// Sizes that stand behind the data, as in a ZIP that was written as a stream, are only noted.
    ///
    /// ## Why it matters
    /// Some programs follow the directory at the end of the ZIP, others the headers before the files, and some look for the end from the front.
    /// Where these differ, Web Deploy may install something else than what was looked at, or refuse the package.
    ///
    /// ## Example
    /// ```text
    /// directory            shop/app.py
    /// header before it     shop/old.py
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// directory            shop/app.py
    /// header before it     shop/app.py
    /// ```
    ///
    /// ## Fix
    /// Writes the ZIP anew with what its directory says.
    /// Where headers contradict each other, please look at the files first: nobody knows which of the two was meant.
    ///
    /// ## References
    /// - PKWARE, "APPNOTE.TXT", 4.3: the general format
    /// - PyPI, "Preventing ZIP parser confusion attacks on Python package installers"
    /// - The gallery's retired validator: a package that Web Deploy could not open failed
    "archive/ambiguous-structure", ZIP001, gallery: Error, webdeploy: Error
}

/// How many places a message names.
const PLACES: usize = 3;

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(scan) = cx.archive.and_then(|archive| archive.scan().ok()) else { return };
    let mut groups: Vec<Vec<&ScanProblem>> = Vec::new();
    for problem in scan.problems.iter().filter(|problem| problem.kind != ScanKind::Zip64) {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| same(&first.kind, &problem.kind))) {
            Some(group) => group.push(problem),
            None => groups.push(vec![problem]),
        }
    }
    out.extend(groups.iter().filter_map(|group| diagnostic(group)));
}

fn same(a: &ScanKind, b: &ScanKind) -> bool {
    match (a, b) {
        (ScanKind::Differs { what: a }, ScanKind::Differs { what: b })
        | (ScanKind::EndDiffers { what: a }, ScanKind::EndDiffers { what: b }) => a == b,
        _ => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}

/// One diagnostic for all problems of a kind.
fn diagnostic(group: &[&ScanProblem]) -> Option<Diagnostic> {
    let first = group.first()?;
    let entry = first.entry.as_deref().map(shown);
    let (severity, what) = describe(&first.kind);
    let more = match group.len() - 1 {
        0 => String::new(),
        1 => " and 1 more".to_owned(),
        more => format!(" and {more} more"),
    };
    let places: Vec<String> = group.iter().take(PLACES).map(|problem| problem.offset.to_string()).collect();
    let etc = if group.len() > PLACES { ", …" } else { "" };
    let of = entry.as_ref().map_or_else(String::new, |name| format!("`{name}`{more}: "));
    let count = if entry.is_none() { more.as_str() } else { "" };
    let message = format!("{of}{what}{count} (at byte {}{etc})", places.join(", "));
    let (consequence, help, fix) = match severity {
        Severity::Error => (
            "Programs see different packages in this file, so Web Deploy may install something else or refuse it.",
            "Make the ZIP anew from the files that you mean.",
            Fix::review("Write the ZIP anew as its directory says", vec![Edit::Repack]),
        ),
        _ => (
            "Nearly every program reads this alike; strict ones refuse it.",
            "Write the ZIP anew.",
            Fix::safe("Write the ZIP anew", vec![Edit::Repack]),
        ),
    };
    let location = entry.map_or_else(Location::package, |name| Location::raw(&name));
    Some(Diagnostic::new(location, message).severity(severity).consequence(consequence).help(help).fix(fix))
}

fn describe(kind: &ScanKind) -> (Severity, String) {
    let bytes = |count: u64| if count == 1 { "1 byte".to_owned() } else { format!("{count} bytes") };
    let text = match kind {
        ScanKind::Prefix { bytes: count } => format!("{} before the first entry", bytes(*count)),
        ScanKind::Gap { bytes: count } => format!("{} that belong to no entry", bytes(*count)),
        ScanKind::Trailing { bytes: count } => format!("{} after the end of the ZIP", bytes(*count)),
        ScanKind::Overlap => "lies over another entry or the directory".to_owned(),
        ScanKind::NoEntry => "there is no entry where the directory says".to_owned(),
        ScanKind::Differs { what } => format!("{what} before the data is not as in the directory"),
        ScanKind::DescriptorDiffers => "the sizes behind the data are not as in the directory".to_owned(),
        ScanKind::EndDiffers { what } => format!("the end record is wrong about {what}"),
        ScanKind::Zip64Differs => "a Zip64 record contradicts the rest".to_owned(),
        ScanKind::ExtraEnd => "another end record".to_owned(),
        ScanKind::OtherName { name } => format!("some programs call it `{}`", shown(name)),
        ScanKind::NotUtf8 => "its name is marked as UTF-8 and is not".to_owned(),
        ScanKind::HalfFolder => "it is half a file and half a folder".to_owned(),
        ScanKind::OtherPart => "it is said to lie in another part of the ZIP".to_owned(),
        ScanKind::BrokenExtra => "its extra fields are broken".to_owned(),
        ScanKind::OpenEnded => "its sizes follow data that is not compressed".to_owned(),
        ScanKind::UnknownVersion => "it needs a later version of the format than there is".to_owned(),
        ScanKind::HalfMarked => "only one of its headers says that its sizes stand behind its data".to_owned(),
        ScanKind::EntryComment => "it has a comment".to_owned(),
        ScanKind::Comment { bytes: count } => format!("the ZIP has a comment of {}", bytes(*count)),
        ScanKind::Descriptor | ScanKind::Zip64 => "its sizes stand behind its data".to_owned(),
    };
    let severity = match kind {
        ScanKind::Descriptor | ScanKind::Zip64 => Severity::Note,
        ScanKind::OpenEnded
        | ScanKind::UnknownVersion
        | ScanKind::HalfMarked
        | ScanKind::EntryComment
        | ScanKind::Comment { .. }
        | ScanKind::BrokenExtra => Severity::Warning,
        _ => Severity::Error,
    };
    (severity, text)
}
