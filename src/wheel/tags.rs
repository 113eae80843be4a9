//! Which Python takes a wheel.
//! Source: "Platform compatibility tags" of the Python Packaging User Guide.

use super::WheelName;
use crate::python::{Bits, Environment, Version};

/// Whether a Python of a server takes a wheel.
#[must_use]
pub fn fits(name: &WheelName, environment: Environment) -> bool {
    let platform = name.platforms.iter().any(|platform| takes_platform(platform, environment.bits));
    let pairs = name.pythons.iter().flat_map(|python| name.abis.iter().map(move |abi| (python, abi)));
    platform && pairs.into_iter().any(|(python, abi)| takes(python, abi, environment.version))
}

/// Whether some Python of Windows takes a wheel.
#[must_use]
pub fn is_for_windows(name: &WheelName) -> bool {
    name.platforms.iter().any(|platform| takes_platform(platform, None))
}

/// The tag of the wheel that a Python takes instead: `cp312-win_amd64`, or `py3-none-any` when what is
/// wrong is only the Python of a wheel for every platform.
#[must_use]
pub fn wanted(name: &WheelName, environment: Environment) -> String {
    if name.platforms.iter().any(|platform| platform == "any") {
        return format!("py{}-none-any", environment.version.major);
    }
    environment.tag()
}

fn takes_platform(platform: &str, bits: Option<Bits>) -> bool {
    match platform {
        "any" => true,
        "win32" => bits != Some(Bits::X64),
        "win_amd64" => bits != Some(Bits::X86),
        _ => false,
    }
}

fn takes(python: &str, abi: &str, version: Version) -> bool {
    let Some((implementation, own)) = split(python) else { return false };
    let exact = own == (version.major, Some(version.minor));
    match (implementation, abi) {
        // `py3`, `py34`: a later version of the same Python runs it.
        ("py", "none") => own.0 == version.major && own.1.is_none_or(|minor| minor <= version.minor),
        // `cp312-none`, `cp3-none`: compiled without the interface of Python.
        ("cp", "none") => exact || own == (version.major, None),
        ("cp", "abi3") => version.major == 3 && own.0 == 3 && own.1.is_none_or(|minor| minor <= version.minor),
        // `cp27m`, `cp37m`, `cp34dm` are built with other options; those of Windows have no `u` or `d`.
        ("cp", abi) => exact && abi.strip_prefix(python).is_some_and(|options| matches!(options, "" | "m")),
        _ => false,
    }
}

/// `cp312` is of `CPython` 3.12, `py2` of any Python 2.
fn split(python: &str) -> Option<(&str, (u8, Option<u8>))> {
    let digits = python.find(|c: char| c.is_ascii_digit())?;
    let (implementation, number) = python.split_at_checked(digits)?;
    let (major, minor) = number.split_at_checked(1)?;
    let minor = if minor.is_empty() { None } else { Some(minor.trim_start_matches('_').parse().ok()?) };
    Some((implementation, (major.parse().ok()?, minor)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(tag: &str) -> WheelName {
        WheelName::parse(&format!("x-1-{tag}.whl")).unwrap()
    }

    #[test]
    fn tells_which_python_takes_a_wheel() {
        let on = |major, minor, bits| Environment { version: Version::new(major, minor), bits };
        let (old, new) = (on(2, 7, None), on(3, 12, Some(Bits::X64)));
        for (tag, environment, takes) in [
            ("py2.py3-none-any", old, true),
            ("py2.py3-none-any", new, true),
            ("py3-none-any", old, false),
            ("py27-none-any", old, true),
            ("py34-none-any", new, true),
            ("py313-none-any", new, false),
            ("cp312-cp312-win_amd64", new, true),
            ("cp312-cp312-win32", new, false),
            ("cp312-cp312-win_arm64", new, false),
            ("cp311-cp311-win_amd64", new, false),
            ("cp312-cp312t-win_amd64", new, false),
            ("cp36-abi3-win_amd64", new, true),
            ("cp313-abi3-win_amd64", new, false),
            ("cp37-cp37m-win_amd64", on(3, 7, Some(Bits::X64)), true),
            ("cp27-cp27m-win32", old, true),
            ("cp27-cp27m-win_amd64", old, true),
            ("cp27-cp27mu-manylinux1_x86_64", old, false),
            ("cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64", new, false),
            ("py2.py3-none-win32.win_amd64", new, true),
            ("cp39.cp310.cp311.cp312-abi3-win_amd64", new, true),
            ("pp310-pypy310_pp73-win_amd64", new, false),
            ("cp3-none-any", new, true),
            ("py3-none-macosx_11_0_arm64", new, false),
        ] {
            assert_eq!(fits(&of(tag), environment), takes, "{tag} on {environment}");
        }
    }

    #[test]
    fn names_the_tag_that_would_fit() {
        let new = Environment { version: Version::new(3, 12), bits: Some(Bits::X64) };
        assert_eq!(wanted(&of("cp312-cp312-manylinux_2_17_x86_64"), new), "cp312-win_amd64");
        assert_eq!(wanted(&of("py2-none-any"), new), "py3-none-any");
        let classic = Environment { version: Version::new(3, 4), bits: None };
        assert_eq!(wanted(&of("cp312-cp312-win32"), classic), "cp34-win_amd64");
    }
}
