//! Where a finding lies in what was dropped, as code hosts want it: a relative address.

use super::{Report, State};
use crate::model::Kind;
use crate::path::PackagePath;
use crate::publish::FormData;

/// The address of a file of the package; nothing when the name is none of a file there.
pub(super) fn of(report: &Report, file: &str) -> Option<String> {
    let path = PackagePath::new(file).ok().filter(|path| path.as_str() == file && !FormData::is_place(file))?;
    Some(encoded(in_input(report, &path).as_str()))
}

/// An application lies in a folder of its package; in the input that folder is its root.
fn in_input(report: &Report, path: &PackagePath) -> PackagePath {
    let inside = report.app_folder.as_ref().filter(|_| report.input.kind == Kind::Application);
    let Some(inside) = inside.and_then(|folder| path.strip(folder)) else { return path.clone() };
    let is_new = report.files.iter().any(|file| file.path == *path && file.state == State::New);
    match &report.input.root {
        _ if is_new => path.clone(),
        Some(root) => inside.below(root),
        None => inside,
    }
}

/// Whether a file of the package has the bytes that it has in the input.
pub(super) fn is_untouched(report: &Report, path: &PackagePath) -> bool {
    report.files.iter().any(|file| file.path == *path && file.state == State::Input)
}

/// A path as a relative reference: everything but letters, digits, `-._~` and `/` is encoded.
pub(super) fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
