//! Names that Windows refuses.

/// Why Windows refuses a name, or keeps another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowsProblem {
    /// A character that no Windows name may have.
    Character(char),
    /// A dot or a blank at the end, which Windows drops.
    Trailing(char),
    /// The name of a device, also with an extension.
    Device,
}

/// The last is one of older Windows, which servers still run; so are `com0` and `lpt0`.
const DEVICES: [&str; 7] = ["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"];

/// What is wrong with one segment of a path on Windows.
///
/// Source: Microsoft, "Naming Files, Paths, and Namespaces".
#[must_use]
pub fn windows_problem(segment: &str) -> Option<WindowsProblem> {
    if let Some(bad) = segment.chars().find(|c| matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*')) {
        return Some(WindowsProblem::Character(bad));
    }
    if let Some(last) = segment.chars().last().filter(|c| matches!(c, '.' | ' ')) {
        return Some(WindowsProblem::Trailing(last));
    }
    let stem = segment.split('.').next().unwrap_or(segment).trim_end().to_lowercase();
    let numbered = ["com", "lpt"].iter().any(|port| {
        stem.strip_prefix(port).is_some_and(|rest| {
            let mut digits = rest.chars();
            matches!((digits.next(), digits.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
        })
    });
    (numbered || DEVICES.contains(&stem.as_str())).then_some(WindowsProblem::Device)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_names_that_windows_refuses() {
        assert_eq!(windows_problem("a:b"), Some(WindowsProblem::Character(':')));
        assert_eq!(windows_problem("a."), Some(WindowsProblem::Trailing('.')));
        assert_eq!(windows_problem("a "), Some(WindowsProblem::Trailing(' ')));
        for device in ["con", "NUL.txt", "com1", "com0", "LPT³.log", "aux .py"] {
            assert_eq!(windows_problem(device), Some(WindowsProblem::Device), "{device}");
        }
        for fine in ["console", "com10", "null", ".gitignore", "a b"] {
            assert_eq!(windows_problem(fine), None, "{fine}");
        }
    }
}
