//! WEB021: a `WSGI_HANDLER` that wfastcgi cannot look up.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::model::wsgi_handler::{HandlerProblem, WsgiHandler};
use crate::rules::Context;
use crate::rules::configuration::set_at_installation;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for a `WSGI_HANDLER` that is not `module.object`: names with dots between them, each
    /// with `()` or without, at least two.
    /// A value that a parameter writes at installation is left alone.
    ///
    /// ## Why it matters
    /// wfastcgi splits the value at its dots, imports what stands before and takes the rest from
    /// it.
    /// `app:app`, which other servers want, and `shop/app.app` end with error 500 and
    /// `"app:app" could not be imported`; `app.py` ends with an AttributeError, for the module
    /// `app` has no `py`.
    ///
    /// ## Example
    /// ```xml
    /// <add key="WSGI_HANDLER" value="app:application" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <add key="WSGI_HANDLER" value="app.application" />
    /// ```
    ///
    /// ## Fix
    /// Writes `:` and slashes as dots and drops blanks, else takes the entry point that was found
    /// in the code.
    /// Please review it.
    ///
    /// ## References
    /// - wfastcgi 3.0.0, `get_wsgi_handler`
    "web-config/unreadable-wsgi-handler", WEB021, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(config) = cx.python_web_config() else { return };
    let Some(setting) = config.setting("WSGI_HANDLER") else { return };
    let written = setting.value.text.as_str();
    let Err(problem) = WsgiHandler::parse(written) else { return };
    if problem == HandlerProblem::Empty || set_at_installation(cx, config, setting) {
        return;
    }
    let path = &config.source.path;
    let diagnostic =
        Diagnostic::new(Location::span(path, setting.value.span), format!("`{written}` {}", complaint(&problem)))
            .consequence(consequence(written))
            .help("Write the module, a dot and the name of the object in it, as in `app.application`.");
    let better = mended(written).or_else(|| cx.entry_point());
    out.push(match better {
        Some(better) => diagnostic.fix(Fix::review(
            format!("Use `{better}`"),
            vec![Edit::replace(path, setting.value.span, xml::escape(&better))],
        )),
        None => diagnostic,
    });
}

/// What wfastcgi says: it imports what stands before the last dot, then looks for the rest in it.
fn consequence(written: &str) -> String {
    let importable = |module: &&str| module.split('.').all(|part| !part.is_empty() && part.chars().all(is_name_char));
    match written.rsplit_once('.').map(|(module, object)| (module.trim_end_matches("()"), object)) {
        Some((module, object)) if importable(&module) => {
            format!(
                "wfastcgi finds no `{object}` in `{module}` and stops with an AttributeError: every request gets error 500."
            )
        }
        _ => format!("wfastcgi stops with `\"{written}\" could not be imported`: every request gets error 500."),
    }
}

fn is_name_char(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}

fn complaint(problem: &HandlerProblem) -> String {
    match problem {
        HandlerProblem::Empty => "is empty".to_owned(),
        HandlerProblem::Colon => "has a colon, which wfastcgi does not know".to_owned(),
        HandlerProblem::FileName => "is the name of a file, not of an object in a module".to_owned(),
        HandlerProblem::Slash => "has a slash, modules are separated by dots".to_owned(),
        HandlerProblem::Blank => "has a blank in it".to_owned(),
        HandlerProblem::Arguments => "has something in the parentheses, which wfastcgi does not read".to_owned(),
        HandlerProblem::NoDot => "names no object in the module: there is no dot".to_owned(),
        HandlerProblem::Name(part) if part.is_empty() => "has nothing on one side of a dot".to_owned(),
        HandlerProblem::Name(part) => format!("has the part `{part}`, which is not a name in Python"),
    }
}

/// The handler with the signs of other notations turned into dots, when that makes it readable.
fn mended(written: &str) -> Option<String> {
    let bare: String = written.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = bare.trim_start_matches(['.', '/', '\\']).replace(".py:", ".");
    let dotted = bare.replace([':', '/', '\\'], ".");
    // The last part of a file name is no object: parsing refuses it.
    (dotted != written && WsgiHandler::parse(&dotted).is_ok()).then_some(dotted)
}

#[cfg(test)]
mod tests {
    use super::mended;

    #[test]
    fn mends_what_other_servers_want() {
        for (written, better) in [
            ("app:app", Some("app.app")),
            ("shop.app:create()", Some("shop.app.create()")),
            ("shop/app.py:app", Some("shop.app.app")),
            (r".\shop\app.app", Some("shop.app.app")),
            (" app.app ", Some("app.app")),
            ("app.py", None),
            ("app", None),
            ("app.make('x')", None),
        ] {
            assert_eq!(mended(written).as_deref(), better, "{written}");
        }
    }
}
