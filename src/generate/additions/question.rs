//! What the installer is asked for, and where the answer goes.

use super::{Lines, ParameterLines, entry, scope};
use crate::model::Package;
use crate::path::PackagePath;
use crate::xml::escape;

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The name of the parameter.
    pub name: String,
    /// What people see instead of the name.
    pub friendly_name: Option<String>,
    /// What people read beside it.
    pub description: Option<String>,
    /// What stands in the field at first; never of a password.
    pub default: Option<String>,
    /// Whether the answer is masked.
    pub password: bool,
    /// Which answers are accepted.
    pub validation: Option<Validation>,
    /// What it replaces.
    pub target: Target,
}

/// Which answers are accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Validation {
    /// `AllowEmpty`, `Boolean`, `Enumeration`, `RegularExpression`, several with a comma between them.
    pub kind: String,
    /// The values with commas between them, or the expression.
    pub text: Option<String>,
}

/// What an answer replaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The value of a setting in web.config.
    Setting(String),
    /// What an XPath finds in a file.
    Xml(PackagePath, String),
    /// What an expression finds in a file.
    Text(PackagePath, String),
}

/// The entry for the value of a setting in web.config: for wfastcgi in `appSettings`, for a server of
/// its own among its environment variables.
pub(super) fn entry_of_setting(package: &Package, key: &str) -> Option<String> {
    let config = package.web_config.as_ref();
    let own = config.is_some_and(|config| config.http_platform.is_some() && config.wfastcgi().next().is_none());
    let (element, name) = if own { ("environmentVariable", "name") } else { ("appSettings/add", "key") };
    let quote = if key.contains('\'') { '"' } else { '\'' };
    let file = match config {
        Some(config) => config.source.path.clone(),
        None => package.app_folder.as_ref()?.join("web.config").ok()?,
    };
    Some(entry("XmlFile", &scope(&file), &format!("//{element}[@{name}={quote}{key}{quote}]/@value")))
}

pub(super) fn add(lines: &mut Lines, package: &Package, questions: &[Question]) {
    let known = |own: &&Question| {
        !package.parameters.iter().any(|parameters| parameters.list.iter().any(|other| other.is_called(&own.name)))
    };
    for own in questions.iter().filter(known) {
        let target = match &own.target {
            Target::Setting(key) => match entry_of_setting(package, key) {
                Some(entry) => entry,
                None => continue,
            },
            Target::Xml(file, path) => entry("XmlFile", &scope(file), path),
            Target::Text(file, matching) => entry("TextFile", &scope(file), matching),
        };
        let validation = own.validation.iter().map(|validation| {
            let text = validation
                .text
                .as_ref()
                .map_or_else(String::new, |text| format!(" validationString=\"{}\"", escape(text)));
            format!("<parameterValidation type=\"{}\"{text} />", escape(&validation.kind))
        });
        let name = lines.names.take(&own.name);
        let parameter = ParameterLines {
            name: &name,
            friendly_name: own.friendly_name.as_deref(),
            description: own.description.as_deref(),
            default: own.default.as_deref(),
            // The answer is written into a file, and nothing reads it from the installer's store.
            tags: if own.password { "Password,NoStore" } else { "NoStore" },
            children: validation.chain([target]).collect(),
            ..ParameterLines::default()
        };
        lines.parameters.push(parameter.text());
    }
}
