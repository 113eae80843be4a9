//! `pyproject.toml`: `[project]`, as PEP 621 has it.

use super::toml::{self, Value};
use super::{Requirement, Requirements, file, not_understood};
use crate::contents::Contents;

pub(super) fn read(contents: &Contents<'_>, out: &mut Requirements) {
    let Some((path, text)) = file(contents, "pyproject.toml") else { return };
    for pair in toml::read(text.as_str()) {
        if (pair.table.as_str(), pair.key.as_str()) != ("project", "dependencies") {
            continue;
        }
        let Value::List(items) = pair.value else { continue };
        out.stated = true;
        for (item, line) in items {
            let Some(said) = item.text() else { continue };
            match Requirement::parse(said, &path, line) {
                Some(requirement) => out.list.push(requirement),
                None => out.notes.push(not_understood(&path, line)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::files;

    #[test]
    fn reads_the_dependencies_of_the_project() {
        let text = "[project]\nname = 'shop'\ndependencies = [\n  \"Flask>=2\",\n  \"colorama; sys_platform == 'win32'\",\n]\n\
                    [project.optional-dependencies]\ntest = ['pytest']\n[build-system]\nrequires = ['hatchling']\n";
        let files = files(&[("pyproject.toml", text)]);
        let mut out = Requirements::default();
        read(&files.contents(), &mut out);
        let told: Vec<String> = out.list.iter().map(|own| format!("{} {}", own.line, own.for_pip(None))).collect();
        assert_eq!(told, ["4 Flask>=2", "5 colorama"]);
        assert!(out.list.get(1).unwrap().marker.is_some() && out.stated);
    }

    #[test]
    fn shows_no_address_with_a_password() {
        let text = "[project]\ndependencies = ['https://user:TOKEN@example.org/x']\n";
        let files = files(&[("pyproject.toml", text)]);
        let mut out = Requirements::default();
        read(&files.contents(), &mut out);
        assert_eq!(out.notes, ["`pyproject.toml` line 2 is not understood."]);
    }
}
