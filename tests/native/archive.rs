//! Packages that are written, read back, taken over and read by others.
#![expect(clippy::disallowed_methods, reason = "tests read the corpora, and write what other programs are to read")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at what it did not expect")]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::path::PathBuf;
use std::process::Command;
use std::rc::Rc;

use gallery_packager::archive::{Assembly, Data, Ledger, Mounts, OpenError, Part, Press, WriteError, ZipInput};
use gallery_packager::contents::{ReadError, ReadErrorKind, Source};
use gallery_packager::limits;
use gallery_packager::path::PackagePath;
use gallery_packager::tree::{FileTree, InputId, Origin, RawEntry, Timestamp};

pub(crate) const BUILT: Timestamp = Timestamp { date: 0x5d77, time: 0x6000 };

/// Files in memory, by number.
pub(crate) struct Memory(pub(crate) Vec<Vec<u8>>);

impl Source for Memory {
    fn read(&self, id: InputId, offset: u64, length: u64) -> Result<Vec<u8>, ReadError> {
        let bytes = &self.0[id.0 as usize];
        let from = usize::try_from(offset).unwrap().min(bytes.len());
        let to = from + usize::try_from(length).unwrap().min(bytes.len() - from);
        Ok(bytes[from..to].to_vec())
    }
}

/// Marsaglia's xorshift64.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        (self.next() >> 11) % limit
    }

    pub(crate) fn bytes(&mut self, length: usize) -> Vec<u8> {
        std::iter::repeat_with(|| self.next().to_be_bytes()).flatten().take(length).collect()
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[usize::try_from(self.below(from.len() as u64)).unwrap()]
    }

    pub(crate) fn text(&mut self, length: usize) -> Vec<u8> {
        let mut out = Vec::new();
        while out.len() < length {
            out.extend(self.pick(&["def ", "import ", "return ", "self.", "\n    ", "x", "="]).as_bytes());
        }
        out.truncate(length);
        out
    }
}

pub(crate) fn folder_or_file(name: &str, size: usize, modified: Option<Timestamp>, id: usize) -> RawEntry {
    let id = InputId(u32::try_from(id).unwrap());
    RawEntry { name: name.to_owned(), folder: name.ends_with('/'), size: size as u64, modified, id }
}

/// A listing and its bytes, of all kinds of names, sizes and times.
pub(crate) fn generated(seed: u64) -> (FileTree, Memory) {
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let (mut raw, mut files) = (Vec::new(), Vec::new());
    for _ in 0..random.below(60) {
        let mut name = String::new();
        for _ in 0..random.below(4) {
            name += random.pick(&["app/", "Größe/", "static/", "日本語/", "a b/", "x/"]);
        }
        let folder = random.below(5) == 0 && !name.is_empty();
        if !folder {
            name += random.pick(&["main", "é", "Manifest", "parameters", "пример", "__init__", "x", "y"]);
            name += random.pick(&[".py", ".xml", "", ".png", ".ü"]);
        }
        let length = usize::try_from(random.below(3) * random.below(40_000)).unwrap();
        let bytes = match random.below(3) {
            _ if folder => Vec::new(),
            0 => Vec::new(),
            1 => random.bytes(length),
            _ => random.text(length),
        };
        let day = |random: &mut Random| {
            Timestamp::from_local_millis(1.7e12 + 1e8 * f64::from(random.next().to_le_bytes()[3]))
        };
        let modified = if random.below(3) == 0 { None } else { Some(day(&mut random)) };
        raw.push(folder_or_file(&name, bytes.len(), modified, files.len()));
        files.push(bytes);
    }
    (FileTree::from_raw(raw), Memory(files))
}

pub(crate) fn package(
    tree: &FileTree,
    source: Rc<dyn Source>,
    takeover: Option<Rc<ZipInput>>,
) -> Result<Vec<u8>, WriteError> {
    let mounts = match takeover {
        None => Mounts::folder(source),
        Some(zip) => Mounts::zip(source, zip),
    };
    written(tree, &Rc::new(mounts))
}

/// The whole package, which is the same whether workers made its entries or nobody did.
pub(crate) fn written(tree: &FileTree, mounts: &Rc<Mounts>) -> Result<Vec<u8>, WriteError> {
    let (here, _) = assembled(tree, mounts, &Ledger::default(), &[])?;
    let mut ledger = Ledger::default();
    let made = pressed(tree, mounts, &mut ledger);
    let (zip, _) = assembled(tree, mounts, &ledger, &made)?;
    assert!(zip == here, "workers gave other bytes");
    Ok(zip)
}

/// Does every job, the last first; what they made, by number.
pub(crate) fn pressed(tree: &FileTree, mounts: &Mounts, ledger: &mut Ledger) -> Vec<Vec<u8>> {
    let jobs = ledger.jobs(tree, mounts, BUILT).unwrap();
    let mut made = vec![Vec::new(); jobs.len()];
    let mut press = Press::default();
    assert_eq!(ledger.jobs(tree, mounts, BUILT).unwrap(), [], "somebody works at everything");
    for job in jobs.into_iter().rev() {
        let read = |(id, size): &(InputId, u64)| mounts.outer().read(*id, 0, *size).unwrap();
        let bytes: Vec<u8> = job.files.iter().flat_map(read).collect();
        let out = if job.large {
            let chunks: Vec<&[u8]> = bytes.chunks(limits::CHUNK_BYTES).collect();
            press.start(&job.records, chunks[0]).unwrap();
            let data: Vec<u8> = chunks.into_iter().flat_map(|chunk| press.put(chunk).unwrap()).collect();
            let mut out = press.finish().unwrap();
            out.bytes.extend(data);
            out
        } else {
            press.pack(&job.records, &bytes).unwrap()
        };
        ledger.done(job.number, &out.records).unwrap();
        made[job.number as usize] = out.bytes;
    }
    made
}

/// Lays the parts of a package at their offsets, and counts them.
pub(crate) fn assembled(
    tree: &FileTree,
    mounts: &Rc<Mounts>,
    ledger: &Ledger,
    made: &[Vec<u8>],
) -> Result<(Vec<u8>, usize), WriteError> {
    let mut assembly = Assembly::new(tree, Rc::clone(mounts), ledger, BUILT, &|_| false)?;
    let mut parts: Vec<Part> = Vec::new();
    while let Some(part) = assembly.next()? {
        let last = parts.last().map_or((0, 0), |last| (last.files, last.read));
        assert!(last.0 <= part.files && last.1 <= part.read, "progress goes back");
        if let Data::Bytes(bytes) = &part.data {
            assert!(bytes.len() < limits::CHUNK_BYTES * 3 / 2, "a part is much larger than a chunk");
        }
        parts.push(part);
    }
    let last = parts.last().unwrap();
    assert_eq!(usize::try_from(last.files).unwrap(), tree.files().count());
    assert_eq!(last.read, tree.files().map(|entry| entry.size).sum::<u64>());
    assert!(assembly.next()?.is_none());
    parts.retain(|part| part.data.length() > 0);
    parts.sort_by_key(|part| part.offset);
    let mut zip = Vec::new();
    let count = parts.len();
    for part in parts {
        assert_eq!(part.offset, zip.len() as u64, "a gap or an overlap");
        match part.data {
            Data::Bytes(bytes) => zip.extend(bytes),
            Data::Made { job, from, to } => {
                let range = usize::try_from(from).unwrap()..usize::try_from(to).unwrap();
                zip.extend(&made[job as usize][range]);
            }
            Data::File { file, from, to } => zip.extend(mounts.outer().read(file, from, to - from)?),
        }
    }
    Ok((zip, count))
}

pub(crate) fn opened(zip: Vec<u8>) -> Result<ZipInput, OpenError> {
    let size = zip.len() as u64;
    ZipInput::open(Rc::new(Memory(vec![zip])), InputId(0), "some.zip", size)
}

fn everything(source: &dyn Source, id: InputId, size: u64, step: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while (bytes.len() as u64) < size {
        bytes.extend(source.read(id, bytes.len() as u64, step).unwrap());
    }
    bytes
}

/// The package has every file and folder of the tree with its bytes and time, and nothing else.
pub(crate) fn assert_same(tree: &FileTree, source: &dyn Source, zip: &ZipInput) {
    let listed = FileTree::from_raw(zip.list());
    assert!(listed.oddities().is_empty());
    for entry in tree.entries() {
        let found = listed.get(&entry.path).unwrap();
        assert_eq!((found.folder, found.size), (entry.folder, entry.size), "{}", entry.path);
        let first_inside = || {
            let mut inside = tree.files().filter(|file| file.path.strip(&entry.path).is_some());
            inside.find(|file| matches!(file.origin, Origin::Input(_))).and_then(|file| file.modified)
        };
        assert_eq!(found.modified, Some(entry.modified.or_else(first_inside).unwrap_or(BUILT)), "{}", entry.path);
        if let (Origin::Input(old), Origin::Input(new)) = (&entry.origin, &found.origin) {
            let old = everything(source, *old, entry.size, 1 << 22);
            assert!(old == everything(zip, *new, entry.size, 70_001), "{}", entry.path);
            let (from, to) = (old.len() / 3, old.len() / 2);
            let middle = zip.read(*new, from as u64, (to - from) as u64).unwrap();
            assert!(middle == old[from..to], "{}", entry.path);
        }
    }
    let implicit = listed.entries().filter(|entry| tree.get(&entry.path).is_none());
    for folder in implicit {
        assert!(folder.folder && tree.has_folder(&folder.path), "{}", folder.path);
    }
}

fn check_round_trip(tree: &FileTree, memory: Memory) -> Vec<u8> {
    let source: Rc<dyn Source> = Rc::new(memory);
    let zip = package(tree, Rc::clone(&source), None).unwrap();
    assert!(zip == package(tree, Rc::clone(&source), None).unwrap(), "the same input gave other bytes");
    assert_profile(&zip);
    let input = Rc::new(opened(zip.clone()).unwrap());
    assert_same(tree, &*source, &input);
    // Taken over entry by entry, the package is the same to the byte.
    let listed = FileTree::from_raw(input.list());
    let file = Rc::new(Memory(vec![zip.clone()]));
    let taken = package(&listed, file, Some(Rc::clone(&input))).unwrap();
    assert!(taken == zip, "taking over changed something");
    // And unpacked and packed again as well.
    assert!(package(&listed, input, None).unwrap() == zip, "packing again changed something");
    zip
}

fn short(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes(bytes[at..at + 2].try_into().unwrap())
}

pub(crate) fn long(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
}

/// Every field of every header, and not a byte between them.
fn assert_profile(zip: &[u8]) {
    let end = zip.len() - 22;
    assert_eq!((long(zip, end), &zip[end + 4..end + 8]), (0x0605_4b50, &[0; 4][..]));
    assert_eq!((short(zip, end + 8), short(zip, end + 20)), (short(zip, end + 10), 0));
    let start = long(zip, end + 16) as usize;
    assert_eq!(start + long(zip, end + 12) as usize, end);
    let (mut at, mut data) = (start, 0);
    for _ in 0..short(zip, end + 10) {
        assert_eq!(long(zip, at), 0x0201_4b50);
        let name = &zip[at + 46..at + 46 + short(zip, at + 28) as usize];
        let (folder, empty) = (name.ends_with(b"/"), long(zip, at + 24) == 0);
        assert_eq!((short(zip, at + 4), short(zip, at + 6)), (20, 20));
        assert_eq!(short(zip, at + 8), if name.is_ascii() { 0 } else { 0x800 });
        assert!(matches!((short(zip, at + 10), empty), (0, _) | (8, false)));
        assert!(!folder || empty);
        assert_eq!(zip[at + 30..at + 38], [0; 8], "extra field, comment, disk, kind of content");
        assert_eq!(long(zip, at + 38), if folder { 0x10 } else { 0x20 });
        assert_eq!(long(zip, at + 42) as usize, data);
        assert_eq!(long(zip, data), 0x0403_4b50);
        assert_eq!(zip[data + 4..data + 30], zip[at + 6..at + 32], "the headers differ");
        assert_eq!(&zip[data + 30..data + 30 + name.len()], name);
        data += 30 + name.len() + long(zip, at + 20) as usize;
        at += 46 + name.len();
    }
    assert_eq!((data, at), (start, end));
}

#[test]
fn what_goes_in_comes_out() {
    for seed in 0..30 {
        let (tree, memory) = generated(seed);
        check_round_trip(&tree, memory);
    }
}

#[test]
fn large_files_and_others_read_them() {
    let mut random = Random(7);
    let files = vec![random.text(9_000_000), random.bytes(9_000_000), Vec::new(), random.text(4_194_304)];
    let time = Timestamp::from_local_millis(1.7e12);
    let names = ["app/big.txt", "app/big.bin", "app/empty", "app/exactly.txt"];
    let raw = names.iter().zip(&files).enumerate();
    let mut raw: Vec<RawEntry> =
        raw.map(|(id, (name, bytes))| folder_or_file(name, bytes.len(), Some(time), id)).collect();
    raw.push(folder_or_file("app/ordner ü/", 0, None, 9));
    let zip = check_round_trip(&FileTree::from_raw(raw), Memory(files));
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("large.zip");
    std::fs::write(&path, zip).unwrap();
    let script = "import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\nfor i in \
                  z.infolist():\n assert (i.create_system, i.create_version, i.extract_version) == (0, 20, 20)\n \
                  assert i.external_attr == (0x10 if i.is_dir() else 0x20) and not i.extra and not i.comment\nprint(len(\
                  z.namelist()))";
    read_by("python3", &["-c", script, &path.to_string_lossy()], "6");
    read_by("unzip", &["-t", &path.to_string_lossy()], "No errors detected");
}

fn read_by(program: &str, arguments: &[&str], expected: &str) {
    let Ok(output) = Command::new(program).args(arguments).output() else {
        eprintln!("skipped: there is no {program}");
        return;
    };
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains(expected), "{program}: {said}");
}

#[test]
fn a_file_that_changed_stops_the_package() {
    for (listed, real) in [(10, 9), (9_000_000, 4_500_000), (5, 0)] {
        let tree = FileTree::from_raw(vec![folder_or_file("app/views.py", listed, None, 0)]);
        let stopped = package(&tree, Rc::new(Memory(vec![vec![b'x'; real]])), None);
        let changed = ReadError { path: "app/views.py".to_owned(), kind: ReadErrorKind::Changed };
        assert_eq!(stopped, Err(WriteError::Read(changed)));
    }
}

/// A ZIP with one text file, and where its record in the directory begins.
pub(crate) fn small() -> (Vec<u8>, usize) {
    let text = Random(3).text(5000);
    let tree = FileTree::from_raw(vec![folder_or_file("a.txt", text.len(), Some(BUILT), 0)]);
    let zip = package(&tree, Rc::new(Memory(vec![text])), None).unwrap();
    let record = long(&zip, zip.len() - 6) as usize;
    (zip, record)
}

#[test]
fn a_written_file_goes_where_it_belongs() {
    let (tree, memory) = generated(11);
    let mut tree = tree;
    tree.write(&PackagePath::new("web.config").unwrap(), b"<configuration/>".to_vec());
    tree.write(&PackagePath::new("big").unwrap(), vec![b'x'; 5 << 20]);
    let zip = opened(package(&tree, Rc::new(memory), None).unwrap()).unwrap();
    let listed = FileTree::from_raw(zip.list());
    let entry = listed.file("web.config").unwrap();
    assert_eq!((entry.size, entry.modified), (16, Some(BUILT)));
    assert_eq!(listed.file("big").unwrap().size, 5 << 20);
}
