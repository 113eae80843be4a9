//! Which target, and which Python of it, and why.

use std::fmt;

use super::{ALL, Hosting, Interpreter, Place, Site, Target, default, own};
use crate::detect::PythonNeed;
use crate::model::interpreter::{environment, python_version};
use crate::python::{Bits, Environment, Version};

/// The interpreter for an application, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Nothing when a person named an interpreter whose path does not tell.
    pub version: Option<Version>,
    /// `python.exe` with its folder.
    pub executable: String,
    /// `wfastcgi.py` with its folder.
    pub script: String,
    /// Why this one; a sentence.
    pub reason: String,
}

/// An interpreter that a person named and that cannot be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAnInterpreter(pub String);

impl fmt::Display for NotAnInterpreter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Choice {
    /// The two paths as a handler's `scriptProcessor` has them.
    #[must_use]
    pub fn script_processor(&self) -> String {
        format!("{}|{}", own::quoted(&self.executable), own::quoted(&self.script))
    }

    /// The Python, as packages have to fit it.
    #[must_use]
    pub fn environment(&self) -> Option<Environment> {
        // An installation of one's own has 64 bits, as the installer offers it first.
        let told = || Some(Environment { version: self.version?, bits: Some(Bits::X64) });
        environment(&self.executable).or_else(told)
    }

    fn of(interpreter: &Interpreter, reason: String) -> Self {
        Self {
            version: Some(interpreter.version),
            executable: interpreter.executable.to_owned(),
            script: interpreter.script.to_owned(),
            reason,
        }
    }
}

/// The target that suits an application: the default if it can run there, else the first server of
/// one's own that can, because no new site gets Python on Azure; `asgi` says that the way to start is one that wfastcgi cannot take.
#[must_use]
pub fn suited(need: &PythonNeed, asgi: bool) -> &'static Target {
    let takes = |target: &&&Target| !asgi || target.hosting == Hosting::HttpPlatform;
    let has = |target: &Target, fits: &dyn Fn(Version) -> bool| target.interpreters.iter().any(|own| fits(own.version));
    let first = default();
    let new = || ALL.iter().filter(|target| !matches!(target.site, Site::Fixed(_)));
    let with = |fits: &dyn Fn(Version) -> bool| {
        let suits = |target: &&&Target| takes(target) && has(target, fits);
        Some(&first).filter(suits).or_else(|| new().find(suits)).copied()
    };
    // When none has that Python, the manner of asking decides.
    with(&|version| need.prefers(version))
        .or_else(|| with(&|version| need.allows(version)))
        .or_else(|| new().find(takes).copied())
        .unwrap_or(first)
}

/// Whether an answer can be an interpreter: a version, or the path of `python.exe`, with or without
/// that of `wfastcgi.py`.
pub fn check(answer: &str) -> Result<(), NotAnInterpreter> {
    let answer = answer.trim();
    let (executable, script) = answer.split_once('|').map_or((answer, None), |(exe, script)| (exe, Some(script)));
    let is = |path: &str, end: &str| unquoted(path).to_ascii_lowercase().ends_with(end);
    let odd = answer.contains(['<', '>', '\n', '\r', '\t', '*', '?']);
    let path = is(executable, ".exe") && is_absolute(executable) && script.is_none_or(|script| is(script, ".py"));
    if !odd && (path || of_version(answer).is_some()) {
        return Ok(());
    }
    Err(NotAnInterpreter(format!(
        "`{answer}` is not an interpreter: write a version, such as `3.12`, or the whole path of `python.exe` on the server"
    )))
}

/// `3.12`, `3.12.4`.
fn of_version(text: &str) -> Option<Version> {
    let digits = text.chars().all(|c| c.is_ascii_digit() || c == '.');
    if digits && text.contains('.') { Version::parse(text) } else { None }
}

fn unquoted(path: &str) -> &str {
    path.trim().trim_matches('"')
}

/// `C:\...`, `%HOME%\...`, `\\server\...`.
fn is_absolute(path: &str) -> bool {
    let path = unquoted(path);
    let drive = path.get(1..3).is_some_and(|colon| colon == ":\\" || colon == ":/");
    drive || path.starts_with('%') || path.starts_with(r"\\")
}

impl Target {
    /// The interpreter that an application needs, or that a person names.
    #[must_use]
    pub fn choose(&self, need: &PythonNeed, answer: Option<&str>) -> Choice {
        if let Some(answer) = answer.map(str::trim).filter(|answer| !answer.is_empty()) {
            return match of_version(answer) {
                Some(version) => self.of_version(version),
                None => self.of_path(answer),
            };
        }
        let because = need.reasons.first().map_or_else(String::new, |evidence| {
            let line = evidence.line.map_or_else(String::new, |line| format!(" line {line}"));
            format!(" (`{}`{line}: {})", evidence.file, evidence.text)
        });
        let find = |fits: &dyn Fn(Version) -> bool| self.interpreters.iter().find(|own| fits(own.version));
        let preferred = find(&|version| need.prefers(version));
        if let Some(interpreter) = preferred.or_else(|| find(&|version| need.allows(version))) {
            let version = interpreter.version;
            let reason = if need.minimum.is_none() && need.below.is_none() {
                format!("Python {version}: nothing in the application asks for another version.")
            } else {
                format!("Python {version}: the application needs {}{because}{}.", said(need), unlike(need))
            };
            return Choice::of(interpreter, reason);
        }
        let offers: Vec<String> = self.interpreters.iter().map(|own| own.version.to_string()).collect();
        let nearest = self.interpreters.iter().max_by_key(|interpreter| interpreter.version);
        let reason = format!(
            "Python {}, although it will not do: the application needs {}{because}, and {} has only Python {}.",
            nearest.map_or(Version::new(3, 0), |own| own.version),
            said(need),
            self.name,
            offers.join(" and ")
        );
        nearest.map_or_else(|| self.of_path("python.exe"), |interpreter| Choice::of(interpreter, reason))
    }

    /// Whether a host that brings its own Pythons has the one that a person named; a path is believed.
    pub fn has(&self, answer: &str) -> Result<(), NotAnInterpreter> {
        let Some(version) = of_version(answer.trim()) else { return Ok(()) };
        let own = !matches!(self.site, Site::Fixed(_));
        if own || self.interpreters.iter().any(|own| own.version == version) {
            return Ok(());
        }
        let offers: Vec<String> = self.interpreters.iter().map(|own| own.version.to_string()).collect();
        Err(NotAnInterpreter(format!(
            "{} has no Python {version}, only {}: take one of these, or another target",
            self.name,
            offers.join(" and ")
        )))
    }

    fn of_version(&self, version: Version) -> Choice {
        let reason = format!("Python {version}, as you said.");
        if let Some(own) = self.interpreters.iter().find(|own| own.version == version) {
            return Choice::of(own, reason);
        }
        // The folder of another version, as the host would call it.
        let digits = format!("{}{}", version.major, version.minor);
        let executable = match self.script {
            Place::Scripts => format!(r"D:\Python{digits}\python.exe"),
            Place::Beside => format!(r"D:\home\Python{digits}\python.exe"),
            Place::SitePackages => format!(r"C:\Python{digits}\python.exe"),
        };
        Choice { reason, version: Some(version), ..self.of_path(&executable) }
    }

    /// A path that a person gave; wfastcgi is where this host has it.
    fn of_path(&self, answer: &str) -> Choice {
        let (executable, script) = answer.split_once('|').map_or((answer, None), |(exe, script)| (exe, Some(script)));
        let executable = unquoted(executable).replace('/', "\\");
        let folder = executable.rsplit_once('\\').map_or("", |(folder, _)| folder);
        let environment = folder.len().checked_sub(r"\Scripts".len()).and_then(|at| {
            let (root, end) = (folder.get(..at)?, folder.get(at..)?);
            end.eq_ignore_ascii_case(r"\Scripts").then_some(root)
        });
        let script = script.map_or_else(
            || match (environment, self.script) {
                (Some(root), _) => format!(r"{root}\Lib\site-packages\wfastcgi.py"),
                (None, Place::Scripts) => format!(r"{folder}\Scripts\wfastcgi.py"),
                (None, Place::Beside) => format!(r"{folder}\wfastcgi.py"),
                (None, Place::SitePackages) => format!(r"{folder}\Lib\site-packages\wfastcgi.py"),
            },
            |script| unquoted(script).to_owned(),
        );
        let version = python_version(&executable).map(|(major, minor)| Version::new(major, minor));
        let reason = format!("`{executable}`, as you said.");
        Choice { version, executable, script, reason }
    }
}

/// Why it is not the default target.
fn unlike(need: &PythonNeed) -> String {
    let first = default();
    let lacks = !first.interpreters.iter().any(|own| need.prefers(own.version));
    if lacks { format!(", which {} does not have", first.name) } else { String::new() }
}

/// "Python 3.4 or later", "a Python before 3.0".
fn said(need: &PythonNeed) -> String {
    if let Some(named) = need.named {
        return format!("Python {named}");
    }
    match (need.minimum, need.below) {
        (Some(minimum), Some(below)) => format!("Python {minimum} or later, before {below}"),
        (Some(minimum), None) => format!("Python {minimum} or later"),
        (None, Some(below)) => format!("a Python before {below}"),
        (None, None) => "any Python".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::by_id;

    fn need(minimum: Option<(u8, u8)>, below: Option<(u8, u8)>) -> PythonNeed {
        let version = |(major, minor)| Version::new(major, minor);
        PythonNeed { minimum: minimum.map(version), below: below.map(version), ..PythonNeed::default() }
    }

    #[test]
    fn takes_the_target_that_has_the_python() {
        for (need, asgi, target, version) in [
            (need(None, None), false, "azure-classic", "2.7"),
            (need(Some((3, 0)), None), false, "azure-classic", "3.4"),
            (need(None, Some((3, 0))), false, "azure-classic", "2.7"),
            (need(Some((3, 6)), None), false, "iis-wfastcgi", "3.12"),
            (need(Some((3, 6)), Some((3, 12))), false, "iis-wfastcgi", "3.11"),
            (need(Some((3, 10)), None), true, "iis-httpplatform", "3.12"),
            (need(None, None), true, "iis-httpplatform", "3.12"),
            (need(Some((3, 99)), None), false, "iis-wfastcgi", "3.14"),
        ] {
            let found = suited(&need, asgi);
            let choice = found.choose(&need, None);
            assert_eq!((found.id, choice.version.unwrap().to_string().as_str()), (target, version), "{need:?} {asgi}");
        }
    }

    #[test]
    fn takes_the_python_that_a_file_names_where_a_host_has_it() {
        for (named, target, version) in [
            ((2, 7), "azure-classic", "2.7"),
            ((3, 4), "azure-classic", "3.4"),
            ((3, 10), "iis-wfastcgi", "3.10"),
            ((3, 3), "azure-classic", "3.4"),
        ] {
            let need = PythonNeed { named: Some(Version::new(named.0, named.1)), ..need(Some(named), None) };
            let found = suited(&need, false);
            let choice = found.choose(&need, None);
            assert_eq!((found.id, choice.version.unwrap().to_string().as_str()), (target, version), "{named:?}");
            assert!(choice.reason.contains("the application needs Python"), "{}", choice.reason);
        }
    }

    #[test]
    fn refuses_a_python_that_a_host_does_not_have() {
        for (target, answer, fine) in [
            ("azure-classic", "3.4.1", true),
            ("azure-classic", "3.12", false),
            ("azure-extension", "3.99", false),
            ("azure-classic", r"D:\home\python362x86\python.exe", true),
            ("iis-wfastcgi", "3.15", true),
        ] {
            assert_eq!(by_id(target).unwrap().has(answer).is_ok(), fine, "{target} {answer}");
        }
        let refused = by_id("azure-classic").unwrap().has("3.12").unwrap_err().to_string();
        assert_eq!(refused, "Azure classic has no Python 3.12, only 2.7 and 3.4: take one of these, or another target");
    }

    #[test]
    fn takes_the_interpreter_that_a_person_names() {
        for (target, answer, processor) in [
            ("azure-classic", "3.4", r"D:\Python34\python.exe|D:\Python34\Scripts\wfastcgi.py"),
            ("azure-extension", "3.6.4", r"D:\home\python364x64\python.exe|D:\home\python364x64\wfastcgi.py"),
            (
                "azure-extension",
                r"D:\home\python362x86\python.exe",
                r"D:\home\python362x86\python.exe|D:\home\python362x86\wfastcgi.py",
            ),
            ("iis-wfastcgi", "3.9", r"C:\Python39\python.exe|C:\Python39\Lib\site-packages\wfastcgi.py"),
            ("iis-wfastcgi", "3.15", r"C:\Python315\python.exe|C:\Python315\Lib\site-packages\wfastcgi.py"),
            (
                "iis-wfastcgi",
                r"E:\shop\env\Scripts\python.exe",
                r"E:\shop\env\Scripts\python.exe|E:\shop\env\Lib\site-packages\wfastcgi.py",
            ),
            (
                "iis-wfastcgi",
                r"C:\Program Files\Python39\python.exe",
                r#""C:\Program Files\Python39\python.exe"|"C:\Program Files\Python39\Lib\site-packages\wfastcgi.py""#,
            ),
            ("iis-wfastcgi", r#""C:\Py\python.exe"|"C:\Py\wfastcgi.py""#, r"C:\Py\python.exe|C:\Py\wfastcgi.py"),
        ] {
            assert!(check(answer).is_ok(), "{answer}");
            let choice = by_id(target).unwrap().choose(&PythonNeed::default(), Some(answer));
            assert_eq!(choice.script_processor(), processor, "{answer}");
        }
        for answer in
            ["python", "3", "three", r"Scripts\python.exe", r"C:\Python39\pip.py", "", "C:\\a\n.exe", r"C:\a.exe|b.txt"]
        {
            assert!(check(answer).is_err(), "{answer}");
        }
    }
}
