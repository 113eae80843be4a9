//! `requirements.txt`, and the files that it names.
//! Source: pip, "Requirements File Format".

use super::{Origin, Requirement, Requirements};
use crate::contents::Contents;
use crate::path::PackagePath;
use crate::sorted::Set;
use crate::wheel::WheelName;

/// Files that say what runs in production, when there is no `requirements.txt`; the first counts.
const OTHERS: [&str; 8] = [
    "requirements/production.txt",
    "requirements/prod.txt",
    "requirements/base.txt",
    "requirements/requirements.txt",
    "requirements-prod.txt",
    "requirements_prod.txt",
    "requirements.in",
    "reqs.txt",
];

/// Options of a line that have a file in them.
const FILES: [(&str, bool); 4] = [("-r", false), ("--requirement", false), ("-c", true), ("--constraint", true)];

pub(super) fn read(contents: &Contents<'_>, out: &mut Requirements) {
    let tree = contents.tree();
    let names = ["requirements.txt"].into_iter().chain(OTHERS);
    let Some(first) = names.into_iter().find_map(|name| tree.file_ignoring_case(name)) else { return };
    out.stated = true;
    let mut reader = Reader { contents, out, read: Set::new(), open: Vec::new() };
    reader.open(&first.path, false);
    reader.run();
}

struct Reader<'a, 'c> {
    contents: &'a Contents<'c>,
    out: &'a mut Requirements,
    /// Files may name each other.
    read: Set<PackagePath>,
    /// The files that are being read, each named by the one before it: a chain of thousands needs no
    /// stack.
    open: Vec<OpenFile>,
}

struct OpenFile {
    path: PackagePath,
    constraints: bool,
    /// What is still to be read of it.
    lines: std::vec::IntoIter<(String, u32)>,
}

impl Reader<'_, '_> {
    fn open(&mut self, path: &PackagePath, constraints: bool) {
        if !self.read.insert(path.clone()) {
            return;
        }
        let Some(text) = self.contents.text(path) else { return };
        let lines = joined(text.as_str()).into_iter();
        self.open.push(OpenFile { path: path.clone(), constraints, lines });
    }

    fn run(&mut self) {
        while let Some(file) = self.open.last_mut() {
            let (path, constraints) = (file.path.clone(), file.constraints);
            match file.lines.next() {
                Some((line, number)) => self.line(&line, number, &path, constraints),
                None => drop(self.open.pop()),
            }
        }
    }

    fn line(&mut self, line: &str, number: u32, path: &PackagePath, constraints: bool) {
        let line = without_comment(line);
        if let Some((named, constraints)) = named_file(line) {
            return self.follow(named, number, path, constraints);
        }
        let (line, editable) = match option(line, &["-e", "--editable"]) {
            Some(rest) => (rest, true),
            None => (line, false),
        };
        if line.is_empty() || line.starts_with('-') {
            return;
        }
        // Options of one requirement, such as `--hash=sha256:...`, come after a blank.
        let line = line.split(" --").next().unwrap_or(line).trim();
        let read = if editable { None } else { Requirement::parse(line, path, number) };
        let Some(requirement) = read.or_else(|| addressed(line, path, number)) else {
            if !editable && !line.starts_with('.') {
                self.out.notes.push(super::not_understood(path, number));
            }
            return;
        };
        if constraints {
            if let Some(version) = requirement.versions.strip_prefix("==") {
                self.out.lock(&requirement.project, version);
            }
        } else {
            self.out.list.push(requirement);
        }
    }

    fn follow(&mut self, named: &str, number: u32, from: &PackagePath, constraints: bool) {
        let path = match from.parent() {
            Some(folder) => relative(folder.as_str(), named),
            None => relative("", named),
        };
        let found = path.as_deref().and_then(|path| self.contents.tree().file_ignoring_case(path));
        match found.map(|entry| entry.path.clone()) {
            Some(path) => self.open(&path, constraints),
            None if named.contains("://") => {
                // The address may have a password in it.
                self.out
                    .notes
                    .push(format!("`{from}` line {number} names a file on another server, which is not read."));
            }
            None => self.out.notes.push(format!("`{from}` line {number} names `{named}`, which is not here.")),
        }
    }
}

/// Lines with those that a backslash continues, each with the number of its first.
fn joined(text: &str) -> Vec<(String, u32)> {
    let mut lines: Vec<(String, u32)> = Vec::new();
    let mut open = false;
    for (line, number) in text.lines().zip(1..) {
        let continued = line.ends_with('\\') && !line.trim_start().starts_with('#');
        let part = line.strip_suffix('\\').filter(|_| continued).unwrap_or(line);
        match lines.last_mut().filter(|_| open) {
            Some((whole, _)) => {
                whole.push(' ');
                whole.push_str(part.trim());
            }
            None => lines.push((part.to_owned(), number)),
        }
        open = continued;
    }
    lines
}

/// A comment begins at the start of a line or after a blank: `#egg=` in an address is none.
fn without_comment(line: &str) -> &str {
    let line = line.trim();
    if line.starts_with('#') {
        return "";
    }
    line.split(" #").next().unwrap_or(line).split("\t#").next().unwrap_or(line).trim()
}

/// `-r base.txt`, `--constraint=pins.txt`.
fn named_file(line: &str) -> Option<(&str, bool)> {
    FILES.iter().find_map(|(name, constraints)| Some((option(line, &[name])?, *constraints)))
}

/// What follows an option.
fn option<'l>(line: &'l str, names: &[&str]) -> Option<&'l str> {
    names.iter().find_map(|name| {
        let rest = line.strip_prefix(name)?;
        let long = name.starts_with("--");
        let rest = if long { rest.strip_prefix('=').or_else(|| rest.strip_prefix(' '))? } else { rest };
        (long || !rest.starts_with('-')).then(|| rest.trim().trim_matches('"'))
    })
}

/// `git+https://...#egg=name`, `https://.../name-1.0-py3-none-any.whl`, `./wheels/name-1.0.tar.gz`.
fn addressed(line: &str, file: &PackagePath, number: u32) -> Option<Requirement> {
    let (address, marker) = line.split_once(" ;").map_or((line, None), |(address, marker)| (address, Some(marker)));
    let address = address.trim();
    let egg = address.split_once('#').and_then(|(_, fragment)| {
        let egg = fragment.split('&').find_map(|part| part.strip_prefix("egg="))?;
        Requirement::parse(egg, file, number)
    });
    let last = address.split(['#', '?']).next()?.rsplit('/').next()?;
    let named = || {
        let project = match WheelName::parse(last) {
            Some(name) => name.project,
            None => source_project(last).or_else(|| repository(address, last))?,
        };
        Requirement::parse(&project, file, number)
    };
    let mut found = egg.or_else(named)?;
    found.origin = Origin::Address(address.to_owned());
    found.marker = marker.map(super::Marker::new);
    Some(found)
}

/// `name` of `name-1.0.tar.gz`.
fn source_project(file: &str) -> Option<String> {
    let stem = [".tar.gz", ".tar.bz2", ".tgz", ".zip"].iter().find_map(|end| file.strip_suffix(end))?;
    let (project, version) = stem.rsplit_once('-')?;
    version.starts_with(|c: char| c.is_ascii_digit()).then(|| project.to_owned())
}

/// `name` of `git+https://example.org/somebody/name.git@v1`.
fn repository(address: &str, last: &str) -> Option<String> {
    let known = ["git+", "hg+", "svn+", "bzr+"].iter().any(|kind| address.starts_with(kind));
    let name = last.split('@').next()?;
    (known && !name.is_empty()).then(|| name.strip_suffix(".git").unwrap_or(name).to_owned())
}

/// A path as seen from a folder; nothing when it leads outside.
fn relative(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::files;

    fn told(list: &[(&str, &str)]) -> (Vec<String>, Requirements) {
        let files = files(list);
        let mut out = Requirements::default();
        read(&files.contents(), &mut out);
        let told = out.list.iter().map(|own| format!("{}:{} {}", own.file, own.line, own.for_pip(None)));
        (told.collect(), out)
    }

    #[test]
    fn reads_lines_of_every_kind() {
        let text = "# a comment\nFlask==3.0.3 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n\n-i https://example.org/simple\n\
                    --extra-index-url https://example.org\nlxml>=5  # why\ncelery[redis]; python_version<'3'\n\
                    git+https://example.org/a/shop.git@v1#egg=shop-tools&subdirectory=x\n-e git+https://example.org/a/other.git\n\
                    -e .\n./local\nhttps://example.org/x/six-1.16.0-py2.py3-none-any.whl\nhttps://example.org/pytz-2024.1.tar.gz\n\
                    pip @ https://example.org/p.zip\n!!!\n";
        let (list, out) = told(&[("requirements.txt", text)]);
        assert_eq!(
            list,
            [
                "requirements.txt:2 Flask==3.0.3",
                "requirements.txt:8 lxml>=5",
                "requirements.txt:9 celery[redis]",
                "requirements.txt:10 shop-tools",
                "requirements.txt:11 other",
                "requirements.txt:14 six",
                "requirements.txt:15 pytz",
                "requirements.txt:16 pip",
            ]
        );
        assert_eq!(out.notes, ["`requirements.txt` line 17 is not understood."]);
        assert!(out.stated);
    }

    #[test]
    fn follows_other_files_and_constraints() {
        let (list, out) = told(&[
            ("requirements.txt", "-r requirements/base.txt\n-c pins.txt\n-rmore.txt\n--requirement=gone.txt\n"),
            ("requirements/base.txt", "-r ../requirements.txt\n-r common.txt\nFlask\n"),
            ("requirements/common.txt", "Jinja2\n"),
            ("pins.txt", "flask==2.0\nJinja2>=3\n"),
            ("more.txt", "six\n"),
        ]);
        assert_eq!(list, ["requirements/common.txt:1 Jinja2", "requirements/base.txt:3 Flask", "more.txt:1 six"]);
        assert_eq!(out.locked.get("flask").map(String::as_str), Some("2.0"));
        assert_eq!(out.notes, ["`requirements.txt` line 4 names `gone.txt`, which is not here."]);
    }

    #[test]
    fn shows_no_address_with_a_password() {
        let text = "https://user:TOKEN@example.org/x\n-r https://user:TOKEN@example.org/x.txt\n";
        let (list, out) = told(&[("requirements.txt", text)]);
        assert_eq!(list, [""; 0]);
        assert_eq!(out.notes.len(), 2);
        assert!(!out.notes.concat().contains("TOKEN"));
    }

    #[test]
    fn follows_a_chain_of_any_length() {
        let chain = (0..3_000).map(|n| (format!("r{n}.txt"), format!("-r r{}.txt\n", n + 1)));
        let mut list: Vec<(String, String)> = chain.collect();
        list.push(("requirements.txt".to_owned(), "-r r0.txt\nlast\n".to_owned()));
        list.push(("r3000.txt".to_owned(), "Flask\n".to_owned()));
        let list: Vec<(&str, &str)> = list.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        assert_eq!(told(&list).0, ["r3000.txt:1 Flask", "requirements.txt:2 last"]);
    }

    #[test]
    fn takes_the_file_for_production_when_there_is_no_other() {
        let (list, _) = told(&[("requirements/dev.txt", "pytest\n"), ("requirements/base.txt", "Flask\n")]);
        assert_eq!(list, ["requirements/base.txt:1 Flask"]);
    }
}
