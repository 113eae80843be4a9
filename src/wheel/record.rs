//! `RECORD`: the files of a wheel with their sums and sizes, a line each, as CSV.

use sha2::{Digest as _, Sha256};

use crate::sorted::Map;

/// What RECORD says about a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    /// The SHA-256, in base 64 without padding; nothing where there is none or another sum.
    pub sha256: Option<String>,
    /// In bytes.
    pub size: Option<u64>,
}

impl Recorded {
    /// Whether bytes have the sum that RECORD says; also when it says none that is known here.
    #[must_use]
    pub fn fits(&self, bytes: &[u8]) -> bool {
        self.sha256.as_ref().is_none_or(|sum| *sum == base64(&Sha256::digest(bytes)))
    }
}

/// Base 64 as RECORD has it: safe in addresses, without padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let digit = |bits: u32| DIGITS.get((bits & 63) as usize).map_or('?', |digit| char::from(*digit));
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        out.extend([18, 12, 6, 0].into_iter().take(three.len() + 1).map(|shift| digit(bits >> shift)));
    }
    out
}

/// Reads RECORD; the paths are as it spells them, with `/`.
#[must_use]
pub fn record(text: &str) -> Map<String, Recorded> {
    let mut files = Map::new();
    for line in text.lines() {
        let mut fields = fields(line).into_iter();
        let Some(path) = fields.next().filter(|path| !path.is_empty()) else { continue };
        let sum = fields.next().unwrap_or_default();
        let sha256 = sum.strip_prefix("sha256=").map(|sum| sum.trim_end_matches('=').to_owned());
        let size = fields.next().and_then(|size| size.trim().parse().ok());
        files.insert(path.replace('\\', "/"), Recorded { sha256, size });
    }
    files
}

/// The fields of a line; a comma or a quote in a field stands in quotes.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut chars = line.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                fields.last_mut().into_iter().for_each(|field| field.push('"'));
            }
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            char => fields.last_mut().into_iter().for_each(|field| field.push(char)),
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_sums_as_record_writes_them() {
        let recorded = |sum: &str| Recorded { sha256: Some(sum.to_owned()), size: None };
        assert!(recorded("LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ").fits(b"hello"));
        assert!(recorded("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU").fits(b""));
        assert!(!recorded("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU").fits(b"x"));
        assert!(Recorded::default().fits(b"x"));
    }

    #[test]
    fn reads_lines_with_and_without_sums() {
        let text =
            "a/b.py,sha256=Zm9v,12\r\n\"a,\"\"b\"\".py\",sha256=YmFy=,3\nx-1.dist-info/RECORD,,\nold.py,md5=1,4\n\n";
        let files = record(text);
        let told = |name: &str| files.get(name).map(|file| (file.sha256.as_deref(), file.size));
        assert_eq!(told("a/b.py"), Some((Some("Zm9v"), Some(12))));
        assert_eq!(told("a,\"b\".py"), Some((Some("YmFy"), Some(3))));
        assert_eq!(told("x-1.dist-info/RECORD"), Some((None, None)));
        assert_eq!(told("old.py"), Some((None, Some(4))));
        assert_eq!(files.len(), 4);
    }
}
