//! Which files IIS gives out: the rules and handlers of a web.config, followed for one file.

use super::WebConfig;
use super::expression::Expression;
use crate::path::{PackagePath, has_form};
use crate::xml::Element;

/// What IIS has a type for by default and that is worth reading; all else gets error 404.3.
const TYPES: &[&str] =
    &["txt", "json", "xml", "html", "htm", "csv", "zip", "gz", "tar", "pdf", "xls", "xlsx", "doc", "docx", "map"];

/// Folders that request filtering hides by default.
const HIDDEN: &[&str] = &[
    "web.config",
    "bin",
    "app_code",
    "app_globalresources",
    "app_localresources",
    "app_webreferences",
    "app_data",
    "app_browsers",
];

/// Whether anyone can fetch a file that is there; `false` also when that is not certain.
#[must_use]
pub fn is_served(config: &WebConfig, path: &PackagePath) -> bool {
    has_type(config, path) && !is_filtered(config, path) && passes(config, path.as_str()) == Some(true) && {
        let answers = |handler: &super::web_config::Handler| takes(handler, path.as_str());
        match config.handlers.iter().find(|handler| answers(handler)) {
            Some(handler) => handler.has_module("StaticFileModule"),
            None => !config.removals.iter().any(|removal| removal.name.is_none()),
        }
    }
}

fn has_type(config: &WebConfig, path: &PackagePath) -> bool {
    let extension = path.extension();
    let maps = config.servers().filter_map(|server| server.find("staticContent"));
    let mut added = maps.flat_map(|list| list.all("mimeMap")).filter_map(|map| map.value("fileExtension"));
    TYPES.contains(&extension.as_str())
        || added.any(|own| own.trim_start_matches('.').eq_ignore_ascii_case(&extension) && !extension.is_empty())
}

fn is_filtered(config: &WebConfig, path: &PackagePath) -> bool {
    let lists = || config.servers().filter_map(|server| server.find("security/requestFiltering"));
    let list = |name: &'static str| lists().filter_map(move |filtering| filtering.find(name));
    let segments: Vec<String> = path.segments().map(str::to_lowercase).collect();
    let mut hidden = list("hiddenSegments").flat_map(|list| list.all("add")).filter_map(|add| add.value("segment"));
    let mut extensions = list("fileExtensions").flat_map(|list| list.all("add"));
    segments.iter().any(|segment| HIDDEN.contains(&segment.as_str()))
        || hidden.any(|own| segments.contains(&own.to_lowercase()))
        || extensions.any(|add| {
            let own = add.value("fileExtension").unwrap_or("").trim_start_matches('.');
            add.value("allowed") == Some("false") && own.eq_ignore_ascii_case(&path.extension())
        })
}

/// Whether no rule of URL Rewrite leads a request for a file elsewhere; nothing when only the module
/// could tell.
fn passes(config: &WebConfig, path: &str) -> Option<bool> {
    for rewrite in &config.rewrites {
        let Some(rule) = config.element(rewrite.open) else { continue };
        if is(rule, "enabled", "false") {
            continue;
        }
        if !rewrite.has_expressions() {
            return None;
        }
        let found = Expression::compile(&rewrite.url.as_ref()?.text).ok()?.is_match(path);
        if found == rewrite.negate {
            continue;
        }
        let conditions = rule.find("conditions");
        let any = conditions.is_some_and(|list| list.value("logicalGrouping") == Some("MatchAny"));
        let mut results = Vec::new();
        for condition in conditions.into_iter().flat_map(|list| list.all("add")) {
            results.push(holds(condition, path)?);
        }
        let applies = results.is_empty() || if any { results.contains(&true) } else { !results.contains(&false) };
        if !applies {
            continue;
        }
        if rewrite.action.as_ref().is_some_and(|action| action.text != "None") {
            return Some(false);
        }
        if is(rule, "stopProcessing", "true") {
            return Some(true);
        }
    }
    Some(true)
}

/// Whether a condition holds for a file that is there.
fn holds(condition: &Element, path: &str) -> Option<bool> {
    let input = condition.value("input")?;
    let found = match condition.value("matchType").unwrap_or("Pattern").to_ascii_lowercase().as_str() {
        "isfile" if input == "{REQUEST_FILENAME}" => true,
        "isdirectory" if input == "{REQUEST_FILENAME}" => false,
        "pattern" => {
            let text = match input {
                "{REQUEST_URI}" | "{URL}" | "{PATH_INFO}" => format!("/{path}"),
                "{QUERY_STRING}" => String::new(),
                _ => return None,
            };
            Expression::compile(condition.value("pattern")?).ok()?.is_match(&text)
        }
        _ => return None,
    };
    Some(found != is(condition, "negate", "true"))
}

fn is(element: &Element, name: &str, value: &str) -> bool {
    element.value(name).is_some_and(|own| own.eq_ignore_ascii_case(value))
}

/// Whether a handler takes a request for a file.
fn takes(handler: &super::web_config::Handler, path: &str) -> bool {
    let pattern = handler.path.as_ref().map_or("", |path| path.text.trim()).trim_start_matches('/');
    let name = path.rsplit('/').next().unwrap_or(path);
    let text = if pattern.contains('/') { path } else { name };
    has_form(&pattern.to_lowercase(), &text.to_lowercase(), Some('?'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_paths_of_handlers() {
        for (pattern, text, same) in [
            ("*", "a.txt", true),
            ("*.txt", "a.txt", true),
            ("*.txt", "a.json", false),
            ("static/*", "static/a/b.css", true),
            ("static/*", "statics/a", false),
            ("a?c", "abc", true),
        ] {
            assert_eq!(has_form(pattern, text, Some('?')), same, "{pattern} {text}");
        }
    }
}
