//! The name of a wheel: `lxml-5.3.0-cp312-cp312-win_amd64.whl`.

/// How the name of a wheel ends, in small letters.
pub const NAME_ENDS: &str = ".whl";

/// What the name of a wheel says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WheelName {
    /// The project, as the name spells it.
    pub project: String,
    /// Its version.
    pub version: String,
    /// `py2`, `py3`, `cp312`: any of them.
    pub pythons: Vec<String>,
    /// `none`, `abi3`, `cp312`: any of them.
    pub abis: Vec<String>,
    /// `any`, `win32`, `win_amd64`: any of them.
    pub platforms: Vec<String>,
}

impl WheelName {
    /// Reads the name of a file; nothing when it is not that of a wheel.
    #[must_use]
    pub fn parse(file: &str) -> Option<Self> {
        let stem = file.len().checked_sub(NAME_ENDS.len()).and_then(|end| file.split_at_checked(end));
        let (stem, _) = stem.filter(|(_, end)| end.eq_ignore_ascii_case(NAME_ENDS))?;
        let mut parts: Vec<&str> = stem.split('-').collect();
        // Between the version and the tags may stand a number of the build.
        if parts.len() == 6 && parts.get(2).is_some_and(|build| build.starts_with(|c: char| c.is_ascii_digit())) {
            parts.remove(2);
        }
        let [project, version, pythons, abis, platforms] = parts.as_slice() else { return None };
        // Browsers call a second download `NAME (1).whl`.
        let platforms = platforms.split_once(" (").map_or(*platforms, |(platforms, _)| platforms);
        let plain = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '+' | '!'));
        let all = [*project, *version, *pythons, *abis, platforms];
        if all.iter().any(|part| part.is_empty() || !plain(part)) {
            return None;
        }
        let tags = |text: &str| text.split('.').map(str::to_ascii_lowercase).collect();
        Some(Self {
            project: (*project).to_owned(),
            version: (*version).to_owned(),
            pythons: tags(pythons),
            abis: tags(abis),
            platforms: tags(platforms),
        })
    }

    /// The project as packages are compared: small letters, one dash for any of `-`, `_` and `.`.
    #[must_use]
    pub fn normalized(&self) -> String {
        crate::python::project_name(&self.project)
    }

    /// The tags in one, as the name has them: `cp312-cp312-win_amd64`.
    #[must_use]
    pub fn tag(&self) -> String {
        format!("{}-{}-{}", self.pythons.join("."), self.abis.join("."), self.platforms.join("."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names() {
        for (file, read) in [
            ("Flask-0.12.5-py2.py3-none-any.whl", Some("flask 0.12.5 py2.py3-none-any")),
            ("lxml-5.3.0-cp312-cp312-win_amd64.whl", Some("lxml 5.3.0 cp312-cp312-win_amd64")),
            ("zope.interface-7.2-1-cp39-abi3-win32.WHL", Some("zope-interface 7.2 cp39-abi3-win32")),
            ("ruamel.yaml-0.18.6-py3-none-any (1).whl", Some("ruamel-yaml 0.18.6 py3-none-any")),
            ("x-1+local.1-py3-none-any.whl", Some("x 1+local.1 py3-none-any")),
            ("flask.whl", None),
            ("x-1-py3-none-any.zip", None),
            ("x-1-y-py3-none-any.whl", None),
            ("x--py3-none-any.whl", None),
            ("é", None),
            ("", None),
        ] {
            let told = |name: WheelName| format!("{} {} {}", name.normalized(), name.version, name.tag());
            assert_eq!(WheelName::parse(file).map(told).as_deref(), read, "{file}");
        }
    }
}
