//! web.config: a new one, or what an existing one lacks.

use super::HANDLER_FILE;
use crate::fix::Edit;
use crate::model::WebConfig;
use crate::path::PackagePath;
use crate::target::Target;
use crate::text::Text;
use crate::xml::{Element, append_child, escape};

/// What web.config has to say.
#[derive(Debug)]
pub struct Plan<'a> {
    /// Where it will run.
    pub target: &'a Target,
    /// `python.exe|wfastcgi.py`.
    pub script_processor: &'a str,
    /// What wfastcgi looks up; nothing when no entry point is known.
    pub wsgi_handler: Option<String>,
    /// `DJANGO_SETTINGS_MODULE`.
    pub settings: Option<&'a str>,
    /// Folders below the application's root that Python imports from.
    pub python_path: &'a [PackagePath],
}

impl Plan<'_> {
    fn python_path(&self) -> String {
        let root = self.target.site_root;
        let below = self.python_path.iter().map(|path| format!("{root}\\{}", path.as_str().replace('/', "\\")));
        std::iter::once(root.to_owned()).chain(below).collect::<Vec<_>>().join(";")
    }

    fn settings(&self) -> Vec<(&'static str, String, &'static str)> {
        let mut settings = vec![("PYTHONPATH", self.python_path(), PYTHONPATH)];
        settings.extend(self.wsgi_handler.clone().map(|handler| ("WSGI_HANDLER", handler, WSGI_HANDLER)));
        settings.extend(self.settings.map(|name| ("DJANGO_SETTINGS_MODULE", name.to_owned(), DJANGO_SETTINGS)));
        settings
    }
}

const PYTHONPATH: &str = "\
<!-- Where Python looks for modules: the root of the site, where the application and the
     frameworks that come with it are. -->";

const WSGI_HANDLER: &str = "\
<!-- The WSGI application: the name of a module, a dot, and the name of an object in it.
     Parentheses at the end mean that the object is called and returns the application. -->";

const DJANGO_SETTINGS: &str = "\
<!-- The settings that Django starts with. -->";

const APP_SETTINGS: &str = "\
<!-- wfastcgi makes an environment variable of each key. -->";

const HANDLERS: &str = "\
<!-- Sends requests for handler.fcgi to Python: the path of the interpreter, a bar, and the path
     of wfastcgi, exactly as the host has registered them. -->";

const REWRITE: &str = "\
<!-- Routes every request that is not for a file to the handler. Needs the URL Rewrite module.
     The query string has to be appended: wfastcgi restores only the path. -->";

/// A new web.config.
#[must_use]
pub fn new(plan: &Plan<'_>) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<configuration>\n".to_owned();
    out.push_str(&indent(&app_settings(plan), 1));
    let all = Missing { handler: Some(HANDLER.to_owned()), rewrite: Some(RULE.to_owned()) };
    out.push_str(&indent(&server(plan, &all), 1));
    out.push_str("</configuration>\n");
    out
}

/// The edits that add what an existing web.config lacks; values that stand there are kept.
#[must_use]
pub fn complete(config: &WebConfig, text: &Text, plan: &Plan<'_>) -> Vec<Edit> {
    let file = &config.source.path;
    // What is not well-formed, or is another kind of file, has to be corrected by a person first.
    let Some(root) = config.root().filter(|root| root.is("configuration")) else { return Vec::new() };
    if !config.source.document.problems.is_empty() {
        return Vec::new();
    }
    let mut edits = Vec::new();
    let mut at_root = String::new();
    let missing: Vec<_> = plan.settings().into_iter().filter(|(key, ..)| config.setting(key).is_none()).collect();
    // Without FastCGI nothing reads them.
    if !missing.is_empty() && config.http_platform.is_none() {
        match root.find("appSettings") {
            // Another file has the keys; wfastcgi does not read it, which the validator says.
            Some(element) if element.attribute("configSource").is_some() => {}
            Some(element) => edits.push(append_child(file, text, element, &setting_lines(&missing))),
            None => at_root.push_str(&app_settings(plan)),
        }
    }
    let handler = config.wfastcgi().next().is_none() && config.http_platform.is_none();
    let own_path = config.wfastcgi().filter_map(|handler| handler.path.as_ref()).any(|path| path.text != "*");
    let routed =
        config.rewrites.iter().filter_map(|rule| rule.target.as_ref()).any(|target| target.text.contains(".fcgi"));
    let rewrite = (handler || own_path) && !routed;
    let missing = Missing {
        handler: handler.then(|| free(HANDLER, root, "system.webServer/handlers")),
        rewrite: rewrite.then(|| free(RULE, root, "system.webServer/rewrite/rules")),
    };
    if handler || rewrite {
        match root.find("system.webServer") {
            Some(server) => edits.extend(complete_server(file, text, server, plan, &missing)),
            None => at_root.push_str(&server(plan, &missing)),
        }
    }
    if !at_root.is_empty() {
        edits.push(append_child(file, text, root, at_root.trim_end()));
    }
    edits
}

/// What `system.webServer` lacks, under names that are free there.
struct Missing {
    handler: Option<String>,
    rewrite: Option<String>,
}

const HANDLER: &str = "Python_FastCGI";
const RULE: &str = "Rewrite Rule";

/// A name that no element of a list has: IIS refuses a list with two of one name.
fn free(name: &str, root: &Element, list: &str) -> String {
    let taken = |name: &str| {
        let named = |element: &Element| element.value("name").is_some_and(|own| own.eq_ignore_ascii_case(name));
        root.find(list).is_some_and(|list| list.elements().any(named))
    };
    let numbered = (2..).map(|number| format!("{name} {number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
}

fn complete_server(file: &PackagePath, text: &Text, server: &Element, plan: &Plan<'_>, missing: &Missing) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut lines = String::new();
    if let Some(name) = &missing.handler {
        match server.find("handlers") {
            Some(handlers) => edits.push(append_child(file, text, handlers, &handler_lines(plan, name))),
            None => lines.push_str(&handlers_section(plan, name)),
        }
    }
    if let Some(name) = &missing.rewrite {
        match (server.find("rewrite/rules"), server.find("rewrite")) {
            (Some(rules), _) => edits.push(append_child(file, text, rules, &rewrite_rule(name))),
            (None, Some(element)) => edits.push(append_child(file, text, element, &rules_section(name))),
            (None, None) => lines.push_str(&rewrite_section(name)),
        }
    }
    if !lines.is_empty() {
        edits.push(append_child(file, text, server, lines.trim_end()));
    }
    edits
}

fn app_settings(plan: &Plan<'_>) -> String {
    let lines = indent(&setting_lines(&plan.settings()), 1);
    format!("{APP_SETTINGS}\n<appSettings>\n{lines}</appSettings>\n")
}

fn setting_lines(settings: &[(&str, String, &str)]) -> String {
    let line = |(key, value, comment): &(&str, String, &str)| {
        format!("{comment}\n<add key=\"{key}\" value=\"{}\" />\n", escape(value))
    };
    settings.iter().map(line).collect::<String>().trim_end().to_owned()
}

fn server(plan: &Plan<'_>, missing: &Missing) -> String {
    let handlers = missing.handler.as_ref().map(|name| handlers_section(plan, name));
    let rewrite = missing.rewrite.as_ref().map(|name| rewrite_section(name));
    let lines: String = handlers.into_iter().chain(rewrite).collect();
    format!("<system.webServer>\n{}</system.webServer>\n", indent(&lines, 1))
}

fn handlers_section(plan: &Plan<'_>, name: &str) -> String {
    format!("{HANDLERS}\n<handlers>\n{}</handlers>\n", indent(&handler_lines(plan, name), 1))
}

fn handler_lines(plan: &Plan<'_>, name: &str) -> String {
    format!(
        r#"<add name="{name}"
     path="{HANDLER_FILE}"
     verb="*"
     modules="FastCgiModule"
     scriptProcessor="{processor}"
     resourceType="Either"
     requireAccess="Script" />"#,
        name = escape(name),
        processor = escape(plan.script_processor),
    )
}

fn rewrite_section(name: &str) -> String {
    format!("{REWRITE}\n<rewrite>\n{}</rewrite>\n", indent(&rules_section(name), 1))
}

fn rules_section(name: &str) -> String {
    format!("<rules>\n{}</rules>", indent(&rewrite_rule(name), 1))
}

fn rewrite_rule(name: &str) -> String {
    format!(
        r#"<rule name="{name}" stopProcessing="true">
  <match url="(.*)" ignoreCase="false" />
  <conditions>
    <add input="{{REQUEST_FILENAME}}" matchType="IsFile" negate="true" />
  </conditions>
  <action type="Rewrite" url="{HANDLER_FILE}/{{R:1}}" appendQueryString="true" />
</rule>"#,
        name = escape(name),
    )
}

/// Two blanks a level before every line, and a line end after the last.
fn indent(lines: &str, levels: usize) -> String {
    lines.lines().map(|line| format!("{}{line}\n", "  ".repeat(levels))).collect()
}
