//! Detection + target + answers -> the text of each file that is missing, and edits for the files
//! that exist already. What a person wrote is kept and completed, never replaced.

pub mod additions;
pub mod loader;
pub mod manifest;
pub mod parameters;
pub mod web_config;

use crate::path::{PackagePath, windows_problem};

/// The empty file that requests are rewritten to.
///
/// IIS maps requests to a FastCGI handler by path; with `resourceType="Either"` the path has to
/// exist. Nothing ever runs or reads the file.
pub const HANDLER_FILE: &str = "handler.fcgi";

/// A folder name for an application, from the name of what was dropped.
#[must_use]
pub fn app_folder_name(input: &str) -> String {
    let name = input.rsplit(['/', '\\']).next().unwrap_or(input);
    let lower = name.to_lowercase();
    let stem = if lower.ends_with(".zip") { name.get(..name.len() - 4).unwrap_or(name) } else { name };
    let safe: String =
        stem.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' }).collect();
    let safe = safe.trim_matches(['.', '-']).to_owned();
    if PackagePath::new(&safe).is_err() || windows_problem(&safe).is_some() { "app".to_owned() } else { safe }
}

/// Text as it may stand in a comment, where XML allows no two hyphens in a row.
fn comment(text: &str) -> String {
    text.replace("--", "- -")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_a_folder_name_that_windows_and_urls_take() {
        for (input, name) in [
            ("mysite", "mysite"),
            ("My Site.ZIP", "My-Site"),
            ("shop-1.2.zip", "shop-1.2"),
            ("...", "app"),
            ("con", "app"),
            ("a:b", "a-b"),
            ("päckage", "päckage"),
        ] {
            assert_eq!(app_folder_name(input), name);
        }
    }
}
