//! The Python that compiled modules are for, as their names say: `_speedups.cp311-win_amd64.pyd`.

use super::Evidence;
use super::project::Project;
use crate::path::PackagePath;
use crate::python::Version;

/// The first Python that the compiled modules take, and the first that they do not, with one that says
/// so. Where there are some for several versions, each of these will do.
pub(super) fn range(project: &Project<'_>) -> Option<(Version, Version, Evidence)> {
    let files = project.contents.tree().files().map(|entry| &entry.path);
    let mut found: Vec<(Version, &PackagePath)> =
        files.filter_map(|path| Some((version(path.name())?, path))).collect();
    found.sort();
    let (first, path) = *found.first()?;
    let (last, _) = *found.last()?;
    let text = format!("is compiled for Python {first}");
    Some((first, last.next(), Evidence::new(path, None, text)))
}

/// The version in the name of a module that is compiled for Windows; one for the stable ABI, or without
/// a name for its version, has none. What is compiled for another system loads in no Python there.
fn version(name: &str) -> Option<Version> {
    let name = name.to_ascii_lowercase();
    let stem = name.strip_suffix(".pyd")?;
    let tag = stem.rsplit('.').next().filter(|tag| tag.len() < stem.len())?;
    let digits = tag.strip_prefix("cp")?;
    let digits = digits.split(['-', '_']).next()?.trim_end_matches(['d', 'm', 't', 'u']);
    let (major, minor) = digits.split_at_checked(1)?;
    Some(Version::new(major.parse().ok()?, minor.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_version_of_a_compiled_module() {
        for (name, found) in [
            ("_speedups.cp311-win_amd64.pyd", Some((3, 11))),
            ("_speedups.cp27-win32.pyd", Some((2, 7))),
            ("_speedups.cp36-win32.pyd", Some((3, 6))),
            ("_speedups.cpython-311-x86_64-linux-gnu.so", None),
            ("_rust.abi3.pyd", None),
            ("_rust.pyd", None),
            ("copy.cp.txt", None),
        ] {
            assert_eq!(version(name), found.map(|(major, minor)| Version::new(major, minor)), "{name}");
        }
    }
}
