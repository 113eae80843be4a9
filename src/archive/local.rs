//! What is remembered of the header before the data of an entry: four bytes, for there can be tens of
//! thousands. It is read once, by the walk over the ZIP or by who first asks.

use super::directory::Member;
use super::le::{u16_at, u32_at};
use super::splice;

/// How a header begins.
pub(super) const LOCAL: u32 = 0x0403_4b50;
/// How long it is without the name and the extra fields.
pub(super) const LOCAL_LENGTH: usize = 30;

/// Flags that say how the data is to be read; the two headers of an entry must agree on them.
const DATA_FLAGS: u16 = 0x0829;

/// A header is at most 131,100 bytes long, which leaves room for what is known of it.
const LENGTH: u32 = 0x000f_ffff;
const AGREES: u32 = 1 << 20;
const OURS: u32 = 1 << 21;

/// The header of an entry. The default is one that was not read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Local(u32);

impl Local {
    /// Reads a header, of which `bytes` has all but the extra fields; nothing when there is none.
    pub(super) fn read(member: &Member, bytes: &[u8]) -> Option<Self> {
        let length = u32::try_from(length(bytes)?).ok()?;
        let short = |at| u16_at(bytes, at).unwrap_or(0);
        let numbers = [(14, member.crc.into()), (18, member.compressed), (22, member.size)];
        let numbers = numbers.map(|(at, value): (usize, u64)| (u64::from(u32_at(bytes, at).unwrap_or(0)), value));
        let same = short(8) == member.method
            && usize::from(short(26)) == member.name_bytes.len()
            && bytes.get(LOCAL_LENGTH..) == Some(&*member.name_bytes);
        let fits = |&(found, value)| found == value || found == u64::from(u32::MAX);
        let agrees = same
            && short(6) & DATA_FLAGS == member.flags & DATA_FLAGS
            && (member.descriptor() || numbers.iter().all(fits));
        let is_ours = same
            && numbers.iter().all(|(found, value)| found == value)
            && splice::is_common(&member.name, member.modified, short)
            && member.name.as_bytes() == member.name_bytes;
        let mark = |is: bool, mark| if is { mark } else { 0 };
        Some(Self(length | mark(agrees, AGREES) | mark(is_ours, OURS)))
    }

    /// The same, when it was read.
    pub(super) fn known(self) -> Option<Self> {
        Some(self).filter(|local| local.0 != 0)
    }

    /// How long it is, with the extra fields.
    pub(super) fn length(self) -> u64 {
        u64::from(self.0 & LENGTH)
    }

    /// Whether it says what the directory says.
    pub(super) const fn agrees(self) -> bool {
        self.0 & AGREES != 0
    }

    /// Whether it is to the byte what we write for an entry of that name, time and data.
    pub(super) const fn is_ours(self) -> bool {
        self.0 & OURS != 0
    }
}

/// How long the header is that begins here; nothing when there is none.
pub(super) fn length(bytes: &[u8]) -> Option<usize> {
    if u32_at(bytes, 0)? != LOCAL {
        return None;
    }
    Some(LOCAL_LENGTH + usize::from(u16_at(bytes, 26)?) + usize::from(u16_at(bytes, 28)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::directory;
    use crate::archive::splice::Record;
    use crate::tree::Timestamp;

    #[test]
    fn knows_a_header_that_it_would_write() {
        let name = "größe/a.py".to_owned();
        let record =
            Record { method: 8, crc: 5, compressed: 7, size: 9, ..Record::empty(name.clone(), Timestamp::MIN, 3) };
        let mut header = Vec::new();
        record.put_local(&mut header);
        let mut central = Vec::new();
        record.put_central(&mut central);
        let members = directory::walk(&central, 1, 0).unwrap();
        let [member] = members.as_slice() else { panic!("{members:?}") };
        assert!(Local::read(member, &header).unwrap().is_ours());
        for at in 4..header.len() {
            header[at] ^= 1;
            assert!(!Local::read(member, &header).is_some_and(Local::is_ours), "byte {at}");
            header[at] ^= 1;
        }
        assert!(!Local::read(member, &[&*header, b"x"].concat()).unwrap().is_ours());
    }
}
