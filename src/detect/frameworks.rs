//! The Pythons that well-known packages take, by the version that is bundled or asked for.

use super::requires;
use crate::python::Version;

/// A version of a project, the first Python that it takes, and the first that it does not.
type Supported = ((u8, u8), (u8, u8), Option<(u8, u8)>);

/// The Pythons that a version of Django takes: from, and the first that it does not.
///
/// The minimum is from "What Python version can I use with Django?" in the FAQ of each version; a
/// limit is only set where that Django cannot be imported, not where it was merely never tested.
const DJANGO: &[Supported] = &[
    ((1, 0), (2, 3), Some((3, 0))),
    ((1, 2), (2, 4), Some((3, 0))),
    ((1, 4), (2, 5), Some((3, 0))),
    ((1, 5), (2, 6), Some((3, 5))),
    ((1, 7), (2, 7), Some((3, 5))),
    ((1, 8), (2, 7), Some((3, 7))),
    ((1, 11), (2, 7), Some((3, 12))),
    ((2, 0), (3, 4), Some((3, 12))),
    ((2, 1), (3, 5), Some((3, 12))),
    ((3, 0), (3, 6), Some((3, 12))),
    ((4, 0), (3, 8), None),
    ((5, 0), (3, 10), None),
    ((6, 0), (3, 12), None),
];

/// Projects by their name in small letters, with their versions in rising order. Of others than Django
/// only the minimum is told, which is the `Requires-Python` of that version's metadata.
const KNOWN: &[(&str, &[Supported])] = &[
    ("aiohttp", &[((2, 0), (3, 4), None), ((3, 0), (3, 5), None), ((3, 8), (3, 6), None), ((3, 9), (3, 8), None)]),
    ("dash", &[((2, 0), (3, 6), None), ((3, 0), (3, 8), None)]),
    ("django", DJANGO),
    ("fastapi", &[((0, 1), (3, 6), None), ((0, 104), (3, 8), None)]),
    ("flask", &[((2, 0), (3, 6), None), ((2, 1), (3, 7), None), ((2, 3), (3, 8), None), ((3, 1), (3, 9), None)]),
    ("jinja2", &[((3, 0), (3, 6), None), ((3, 1), (3, 7), None)]),
    ("markupsafe", &[((2, 0), (3, 6), None), ((2, 1), (3, 7), None), ((3, 0), (3, 9), None)]),
    (
        "numpy",
        &[
            ((1, 17), (3, 5), None),
            ((1, 19), (3, 6), None),
            ((1, 20), (3, 7), None),
            ((1, 22), (3, 8), None),
            ((1, 25), (3, 9), None),
            ((2, 1), (3, 10), None),
            ((2, 3), (3, 11), None),
        ],
    ),
    (
        "pandas",
        &[
            ((0, 25), (3, 5), None),
            ((1, 0), (3, 6), None),
            ((1, 2), (3, 7), None),
            ((1, 4), (3, 8), None),
            ((2, 1), (3, 9), None),
        ],
    ),
    ("pyramid", &[((2, 0), (3, 6), None)]),
    ("sqlalchemy", &[((2, 0), (3, 7), None)]),
    ("tornado", &[((6, 0), (3, 5), None), ((6, 2), (3, 7), None), ((6, 4), (3, 8), None), ((6, 5), (3, 9), None)]),
    ("werkzeug", &[((2, 0), (3, 6), None), ((2, 1), (3, 7), None), ((2, 3), (3, 8), None), ((3, 1), (3, 9), None)]),
];

/// What one version of a project needs; nothing for what is not known.
pub(super) fn of_version(project: &str, version: Version) -> requires::Range {
    range(project, |row| version >= row, |row| version >= row)
}

/// What the versions of a project that a requirement allows need: the oldest of them decides from
/// which Python on, the newest up to which.
pub(super) fn of_requirement(project: &str, versions: &str) -> requires::Range {
    let allowed = requires::bounds(versions);
    let oldest = |row| allowed.minimum.is_some_and(|minimum| minimum >= row);
    let newest = |row| allowed.below.is_some_and(|below| below > row);
    range(project, oldest, newest)
}

fn range(project: &str, oldest: impl Fn(Version) -> bool, newest: impl Fn(Version) -> bool) -> requires::Range {
    let rows = KNOWN.iter().find(|(name, _)| *name == project).map_or(&[][..], |(_, rows)| rows);
    let version = |(major, minor)| Version::new(major, minor);
    let row = |takes: &dyn Fn(Version) -> bool| rows.iter().rev().find(|(own, ..)| takes(version(*own)));
    requires::Range {
        minimum: row(&oldest).map(|(_, minimum, _)| version(*minimum)),
        below: row(&newest).and_then(|(_, _, below)| below.map(version)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_which_python_a_requirement_needs() {
        for (project, versions, minimum, below) in [
            ("django", "~=2.2.4", Some((3, 5)), Some((3, 12))),
            ("django", "~=2.2", Some((3, 5)), Some((3, 12))),
            ("django", ">=5.0,<5.1", Some((3, 10)), None),
            ("django", "==4.2.1", Some((3, 8)), None),
            ("django", "==1.11.*", Some((2, 7)), Some((3, 12))),
            ("django", ">=1.11", Some((2, 7)), None),
            ("django", "<2", None, Some((3, 12))),
            ("django", "", None, None),
            ("django", "!=3.0", None, None),
            ("flask", "==3.0.3", Some((3, 8)), None),
            ("flask", "==0.12.5", None, None),
            ("numpy", "==1.26.4", Some((3, 9)), None),
            ("fastapi", ">=0.110", Some((3, 8)), None),
            ("unheard-of", "==1.0", None, None),
        ] {
            let version = |told: Option<(u8, u8)>| told.map(|(major, minor)| Version::new(major, minor));
            let told = requires::Range { minimum: version(minimum), below: version(below) };
            assert_eq!(of_requirement(project, versions), told, "{project}{versions}");
        }
        assert_eq!(of_version("django", Version::new(3, 2)).minimum, Some(Version::new(3, 6)));
    }

    #[test]
    fn is_in_order() {
        assert!(KNOWN.is_sorted_by_key(|(name, _)| *name));
        for (name, rows) in KNOWN {
            assert!(rows.is_sorted(), "{name}");
        }
    }
}
