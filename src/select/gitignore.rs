//! `.gitignore` as Git reads it: nested files, negation, anchors, `**`, folders only, escapes.
//!
//! Source: Git, "gitignore". What Git knows beyond the files themselves, as which files are tracked
//! all the same, is not known here.

mod pattern;

use crate::contents::Contents;
use crate::path::PackagePath;
use crate::sorted::Map;
use crate::tree::Entry;
use pattern::Pattern;

/// The name of the files.
const NAME: &str = ".gitignore";

/// Every `.gitignore` of a tree.
#[derive(Default)]
pub(super) struct Ignores {
    /// By the folder that they lie in; nothing is the top.
    files: Map<Option<PackagePath>, Vec<Line>>,
}

struct Line {
    number: usize,
    text: String,
    /// `!`: takes back what a line above says.
    keeps: bool,
    pattern: Pattern,
}

impl Ignores {
    /// Whether a tree has any.
    pub(super) fn exist(contents: &Contents<'_>) -> bool {
        files(contents).next().is_some()
    }

    /// Reads them all.
    pub(super) fn read(contents: &Contents<'_>) -> Self {
        contents.prefetch(files(contents));
        let files = files(contents).filter_map(|entry| {
            let text = contents.text(&entry.path)?;
            Some((entry.path.parent(), lines(text.as_str())))
        });
        Self { files: files.collect() }
    }

    /// Why a file or folder is ignored. Whoever asks has asked about the folders above it before:
    /// what lies in a folder that is ignored cannot be taken back.
    pub(super) fn reason(&self, path: &PackagePath, is_folder: bool) -> Option<String> {
        if self.files.is_empty() {
            return None;
        }
        let mut above = path.parent();
        loop {
            let below = match &above {
                Some(folder) => path.strip(folder)?,
                None => path.clone(),
            };
            let lines = self.files.get(&above).map_or(&[][..], Vec::as_slice);
            // The last line that matches decides, and the nearest file before those above it.
            if let Some(line) = lines.iter().rev().find(|line| line.pattern.matches(below.as_str(), is_folder)) {
                let file = above.map_or_else(|| NAME.to_owned(), |folder| format!("{folder}/{NAME}"));
                return (!line.keeps).then(|| format!("`{}` in line {} of `{file}`", line.text, line.number));
            }
            above = above?.parent();
        }
    }
}

fn files<'a>(contents: &Contents<'a>) -> impl Iterator<Item = &'a Entry> {
    contents.tree().files().filter(|entry| entry.path.name() == NAME)
}

fn lines(text: &str) -> Vec<Line> {
    let lines = text.split('\n').zip(1_usize..);
    lines.filter_map(|(line, number)| parse(line.strip_suffix('\r').unwrap_or(line), number)).collect()
}

fn parse(line: &str, number: usize) -> Option<Line> {
    let text = trimmed(line);
    if text.starts_with('#') {
        return None;
    }
    let (keeps, rest) = text.strip_prefix('!').map_or((false, text), |rest| (true, rest));
    let pattern = Pattern::new(rest)?;
    Some(Line { number, text: text.to_owned(), keeps, pattern })
}

/// Without the blanks at the end, but for one behind a backslash.
fn trimmed(line: &str) -> &str {
    let bare = line.trim_end_matches(' ');
    let escapes = bare.chars().rev().take_while(|char| *char == '\\').count();
    if escapes % 2 == 1 && bare.len() < line.len() { line.get(..=bare.len()).unwrap_or(bare) } else { bare }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::files;

    /// Asks about a path as the selection does, folders first.
    fn ignored(ignores: &[(&str, &str)], path: &str) -> Option<String> {
        let files = files(ignores);
        let ignores = Ignores::read(&files.contents());
        let (path, is_folder) = (PackagePath::new(path).unwrap(), path.ends_with('/'));
        let mut above = Vec::new();
        let mut next = path.parent();
        while let Some(folder) = next {
            next = folder.parent();
            above.push(folder);
        }
        let of_folder = above.iter().rev().find_map(|folder| ignores.reason(folder, true));
        of_folder.or_else(|| ignores.reason(&path, is_folder))
    }

    #[test]
    fn says_which_line_it_was() {
        let list = [(".gitignore", "# caches\r\n\r\n*.log\r\n"), ("shop/.gitignore", "!keep.log\n/tmp/\n")];
        assert_eq!(ignored(&list, "a/x.log").as_deref(), Some("`*.log` in line 3 of `.gitignore`"));
        assert_eq!(ignored(&list, "shop/tmp/x").as_deref(), Some("`/tmp/` in line 2 of `shop/.gitignore`"));
        assert_eq!(ignored(&list, "shop/keep.log"), None);
        assert_eq!(ignored(&list, "tmp/x"), None);
    }

    #[test]
    fn cannot_take_back_what_lies_in_an_ignored_folder() {
        let list = [(".gitignore", "logs/\n!logs/keep.txt\nmedia/*\n!media/keep.txt\n")];
        assert!(ignored(&list, "logs/keep.txt").is_some());
        assert!(ignored(&list, "media/x.txt").is_some());
        assert!(ignored(&list, "media/keep.txt").is_none());
    }

    #[test]
    fn reads_blanks_and_escapes_as_git_does() {
        let list = [(".gitignore", "a  \nb\\ \n\\#c\n\\!d\n#e\n!\n\n/\n")];
        for path in ["a", "b ", "#c", "!d"] {
            assert!(ignored(&list, path).is_some(), "{path:?}");
        }
        for path in ["a  ", "b", "#e", "x"] {
            assert!(ignored(&list, path).is_none(), "{path:?}");
        }
    }
}
