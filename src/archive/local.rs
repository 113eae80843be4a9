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
        let length = length(bytes)?;
        let agrees = if agrees(member, bytes) { AGREES } else { 0 };
        let ours = if splice::is_local_of(member, bytes) { OURS } else { 0 };
        Some(Self(u32::try_from(length).ok()? | agrees | ours))
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

fn agrees(member: &Member, bytes: &[u8]) -> bool {
    let flags = u16_at(bytes, 6).unwrap_or(0);
    let number = |at, value: u64| {
        let found = u32_at(bytes, at).map(u64::from);
        found == Some(value) || found == Some(u64::from(u32::MAX))
    };
    flags & DATA_FLAGS == member.flags & DATA_FLAGS
        && u16_at(bytes, 8) == Some(member.method)
        && u16_at(bytes, 26).map(usize::from) == Some(member.name_bytes.len())
        && bytes.get(LOCAL_LENGTH..) == Some(&*member.name_bytes)
        && (member.descriptor()
            || number(14, member.crc.into()) && number(18, member.compressed) && number(22, member.size))
}
