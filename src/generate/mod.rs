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
    let safe: String = stem.chars().map(ascii).collect();
    let safe = safe.trim_matches(['.', '-']).to_owned();
    if PackagePath::new(&safe).is_err() || windows_problem(&safe).is_some() { "app".to_owned() } else { safe }
}

/// A letter as those write it who have only ASCII: some hosts hand the address of a folder with
/// other letters to Python in an encoding that Python does not expect.
fn ascii(letter: char) -> String {
    const LETTERS: [(&str, &str); 29] = [
        ("äæ", "ae"),
        ("öœ", "oe"),
        ("ü", "ue"),
        ("ß", "ss"),
        ("þ", "th"),
        ("àáâãāăąå", "a"),
        ("çćč", "c"),
        ("ďđð", "d"),
        ("èéêëēęěė", "e"),
        ("ğģ", "g"),
        ("ìíîïīıį", "i"),
        ("ķ", "k"),
        ("ľĺłļ", "l"),
        ("ñńňņ", "n"),
        ("òóôõōőø", "o"),
        ("řŕ", "r"),
        ("śšşș", "s"),
        ("ťţț", "t"),
        ("ùúûūůűų", "u"),
        ("ýÿ", "y"),
        ("źżž", "z"),
        // Marks that stand behind their letter, as macOS writes names.
        ("\u{300}", ""),
        ("\u{301}", ""),
        ("\u{302}", ""),
        ("\u{303}", ""),
        ("\u{308}", ""),
        ("\u{30a}", ""),
        ("\u{30c}", ""),
        ("\u{327}", ""),
    ];
    if letter.is_ascii() {
        let kept = letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.');
        return String::from(if kept { letter } else { '-' });
    }
    let small: String = letter.to_lowercase().collect();
    let Some((_, to)) = LETTERS.iter().find(|(from, _)| from.contains(&small)) else { return "-".to_owned() };
    let mut chars = to.chars();
    match chars.next().filter(|_| letter.is_uppercase()) {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => (*to).to_owned(),
    }
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
            ("Mein Gästebuch", "Mein-Gaestebuch"),
            ("Čajovňa", "Cajovna"),
            ("店", "app"),
            ("Ga\u{308}ste", "Gaste"),
            ("shop 店", "shop"),
        ] {
            assert_eq!(app_folder_name(input), name);
        }
    }
}
