//! Extra fields: Zip64 sizes, and second names.

use crc32fast::hash;

use super::header::Kind;
use super::{Scan, ScanKind};
use crate::archive::directory::{Member, ZIP64_EXTRA};
use crate::archive::le::{u16_at, u32_at, u64_at};

/// "Info-ZIP Unicode Path": another name in UTF-8, for programs that know it.
const UNICODE_PATH: u16 = 0x7075;

/// The first field with a number.
pub(super) fn find(fields: &[u8], wanted: u16) -> Option<&[u8]> {
    Fields(fields).find(|(id, _)| *id == wanted).map(|(_, data)| data)
}

pub(super) fn check(fields: &[u8], member: &Member, kind: &Kind, offset: u64, scan: &mut Scan) {
    let mut walk = Fields(fields);
    let (mut zip64, mut names) = (0, 0);
    for (id, data) in walk.by_ref() {
        match id {
            ZIP64_EXTRA => {
                zip64 += 1;
                let fits = if zip64_fits(data, member, kind) { ScanKind::Zip64 } else { ScanKind::Zip64Differs };
                scan.note(offset, Some(member), fits);
            }
            UNICODE_PATH => {
                names += 1;
                if let Some(name) = other_name(data, member) {
                    scan.note(offset, Some(member), ScanKind::OtherName { name });
                }
            }
            _ => {}
        }
    }
    // Some writers fill up with zeros, so that the data begins at an even place.
    let padding = walk.0.len() < 4 && walk.0.iter().all(|&byte| byte == 0);
    if zip64 > 1 || names > 1 || !padding {
        scan.note(offset, Some(member), ScanKind::BrokenExtra);
    }
}

/// Whether a Zip64 field has the values that do not fit elsewhere, and no other; or repeats those
/// that do.
fn zip64_fits(data: &[u8], member: &Member, kind: &Kind) -> bool {
    let all = [member.size, member.compressed, member.header];
    let (narrow, known, disk): (&[u32], &[u64], bool) = match kind {
        Kind::Central { narrow, disk } => (narrow, &all, *disk == Some(u16::MAX)),
        Kind::Local { narrow } => (narrow, all.get(..2).unwrap_or(&[]), false),
    };
    let missing = narrow.iter().filter(|&&value| value == u32::MAX).count();
    let exact = data.len() == 8 * missing + if disk { 4 } else { 0 };
    let number = |index: usize| u64_at(data, 8 * index);
    if let Kind::Local { .. } = kind {
        // What they are was compared with the directory.
        return exact
            || missing == 0 && data.len() == 16 && (0..2).all(|index| number(index) == known.get(index).copied());
    }
    let disk_fits = !disk || u32_at(data, 8 * missing) == Some(0);
    // A repeated offset counts from the beginning of the archive, which is not known here.
    let repeated =
        missing == 0 && matches!(data.len(), 16 | 24) && (0..2).all(|index| number(index) == known.get(index).copied());
    (exact && disk_fits) && missing > 0 || repeated
}

/// The second name, when it is not the first one again.
fn other_name(data: &[u8], member: &Member) -> Option<String> {
    let name = data.get(5..).unwrap_or(&[]);
    let valid = data.first() == Some(&1) && u32_at(data, 1) == Some(hash(&member.name_bytes));
    let text = String::from_utf8_lossy(name);
    (!valid || name != member.name_bytes && *text != *member.name).then(|| text.into_owned())
}

/// The fields one after another; what is left when there is no more is no field.
struct Fields<'a>(&'a [u8]);

impl<'a> Iterator for Fields<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (id, end) = (u16_at(self.0, 0)?, 4 + usize::from(u16_at(self.0, 2)?));
        let data = self.0.get(4..end)?;
        self.0 = self.0.get(end..)?;
        Some((id, data))
    }
}
