//! What is in a database of `SQLite`, as far as its first pages tell: only which tables have rows.
//!
//! Source: `SQLite`, "Database File Format".

use crate::sorted::Set;
/// Tables that are filled by making and migrating a database.
const OWN: [&str; 6] = [
    "django_migrations",
    "django_content_type",
    "django_site",
    "auth_permission",
    "alembic_version",
    "south_migrationhistory",
];

/// Most pages of the schema that are read: a schema of hundreds of tables has less.
const PAGES: usize = 200;

/// Most tables that are looked at, and how much of a name is kept, in bytes: many cells of a file that is
/// made for it can be one and the same.
const TABLES: usize = 2_000;
/// See `TABLES`.
const NAME_BYTES: usize = 200;

/// Whether a file begins as a database.
pub(super) fn is_database(head: &[u8]) -> bool {
    head.starts_with(b"SQLite format 3\0")
}

/// The tables that have rows; of a table that lies behind the bytes nothing is known.
pub(super) fn tables_with_rows(bytes: &[u8]) -> Vec<String> {
    let file = File { bytes, page: page_size(bytes) };
    let mut pages = vec![1];
    let mut known = Set::from_iter([1]);
    let mut seen = 0;
    let mut found = Vec::new();
    while let Some(number) = pages.pop() {
        seen += 1;
        if seen > PAGES || found.len() >= TABLES {
            break;
        }
        let Some(page) = file.page(number) else { continue };
        match page.kind() {
            Some(INTERIOR) => {
                let children = page.children().into_iter().filter(|own| file.page(*own).is_some());
                pages.extend(children.filter(|own| known.insert(*own)));
            }
            Some(LEAF) => found.extend(page.cells().filter_map(schema_row).take(TABLES - found.len())),
            _ => {}
        }
    }
    let filled = found.into_iter().filter(|(name, root)| {
        !name.starts_with("sqlite_")
            && !OWN.contains(&name.as_str())
            && file.page(*root).is_some_and(|page| page.has_rows())
    });
    let mut names: Vec<String> = filled.map(|(name, _)| name).collect();
    names.sort_unstable();
    names
}

/// Pages of tables; those of indexes have 2 and 10, which tables without a row number use.
const INTERIOR: u8 = 5;
const LEAF: u8 = 13;

fn page_size(bytes: &[u8]) -> usize {
    match number(bytes, 16, 2) {
        Some(1) | None => 65_536,
        Some(size) => size,
    }
}

struct File<'b> {
    bytes: &'b [u8],
    page: usize,
}

struct Page<'b> {
    bytes: &'b [u8],
    /// The first page begins with the header of the file.
    start: usize,
}

impl<'b> File<'b> {
    fn page(&self, number: usize) -> Option<Page<'b>> {
        let start = number.checked_sub(1)?.checked_mul(self.page)?;
        let bytes = self.bytes.get(start..start.checked_add(self.page)?)?;
        Some(Page { bytes, start: if number == 1 { 100 } else { 0 } })
    }
}

impl<'b> Page<'b> {
    fn kind(&self) -> Option<u8> {
        self.bytes.get(self.start).copied()
    }

    fn count(&self) -> usize {
        number(self.bytes, self.start + 3, 2).unwrap_or(0)
    }

    fn has_rows(&self) -> bool {
        match self.kind() {
            Some(INTERIOR | 2) => true,
            Some(LEAF | 10) => self.count() > 0,
            _ => false,
        }
    }

    fn children(&self) -> Vec<usize> {
        let places = (0..self.count()).filter_map(|index| number(self.bytes, self.start + 12 + 2 * index, 2));
        let left = places.filter_map(|place| number(self.bytes, place, 4));
        left.chain(number(self.bytes, self.start + 8, 4)).collect()
    }

    fn cells(&self) -> impl Iterator<Item = &'b [u8]> {
        let places = (0..self.count()).filter_map(|index| number(self.bytes, self.start + 8 + 2 * index, 2));
        places.filter_map(|place| self.bytes.get(place..))
    }
}

/// The name of a table and its first page, from a row of the schema: type, name, table, page.
fn schema_row(cell: &[u8]) -> Option<(String, usize)> {
    let (_, rest) = variable(cell)?;
    let (_, record) = variable(rest)?;
    let (header, mut types) = variable(record)?;
    let mut values = record.get(header..)?;
    let mut columns = Vec::new();
    for _ in 0..4 {
        let (kind, rest) = variable(types)?;
        types = rest;
        let (value, rest) = values.split_at_checked(length(kind))?;
        columns.push(value);
        values = rest;
    }
    let [kind, name, _, page] = columns.as_slice() else { return None };
    (*kind == b"table").then_some(())?;
    let name = name.get(..NAME_BYTES).unwrap_or(name);
    Some((String::from_utf8_lossy(name).into_owned(), number(page, 0, page.len())?))
}

/// How long a value is, by its type.
const fn length(kind: usize) -> usize {
    match kind {
        1..=4 => kind,
        5 => 6,
        6 | 7 => 8,
        12.. => (kind - 12) / 2,
        _ => 0,
    }
}

/// A number of variable length, and what follows it.
fn variable(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut value = 0_usize;
    for (index, byte) in bytes.iter().take(4).enumerate() {
        value = (value << 7) | usize::from(byte & 127);
        if byte & 128 == 0 {
            return Some((value, bytes.get(index + 1..)?));
        }
    }
    None
}

/// A number with the high byte first.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(length)?)?;
    let value = bytes.iter().fold(0_u64, |value, byte| (value << 8) | u64::from(*byte));
    usize::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_nothing_where_there_is_nothing() {
        assert_eq!(tables_with_rows(b"SQLite format 3\0"), [""; 0]);
        let mut broken = b"SQLite format 3\0\x10\0".to_vec();
        broken.resize(4096 * 3, 255);
        broken[100] = LEAF;
        assert_eq!(tables_with_rows(&broken), [""; 0]);
        broken[100] = INTERIOR;
        assert_eq!(tables_with_rows(&broken), [""; 0]);
    }

    /// A page of the schema in which every cell is the same one, of a table with a name that fills the
    /// rest of the page, and a page before it that names it again and again.
    #[test]
    fn is_not_kept_busy_by_a_file_that_is_made_for_it() {
        const PAGE: usize = 65_536;
        let mut bytes = b"SQLite format 3\0\0\x01".to_vec();
        bytes.resize(2 * PAGE, 0);
        let set = |bytes: &mut Vec<u8>, at: usize, own: &[u8]| bytes[at..at + own.len()].copy_from_slice(own);
        let count = 10_000_u16;
        set(&mut bytes, 100, &[INTERIOR, 0, 0]);
        set(&mut bytes, 103, &count.to_be_bytes());
        set(&mut bytes, 108, &2_u32.to_be_bytes());
        set(&mut bytes, 40_000, &2_u32.to_be_bytes());
        set(&mut bytes, PAGE, &[LEAF, 0, 0]);
        set(&mut bytes, PAGE + 3, &count.to_be_bytes());
        for cell in 0..usize::from(count) {
            set(&mut bytes, 112 + 2 * cell, &40_000_u16.to_be_bytes());
            set(&mut bytes, PAGE + 8 + 2 * cell, &30_000_u16.to_be_bytes());
        }
        // Sizes, then the types of a row: `table`, a name of 20,000 bytes, nothing, page 2.
        set(&mut bytes, PAGE + 30_000, &[1, 1, 7, 23, 0x82, 0xb8, 0x4d, 13, 1]);
        set(&mut bytes, PAGE + 30_009, b"table");
        set(&mut bytes, PAGE + 30_014, &vec![b'a'; 20_000]);
        bytes[PAGE + 50_014] = 2;
        let names = tables_with_rows(&bytes);
        assert_eq!(names, vec!["a".repeat(NAME_BYTES); TABLES]);
    }
}
