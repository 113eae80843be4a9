//! Lines for a prompt that get packages for the Python of a server.

use super::Environment;

/// Where the lines put what they get.
pub const FOLDER: &str = "wheels";

/// The line that downloads wheels for a Python, whatever computer it is given on.
#[must_use]
pub fn download<'a>(requirements: impl IntoIterator<Item = &'a str>, environment: Environment) -> String {
    line("download", &format!("-d {FOLDER}"), requirements, environment)
}

/// The line that puts packages into the application's folder, in which it is given.
#[must_use]
pub fn install<'a>(requirements: impl IntoIterator<Item = &'a str>, environment: Environment) -> String {
    line("install", "--target .", requirements, environment)
}

fn line<'a>(verb: &str, to: &str, requirements: impl IntoIterator<Item = &'a str>, environment: Environment) -> String {
    let Environment { version, .. } = environment;
    let what: Vec<String> = requirements.into_iter().map(quoted).collect();
    format!(
        "pip {verb} --only-binary=:all: --platform {} --python-version {version} --implementation cp {to} {}",
        environment.platform(),
        what.join(" ")
    )
}

/// A requirement with `<` or a blank in it would mean something else to a shell.
fn quoted(requirement: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '=' | '+');
    // `[`, `!`, `~` and `*` mean something to some shells; a quote inside cannot be part of a name.
    if requirement.chars().all(plain) {
        requirement.to_owned()
    } else {
        format!("\"{}\"", requirement.replace('"', ""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::{Bits, Version};

    #[test]
    fn writes_lines_for_a_prompt() {
        let new = Environment { version: Version::new(3, 12), bits: Some(Bits::X64) };
        assert_eq!(
            download(["Flask==3.0.3", "lxml>=5,<6"], new),
            "pip download --only-binary=:all: --platform win_amd64 --python-version 3.12 --implementation cp -d wheels \
             Flask==3.0.3 \"lxml>=5,<6\""
        );
        let old = Environment { version: Version::new(2, 7), bits: Some(Bits::X86) };
        assert_eq!(
            install(["celery[redis]"], old),
            "pip install --only-binary=:all: --platform win32 --python-version 2.7 --implementation cp --target . \
             \"celery[redis]\""
        );
    }
}
