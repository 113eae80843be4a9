//! Entries of a ZIP that are taken over as they are.

use std::rc::Rc;

use gallery_packager::archive::{Assembly, Data, Ledger, Mounts, ZipInput};
use gallery_packager::contents::{ReadError, Source};
use gallery_packager::path::PackagePath;
use gallery_packager::tree::{Entry, FileTree, InputId, Timestamp};

use crate::archive::{BUILT, Memory, Random, assert_same, folder_or_file, opened, package, written};

/// Counts how often it is read.
struct Counted(Memory, std::cell::Cell<usize>);

impl Source for Counted {
    fn read(&self, id: InputId, offset: u64, length: u64) -> Result<Vec<u8>, ReadError> {
        self.1.set(self.1.get() + 1);
        self.0.read(id, offset, length)
    }
}

#[test]
fn a_package_that_was_walked_is_taken_over_in_one_piece_and_not_read_again() {
    let mut random = Random(9);
    let files: Vec<Vec<u8>> = (0..300).map(|_| random.bytes(900)).collect();
    let names = (0..300).flat_map(|id| {
        let folder = format!("app/größe{}/", id / 20);
        (id % 20 == 0).then(|| (folder.clone(), 0)).into_iter().chain([(format!("{folder}m{id:03}.py"), id)])
    });
    let entry = |(name, id): (String, usize)| {
        let size = if name.ends_with('/') { 0 } else { files[id].len() };
        folder_or_file(&name, size, Some(BUILT), id)
    };
    let tree = FileTree::from_raw(names.map(entry).collect());
    let bytes = package(&tree, Rc::new(Memory(files.clone())), None).unwrap();

    let source = Rc::new(Counted(Memory(vec![bytes.clone()]), std::cell::Cell::default()));
    let size = bytes.len() as u64;
    let zip = ZipInput::open(Rc::clone(&source) as Rc<dyn Source>, InputId(0), "some.zip", size).unwrap();
    assert_eq!(zip.scan().unwrap().problems, []);
    let (mut listed, mounts) = (FileTree::from_raw(zip.list()), Rc::new(Mounts::zip(source.clone(), Rc::new(zip))));
    let pieces = |tree: &FileTree| {
        let before = source.1.get();
        let mut assembly = Assembly::new(tree, Rc::clone(&mounts), &Ledger::default(), BUILT, &|_| true).unwrap();
        let mut pieces = Vec::new();
        while let Some(part) = assembly.next().unwrap() {
            pieces.push(match part.data {
                Data::File { from, to, .. } => (from, to),
                other => (0, other.length()),
            });
        }
        (pieces, source.1.get() - before)
    };
    let directory = size - pieces(&listed).0[0].1;
    assert_eq!(pieces(&listed), (vec![(0, size - directory), (0, directory)], 0));
    assert!(written(&listed, &mounts).unwrap() == bytes);

    // A folder with another time is written anew, and what lies around it is still taken over.
    let folder = listed.get(&PackagePath::new("app/größe2").unwrap()).unwrap();
    let later = Timestamp { date: BUILT.date + 1, ..BUILT };
    listed.insert(Entry { modified: Some(later), ..folder.clone() });
    let (parts, read) = pieces(&listed);
    assert_eq!((parts.len(), read), (4, 0));
    assert_same(&listed, &*mounts, &opened(written(&listed, &mounts).unwrap()).unwrap());
}

#[test]
fn a_folder_that_is_said_to_have_a_check_sum_is_written_anew() {
    let entries = [("app/", 0), ("app/sub/", 0), ("app/sub/a.py", 5)];
    let entry = |(name, size)| folder_or_file(name, size, Some(BUILT), 0);
    let tree = FileTree::from_raw(entries.into_iter().map(entry).collect());
    let right = package(&tree, Rc::new(Memory(vec![b"a = 1".to_vec()])), None).unwrap();
    let mut wrong = right.clone();
    let name = b"app/sub/";
    for at in 0..wrong.len() - name.len() {
        for (signature, crc, length) in [(b"PK\x03\x04", 14, 30), (b"PK\x01\x02", 16, 46)] {
            let named = at >= length && right[at..].starts_with(name) && right[at - length..].starts_with(signature);
            // The file in the folder has a longer name.
            if named && right[at + name.len()..].first() != Some(&b'a') {
                wrong[at - length + crc] = 1;
            }
        }
    }
    assert_eq!(wrong.iter().zip(&right).filter(|(one, other)| one != other).count(), 2);
    let source: Rc<dyn Source> = Rc::new(Memory(vec![wrong.clone()]));
    let zip = ZipInput::open(Rc::clone(&source), InputId(0), "some.zip", wrong.len() as u64).unwrap();
    assert_eq!(zip.scan().unwrap().problems, []);
    let (listed, mounts) = (FileTree::from_raw(zip.list()), Rc::new(Mounts::zip(source, Rc::new(zip))));
    assert!(written(&listed, &mounts).unwrap() == right);
}
