//! Paths inside a package: relative, `/` between segments, never `..`.

mod form;
mod windows;

use std::cmp::Ordering;
use std::fmt;
use std::rc::Rc;

use crate::sorted::Set;

pub use form::has_form;
pub use windows::{WindowsProblem, windows_problem};

/// A path of a file or folder inside a package or an input.
///
/// It has at least one segment, no empty segment, no `.` or `..`, no leading or trailing `/`, no
/// drive letter and no control character. The case and the Unicode form are the user's.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PackagePath(Rc<str>);

/// Why a name cannot be a path inside a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathProblem {
    /// Nothing is left of the name.
    Empty,
    /// It begins with `/` or `\`.
    Absolute,
    /// It begins with a drive letter and a colon.
    Drive,
    /// It has a `..` segment.
    Parent,
    /// It has a NUL or another control character.
    Control,
}

impl fmt::Display for PathProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the name is empty",
            Self::Absolute => "the name begins with a slash",
            Self::Drive => "the name begins with a drive letter",
            Self::Parent => "the name has a `..` segment",
            Self::Control => "the name has a control character",
        })
    }
}

/// Whether a name is a path as it stands, as nearly every one is.
fn is_plain(name: &str) -> bool {
    let bytes = name.as_bytes();
    let fine = |byte: &u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'\\' | b':');
    bytes.iter().all(fine) && bytes.split(|&byte| byte == b'/').all(|segment| !matches!(segment, b"" | b"." | b".."))
}

impl PackagePath {
    /// Reads a name; both separators are taken, `.` segments and a trailing separator are dropped.
    pub fn new(name: &str) -> Result<Self, PathProblem> {
        // A folder of a ZIP ends with one separator.
        let plain = name.strip_suffix('/').unwrap_or(name);
        if is_plain(plain) {
            return Ok(Self(plain.into()));
        }
        if name.starts_with(['/', '\\']) {
            return Err(PathProblem::Absolute);
        }
        if name.chars().any(char::is_control) {
            return Err(PathProblem::Control);
        }
        let mut chars = name.chars();
        if chars.next().is_some_and(|c| c.is_ascii_alphabetic()) && chars.next() == Some(':') {
            return Err(PathProblem::Drive);
        }
        let mut path = String::with_capacity(name.len());
        for segment in name.split(['/', '\\']) {
            match segment {
                "" | "." => {}
                ".." => return Err(PathProblem::Parent),
                _ => {
                    if !path.is_empty() {
                        path.push('/');
                    }
                    path.push_str(segment);
                }
            }
        }
        if path.is_empty() {
            return Err(PathProblem::Empty);
        }
        Ok(Self(path.into()))
    }

    /// The path as text, `/` between segments.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same text, for who keeps it: it is not copied.
    #[must_use]
    pub fn shared(&self) -> Rc<str> {
        Rc::clone(&self.0)
    }

    /// What two names that Windows takes for the same file have in common.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }

    /// The last segment.
    #[must_use]
    pub fn name(&self) -> &str {
        let behind = self.last_slash().map_or(0, |at| at + 1);
        self.0.get(behind..).unwrap_or(&self.0)
    }

    /// What follows the last dot of the name, in lower case; empty when there is none.
    #[must_use]
    pub fn extension(&self) -> String {
        self.name().rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_lowercase())
    }

    /// Whether it has an extension, in any case.
    #[must_use]
    pub fn has_extension(&self, extension: &str) -> bool {
        self.name().rsplit_once('.').is_some_and(|(_, own)| same_name(own, extension))
    }

    /// The folder that holds it, or nothing at the root.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.0.get(..self.last_slash()?).map(|folder| Self(folder.into()))
    }

    /// Byte by byte: what finds characters in long texts is slow for names.
    fn last_slash(&self) -> Option<usize> {
        self.0.as_bytes().iter().rposition(|&byte| byte == b'/')
    }

    /// The first segment.
    #[must_use]
    pub fn first(&self) -> &str {
        self.0.split('/').next().unwrap_or(&self.0)
    }

    /// The segments in order.
    pub fn segments(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }

    /// How many segments there are.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.segments().count()
    }

    /// This path with more segments after it.
    pub fn join(&self, rest: &str) -> Result<Self, PathProblem> {
        Self::new(&format!("{}/{rest}", self.0))
    }

    /// This path below another.
    #[must_use]
    pub fn below(&self, folder: &Self) -> Self {
        Self(format!("{}/{}", folder.0, self.0).into())
    }

    /// What is left of the path below `folder`; nothing when it is not below it.
    #[must_use]
    pub fn strip(&self, folder: &Self) -> Option<Self> {
        self.0.strip_prefix(&*folder.0)?.strip_prefix('/').map(|rest| Self(rest.into()))
    }

    /// Whether it lies in a folder, however deep.
    #[must_use]
    pub fn is_below(&self, folder: &Self) -> bool {
        self.0.strip_prefix(&*folder.0).is_some_and(|rest| rest.starts_with('/'))
    }

    /// Whether it lies right in a folder.
    #[must_use]
    pub fn is_in(&self, folder: &Self) -> bool {
        let rest = self.0.strip_prefix(&*folder.0).and_then(|rest| rest.strip_prefix('/'));
        rest.is_some_and(|name| !name.contains('/'))
    }

    /// As [`PackagePath::strip`], compared as Windows compares.
    #[must_use]
    pub fn strip_ignoring_case(&self, folder: &Self) -> Option<Self> {
        let depth = folder.depth();
        if self.depth() <= depth || !self.segments().zip(folder.segments()).all(|(a, b)| same_name(a, b)) {
            return None;
        }
        let rest: Vec<&str> = self.segments().skip(depth).collect();
        Some(Self(rest.join("/").into()))
    }

    /// Whether two paths are the same file on Windows.
    #[must_use]
    pub fn same(&self, other: &str) -> bool {
        same_name(&self.0, other)
    }
}

/// Whether two names are the same to Windows, which ignores case.
#[must_use]
pub fn same_name(a: &str, b: &str) -> bool {
    // Most names are ASCII, and every file of a package is asked for several names.
    a.eq_ignore_ascii_case(b) || (!(a.is_ascii() && b.is_ascii()) && a.to_lowercase() == b.to_lowercase())
}

/// Whether a path, or a folder that it lies in, is in a set.
#[must_use]
pub fn is_covered(set: &Set<PackagePath>, path: &PackagePath) -> bool {
    // A folder of the set that holds the path also holds whatever the set has between the two.
    let mut bound = path.clone();
    while let Some(before) = set.last_until(&bound) {
        if before == path || path.is_below(before) {
            return true;
        }
        let Some(common) = common_folder(before, path) else { break };
        bound = common;
    }
    false
}

/// The innermost folder that two paths lie in, neither of which lies in the other.
fn common_folder(one: &PackagePath, other: &PackagePath) -> Option<PackagePath> {
    let same = one.0.bytes().zip(other.0.bytes()).take_while(|(a, b)| a == b).count();
    let end = one.0.as_bytes().get(..same)?.iter().rposition(|&byte| byte == b'/')?;
    one.0.get(..end).map(|folder| PackagePath(folder.into()))
}

/// A number that names have in common when Windows takes them for the same; others rarely have it too.
#[must_use]
pub fn same_hash(name: &str) -> u64 {
    // FNV-1a.
    let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let start = 0xcbf2_9ce4_8422_2325;
    if name.is_ascii() {
        return name.bytes().map(|byte| byte.to_ascii_lowercase()).fold(start, hash);
    }
    name.to_lowercase().bytes().fold(start, hash)
}

impl Ord for PackagePath {
    /// Tree order: a folder comes right before what it holds.
    fn cmp(&self, other: &Self) -> Ordering {
        // As comparing segment by segment, in one pass: `/` comes before whatever else a name goes on with.
        let (own, other) = (self.0.as_bytes(), other.0.as_bytes());
        // Paths of a tree begin alike: what is the same is passed eight bytes at a time.
        let number = |bytes: &[u8; 8]| u64::from_ne_bytes(*bytes);
        let (eights, _) = own.as_chunks::<8>();
        let passed =
            8 * eights.iter().zip(other.as_chunks::<8>().0).take_while(|(a, b)| number(a) == number(b)).count();
        let rest = own.get(passed..).unwrap_or(&[]).iter().zip(other.get(passed..).unwrap_or(&[]));
        let same = passed + rest.take_while(|(a, b)| a == b).count();
        let next = |path: &[u8]| path.get(same).map(|&byte| if byte == b'/' { 0 } else { u16::from(byte) + 1 });
        next(own).cmp(&next(other))
    }
}

impl PartialOrd for PackagePath {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for PackagePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for PackagePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(name: &str) -> PackagePath {
        PackagePath::new(name).unwrap()
    }

    #[test]
    fn takes_both_separators_and_drops_what_means_nothing() {
        assert_eq!(path(r"a\b/./c/").as_str(), "a/b/c");
    }

    #[test]
    fn refuses_names_that_leave_the_package() {
        for (name, problem) in [
            ("../x", PathProblem::Parent),
            (r"a\..\x", PathProblem::Parent),
            ("/etc/passwd", PathProblem::Absolute),
            (r"\x", PathProblem::Absolute),
            ("C:/x", PathProblem::Drive),
            ("c:x", PathProblem::Drive),
            ("a\0b", PathProblem::Control),
            ("./", PathProblem::Empty),
            ("", PathProblem::Empty),
        ] {
            assert_eq!(PackagePath::new(name), Err(problem), "{name:?}");
        }
    }

    #[test]
    fn orders_as_the_segments_do() {
        let names = ["a", "a/b", "a/b/c", "a-b", "a-b/c", "a.b", "a b/c", "ab", "ä", "ä/b", "b", "A", "a/", "a/bc"];
        for (a, b) in names.iter().flat_map(|a| names.iter().map(move |b| (path(a), path(b)))) {
            assert_eq!(a.cmp(&b), a.segments().cmp(b.segments()), "{a} {b}");
        }
    }

    #[test]
    fn orders_a_folder_right_before_what_it_holds() {
        let mut paths = vec![path("a-b"), path("a/c"), path("a"), path("A")];
        paths.sort();
        assert_eq!(paths, [path("A"), path("a"), path("a/c"), path("a-b")]);
    }

    #[test]
    fn knows_what_lies_in_a_folder() {
        assert!(
            path("a/b/c").is_below(&path("a"))
                && !path("a-b/c").is_below(&path("a"))
                && !path("a").is_below(&path("a"))
        );
        assert!(path("a/b").is_in(&path("a")) && !path("a/b/c").is_in(&path("a")) && !path("ab/c").is_in(&path("a")));
        assert!(path("x/A.PY").has_extension("py") && !path("x.py/a").has_extension("py"));
        let set = Set::from_iter(["a", "a/b", "a/c/d", "e/f.py"].map(path));
        for (name, covered) in [
            ("a", true),
            ("a/x/y", true),
            ("a/c/e", true),
            ("a-b", false),
            ("e/f.py", true),
            ("e/f.pyc", false),
            ("e/g/h", false),
            ("f", false),
            ("A", false),
        ] {
            let above = std::iter::successors(Some(path(name)), PackagePath::parent);
            assert_eq!(above.into_iter().any(|own| set.contains(&own)), covered, "{name}");
            assert_eq!(is_covered(&set, &path(name)), covered, "{name}");
        }
    }

    #[test]
    fn strips_a_folder_only_at_a_segment() {
        assert_eq!(path("app/x").strip(&path("app")), Some(path("x")));
        assert_eq!(path("app2/x").strip(&path("app")), None);
        assert_eq!(path("App/x").strip_ignoring_case(&path("app")), Some(path("x")));
        assert_eq!(path("app").strip_ignoring_case(&path("app")), None);
    }
}
