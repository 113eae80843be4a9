//! What a file that is no ZIP is, by its first bytes.

use super::ranges::Ranges;

/// How many bytes tell: a `tar` says what it is at byte 257.
pub const HEAD_BYTES: u64 = 264;

/// Formats by their first bytes.
const BEGINNINGS: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"MSCF", "a Windows cabinet"),
    (b"%PDF-", "a PDF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a Windows installer or an old Office document"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a Linux program"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"<!DOCTYPE html", "a page of HTML, as a download that needs a login gives it"),
    (b"<html", "a page of HTML, as a download that needs a login gives it"),
];

/// What a file is that begins so; nothing when it is not known, as for text.
#[must_use]
pub fn named(head: &[u8]) -> Option<&'static str> {
    if head.get(257..262) == Some(b"ustar") {
        return Some("a tar archive");
    }
    let begins = |beginning: &[u8]| head.get(..beginning.len()).is_some_and(|own| own.eq_ignore_ascii_case(beginning));
    BEGINNINGS.iter().find(|(beginning, _)| begins(beginning)).map(|(_, name)| *name)
}

/// What a file is; nothing when its bytes cannot be had or tell nothing.
pub(super) fn of(ranges: &Ranges) -> Option<&'static str> {
    let length = ranges.size().min(HEAD_BYTES);
    let head = ranges.take(0, usize::try_from(length).unwrap_or(0)).ok()?;
    if let Some(known) = named(&head) {
        return Some(known);
    }
    let control = |byte: &u8| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c);
    (!head.is_empty() && !head.iter().any(control) && !head.starts_with(b"PK")).then_some("a text file")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_what_is_often_mistaken() {
        assert_eq!(named(b"\x89PNG\r\n\x1a\n\0\0"), Some("a PNG image"));
        assert_eq!(named(b"Rar!\x1a\x07\x01\x00"), Some("a RAR archive"));
        assert_eq!(named(b"<!doctype HTML><p>"), Some("a page of HTML, as a download that needs a login gives it"));
        let mut tar = vec![0; 512];
        tar[257..262].copy_from_slice(b"ustar");
        assert_eq!(named(&tar), Some("a tar archive"));
        assert_eq!(named(b"import os"), None);
        assert_eq!(named(b""), None);
    }
}
