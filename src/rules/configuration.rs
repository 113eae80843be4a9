//! What several rules of web.config say or do in the same way.

use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::fix::{Edit, Fix};
use crate::model::Value;
use crate::model::expression::Expression;
use crate::model::provider::distance;
use crate::model::static_rule;
use crate::model::web_config::{Handler, Rewrite, Setting, WebConfig};
use crate::path::PackagePath;
use crate::rules::Context;
use crate::target;
use crate::text::Span;
use crate::xml;

/// Reports a value that is none of the words that IIS knows; only a warning when its case differs.
pub(super) fn unknown_choice(
    path: &PackagePath,
    attribute: &str,
    value: &Value,
    known: &[&str],
    otherwise: &str,
) -> Option<Diagnostic> {
    let written = value.text.as_str();
    if known.contains(&written) {
        return None;
    }
    let lower = written.to_lowercase();
    let near = known.iter().map(|word| (distance(&lower, &word.to_lowercase()), *word)).min();
    let (difference, nearest) = near?;
    let meant = if difference <= 2 && difference < nearest.len() / 2 { nearest } else { otherwise };
    let diagnostic = Diagnostic::new(
        Location::span(path, if written.is_empty() { widened(value.span) } else { value.span }),
        format!("`{attribute}` is `{written}`, which is none of the words that IIS knows"),
    )
    .consequence("IIS answers every request with error 500.19, the configuration data is invalid.")
    .help(format!("Use one of {}.", listed(known)))
    .fix(Fix::safe(format!("Use `{meant}`"), vec![Edit::replace(path, value.span, meant)]));
    if difference > 0 {
        return Some(diagnostic);
    }
    let location = diagnostic.location.clone();
    Some(
        Diagnostic {
            fixes: diagnostic.fixes,
            ..Diagnostic::new(location, format!("`{attribute}` is `{written}`, which is spelled `{meant}`"))
        }
        .consequence("A server that compares the case refuses the file with error 500.19.")
        .help(format!("Write `{meant}`."))
        .severity(Severity::Warning),
    )
}

/// Words in a row: "`a`, `b` and `c`".
fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// An empty value with its quotes, so that there is something to point at.
pub(super) const fn widened(span: Span) -> Span {
    Span::new(span.start.saturating_sub(1), span.end + 1)
}

/// Whether a parameter puts something else in the place of a setting of web.config when the
/// package is installed, so that what stands there now says nothing.
pub(super) fn set_at_installation(cx: &Context<'_>, config: &WebConfig, setting: &Setting) -> bool {
    replaced_at_installation(cx, config, setting.key.text.trim(), &setting.value.text)
}

/// Whether a process is the interpreter.
pub(super) fn is_python(process: &str) -> bool {
    let name = process.trim().trim_matches('"').rsplit(['\\', '/']).next().unwrap_or("").to_ascii_lowercase();
    matches!(name.strip_suffix(".exe").unwrap_or(&name), "python" | "python3" | "pythonw" | "py")
}

/// The file of Python that the arguments of the interpreter name first; nothing for `-m` and `-c`.
pub(super) fn program(arguments: &str) -> Option<&str> {
    let mut rest = arguments.trim_start();
    loop {
        let (first, behind) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => rest.split_once(' ').unwrap_or((rest, "")),
        };
        match first {
            "-u" | "-O" | "-OO" | "-B" | "-E" | "-s" | "-S" | "-I" => rest = behind.trim_start(),
            file => {
                return Some(file).filter(|file| !file.starts_with('-') && file.to_ascii_lowercase().ends_with(".py"));
            }
        }
    }
}

/// Whether a parameter does so with a text that stands in an attribute of web.config.
pub(super) fn replaced_at_installation(cx: &Context<'_>, config: &WebConfig, name: &str, text: &str) -> bool {
    let entries = cx.package.parameters.iter().flat_map(|parameters| &parameters.list);
    entries.flat_map(|parameter| &parameter.entries).any(|entry| {
        let Some(matching) = entry.matching.as_ref().map(|matching| matching.text.as_str()) else { return false };
        // An expression that cannot be judged here may match.
        let hits = |pattern: &str, text: &str| Expression::compile(pattern).map_or(true, |e| e.is_match(text));
        let path = config.source.path.as_str();
        let scope = entry.scope.as_ref().map_or("", |scope| scope.text.as_str());
        let here = hits(scope, path) || hits(scope, &format!("\\{}", path.replace('/', "\\")));
        let named = matching.contains(name);
        let text = entry.is("TextFile") && hits(matching, text);
        let file = entry.is("TextFile") || entry.is("TextFilePosition") || entry.is("XmlFile");
        file && here && (named || text || entry.is("TextFilePosition"))
    })
}

/// The one file that a handler is for; nothing when it is for several or for something else.
pub(super) fn handler_file(handler: &Handler) -> Option<PackagePath> {
    let path = handler.path.as_ref()?.text.as_str();
    if path.contains(['*', '?', ',', ';', '%', '[', '{', '$', '<', '>', '|', '"']) || path != path.trim() {
        return None;
    }
    PackagePath::new(path).ok().filter(|path| !path.extension().is_empty())
}

/// The rewrite rules that lead to the file of a handler for wfastcgi.
pub(super) fn python_rewrites(config: &WebConfig) -> impl Iterator<Item = &Rewrite> {
    config.rewrites.iter().filter(|rewrite| {
        config.wfastcgi().filter_map(handler_file).any(|file| file.as_str().eq_ignore_ascii_case(rewrite.file()))
    })
}

/// The web.config files in folders of the application, which stand in for the one at its root there.
pub(super) fn nested(cx: &Context<'_>) -> Vec<WebConfig> {
    let (Some(root), Some(app)) = (cx.python_web_config(), &cx.app) else { return Vec::new() };
    let files = cx.tree().files().map(|entry| &entry.path).filter(|path| {
        *path != &root.source.path
            && path.name().eq_ignore_ascii_case("web.config")
            && path.strip_ignoring_case(app.folder).is_some()
    });
    let configs = files.filter_map(|path| WebConfig::at(cx.contents, path));
    configs.filter(|config| cx.is_whole(&config.source)).collect()
}

/// Takes the element with a start tag out of web.config.
pub(super) fn take_out(cx: &Context<'_>, config: &WebConfig, open: Span) -> Option<Edit> {
    let path = &config.source.path;
    Some(xml::remove(path, &*cx.contents.text(path)?, config.element(open)?))
}

/// The script processor that the hosts which are known here have for the application; nothing when
/// none of their interpreters can run it.
pub(super) fn known_processor(cx: &Context<'_>) -> Option<String> {
    let need = &cx.app.as_ref()?.detection.python;
    let choice = target::default().choose(need, None);
    choice.version.is_some_and(|version| need.allows(version)).then(|| choice.script_processor())
}

/// A diagnostic with the fixes that there are.
pub(super) fn with_fix(diagnostic: Diagnostic, fix: Option<Fix>) -> Diagnostic {
    match fix {
        Some(fix) => diagnostic.fix(fix),
        None => diagnostic,
    }
}

/// Gives a setting of web.config a value, or adds it after the others.
pub(super) fn write_setting(cx: &Context<'_>, config: &WebConfig, key: &str, value: &str) -> Option<Edit> {
    let path = &config.source.path;
    if let Some(setting) = config.setting(key) {
        return Some(Edit::replace(path, setting.value.span, xml::escape(value)));
    }
    let text = cx.contents.text(path)?;
    let root = config.root().filter(|root| root.is("configuration"))?;
    let add = format!("<add key=\"{key}\" value=\"{}\" />", xml::escape(value));
    Some(match root.find("appSettings") {
        Some(list) => xml::append_child(path, &text, list, &add),
        None => xml::append_child(path, &text, root, &format!("<appSettings>\n  {add}\n</appSettings>")),
    })
}

/// Place-holders of templates in a text: `%ROOTDIR%`, `[PYTHONPATH]`, `{PYTHON_PATH}`, `$PATH$`.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let known = ["%INTERPRETERPATH%", "%WFASTCGIPATH%", "%ROOTDIR%", "%PYTHON_HOME%"];
    let known = known.into_iter().filter(|token| text.to_ascii_uppercase().contains(token));
    let between = [('[', ']'), ('{', '}'), ('$', '$')].into_iter().filter_map(|(open, close)| {
        let start = text.find(open)?;
        let end = start + 1 + text.get(start + 1..)?.find(close)?;
        let name = text.get(start + 1..end)?;
        let is_name = name.len() > 2 && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
        text.get(start..=end).filter(|_| is_name)
    });
    known.chain(between)
}

/// The static folders of an application that hold no sources, where their address is their name.
pub(super) fn static_folders<'a>(cx: &'a Context<'_>) -> Vec<&'a PackagePath> {
    let Some(app) = &cx.app else { return Vec::new() };
    let tree = app.contents.tree();
    let own = app.detection.static_folders.iter().filter(|own| {
        own.url.trim_matches('/').eq_ignore_ascii_case(own.folder.as_str())
            && static_rule::is_harmless(tree, &own.folder)
    });
    own.map(|own| &own.folder).collect()
}

/// The rules that let static files pass and lead all else to the file of a handler.
pub(super) fn closed_rules(cx: &Context<'_>, name: &str, file: &str) -> String {
    let root_files = cx.app.as_ref().map_or_else(Vec::new, |app| static_rule::root_files(app.contents.tree()));
    let files = static_rule::files(&static_folders(cx), &root_files);
    files.into_iter().chain([static_rule::python(name, file)]).collect::<Vec<_>>().join("\n")
}
