//! The Python that a path on the server names: `D:\Python27\python.exe` is 2.7.

use super::WebConfig;
use crate::python::{Bits, Environment, Version};

/// The version (major, minor) that the folders of an interpreter's path tell; nothing when they
/// tell none, as in a virtual environment.
///
/// Folders are called `Python27`, `Python312`, `Python38-32` by the installer of Python, and
/// `python364x64`, `python2714x86` by the site extensions of Azure, with the third number.
#[must_use]
pub fn python_version(path: &str) -> Option<(u8, u8)> {
    path.trim().trim_matches('"').split(['\\', '/']).rev().find_map(of_name)
}

/// The Python of a path, as packages have to fit it; nothing when the path does not tell.
#[must_use]
pub fn environment(path: &str) -> Option<Environment> {
    let (major, minor) = python_version(path)?;
    let path = path.to_ascii_lowercase();
    let bits = if path.contains("x86") || path.contains("-32") {
        Some(Bits::X86)
    } else if path.trim_start_matches('"').starts_with(r"d:\python") {
        // Azure classic: which of the two a site has is a setting of it.
        None
    } else {
        Some(Bits::X64)
    };
    Some(Environment { version: Version::new(major, minor), bits })
}

impl WebConfig {
    /// The Python that it starts; nothing when no path in it tells.
    #[must_use]
    pub fn python(&self) -> Option<Environment> {
        let process = self.http_platform.as_ref().and_then(|process| process.process_path.as_ref());
        let paths = self.wfastcgi().filter_map(|handler| Some(handler.command()?.0));
        paths.chain(process.map(|path| path.text.as_str())).find_map(environment)
    }
}

fn of_name(name: &str) -> Option<(u8, u8)> {
    let name = name.trim().to_ascii_lowercase();
    let rest = name.strip_prefix("python")?.trim_start_matches(['-', ' ']);
    let rest = rest.strip_suffix(".exe").unwrap_or(rest);
    if let Some((major, minor)) = rest.split_once('.') {
        let minor = minor.split(|c: char| !c.is_ascii_digit()).next()?;
        return known(major.parse().ok()?, minor.parse().ok()?);
    }
    let rest = ["x64", "x86", "-32", "-64"].iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest);
    if !rest.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let major = rest.get(..1)?.parse().ok()?;
    // Only Python 3 has minor versions with two digits, and none of them begins with another digit.
    let two = major == 3 && rest.len() > 2 && rest.get(1..2) == Some("1");
    known(major, rest.get(1..if two { 3 } else { 2 })?.parse().ok()?)
}

fn known(major: u8, minor: u8) -> Option<(u8, u8)> {
    matches!((major, minor), (2, 4..=7) | (3, 0..=99)).then_some((major, minor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_version_in_a_path() {
        for (path, version) in [
            (r"D:\Python27\python.exe", Some((2, 7))),
            (r"D:\Python34\python.exe", Some((3, 4))),
            (r"D:\home\python364x64\python.exe", Some((3, 6))),
            (r"D:\home\python2714x86\python.exe", Some((2, 7))),
            (r"D:\home\python3112x64\python.exe", Some((3, 11))),
            (r"C:\Users\me\AppData\Local\Programs\Python\Python38-32\python.exe", Some((3, 8))),
            (r#""C:\Program Files\Python312\python.exe""#, Some((3, 12))),
            ("C:/opt/python3.9/bin/python", Some((3, 9))),
            ("C:/opt/bin/python3.10.exe", Some((3, 10))),
            (r"C:\inetpub\wwwroot\env\Scripts\python.exe", None),
            (r"C:\Python3\python.exe", None),
            (r"C:\pythonista42\python.exe", None),
            ("[PYTHONPATH]", None),
            ("", None),
        ] {
            assert_eq!(python_version(path), version, "{path}");
        }
    }

    #[test]
    fn tells_how_wide_it_is() {
        for (path, tag) in [
            (r"D:\Python27\python.exe", "cp27-win_amd64, which may be another"),
            (r"D:\home\python364x64\python.exe", "cp36-win_amd64"),
            (r"D:\home\python362x86\python.exe", "cp36-win32"),
            (r"C:\Python38-32\python.exe", "cp38-win32"),
            (r#""C:\Program Files\Python312\python.exe""#, "cp312-win_amd64"),
        ] {
            let found = environment(path).unwrap();
            let unsure = if found.bits.is_none() { ", which may be another" } else { "" };
            assert_eq!(format!("{}{unsure}", found.tag()), tag, "{path}");
        }
    }
}
