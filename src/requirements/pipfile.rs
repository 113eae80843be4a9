//! `Pipfile`: `[packages]`.

use super::{Requirements, file, poetry, toml};
use crate::contents::Contents;

pub(super) fn read(contents: &Contents<'_>, out: &mut Requirements) {
    let Some((path, text)) = file(contents, "Pipfile") else { return };
    for pair in toml::read(text.as_str()).iter().filter(|pair| pair.table == "packages") {
        out.stated = true;
        out.list.extend(poetry::requirement(&pair.key, &pair.value, &path, pair.line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::files;

    #[test]
    fn reads_packages_and_not_those_for_development() {
        let text = "[[source]]\nurl = 'https://example.org'\n[packages]\nflask = '*'\nlxml = '>=5'\n\
                    celery = {extras = ['redis'], version = '==5.0'}\npywin32 = {version = '*', sys_platform = \"== 'linux'\"}\n\
                    [dev-packages]\npytest = '*'\n";
        let files = files(&[("Pipfile", text)]);
        let mut out = Requirements::default();
        read(&files.contents(), &mut out);
        let told: Vec<String> = out.list.iter().map(|own| own.for_pip(None)).collect();
        assert_eq!(told, ["flask", "lxml>=5", "celery[redis]==5.0", "pywin32"]);
        assert!(!out.list.get(3).unwrap().marker.as_ref().unwrap().holds(None));
    }
}
