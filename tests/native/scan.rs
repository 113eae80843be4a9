//! The strict walk over a ZIP: each thing that it finds, made on purpose in a clean ZIP.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at what it did not expect")]

use std::rc::Rc;

use gallery_packager::archive::{Piece, Scan, ScanKind};

use crate::archive::{generated, long, opened, package, small};

/// What the walk finds in a ZIP of one file, `a.txt`, after a change of it; the change gets the
/// bytes and where the record in the directory begins.
fn found(change: impl Fn(&mut Vec<u8>, usize)) -> Vec<ScanKind> {
    let (mut zip, record) = small();
    change(&mut zip, record);
    let scan = opened(zip.clone()).unwrap().scan().unwrap();
    assert_eq!(ahead(&zip, Some), scan, "the same from what was read ahead");
    scan.problems.iter().map(|problem| problem.kind.clone()).collect()
}

/// What the walk finds when somebody reads ahead for it; of each piece only a part may come, or nothing.
fn ahead(zip: &[u8], comes: impl Fn(usize) -> Option<usize>) -> Rc<Scan> {
    let input = opened(zip.to_owned()).unwrap();
    for Piece { from, to, entries } in input.ahead() {
        let piece = &zip[usize::try_from(from).unwrap()..usize::try_from(to).unwrap()];
        let Some(length) = comes(piece.len()) else { break };
        input.put_ahead(from, piece[..length].to_vec(), entries).unwrap();
    }
    let scan = input.scan().unwrap();
    assert_eq!(input.ahead(), [], "there is nothing more to read");
    scan
}

/// As [`found`], after bytes are put in place of those at an offset.
fn at(offset: usize, bytes: &[u8]) -> Vec<ScanKind> {
    found(|zip, _| zip[offset..offset + bytes.len()].copy_from_slice(bytes))
}

/// As [`at`], in the record of the directory.
fn in_record(offset: usize, bytes: &[u8]) -> Vec<ScanKind> {
    found(|zip, record| zip[record + offset..record + offset + bytes.len()].copy_from_slice(bytes))
}

const fn differs(what: &'static str) -> ScanKind {
    ScanKind::Differs { what }
}

#[test]
fn finds_nothing_in_what_we_write() {
    assert_eq!(found(|_, _| ()), []);
    for seed in 0..20 {
        let (tree, memory) = generated(seed);
        let zip = package(&tree, Rc::new(memory), None).unwrap();
        assert_eq!(opened(zip.clone()).unwrap().scan().unwrap().problems, []);
        // What does not come, or is cut off, is read when it is looked at.
        let comes: [fn(usize) -> Option<usize>; 3] = [Some, |length| Some(length / 2), |_| None];
        for comes in comes {
            assert_eq!(ahead(&zip, comes).problems, []);
        }
    }
}

#[test]
fn finds_bytes_that_belong_to_nothing() {
    assert_eq!(found(|zip, _| drop(zip.splice(0..0, [7; 5000]))), [ScanKind::Prefix { bytes: 5000 }]);
    assert_eq!(found(|zip, _| zip.push(0)), [ScanKind::Trailing { bytes: 1 }]);
    let hidden = |zip: &mut Vec<u8>, record: usize| {
        zip.splice(record..record, *b"hidden");
        let end = zip.len() - 6;
        let moved = u32::try_from(record + 6).unwrap();
        zip[end..end + 4].copy_from_slice(&moved.to_le_bytes());
    };
    assert_eq!(found(hidden), [ScanKind::Gap { bytes: 6 }]);
    assert_eq!(
        in_record(42, &[1]),
        [ScanKind::Prefix { bytes: 1 }, ScanKind::NoEntry, {
            let (_, record) = small();
            ScanKind::Gap { bytes: record as u64 - 1 }
        }]
    );
}

#[test]
fn finds_headers_that_disagree() {
    assert_eq!(at(30, b"b"), [differs("the name")]);
    assert_eq!(at(6, &[1]), [differs("the flags")]);
    assert_eq!(at(7, &[8]), [differs("the flags")]);
    assert_eq!(at(8, &[0]), [differs("the method")]);
    assert_eq!(at(14, &[1, 2, 3, 4]), [differs("the check sum")]);
    assert_eq!(at(22, &[0]), [differs("the size")]);
    assert_eq!(at(22, &[0; 4]), [differs("the size")], "zeros need a descriptor");
    assert_eq!(at(6, &[8]), [ScanKind::HalfMarked, ScanKind::DescriptorDiffers]);
    let both = |zip: &mut Vec<u8>, record: usize| {
        zip[6] = 8;
        zip[record + 8] = 8;
    };
    assert_eq!(found(both), [ScanKind::DescriptorDiffers]);
    let described = |zip: &mut Vec<u8>, record: usize| {
        both(zip, record);
        let descriptor = [b"PK\x07\x08", &zip[14..26]].concat();
        zip[14..26].fill(0);
        zip.splice(record..record, descriptor);
        let end = zip.len() - 6;
        let moved = long(zip, end) + 16;
        zip[end..end + 4].copy_from_slice(&moved.to_le_bytes());
    };
    assert_eq!(found(described), [ScanKind::Descriptor]);
}

#[test]
fn finds_what_is_odd_about_an_entry() {
    assert_eq!(in_record(38, &[0x10]), [ScanKind::HalfFolder]);
    assert_eq!(in_record(34, &[1]), [ScanKind::OtherPart]);
    assert_eq!(in_record(6, &[64]), [ScanKind::UnknownVersion]);
    let not_utf8 = |zip: &mut Vec<u8>, record: usize| {
        (zip[7], zip[record + 9]) = (8, 8);
        (zip[30], zip[record + 46]) = (0xff, 0xff);
    };
    assert_eq!(found(not_utf8), [ScanKind::NotUtf8]);
}

#[test]
fn finds_what_is_odd_about_the_end() {
    let commented = |comment: &'static [u8]| {
        found(move |zip, _| {
            let end = zip.len();
            zip[end - 2] = u8::try_from(comment.len()).unwrap();
            zip.extend(comment);
        })
    };
    assert_eq!(commented(b"released"), [ScanKind::Comment { bytes: 8 }]);
    assert_eq!(commented(b"PK\x05\x06 and more"), [ScanKind::Comment { bytes: 13 }, ScanKind::ExtraEnd]);
    let length = ScanKind::EndDiffers { what: "the length of the directory" };
    assert_eq!(
        found(|zip, _| {
            let end = zip.len();
            zip[end - 10] -= 1;
        }),
        [length]
    );
}
