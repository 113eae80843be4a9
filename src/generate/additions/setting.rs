//! A setting in web.config that an answer of the installer can be put into.

use crate::fix::Edit;
use crate::model::WebConfig;
use crate::text::Text;
use crate::xml::{append_child, escape};

/// Adds a setting that is not there yet, where the application will find it.
#[must_use]
pub fn add_setting(config: &WebConfig, text: &Text, settings: &[(String, String)]) -> Option<Edit> {
    let root = config.root().filter(|root| root.is("configuration"))?;
    if !config.source.document.problems.is_empty() {
        return None;
    }
    let file = &config.source.path;
    // A server of its own does not see what stands in appSettings.
    let platform = config.http_platform.as_ref().filter(|_| config.wfastcgi().next().is_none());
    let known = |key: &str| match platform {
        Some(platform) => platform.environment.iter().any(|own| own.key.text.eq_ignore_ascii_case(key)),
        None => config.setting(key).is_some(),
    };
    let (element, name) = if platform.is_some() { ("environmentVariable", "name") } else { ("add", "key") };
    let lines: Vec<String> = settings
        .iter()
        .filter(|(key, _)| !known(key))
        .map(|(key, value)| format!("<{element} {name}=\"{}\" value=\"{}\" />", escape(key), escape(value)))
        .collect();
    if lines.is_empty() {
        return None;
    }
    let lines = format!("<!-- The installer replaces the values: see Parameters.xml. -->\n{}", lines.join("\n"));
    let inside = |name: &str| {
        format!("<{name}>\n{}</{name}>", lines.lines().map(|line| format!("  {line}\n")).collect::<String>())
    };
    let (parent, name) = match platform {
        Some(platform) => (config.element(platform.open)?, "environmentVariables"),
        None => (root, "appSettings"),
    };
    Some(match parent.find(name) {
        // Another file has the keys, and wfastcgi does not read it.
        Some(element) if element.attribute("configSource").is_some() => return None,
        Some(element) => append_child(file, text, element, &lines),
        None => append_child(file, text, parent, &inside(name)),
    })
}
