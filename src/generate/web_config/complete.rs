//! What an existing web.config lacks, as edits: comments, order and indentation of the rest stay.

use super::lines::{free, server};
use super::{Plan, handlers, process, rewrite, settings};
use crate::fix::Edit;
use crate::model::WebConfig;
use crate::path::PackagePath;
use crate::target::Hosting;
use crate::text::Text;
use crate::xml::{Element, append_child};

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
    // The file's own manner is kept, whatever the target: what differs is reported.
    let by_process = config.http_platform.is_some()
        || plan.target.hosting == Hosting::HttpPlatform && config.wfastcgi().next().is_none();
    if !by_process {
        edits.extend(settings(config, text, root, plan, &mut at_root));
    }
    let missing = Missing::of(config, root, plan, by_process);
    if !missing.is_empty() {
        match root.find("system.webServer") {
            Some(server) => edits.extend(missing.add_to(file, text, server, plan)),
            None => at_root.push_str(&server(&missing.sections(plan))),
        }
    }
    if !at_root.is_empty() {
        edits.push(append_child(file, text, root, at_root.trim_end()));
    }
    edits
}

/// The settings for wfastcgi that are not there.
fn settings(config: &WebConfig, text: &Text, root: &Element, plan: &Plan<'_>, at_root: &mut String) -> Option<Edit> {
    let missing: Vec<_> = settings::all(plan).into_iter().filter(|(key, ..)| config.setting(key).is_none()).collect();
    if missing.is_empty() {
        return None;
    }
    match root.find("appSettings") {
        // Another file has the keys; wfastcgi does not read it, which the validator says.
        Some(element) if element.attribute("configSource").is_some() => None,
        Some(element) => Some(append_child(&config.source.path, text, element, &settings::lines(&missing))),
        None => {
            at_root.push_str(&settings::section(plan));
            None
        }
    }
}

/// What `system.webServer` lacks, under names that are free there.
struct Missing {
    handler: Option<String>,
    rewrite: Option<String>,
    process: bool,
}

impl Missing {
    fn of(config: &WebConfig, root: &Element, plan: &Plan<'_>, by_process: bool) -> Self {
        let handler_name = |name| free(name, root, "system.webServer/handlers");
        let rule_name = || free(rewrite::RULE, root, "system.webServer/rewrite/rules");
        if by_process {
            let process = config.http_platform.is_none();
            let moved = rewrite::moves(plan.static_folders);
            return Self {
                handler: process.then(|| handler_name(handlers::HTTP_PLATFORM)),
                rewrite: (process && moved && config.rewrites.is_empty()).then(rule_name),
                process,
            };
        }
        let handler = config.wfastcgi().next().is_none();
        let own_path = config.wfastcgi().filter_map(|handler| handler.path.as_ref()).any(|path| path.text != "*");
        let routed =
            config.rewrites.iter().filter_map(|rule| rule.target.as_ref()).any(|target| target.text.contains(".fcgi"));
        let rewrite = (handler || own_path) && !routed;
        Self {
            handler: handler.then(|| handler_name(handlers::FAST_CGI)),
            rewrite: rewrite.then(rule_name),
            process: false,
        }
    }

    const fn is_empty(&self) -> bool {
        self.handler.is_none() && self.rewrite.is_none() && !self.process
    }

    /// All of it, for a file without `system.webServer`.
    fn sections(&self, plan: &Plan<'_>) -> Vec<String> {
        let handlers = self.handler.as_ref().map(|name| handlers::section(plan, name));
        let process = self.process.then(|| process::section(plan));
        let rewrite = self.rewrite.as_ref().map(|name| rewrite::section(plan, name));
        handlers.into_iter().chain(process).chain(rewrite).collect()
    }

    fn add_to(&self, file: &PackagePath, text: &Text, server: &Element, plan: &Plan<'_>) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut lines = String::new();
        if let Some(name) = &self.handler {
            match server.find("handlers") {
                Some(handlers) => edits.push(append_child(file, text, handlers, &handlers::lines(plan, name))),
                None => lines.push_str(&handlers::section(plan, name)),
            }
        }
        if self.process {
            lines.push_str(&process::section(plan));
        }
        if let Some(name) = &self.rewrite {
            match (server.find("rewrite/rules"), server.find("rewrite")) {
                (Some(rules), _) => edits.push(append_child(file, text, rules, &rewrite::rules(plan, name))),
                (None, Some(element)) => {
                    edits.push(append_child(file, text, element, &rewrite::rules_section(plan, name)));
                }
                (None, None) => lines.push_str(&rewrite::section(plan, name)),
            }
        }
        if !lines.is_empty() {
            edits.push(append_child(file, text, server, lines.trim_end()));
        }
        edits
    }
}
