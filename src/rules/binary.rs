//! What compiled code is made for, by its first bytes.

use crate::path::PackagePath;
use crate::rules::Context;
use crate::sorted::Set;

/// How many files are looked at: their first bytes must be unpacked.
const FILES: usize = 500;

/// How many of those are looked at that may well be something else.
const PROGRAMS: usize = 50;

/// Enough for the headers of every library seen.
const HEAD: u64 = 1024;

/// Compiled code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binary {
    /// Of Linux and other systems like Unix.
    Elf,
    /// Of macOS.
    MachO,
    /// Of Windows, for a machine.
    Pe(u16),
}

/// The libraries of a package, in tree order; not those of .NET, which run on every machine.
pub(super) fn binaries<'c>(cx: &'c Context<'_>) -> &'c [(PackagePath, Binary)] {
    cx.memo.binaries.get_or_init(|| find(cx))
}

fn find(cx: &Context<'_>) -> Vec<(PackagePath, Binary)> {
    let paths = || cx.tree().files().map(|entry| &entry.path);
    let libraries = paths().filter(|path| is_library(path.name())).take(FILES);
    let programs = paths().filter(|path| is_program(path.name())).take(PROGRAMS);
    let files: Set<&PackagePath> = libraries.chain(programs).collect();
    let kinds = files.into_iter().filter_map(|path| Some((path.clone(), kind(&cx.contents.head(path, HEAD)?)?)));
    kinds.collect()
}

/// `x.so`, `x.so.1`, `x.dylib`, `x.pyd`, `x.dll`.
fn is_library(name: &str) -> bool {
    let name = name.to_lowercase();
    let plain = name.trim_end_matches(|char: char| char.is_ascii_digit() || char == '.');
    plain.ends_with(".so") || [".dylib", ".pyd", ".dll"].iter().any(|end| name.ends_with(end))
}

/// `x.bin`, `x.node`, or a name in small letters without an extension, as programs of other systems
/// have it; `LICENSE` and `RECORD` are none.
fn is_program(name: &str) -> bool {
    let bare = !name.contains('.') && !name.chars().any(char::is_uppercase);
    bare || name.ends_with(".bin") || name.ends_with(".node")
}

fn kind(head: &[u8]) -> Option<Binary> {
    match head.get(..4)? {
        b"\x7fELF" => return Some(Binary::Elf),
        [0xcf | 0xce, 0xfa, 0xed, 0xfe] | [0xfe, 0xed, 0xfa, 0xce | 0xcf] | [0xca, 0xfe, 0xba, 0xbe] => {
            return Some(Binary::MachO);
        }
        [b'M', b'Z', ..] => {}
        _ => return None,
    }
    let short = |at: usize| Some(u16::from_le_bytes(head.get(at..at + 2)?.try_into().ok()?));
    let long = |at: usize| Some(u32::from_le_bytes(head.get(at..at + 4)?.try_into().ok()?));
    let header = usize::try_from(long(0x3c)?).ok().filter(|&header| header < 1024)?;
    if head.get(header..header + 4)? != b"PE\0\0" {
        return None;
    }
    // The 15th directory of the optional header is that of .NET.
    let optional = header + 24;
    let directories = optional + if short(optional)? == 0x20b { 112 } else { 96 };
    let managed = long(directories + 14 * 8).is_some_and(|address| address != 0);
    (!managed).then_some(Binary::Pe(short(header + 4)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pe(machine: u16, managed: u32) -> Vec<u8> {
        let mut head = vec![0; 512];
        head[..2].copy_from_slice(b"MZ");
        head[0x3c] = 0x80;
        head[0x80..0x84].copy_from_slice(b"PE\0\0");
        head[0x84..0x86].copy_from_slice(&machine.to_le_bytes());
        head[0x98..0x9a].copy_from_slice(&0x10b_u16.to_le_bytes());
        head[0x98 + 96 + 112..0x98 + 96 + 116].copy_from_slice(&managed.to_le_bytes());
        head
    }

    #[test]
    fn tells_systems_and_machines_by_the_first_bytes() {
        assert_eq!(kind(b"\x7fELF\x02"), Some(Binary::Elf));
        assert_eq!(kind(&[0xcf, 0xfa, 0xed, 0xfe]), Some(Binary::MachO));
        assert_eq!(kind(&pe(0x8664, 0)), Some(Binary::Pe(0x8664)));
        assert_eq!(kind(&pe(0x14c, 0x2008)), None, "a library of .NET runs everywhere");
        assert_eq!(kind(b"INPUT(libx.so.1)"), None, "a script of the linker");
        assert_eq!(kind(b"MZ"), None);
        assert!(is_program("uwsgi") && is_program("x.node") && !is_program("LICENSE") && !is_program("x.py"));
        assert!(is_library("libx.so.1.2") && is_library("X.PYD") && !is_library("so.py") && !is_library("x.sol"));
    }
}
