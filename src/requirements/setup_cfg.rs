//! `setup.cfg`: `install_requires` of `[options]`.

use super::{Requirement, Requirements, file, not_understood};
use crate::contents::Contents;

pub(super) fn read(contents: &Contents<'_>, out: &mut Requirements) {
    let Some((path, text)) = file(contents, "setup.cfg") else { return };
    let (mut section, mut inside) = ("", false);
    for (line, number) in text.as_str().lines().zip(1..) {
        if let Some(name) = line.trim_end().strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            (section, inside) = (name.trim(), false);
            continue;
        }
        let value = if line.starts_with([' ', '\t']) {
            line
        } else {
            let (key, value) = line.split_once(['=', ':']).unwrap_or((line, ""));
            let key = key.trim();
            inside = section == "options" && matches!(key, "install_requires" | "install-requires");
            out.stated |= inside;
            value
        };
        let value = value.split(" #").next().unwrap_or("").trim();
        if inside && !value.is_empty() && !value.starts_with('#') && !value.starts_with("file:") {
            match Requirement::parse(value, &path, number) {
                Some(requirement) => out.list.push(requirement),
                None => out.notes.push(not_understood(&path, number)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::files;

    #[test]
    fn reads_the_lines_of_the_option() {
        let text = "[metadata]\nname = shop\n[options]\npackages = find:\ninstall_requires =\n    Flask>=2\n    # why\n\
                    \tlxml ; os_name=='nt'\n\npython_requires = >=3.6\n[options.extras_require]\ntest =\n    pytest\n";
        let files = files(&[("setup.cfg", text)]);
        let mut out = Requirements::default();
        read(&files.contents(), &mut out);
        let told: Vec<String> = out.list.iter().map(|own| format!("{} {}", own.line, own.for_pip(None))).collect();
        assert_eq!(told, ["6 Flask>=2", "8 lxml"]);
    }

    #[test]
    fn shows_no_address_with_a_password() {
        let files = files(&[("setup.cfg", "[options]\ninstall_requires =\n    https://user:TOKEN@example.org/x\n")]);
        let mut out = Requirements::default();
        read(&files.contents(), &mut out);
        assert_eq!(out.notes, ["`setup.cfg` line 3 is not understood."]);
    }
}
