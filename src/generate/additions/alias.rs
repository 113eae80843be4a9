//! alias: a copy of a file that is made while the package is installed.

use super::Lines;
use crate::model::Manifest;
use crate::path::PackagePath;
use crate::xml::escape;

/// A copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The file of the package.
    pub from: PackagePath,
    /// Where the copy will be.
    pub to: PackagePath,
}

pub(super) fn add(lines: &mut Lines, manifest: &Manifest, aliases: &[Alias]) {
    let known = |own: &&Alias| {
        let same = |name: &str, path: &PackagePath, alias: &crate::model::manifest::Provider| {
            path.same(&alias.value(name).replace('\\', "/"))
        };
        !manifest.named("alias").any(|alias| same("from", &own.from, alias) && same("to", &own.to, alias))
    };
    for alias in aliases.iter().filter(known) {
        if lines.providers.iter().all(|line| !line.contains("<alias ")) {
            lines.providers.push("<!-- Copies files before anything is replaced in them. -->".to_owned());
        }
        let (from, to) = (escape(alias.from.as_str()), escape(alias.to.as_str()));
        lines.providers.push(format!("<alias from=\"{from}\" to=\"{to}\" />"));
    }
}
