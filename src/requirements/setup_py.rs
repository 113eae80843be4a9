//! `setup.py`: `install_requires` of the call of `setup`, where it is a literal or a name of one.

use super::{Requirement, Requirements};
use crate::contents::Contents;
use crate::path::PackagePath;
use crate::python::{Kind, Module, Value};

pub(super) fn read(contents: &Contents<'_>, out: &mut Requirements) {
    let Some(path) = contents.tree().file("setup.py").map(|entry| entry.path.clone()) else { return };
    let Some(module) = contents.python(&path) else { return };
    for call in module.calls().filter(|call| call.callee.last() == "setup") {
        let Some(value) = call.keyword("install_requires") else { continue };
        let Some(items) = list(&module, value) else {
            out.notes.push(format!(
                "`{path}` line {}: what `install_requires` is can only be told by running it.",
                call.line
            ));
            continue;
        };
        out.stated = true;
        for item in items {
            if let Value::Text(said) = item {
                let line = line_of(contents, &path, said).unwrap_or(call.line);
                out.list.extend(said.lines().filter_map(|said| Requirement::parse(said, &path, line)));
            }
        }
    }
}

fn list<'m>(module: &'m Module, value: &'m Value) -> Option<&'m [Value]> {
    match value {
        Value::List(items) => Some(items),
        Value::Name(name) => match &module.binding(&name.dotted)?.kind {
            Kind::Value(Value::List(items)) => Some(items),
            _ => None,
        },
        _ => None,
    }
}

fn line_of(contents: &Contents<'_>, path: &PackagePath, said: &str) -> Option<u32> {
    let text = contents.text(path)?;
    let at = text.as_str().find(&format!("\"{said}\"")).or_else(|| text.as_str().find(&format!("'{said}'")))?;
    Some(text.position(at).line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::files;

    #[test]
    fn reads_a_literal_and_a_name_of_one() {
        for (text, told) in [
            (
                "from setuptools import setup\nsetup(name='x',\n  install_requires=[\n    'Flask>=2',\n    'lxml',\n  ])\n",
                "4 Flask>=2, 5 lxml",
            ),
            ("import setuptools\nneeds = ['six']\nsetuptools.setup(install_requires=needs)\n", "2 six"),
            ("from setuptools import setup\nsetup(install_requires=open('x').read())\n", ""),
        ] {
            let files = files(&[("setup.py", text)]);
            let mut out = Requirements::default();
            read(&files.contents(), &mut out);
            let found: Vec<String> = out.list.iter().map(|own| format!("{} {}", own.line, own.for_pip(None))).collect();
            assert_eq!(found.join(", "), told);
            assert_eq!(out.notes.len(), usize::from(told.is_empty()));
        }
    }
}
