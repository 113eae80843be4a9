//! ZIPs that cannot be opened, or not all of whose entries come out, and what is said of them.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

use std::rc::Rc;

use gallery_packager::archive::{OpenError, ZipInput};
use gallery_packager::contents::{ReadError, ReadErrorKind, Source};
use gallery_packager::tree::{FileTree, InputId};

use crate::archive::{Memory, opened, small};

fn damage_of(zip: Vec<u8>) -> String {
    match opened(zip).unwrap().read(InputId(0), 0, 1 << 20) {
        Err(ReadError { path, kind: ReadErrorKind::Damaged(why) }) if path == "a.txt" => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn says_what_is_wrong_with_an_entry() {
    for (at, bytes, expected) in [
        (10, &[9, 0][..], "compressed with Deflate64"),
        (10, &[12, 0], "compressed with bzip2"),
        (10, &[0, 0], "its two sizes differ"),
        (8, &[1, 0], "encrypted"),
        (16, &[1, 2, 3, 4], "check sum"),
        (20, &[40, 0], "ends too early"),
        (20, &[0, 0, 1, 0], "lies over that of another entry"),
        (24, &[0x87, 0x13], "more bytes than the directory"),
        (24, &[0x89, 0x13], "fewer bytes than the directory"),
        (24, &[0, 0, 0, 0x70], "more bytes than its compressed data can hold"),
        (24, &[0, 0, 0, 0], "more bytes than the directory"),
        (42, &[1, 0, 0, 0], "no entry where the directory says"),
    ] {
        let (mut zip, record) = small();
        zip[record + at..record + at + bytes.len()].copy_from_slice(bytes);
        let why = damage_of(zip);
        assert!(why.contains(expected), "{why}");
    }
    let (mut zip, _) = small();
    zip[36] = 0xff;
    assert_eq!(damage_of(zip), "its compressed data is broken");
}

#[test]
fn says_why_a_file_is_not_opened() {
    let (zip, record) = small();
    let refusal = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut zip = zip.clone();
        change(&mut zip);
        opened(zip).err()
    };
    assert_eq!(refusal(&|_| {}), None);
    assert_eq!(refusal(&|zip| zip.clear()), Some(OpenError::NotAZip));
    assert_eq!(refusal(&|zip| zip.truncate(record)), Some(OpenError::Truncated));
    assert_eq!(refusal(&|zip| zip[record + 51 + 4] = 1), Some(OpenError::MultiDisk));
    assert_eq!(refusal(&|zip| zip[record + 9] = 0x20), Some(OpenError::EncryptedDirectory));
    assert!(matches!(refusal(&|zip| zip[record] = 0), Some(OpenError::Damaged(_))));
    assert!(matches!(refusal(&|zip| zip[record + 28] = 99), Some(OpenError::Damaged(_))));
    // With bytes before and after it a ZIP is still one.
    assert_eq!(refusal(&|zip| drop(zip.splice(0..0, [7; 5000]))), None);
    let gone = ZipInput::open(Rc::new(Memory(vec![zip.clone()])), InputId(0), "some.zip", zip.len() as u64 + 1);
    let changed = ReadError { path: "some.zip".to_owned(), kind: ReadErrorKind::Changed };
    assert_eq!(gone.err(), Some(OpenError::Read(changed)));
}

#[test]
fn both_of_two_entries_with_one_name_are_listed() {
    let (zip, record) = small();
    let directory = &zip[record..zip.len() - 22];
    let (data, mut end) = (&zip[..record], zip[zip.len() - 22..].to_vec());
    let mut second = directory.to_vec();
    second[42..46].copy_from_slice(&u32::try_from(record).unwrap().to_le_bytes());
    end[8..12].copy_from_slice(&[2, 0, 2, 0]);
    end[12..16].copy_from_slice(&u32::try_from(2 * directory.len()).unwrap().to_le_bytes());
    end[16..20].copy_from_slice(&u32::try_from(2 * record).unwrap().to_le_bytes());
    let input = opened([data, data, directory, &second, &end].concat()).unwrap();
    assert_eq!(input.list().len(), 2);
    assert_eq!(FileTree::from_raw(input.list()).oddities().len(), 1);
    assert_eq!(input.read(InputId(1), 0, 5000), input.read(InputId(0), 0, 5000));
    assert!(input.raw(InputId(1)).is_some());
}
