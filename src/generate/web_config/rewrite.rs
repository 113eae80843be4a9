//! `rewrite`: which requests are for files, and that all others are for Python.

use super::Plan;
use super::lines::indent;
use crate::generate::HANDLER_FILE;
use crate::model::static_rule::{self, FILES, literal};
use crate::path::PackagePath;
use crate::target::Hosting;
use crate::xml::escape;

/// A folder whose files anyone may fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaticFolder {
    /// What the path of a request begins with, without slashes around it: `static`.
    pub url: String,
    /// Where the files are, below the application's root.
    pub folder: PackagePath,
}

const COMMENT: &str = "\
<!-- Routes every request to the handler, also one for a file that exists: nobody can read the
     application's own files. Needs the URL Rewrite module.
     The query string has to be appended: wfastcgi restores only the path. -->";

const COMMENT_WITH_FILES: &str = "\
<!-- What the rule for static files names is fetched as a file. Every other request is routed to the
     handler, also one for a file that exists: nobody can read the application's own files.
     Needs the URL Rewrite module.
     The query string has to be appended: wfastcgi restores only the path. -->";

const COMMENT_OF_PROCESS: &str = "\
<!-- These files are in a folder with another name than their address has.
     Needs the URL Rewrite module. -->";

/// The name of the rule that leads to Python.
pub(super) const RULE: &str = "Rewrite Rule";

/// The section, with the rule for Python under a name; empty when nothing is rewritten.
pub(super) fn section(plan: &Plan<'_>, name: &str) -> String {
    let lines = rules_section(plan, name);
    let comment = match plan.target.hosting {
        Hosting::FastCgi if plan.static_folders.is_empty() && plan.root_files.is_empty() => COMMENT,
        Hosting::FastCgi => COMMENT_WITH_FILES,
        Hosting::HttpPlatform => COMMENT_OF_PROCESS,
    };
    if lines.is_empty() { lines } else { format!("{comment}\n<rewrite>\n{}</rewrite>\n", indent(&lines, 1)) }
}

/// The list of rules; empty when there is none.
pub(super) fn rules_section(plan: &Plan<'_>, name: &str) -> String {
    let lines = rules(plan, name);
    if lines.is_empty() { lines } else { format!("<rules>\n{}</rules>", indent(&lines, 1)) }
}

/// The rules alone.
pub(super) fn rules(plan: &Plan<'_>, name: &str) -> String {
    let mut rules: Vec<String> = renamed(plan.static_folders);
    if plan.target.hosting == Hosting::FastCgi {
        let folders: Vec<&PackagePath> = plan.static_folders.iter().map(|own| &own.folder).collect();
        rules.extend(static_rule::files(&folders, plan.root_files));
        rules.push(static_rule::python(name, HANDLER_FILE));
    }
    rules.join("\n")
}

/// Whether files lie in folders with other names than their addresses have.
#[must_use]
pub fn moves(folders: &[StaticFolder]) -> bool {
    !renamed(folders).is_empty()
}

/// The rules that lead from an address to the folder, and from a folder to the next that has files of
/// the same address. What is in none of them goes on to Python, which sees the address as it was.
fn renamed(folders: &[StaticFolder]) -> Vec<String> {
    let mut urls: Vec<&str> = Vec::new();
    for own in folders {
        if !urls.contains(&own.url.as_str()) {
            urls.push(&own.url);
        }
    }
    // The longer address first: `static/admin` is also one of `static`.
    urls.sort_by_key(|url| std::cmp::Reverse(url.len()));
    let mut rules = Vec::new();
    for url in urls {
        let mut before = url;
        for (number, own) in folders.iter().filter(|own| own.url == url).enumerate() {
            if !before.eq_ignore_ascii_case(own.folder.as_str()) {
                let name =
                    format!("{FILES} of {url}{}", if number == 0 { String::new() } else { format!(" {}", number + 1) });
                rules.push(lead(&name, before, own.folder.as_str(), number > 0));
            }
            before = own.folder.as_str();
        }
    }
    rules
}

/// The rule that leads from a folder to another, `if_missing` only for what the first has not.
fn lead(name: &str, from: &str, to: &str, if_missing: bool) -> String {
    let condition = if if_missing {
        "\n  <conditions>\n    <add input=\"{REQUEST_FILENAME}\" matchType=\"IsFile\" negate=\"true\" />\n  </conditions>"
    } else {
        ""
    };
    format!(
        r#"<rule name="{name}">
  <match url="^{from}/(.+)$" />{condition}
  <action type="Rewrite" url="{to}/{{R:1}}" />
</rule>"#,
        name = escape(name),
        from = escape(&literal(from)),
        to = escape(to),
    )
}
