//! Which pieces of a ZIP the walk over its headers reads: so that somebody can read them ahead, several at
//! once, where each reading takes its time.

use super::directory::{self, Member};
use crate::limits;

/// What lies between two headers is read with them when it is no more than this: a reading more costs as much.
const BETWEEN: u64 = 128 * 1024;

/// How much is read of a header with its name, and behind the next for what may stand before that.
const HEADER: u64 = 1024;

/// A piece of the file with the headers of entries that lie one after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its first byte.
    pub from: u64,
    /// Behind its last.
    pub to: u64,
    /// How many entries the walk looks at in it.
    pub entries: usize,
}

/// The pieces in the order of the file; what lies before `end` is the entries.
pub(super) fn pieces(members: &[Member], end: u64) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for index in directory::in_order_of_file(members) {
        let from = members.get(index).map_or(end, |member| member.header.min(end));
        let to = from.saturating_add(HEADER).min(end);
        match pieces.last_mut() {
            Some(last) if from <= last.to.saturating_add(BETWEEN) && to - last.from <= limits::CHUNK_BYTES as u64 => {
                last.to = to;
                last.entries += 1;
            }
            _ => pieces.push(Piece { from, to, entries: 1 }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Timestamp;

    fn at(headers: &[u64], end: u64) -> Vec<(u64, u64, usize)> {
        let member = |&header: &u64| Member {
            name: String::new(),
            name_bytes: Vec::new(),
            host: 0,
            version_needed: 20,
            flags: 0,
            method: 0,
            modified: Timestamp::MIN,
            crc: 0,
            compressed: 0,
            size: 0,
            attributes: 0,
            header,
            zip64: false,
            comment: false,
            overlaps: false,
        };
        let members: Vec<Member> = headers.iter().map(member).collect();
        pieces(&members, end).into_iter().map(|piece| (piece.from, piece.to, piece.entries)).collect()
    }

    #[test]
    fn takes_together_what_lies_together_and_leaves_out_large_data() {
        let mega = 1 << 20;
        assert_eq!(at(&[0, 100, 300], 400), [(0, 400, 3)]);
        assert_eq!(at(&[], 400), []);
        assert_eq!(at(&[0, 100, 9 * mega], 20 * mega), [(0, 100 + HEADER, 2), (9 * mega, 9 * mega + HEADER, 1)]);
        let many: Vec<u64> = (0..1000).map(|number| number * 10_000).collect();
        let pieces = at(&many, 10_000_000);
        assert_eq!(pieces.iter().map(|piece| piece.2).sum::<usize>(), 1000);
        assert!(pieces.len() == 3 && pieces.iter().all(|piece| piece.1 - piece.0 <= limits::CHUNK_BYTES as u64));
    }

    #[test]
    fn never_reads_outside_of_the_entries_wherever_headers_are_said_to_be() {
        for headers in [[500, 400, 900], [u64::MAX, 0, 0], [7, 7, 7]] {
            let pieces = at(&headers, 400);
            assert!(pieces.iter().all(|&(from, to, _)| from <= to && to <= 400), "{pieces:?}");
            assert_eq!(pieces.iter().map(|piece| piece.2).sum::<usize>(), 3);
        }
    }
}
