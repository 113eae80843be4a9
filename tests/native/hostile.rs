//! ZIP files that are broken or meant to break something: opened or refused, never worse.
#![expect(clippy::disallowed_methods, reason = "tests read the corpora")]

use std::rc::Rc;
use std::time::{Duration, Instant};

use gallery_packager::contents::{ReadErrorKind, Source};
use gallery_packager::tree::FileTree;

use crate::archive::{Random, generated, long, opened, package};
use crate::corpora::{files_below, folders};

/// After this one hostile file counts as a hang; slow machines take seconds.
const LONGEST: Duration = Duration::from_mins(1);

/// What came of a file of the corpora.
#[derive(Default)]
struct Counts {
    opened: usize,
    refused: usize,
    readable: usize,
    damaged: usize,
}

#[test]
fn hostile_files_are_opened_or_refused() {
    let Some(folders) = folders() else { return };
    let mut counts = Counts::default();
    for folder in folders {
        for path in files_below(&folder) {
            let began = Instant::now();
            try_to_read(std::fs::read(&path).unwrap(), &mut counts);
            assert!(began.elapsed() < LONGEST, "{} took {:?}", path.display(), began.elapsed());
        }
    }
    let Counts { opened, refused, readable, damaged } = counts;
    eprintln!("corpora: {opened} opened, {refused} refused; {readable} entries read, {damaged} damaged");
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
    assert!(peak.is_none_or(|peak: u64| peak < 256 * 1024), "{peak:?} kB of memory");
}

#[test]
fn no_change_of_bytes_makes_it_panic() {
    let (tree, memory) = generated(2);
    let zip = package(&tree, Rc::new(memory), None).unwrap();
    let (start, mut random) = (long(&zip, zip.len() - 6) as usize, Random(5));
    for round in 0..400 {
        let mut zip = zip.clone();
        // Half of the changes hit the directory.
        let first = if round % 2 == 0 { start } else { 0 };
        for _ in 0..=random.below(3) {
            let at = first + usize::try_from(random.below((zip.len() - first) as u64)).unwrap();
            zip[at] = random.next().to_le_bytes()[5];
        }
        try_to_read(zip, &mut Counts::default());
    }
}

/// Opens a file, reads some of every entry, and asks for everything that can be asked.
fn try_to_read(bytes: Vec<u8>, counts: &mut Counts) {
    let input = match opened(bytes) {
        Ok(input) => input,
        Err(error) => {
            counts.refused += 1;
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    counts.opened += 1;
    let _ = FileTree::from_raw(input.list());
    let mut budget = 8 << 20;
    for entry in input.list() {
        let _ = input.raw(entry.id);
        match input.read(entry.id, 0, budget) {
            Ok(bytes) => {
                counts.readable += 1;
                budget -= bytes.len() as u64;
            }
            Err(error) => {
                counts.damaged += 1;
                assert!(matches!(error.kind, ReadErrorKind::Damaged(_)), "{error}");
            }
        }
    }
}
