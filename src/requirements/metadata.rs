//! What an installed package needs itself: `Requires-Dist` in its `METADATA`, or `requires.txt`.

use super::Requirement;
use crate::path::PackagePath;

/// The name that a METADATA or PKG-INFO gives its project.
#[must_use]
pub fn metadata_name(text: &str) -> Option<&str> {
    head(text).find_map(|(line, _)| line.strip_prefix("Name:")).map(str::trim).filter(|name| !name.is_empty())
}

/// What METADATA says that the package needs. What only an extra needs has a marker that does not hold.
#[must_use]
pub fn requires(text: &str, file: &PackagePath) -> Vec<Requirement> {
    let lines = head(text).filter_map(|(line, number)| Some((line.strip_prefix("Requires-Dist:")?, number)));
    lines.filter_map(|(said, number)| Requirement::parse(said, file, number)).collect()
}

/// The lines before the description.
fn head(text: &str) -> impl Iterator<Item = (&str, u32)> {
    text.lines().zip(1..).take_while(|(line, _)| !line.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_head_and_not_the_description() {
        let text = "Metadata-Version: 2.1\nName: Flask\nRequires-Dist: Werkzeug>=3.0\nRequires-Dist: asgiref>=3.2; extra == 'async'\n\nRequires-Dist: no\n";
        assert_eq!(metadata_name(text), Some("Flask"));
        let list = requires(text, &PackagePath::new("x/METADATA").unwrap());
        let told: Vec<(String, bool)> = list
            .iter()
            .map(|own| (own.for_pip(None), own.marker.as_ref().is_none_or(|marker| marker.holds(None))))
            .collect();
        assert_eq!(told, [("Werkzeug>=3.0".to_owned(), true), ("asgiref>=3.2".to_owned(), false)]);
    }
}
