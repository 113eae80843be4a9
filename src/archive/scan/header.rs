//! One entry: the header before its data, and the sizes behind it.

use super::extra;
use super::{Scan, ScanKind};
use crate::archive::directory::{Member, ZIP64_EXTRA};
use crate::archive::le::{u16_at, u32_at, u64_at};
use crate::archive::local::{LOCAL, LOCAL_LENGTH, Local};
use crate::archive::ranges::Ranges;
use crate::contents::ReadError;

const DESCRIPTOR: u32 = 0x0807_4b50;

/// Flags of which programs make something: encryption, patches, strong encryption, UTF-8, masked
/// headers.
const FLAGS: u16 = 0x2861;
/// The sizes stand behind the data.
const BEHIND: u16 = 8;

/// Whose extra fields are looked at.
pub(super) enum Kind {
    /// Those of the directory, with size, compressed size and offset as they stand in 32 bits, and
    /// the number of the disk.
    Central { narrow: [u32; 3], disk: Option<u16> },
    /// Those of the header before the data.
    Local { narrow: [u32; 2] },
}

/// Checks an entry of which the next thing begins at `next`; gives where it ends, and keeps in `local` what is
/// asked for when it is packed again.
pub(super) fn check(
    ranges: &Ranges,
    member: &Member,
    next: u64,
    local: &mut Local,
    scan: &mut Scan,
) -> Result<u64, ReadError> {
    let at = member.header;
    let expected = LOCAL_LENGTH + member.name_bytes.len();
    let mut header = ranges.take(at, expected)?;
    if u32_at(&header, 0) != Some(LOCAL) {
        scan.note(at, Some(member), ScanKind::NoEntry);
        return Ok(at);
    }
    let name_length = usize::from(u16_at(&header, 26).unwrap_or(0));
    let extra_length = usize::from(u16_at(&header, 28).unwrap_or(0));
    if name_length + extra_length > member.name_bytes.len() {
        header = ranges.take(at, LOCAL_LENGTH + name_length + extra_length)?;
    }
    *local = Local::read(member, header.get(..expected).unwrap_or(&header)).unwrap_or_default();
    let (fixed, rest) = header.split_at_checked(LOCAL_LENGTH).unwrap_or((&header, &[]));
    let rest = rest.get(..name_length + extra_length).unwrap_or(rest);
    let (name, fields) = rest.split_at_checked(name_length).unwrap_or((rest, &[]));
    let long = |at| u32_at(fixed, at).unwrap_or(0);
    let narrow = [long(22), long(18)];
    compare(member, fixed, name, fields, scan);
    extra::check(fields, member, &Kind::Local { narrow }, at, scan);
    let data_end =
        at.saturating_add((LOCAL_LENGTH + name_length + extra_length) as u64).saturating_add(member.compressed);
    if u16_at(fixed, 6).unwrap_or(0) & BEHIND == 0 {
        return Ok(data_end);
    }
    let wide = extra::find(fields, ZIP64_EXTRA).is_some();
    let Some(length) = descriptor(&ranges.take(data_end, 24)?, member, wide, next.saturating_sub(data_end)) else {
        scan.note(data_end, Some(member), ScanKind::DescriptorDiffers);
        return Ok(data_end);
    };
    let open_ended = member.method == 0 && member.size > 0;
    scan.note(data_end, Some(member), if open_ended { ScanKind::OpenEnded } else { ScanKind::Descriptor });
    Ok(data_end + length)
}

/// Where the header says other than the directory.
fn compare(member: &Member, fixed: &[u8], name: &[u8], fields: &[u8], scan: &mut Scan) {
    let mut differs = |what| scan.note(member.header, Some(member), ScanKind::Differs { what });
    if name != member.name_bytes {
        differs("the name");
    }
    let flags = u16_at(fixed, 6).unwrap_or(0);
    if (flags ^ member.flags) & FLAGS != 0 {
        differs("the flags");
    }
    if u16_at(fixed, 8) != Some(member.method) {
        differs("the method");
    }
    // Before a descriptor zeros may stand instead of what is not known yet.
    let behind = flags & BEHIND != 0;
    let fits = |value: u64, known: u64| value == known || behind && value == 0;
    let narrow = |at| u64::from(u32_at(fixed, at).unwrap_or(0));
    if !fits(narrow(14), member.crc.into()) {
        differs("the check sum");
    }
    let (mut size, mut compressed) = (narrow(22), narrow(18));
    if let Some(field) = extra::find(fields, ZIP64_EXTRA) {
        let mut at = 0;
        for value in [&mut size, &mut compressed] {
            if *value == u64::from(u32::MAX) {
                *value = u64_at(field, at).unwrap_or(*value);
                at += 8;
            }
        }
    }
    if !fits(size, member.size) || !fits(compressed, member.compressed) {
        differs("the size");
    }
    if behind != member.descriptor() {
        scan.note(member.header, Some(member), ScanKind::HalfMarked);
    }
}

/// How long the descriptor is that repeats what the directory says, the one first that fills the
/// `room` before the next thing. Its sizes have 64 bits only for an entry with a Zip64 field, or
/// for one that needs them.
fn descriptor(bytes: &[u8], member: &Member, wide: bool, room: u64) -> Option<u64> {
    let large = member.size.max(member.compressed) >= u64::from(u32::MAX);
    let matches = |signed: bool, wide: bool| {
        let bytes =
            if signed { bytes.get(4..).filter(|_| u32_at(bytes, 0) == Some(DESCRIPTOR)).unwrap_or(&[]) } else { bytes };
        let sizes = if wide {
            (u64_at(bytes, 4), u64_at(bytes, 12))
        } else {
            (u32_at(bytes, 4).map(u64::from), u32_at(bytes, 8).map(u64::from))
        };
        u32_at(bytes, 0) == Some(member.crc) && sizes == (Some(member.compressed), Some(member.size))
    };
    let forms = [(true, false, 16), (true, true, 24), (false, false, 12), (false, true, 20)];
    let fit = forms.into_iter().filter(|&(signed, form, _)| (!form || wide || large) && matches(signed, form));
    let fit: Vec<u64> = fit.map(|(_, _, length)| length).collect();
    fit.iter().find(|&&length| length == room).or(fit.first()).copied()
}
