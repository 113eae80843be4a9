//! Files that name the one Python that an application runs on: for pyenv, for Docker, for a host.

use super::Evidence;
use super::need::value_of;
use super::project::Project;
use crate::python::Version;

/// A file, and what of a line in it is the version.
type Source = (&'static str, fn(&str) -> Option<&str>);

/// The first that names one counts.
const SOURCES: [Source; 5] = [
    ("runtime.txt", |line| line.trim().strip_prefix("python-")),
    (".python-version", |line| Some(line.trim())),
    (".tool-versions", |line| line.trim().strip_prefix("python ")),
    ("Dockerfile", image),
    ("Pipfile", |line| line.split_once('#').map_or(Some(line), |(code, _)| Some(code))),
];

/// The version that a file names, with its line.
pub(super) fn version(project: &Project<'_>) -> Option<(Version, Evidence)> {
    SOURCES.iter().find_map(|(name, read)| {
        let file = project.root_file(name)?;
        let text = project.contents.text(&file)?;
        let is_pipfile = *name == "Pipfile";
        let mut found = text.as_str().lines().zip(1..).filter_map(|(line, number)| {
            let said = read(line)?;
            let key = if is_pipfile {
                value_of(said, "python_version").or_else(|| value_of(said, "python_full_version"))?
            } else {
                said.to_owned()
            };
            let version = exact(&key)?;
            let text = if is_pipfile { format!("names Python {key}") } else { format!("asks for `{}`", line.trim()) };
            Some((version, Evidence::new(&file, Some(number), text)))
        });
        // The last image is the one that runs.
        if *name == "Dockerfile" { found.last() } else { found.next() }
    })
}

/// `3.11-slim` of `FROM --platform=linux/amd64 docker.io/library/python:3.11-slim AS build`.
fn image(line: &str) -> Option<&str> {
    let mut words = line.split_ascii_whitespace();
    words.next().filter(|word| word.eq_ignore_ascii_case("FROM"))?;
    let image = words.find(|word| !word.starts_with("--"))?;
    let (name, tag) = image.rsplit_once(':')?;
    (name.rsplit('/').next() == Some("python")).then_some(tag)
}

/// `3.10.2`, `3.11-slim`, `3.12.0rc1`; `3` alone names no version.
fn exact(text: &str) -> Option<Version> {
    let (_, minor) = text.split_once('.')?;
    minor.starts_with(|c: char| c.is_ascii_digit()).then(|| Version::parse(text)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_image_of_a_dockerfile() {
        for (line, tag) in [
            ("FROM python:3.11-slim", Some("3.11-slim")),
            ("from --platform=linux/amd64 docker.io/library/python:3.9.1 AS build", Some("3.9.1")),
            ("FROM node:20", None),
            ("FROM cpython:3.8", None),
            ("RUN pip install x", None),
        ] {
            assert_eq!(image(line), tag, "{line}");
        }
        assert_eq!(exact("3.11-slim"), Some(Version::new(3, 11)));
        assert_eq!(exact("3.10.2"), Some(Version::new(3, 10)));
        assert_eq!((exact("3"), exact("slim"), exact("pypy3.9"), exact("3.x")), (None, None, None, None));
    }
}
