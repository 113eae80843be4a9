//! Entries of a ZIP that are taken over as the compressed bytes that they are, those that lie one after another
//! in one piece.

use super::directory::Member;
use super::local::LOCAL_LENGTH;
use super::mounts::{Mounts, Raw};
use super::plan::Item;
use crate::tree::InputId;

/// An entry that is taken over.
pub(super) struct Taken {
    pub(super) raw: Raw,
    /// Whether every byte was checked.
    pub(super) whole: bool,
    /// The caller's file, and from where to where in it what is taken over lies, with its header when that stays
    /// as it is. Nothing for a ZIP in memory.
    pub(super) place: Option<(InputId, u64, u64)>,
    pub(super) header_stays: bool,
    /// How many bytes of the file are taken over with it and the entries right behind it.
    pub(super) run: u64,
}

impl Taken {
    /// A file whose compressed bytes can go into a package.
    pub(super) fn file(item: &Item, source: &Mounts, id: InputId, whole: bool) -> Option<Self> {
        let raw = source.raw(id).filter(|raw| raw.data.size == item.size)?;
        Some(Self::of(item, raw, whole))
    }

    /// A folder whose header stays as it is, so that what lies before and behind it is one piece.
    pub(super) fn folder(item: &Item, source: &Mounts, id: InputId) -> Option<Self> {
        let nothing = |raw: &Raw| raw.data.size == 0 && raw.data.compressed == 0 && raw.data.crc == 0;
        let raw = source.raw(id).filter(|raw| raw.ours && nothing(raw))?;
        Some(Self::of(item, raw, true)).filter(|taken| taken.header_stays)
    }

    fn of(item: &Item, raw: Raw, whole: bool) -> Self {
        let same = |member: &Member| *member.name == *item.name && member.modified == item.time;
        let header_stays = raw.ours && raw.zip.member(raw.entry).is_some_and(same);
        let before = if header_stays { (LOCAL_LENGTH + item.name.len()) as u64 } else { 0 };
        let place = raw.zip.place().map(|(file, base)| {
            let from = base + raw.data.offset;
            (file, from - before, from + raw.data.compressed)
        });
        let run = place.map_or(0, |(_, from, to)| to - from);
        Self { raw, whole, place, header_stays, run }
    }
}

/// Adds to each entry what follows it in its file and in the package alike; nothing stands for an entry that is
/// not taken over.
pub(super) fn measure_runs<'a>(entries: impl DoubleEndedIterator<Item = Option<&'a mut Taken>>) {
    let mut next: Option<(InputId, u64, u64)> = None;
    for entry in entries.rev() {
        let Some(taken) = entry else {
            next = None;
            continue;
        };
        if let (Some((file, _, to)), Some((other, from, run))) = (taken.place, next)
            && file == other
            && to == from
        {
            taken.run += run;
        }
        // Before an entry with another header, that header comes.
        next = taken.place.filter(|_| taken.header_stays).map(|(file, from, _)| (file, from, taken.run));
    }
}
