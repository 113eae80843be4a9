//! Flask: the static folder of the application and of each blueprint.

use super::{StaticFolder, argument, exists, url};
use crate::detect::Evidence;
use crate::detect::known;
use crate::detect::paths::{Place, Told};
use crate::detect::project::{Own, Project};
use crate::path::PackagePath;
use crate::python::{Call, Kind, Value};

pub(super) fn find(project: &Project<'_>) -> Vec<StaticFolder> {
    let mut found = Vec::new();
    for own in &project.modules {
        let Some(module) = project.python(&own.path) else { continue };
        let bound = module.bindings.iter().chain(&module.inner);
        let values = bound.flat_map(|binding| match &binding.kind {
            Kind::Value(value) => vec![(binding.name.as_str(), value)],
            Kind::Function(function) => function.returns.iter().map(|value| ("", value)).collect(),
            _ => Vec::new(),
        });
        for (name, value) in values {
            let Value::Call(call) = value else { continue };
            if known::made_by(&call.callee.dotted).is_some_and(|(_, product)| product == "Flask")
                && call.callee.imported
            {
                found.extend(of_application(project, own, call));
            } else if call.callee.imported && call.callee.last().ends_with("Blueprint") {
                found.extend(of_blueprint(project, own, name, call));
            }
        }
    }
    found
}

fn of_application(project: &Project<'_>, own: &Own, call: &Call) -> Option<StaticFolder> {
    let said = argument(call, "static_folder", 2);
    let folder = folder(project, own, call, said.unwrap_or(&Value::Text("static".to_owned())))?;
    let address = argument(call, "static_url_path", 1).filter(|value| **value != Value::None);
    let url = match address {
        Some(address) => url(&project.text(&Told::at(&own.path, call.line, address))?)?,
        None => format!("/{}/", folder.name()),
    };
    let text = match said {
        Some(_) => format!("serves `{folder}` below `{url}`"),
        None => format!("makes a Flask application, which serves `{folder}`"),
    };
    Some(StaticFolder { url, folder, evidence: Evidence::new(&own.path, Some(call.line), text) })
}

fn of_blueprint(project: &Project<'_>, own: &Own, name: &str, call: &Call) -> Option<StaticFolder> {
    let folder = folder(project, own, call, argument(call, "static_folder", 2)?)?;
    let text_of = |value: &Value| project.text(&Told::at(&own.path, call.line, value));
    let address = argument(call, "static_url_path", 3).filter(|value| **value != Value::None);
    let address = match address {
        Some(address) => text_of(address)?,
        None => folder.name().to_owned(),
    };
    let prefix = registered(project, name).or_else(|| call.keyword("url_prefix").and_then(text_of)).unwrap_or_default();
    // The application's own folder is asked first for these addresses.
    if prefix.trim_matches('/').is_empty() && argument(call, "static_url_path", 3).is_none() {
        return None;
    }
    let url = url(&format!("{}/{}", prefix.trim_end_matches('/'), address.trim_start_matches('/')))?;
    let text = format!("makes a blueprint that serves `{folder}` below `{url}`");
    Some(StaticFolder { url, folder, evidence: Evidence::new(&own.path, Some(call.line), text) })
}

/// The prefix that a blueprint is registered with.
fn registered(project: &Project<'_>, blueprint: &str) -> Option<String> {
    project.modules.iter().find_map(|own| {
        let module = project.python(&own.path)?;
        let call = module.calls().find(|call| {
            let named = |value: &Value| matches!(value, Value::Name(name) if name.last() == blueprint);
            call.callee.last() == "register_blueprint" && call.positional(0).is_some_and(named)
        })?;
        project.text(&Told::at(&own.path, call.line, call.keyword("url_prefix")?))
    })
}

/// The application that is told to serve its own root: `Flask(__name__, static_folder=".")`.
pub(in crate::detect) fn serves_root(project: &Project<'_>) -> Option<Evidence> {
    project.modules.iter().find_map(|own| {
        let module = project.python(&own.path)?;
        module.calls().find_map(|call| {
            let is_flask = call.callee.imported
                && known::made_by(&call.callee.dotted).is_some_and(|(_, product)| product == "Flask");
            let said = argument(call, "static_folder", 2).filter(|_| is_flask)?;
            let is_root = place(project, own, call, said)? == Place::Inside(None);
            is_root.then(|| Evidence::new(&own.path, Some(call.line), "serves the application's own folder"))
        })
    })
}

/// A folder of Flask that is there; nothing for the root, which is no such folder.
fn folder(project: &Project<'_>, own: &Own, call: &Call, value: &Value) -> Option<PackagePath> {
    match place(project, own, call, value)? {
        Place::Inside(folder) => folder.filter(|folder| exists(project, folder)),
        Place::Outside(_) => None,
    }
}

/// A folder of Flask counts from the folder of the module or package that is named.
fn place(project: &Project<'_>, own: &Own, call: &Call, value: &Value) -> Option<Place> {
    let text = project.text(&Told::at(&own.path, call.line, value))?;
    let named = argument(call, "import_name", usize::from(call.callee.last().ends_with("Blueprint")));
    let home = match named {
        Some(Value::Text(name)) if name != "__main__" => {
            project.module(name, Some(&own.path)).map_or_else(|| own.path.parent(), |own| own.path.parent())
        }
        _ => own.path.parent(),
    };
    let text = match home {
        Some(home) if !text.starts_with(['/', '\\', '\u{2}']) => format!("{home}/{text}"),
        _ => text,
    };
    project.place(&Told::at(&own.path, call.line, &Value::Text(text)))
}
