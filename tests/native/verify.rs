//! The check of every byte: whoever does it, in whatever order and however the file is cut, says the same of
//! every entry as whoever reads it.

use std::collections::BTreeMap;
use std::rc::Rc;

use gallery_packager::archive::{Check, Checker, Order, Verifier, ZipInput};
use gallery_packager::contents::{ReadErrorKind, Source};
use gallery_packager::tree::InputId;

use crate::archive::opened;
use crate::corpora::{files_below, folders};

type Damages = BTreeMap<InputId, String>;

/// What claims to unpack to more is left to the limits that `corpora.rs` tries.
const LARGEST: u64 = 4 << 20;

fn in_place(zip: &Rc<ZipInput>) -> Damages {
    let mut damages = Damages::new();
    let mut verifier = Verifier::new(Rc::clone(zip));
    while !verifier.progress().done {
        verifier.step(&mut |id, why| drop(damages.insert(id, why.to_owned()))).unwrap();
    }
    damages
}

/// By one checker for all orders, the last order first, `cut` bytes of the file at a time.
fn by_orders(zip: &Rc<ZipInput>, bytes: &[u8], cut: u64) -> Damages {
    let mut damages = Damages::new();
    let mut verifier = Verifier::new(Rc::clone(zip));
    let mut checker = Checker::default();
    for Order { number, records, .. } in verifier.orders().into_iter().rev() {
        checker.begin(&records, bytes.len() as u64);
        loop {
            match checker.step() {
                Check::Done => break,
                Check::Busy => {}
                Check::Needs(from, to) => {
                    let range = usize::try_from(from).unwrap()..usize::try_from(to.min(from + cut)).unwrap();
                    checker.put(from, bytes[range].to_vec());
                }
            }
        }
        let note = &mut |id, why: &str| drop(damages.insert(id, why.to_owned()));
        verifier.judged(number, &checker.faults(), checker.bytes(), note).unwrap();
        assert!(verifier.judged(number, &[], 0, &mut |_, _| {}).is_err(), "nobody asked twice");
    }
    assert!(verifier.progress().done);
    damages
}

fn by_reading(zip: &ZipInput) -> Damages {
    let entries = zip.list().into_iter().filter(|entry| !entry.folder);
    entries
        .filter_map(|entry| match zip.read(entry.id, 0, entry.size).err()?.kind {
            ReadErrorKind::Damaged(why) => Some((entry.id, why)),
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn every_way_says_the_same_of_every_entry() {
    let Some(folders) = folders() else { return };
    let (mut whole, mut damaged) = (0, 0);
    for path in folders.iter().flat_map(|folder| files_below(folder)) {
        let bytes = std::fs::read(&path).unwrap();
        let Ok(zip) = opened(bytes.clone()) else { continue };
        let zip = Rc::new(zip);
        let claimed = zip.members().iter().fold(0_u64, |sum, member| sum.saturating_add(member.size));
        if claimed > LARGEST || zip.members().len() > 1000 {
            continue;
        }
        let expected = by_reading(&zip);
        assert_eq!(in_place(&zip), expected, "{}", path.display());
        for cut in [30, 4096, u64::MAX / 2] {
            assert_eq!(by_orders(&zip, &bytes, cut), expected, "{} {cut}", path.display());
        }
        if expected.is_empty() { whole += 1 } else { damaged += 1 }
    }
    assert!(whole > 100 && damaged > 100, "{whole} whole, {damaged} damaged");
}
