//! Where the answers go: the entries of parameters, run on the files of the package.
//!
//! What cannot be judged here says so in [`Run::unchecked`]; then nothing may be called wrong.

use std::rc::Rc;

use super::expression::Expression;
use super::manifest::Provider;
use super::parameters::{Matching, Parameter, ParameterEntry};
use super::{Manifest, Package, Value};
use crate::contents::Contents;
use crate::limits;
use crate::path::PackagePath;
use crate::text::{Position, Span, Text};

const TOO_MUCH: &str = "there is too much to search";

/// What an entry does to the package.
#[derive(Debug, Default)]
pub struct Run {
    /// The kind of the entry, as written.
    pub kind: String,
    /// Its scope, as written.
    pub scope: Option<String>,
    /// Its match, as written.
    pub matching: Option<String>,
    /// The files in its scope.
    pub files: Rc<Vec<PackagePath>>,
    /// What it replaces, at most `limits::HITS`.
    pub hits: Vec<Hit>,
    /// Whether there is more than that.
    pub more: bool,
    /// Why it is not judged, or not on all of its files; a sentence without its end.
    pub unchecked: Option<String>,
}

/// Something that is replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The file; that of the manifest for a provider.
    pub file: PackagePath,
    /// The name of the provider whose path it is.
    pub provider: Option<String>,
    /// Where it begins.
    pub position: Position,
    /// What stands there, cut when it is long.
    pub text: String,
}

/// Runs entries on one package.
pub(super) struct Runner<'a> {
    contents: &'a Contents<'a>,
    manifest: Option<&'a Manifest>,
    /// The files as Windows names them, `\` before each segment.
    names: Vec<(String, PackagePath)>,
    /// How many of them are not copies of others.
    own: usize,
    /// Scopes that were asked for.
    scopes: Vec<(String, Scope)>,
    /// How many bytes may still be searched.
    left: usize,
}

#[derive(Clone)]
struct Scope {
    files: Rc<Vec<PackagePath>>,
    unchecked: Option<String>,
}

impl<'a> Runner<'a> {
    pub(super) fn new(package: &'a Package, contents: &'a Contents<'a>) -> Self {
        let own = package.parameters.as_ref().map(|parameters| &parameters.source.path);
        let files = contents.tree().files().map(|entry| &entry.path).filter(|path| Some(*path) != own);
        let mut names: Vec<(String, PackagePath)> = Vec::new();
        names.extend(files.map(|path| (windows(path.as_str()), path.clone())));
        let own = names.len();
        let manifest = package.manifest.as_ref();
        for alias in manifest.into_iter().flat_map(|manifest| manifest.named("alias")) {
            names.extend(copies(alias, contents));
        }
        Self { contents, manifest, names, own, scopes: Vec::new(), left: limits::SEARCHED_TOTAL }
    }

    pub(super) fn parameter(&mut self, parameter: &Parameter) -> Vec<Run> {
        let run = |entry: &ParameterEntry| {
            let text = |value: &Option<Value>| value.as_ref().map(|value| value.text.clone());
            let (scope, matching) = (text(&entry.scope), text(&entry.matching));
            Run { kind: text(&entry.kind).unwrap_or_default(), scope, matching, ..self.entry(entry) }
        };
        parameter.entries.iter().map(run).collect()
    }

    fn entry(&mut self, entry: &ParameterEntry) -> Run {
        if entry.is("ProviderPath") {
            return self.providers(entry);
        }
        if entry.is("DestinationBinding") || entry.is("DestinationVirtualDirectory") {
            return Run::unchecked("it is about the server, not about the package");
        }
        if !entry.is_on_files() {
            return Run::unchecked("entries of this kind are not run here");
        }
        let Some(scope) = self.scope(entry) else { return Run::default() };
        let mut run = Run { files: Rc::clone(&scope.files), unchecked: scope.unchecked, ..Run::default() };
        let small = |path: &PackagePath| self.contents.tree().get(path);
        self.contents.prefetch(scope.files.iter().take(limits::SCOPE_FILES).filter_map(small));
        for (file, number) in scope.files.iter().zip(0..) {
            if number == limits::SCOPE_FILES {
                run.unchecked = Some(format!("only the first {number} of {} files were searched", scope.files.len()));
                break;
            }
            let found = self.file(entry, file, limits::HITS + 1 - run.hits.len());
            match found {
                Ok(hits) => run.hits.extend(hits),
                Err(why) => run.unchecked = Some(why),
            }
            if run.hits.len() > limits::HITS {
                run.hits.truncate(limits::HITS);
                run.more = true;
                break;
            }
        }
        run
    }

    fn providers(&self, entry: &ParameterEntry) -> Run {
        let mut run = Run { unchecked: entry.unread(), ..Run::default() };
        let Some(manifest) = self.manifest.filter(|_| run.unchecked.is_none()) else { return run };
        let text = self.contents.text(&manifest.source.path);
        let position =
            |span: Span| text.as_ref().map_or(Position { line: 1, column: 1 }, |text| text.position(span.start));
        for provider in &manifest.providers {
            match entry.targets(provider) {
                Ok(true) => run.hits.push(Hit {
                    file: manifest.source.path.clone(),
                    provider: Some(provider.name.clone()),
                    position: position(provider.path_span()),
                    text: provider.path_text().to_owned(),
                }),
                Ok(false) => {}
                Err(why) => run.unchecked = Some(why.0.to_owned()),
            }
        }
        run
    }

    fn scope(&mut self, entry: &ParameterEntry) -> Option<Scope> {
        let text = &entry.scope.as_ref()?.text;
        if let Some((_, known)) = self.scopes.iter().find(|(own, _)| own == text) {
            return Some(known.clone());
        }
        let bytes = self.names.iter().map(|(name, _)| name.len()).sum();
        let scope = match &entry.scoped {
            Some(Ok(_)) if !self.spend(bytes) => Scope { files: Rc::default(), unchecked: Some(TOO_MUCH.to_owned()) },
            Some(Ok(expression)) => self.files(expression, text),
            _ => Scope { files: Rc::default(), unchecked: entry.unread() },
        };
        self.scopes.push((text.clone(), scope.clone()));
        Some(scope)
    }

    /// The files in a scope: it is searched in their paths, as Windows writes them and with `/`, and
    /// in the names of the providers whose scripts they are.
    fn files(&self, expression: &Expression, text: &str) -> Scope {
        let mut files: Vec<PackagePath> = Vec::new();
        let mut unchecked = None;
        let slashes = text.contains('/');
        for ((name, path), number) in self.names.iter().zip(0..) {
            let hit = match expression.hits(name) {
                Ok(false) if slashes => expression.hits(&name.replace('\\', "/")),
                hit => hit,
            };
            match hit {
                Ok(true) if number < self.own || !files.contains(path) => files.push(path.clone()),
                Ok(_) => {}
                Err(why) => unchecked = Some(why.0.to_owned()),
            }
        }
        for provider in self.manifest.into_iter().flat_map(|manifest| &manifest.providers) {
            let script = || Some(&self.contents.tree().file_ignoring_case(provider.path_text())?.path);
            let database = provider.is("dbFullSql") || provider.is("dbMySql");
            if database
                && expression.hits(&provider.name) == Ok(true)
                && let Some(path) = script()
                && !files.contains(path)
            {
                files.push(path.clone());
            }
        }
        Scope { files: Rc::new(files), unchecked }
    }

    /// Takes bytes off what may still be searched; whether they were there.
    const fn spend(&mut self, bytes: usize) -> bool {
        let left = self.left.checked_sub(bytes);
        if let Some(left) = left {
            self.left = left;
        }
        left.is_some()
    }

    fn file(&mut self, entry: &ParameterEntry, file: &PackagePath, most: usize) -> Result<Vec<Hit>, String> {
        let text = self.contents.text(file).ok_or_else(|| format!("`{file}` is too large, or cannot be read"))?;
        if !self.spend(text.as_str().len()) {
            return Err(TOO_MUCH.to_owned());
        }
        let hit = |span: Span, own: &str| {
            let position = text.position(span.start);
            Hit { file: file.clone(), provider: None, position, text: cut(own) }
        };
        match &entry.matching_read {
            Matching::Expression(Ok(expression)) => {
                let found = expression.find(text.as_str(), most).map_err(|why| why.0.to_owned())?;
                Ok(found.into_iter().map(|span| hit(span, text.slice(span))).collect())
            }
            Matching::Path(Ok(path)) => {
                let document = self.contents.xml(file).filter(|document| document.problems.is_empty());
                let document = document.ok_or_else(|| format!("`{file}` is not well-formed XML"))?;
                let found = path.select(&document)?;
                Ok(found.into_iter().take(most).map(|found| hit(found.span, found.value.trim())).collect())
            }
            Matching::Position(Some(position)) => {
                Ok(at(&text, *position).map(|span| hit(span, text.slice(span))).into_iter().collect())
            }
            _ => Err(entry.unread().unwrap_or_default()),
        }
    }
}

impl Run {
    fn unchecked(why: &str) -> Self {
        Self { unchecked: Some(why.to_owned()), ..Self::default() }
    }
}

/// A path as the scope of an entry sees it: `\shop\web.config`.
#[must_use]
pub fn windows(path: &str) -> String {
    format!("\\{}", path.replace('/', "\\"))
}

/// The copies that an alias makes, each with the file that it is a copy of.
fn copies(alias: &Provider, contents: &Contents<'_>) -> Vec<(String, PackagePath)> {
    let path = |name: &str| {
        let attribute = alias.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name))?;
        PackagePath::new(&attribute.value).ok()
    };
    let (Some(from), Some(to)) = (path("from"), path("to")) else { return Vec::new() };
    let files = contents.tree().files().filter_map(|entry| {
        let below = entry.path.strip_ignoring_case(&from).map(|rest| format!("{to}/{rest}"));
        let copy = below.or_else(|| entry.path.same(from.as_str()).then(|| to.to_string()))?;
        Some((windows(&copy), entry.path.clone()))
    });
    files.collect()
}

/// The place of `line;column;count`, which counts characters as .NET does.
fn at(text: &Text, [line, column, count]: [u32; 3]) -> Option<Span> {
    let content = text.as_str();
    let own = text.line(line);
    let start = (own.as_ptr() as usize).checked_sub(content.as_ptr() as usize).filter(|_| line <= text.line_count())?;
    let offset = |units: u32| {
        let mut left = units;
        let place = content.get(start..)?.char_indices().find(|(_, char)| {
            let done = left == 0;
            left = left.saturating_sub(u32::try_from(char.len_utf16()).unwrap_or(1));
            done
        });
        place.map(|(at, _)| start + at)
    };
    let first = offset(column.checked_sub(1)?)?;
    let last = offset(column.checked_sub(1)?.checked_add(count)?).unwrap_or(content.len());
    Some(Span::new(first, last))
}

/// Text that can be shown in a line.
fn cut(text: &str) -> String {
    const MOST: usize = 120;
    let mut out: String = text.chars().take(MOST).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}
