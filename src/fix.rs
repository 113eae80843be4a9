//! Fixes: lists of edits on the original text and on the tree, applied in one pass.

use crate::contents::Contents;
use crate::path::PackagePath;
use crate::sorted::Map;
use crate::text::Span;
use crate::tree::FileTree;

/// What a fix promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Applicability {
    /// Shown as text; a person has to do it.
    DisplayOnly,
    /// It may not be what is meant; a person has to look at it.
    Unsafe,
    /// It is what is meant, or keeps the exact meaning.
    Safe,
}

impl Applicability {
    /// The word for it in reports: `safe`, `review`, `by-hand`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DisplayOnly => "by-hand",
            Self::Unsafe => "review",
            Self::Safe => "safe",
        }
    }
}

/// One change of the package.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the line of each variant says what its fields are")]
pub enum Edit {
    /// Puts `text` in the place of `span` in the decoded text of `file`.
    Replace { file: PackagePath, span: Span, text: String },
    /// Adds a file, or gives one other bytes.
    Write { file: PackagePath, bytes: Vec<u8> },
    /// Adds an empty folder.
    Folder { path: PackagePath },
    /// Gives a file or folder another path, with everything below it.
    Move { from: PackagePath, to: PackagePath },
    /// Takes an entry out of the package.
    Remove { path: PackagePath },
    /// Makes a folder the root of the package; what lies outside it is dropped.
    Lift { folder: PackagePath },
    /// Writes the ZIP anew, which is the only change: its entries are fine, their headers are not.
    Repack,
}

/// What mends a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a button says it: "Use `app.app`".
    pub title: String,
    /// What it promises.
    pub applicability: Applicability,
    /// The changes, all or none of them.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix that can be applied without asking.
    #[must_use]
    pub fn safe(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), applicability: Applicability::Safe, edits }
    }

    /// A fix that somebody has to look at.
    #[must_use]
    pub fn review(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), applicability: Applicability::Unsafe, edits }
    }
}

impl Edit {
    /// Puts `text` in the place of `span`.
    #[must_use]
    pub fn replace(file: &PackagePath, span: Span, text: impl Into<String>) -> Self {
        Self::Replace { file: file.clone(), span, text: text.into() }
    }

    /// Puts `text` before the byte at `offset`.
    #[must_use]
    pub fn insert(file: &PackagePath, offset: usize, text: impl Into<String>) -> Self {
        Self::replace(file, Span::at(offset), text)
    }
}

/// What came of applying fixes.
#[derive(Debug)]
pub struct Applied {
    /// The tree with the fixes in it.
    pub tree: FileTree,
    /// Which of the fixes, by index, were left out because an earlier one changed the same place.
    pub conflicts: Vec<usize>,
}

/// Applies fixes in order: text edits of all of them in one pass over each file, then the changes
/// of the tree. A fix that overlaps an earlier one is left out whole and reported.
#[must_use]
pub fn apply(tree: &FileTree, contents: &Contents<'_>, fixes: &[&Fix]) -> Applied {
    let mut edits: Map<PackagePath, Vec<(Span, &str)>> = Map::new();
    let mut applied = Vec::new();
    let mut conflicts = Vec::new();
    for (index, fix) in fixes.iter().enumerate() {
        let replacements = fix.edits.iter().filter_map(|edit| match edit {
            Edit::Replace { file, span, text } => Some((file, *span, text.as_str())),
            _ => None,
        });
        let clash = |file: &PackagePath, span: Span| {
            edits.get(file).is_some_and(|taken| taken.iter().any(|(other, _)| overlap(*other, span)))
        };
        if replacements.clone().any(|(file, span, _)| clash(file, span)) {
            conflicts.push(index);
            continue;
        }
        for (file, span, text) in replacements {
            edits.change(file.clone(), Vec::new, |list| list.push((span, text)));
        }
        applied.push(*fix);
    }
    let mut out = tree.clone();
    for (file, mut replacements) in edits {
        if let Some(text) = contents.text(&file) {
            replacements.sort_by_key(|(span, _)| *span);
            out.write(&file, text.encode(&replaced(text.as_str(), &replacements)));
        }
    }
    for edit in applied.iter().flat_map(|fix| &fix.edits) {
        match edit {
            Edit::Replace { .. } | Edit::Repack => {}
            Edit::Write { file, bytes } => out.write(file, bytes.clone()),
            Edit::Folder { path } => out.add_folder(path),
            Edit::Move { from, to } => out.rename(from, to),
            Edit::Remove { path } => out.remove(path),
            Edit::Lift { folder } => out.lift(folder),
        }
    }
    Applied { tree: out, conflicts }
}

/// The fixes that can be applied together: one that changes the same place as an earlier one is left
/// out, and may be asked for again.
#[must_use]
pub fn without_conflicts(tree: &FileTree, contents: &Contents<'_>, fixes: Vec<Fix>) -> Vec<Fix> {
    let list: Vec<&Fix> = fixes.iter().collect();
    let conflicts = apply(tree, contents, &list).conflicts;
    let kept = fixes.into_iter().enumerate().filter(|(index, _)| !conflicts.contains(index));
    kept.map(|(_, fix)| fix).collect()
}

/// Two insertions at one place do not clash; anything else that shares a byte does.
const fn overlap(a: Span, b: Span) -> bool {
    a.start < b.end && b.start < a.end
        || a.start == b.start && a.end == b.end && a.start != a.end
        || (a.start == a.end) != (b.start == b.end) && (a.start > b.start && a.start < b.end)
}

fn replaced(content: &str, edits: &[(Span, &str)]) -> String {
    let mut out = String::with_capacity(content.len());
    let mut at = 0;
    for (span, text) in edits {
        out.push_str(content.get(at..span.start).unwrap_or(""));
        out.push_str(text);
        at = span.end.max(at);
    }
    out.push_str(content.get(at..).unwrap_or(""));
    out
}
