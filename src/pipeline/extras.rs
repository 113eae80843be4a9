//! What a package does beyond copying the application, as a person asks for it.

use super::answers::UnknownAnswer;
use crate::contents::Contents;
use crate::generate::additions::{DatabaseEngine, Question, Target, Validation};
use crate::model::expression::{Engine, Expression, Trouble};
use crate::model::sql::Script;
use crate::model::static_rule;
use crate::path::{self, PackagePath};
use crate::tree::FileTree;
use crate::xml::xpath::XPath;

/// What a person asks for; paths are those below the application's root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extras {
    /// Folders that the application may write to; they are made when they are not there.
    pub writable_folders: Vec<String>,
    /// Scripts that set up a database.
    pub databases: Vec<Database>,
    /// Files that are copied while the package is installed: from, to.
    pub aliases: Vec<(String, String)>,
    /// What the installer is asked for.
    pub parameters: Vec<Asked>,
    /// Whether `runtime.txt` is written, which only deployment by git reads.
    pub runtime_txt: bool,
    /// The folders whose files are served as they are, with their addresses; instead of those found.
    pub static_folders: Option<Vec<(String, String)>>,
}

/// A script that sets up a database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Database {
    /// The file.
    pub script: String,
    /// `SQL` or `MySQL`; what the script looks like when nobody says.
    pub engine: Option<String>,
    /// The setting of the application that gets the address of the database.
    pub setting: Option<String>,
    /// How the address is put together from `{server}`, `{database}`, `{user}` and `{password}`.
    pub url: Option<String>,
}

/// What the installer is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The name of the parameter.
    pub name: String,
    /// What people see instead.
    pub friendly_name: Option<String>,
    /// What people read beside it.
    pub description: Option<String>,
    /// What stands in the field at first.
    pub default: Option<String>,
    /// Whether it is a password.
    pub password: bool,
    /// Which answers are accepted: the kinds, and what they need.
    pub validation: Option<(String, Option<String>)>,
    /// A setting of web.config.
    pub app_setting: Option<String>,
    /// A file, in which an XPath or an expression finds the place.
    pub file: Option<String>,
    /// See `file`.
    pub xpath: Option<String>,
    /// See `file`.
    pub matching: Option<String>,
}

type Checked<T> = Result<T, UnknownAnswer>;

fn bad<T>(text: String) -> Checked<T> {
    Err(UnknownAnswer(text))
}

impl Extras {
    /// Whether nothing is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn validate(&self, contents: &Contents<'_>, engine: &Engine) -> Checked<()> {
        for folder in &self.writable_folders {
            writable(folder)?;
        }
        for (url, folder) in self.static_folders.iter().flatten() {
            served(contents.tree(), url, folder)?;
        }
        for database in &self.databases {
            database.validate(contents)?;
        }
        for (from, to) in &self.aliases {
            file(contents.tree(), from, "copy")?;
            let fine = |path: &PackagePath| path.segments().all(|part| path::windows_problem(part).is_none());
            if !PackagePath::new(to).is_ok_and(|path| fine(&path)) {
                return bad(format!("`{to}` cannot be the path of a copy: name a file below the application's root"));
            }
        }
        let mut names: Vec<String> = Vec::new();
        for asked in &self.parameters {
            asked.validate(contents.tree(), engine)?;
            let name = asked.name.to_lowercase();
            if names.contains(&name) {
                return bad(format!("there are two parameters `{}`; each needs a name of its own", asked.name));
            }
            names.push(name);
        }
        Ok(())
    }
}

fn writable(folder: &str) -> Checked<()> {
    let Ok(path) = PackagePath::new(folder.trim_end_matches('/')) else {
        return bad(format!(
            "`{folder}` cannot be made writable: name a folder below the application's root, such as `media`; with rights \
             on all of it the application could change its own code"
        ));
    };
    if path.segments().any(|part| path::windows_problem(part).is_some()) {
        return bad(format!("`{folder}` cannot be made writable: it cannot be the name of a folder on Windows"));
    }
    Ok(())
}

fn served(tree: &FileTree, url: &str, folder: &str) -> Checked<()> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.' | '~');
    if url.trim_matches('/').is_empty() || !url.chars().all(plain) {
        return bad(format!("`{url}` cannot be the address of a static folder: write a path such as `/static/`"));
    }
    let Ok(path) = PackagePath::new(folder.trim_end_matches('/')) else {
        return bad(format!("`{folder}` cannot be served as it is: name a folder below the application's root"));
    };
    let inside = format!("/{}/", path.key());
    let mut files = tree.files().filter_map(|entry| {
        let (_, rest) =
            format!("/{}", entry.path.key()).split_once(&inside).map(|(a, b)| (a.to_owned(), b.to_owned()))?;
        Some((&entry.path, PackagePath::new(&rest).ok()?))
    });
    let Some(first) = files.next() else {
        return bad(format!("there is no folder `{folder}` with files in it to serve below `{url}`"));
    };
    match std::iter::once(first).chain(files).find(|(path, below)| static_rule::is_source(tree, path, below)) {
        Some((_, source)) => bad(format!("`{folder}` is not served as it is: anybody could fetch `{source}` in it")),
        None => Ok(()),
    }
}

/// Whether a tree has a file, or one that ends in the path: the root may have been found, not given.
fn file(tree: &FileTree, name: &str, what: &str) -> Checked<PackagePath> {
    let path = PackagePath::new(name).ok();
    let inside = format!("/{}", name.to_lowercase());
    let found = path.and_then(|path| {
        tree.file(path.as_str())
            .or_else(|| tree.files().find(|entry| format!("/{}", entry.path.key()).ends_with(&inside)))
    });
    found.map_or_else(|| bad(format!("there is no file `{name}` to {what}")), |entry| Ok(entry.path.clone()))
}

impl Database {
    fn validate(&self, contents: &Contents<'_>) -> Checked<()> {
        let path = file(contents.tree(), &self.script, "set up a database with")?;
        if !path.has_extension("sql") {
            return bad(format!("`{}` is no SQL script: its name has to end in `.sql`", self.script));
        }
        let Some(text) = contents.text(&path) else {
            return bad(format!("`{}` is too large for a script, or cannot be read", self.script));
        };
        match &self.engine {
            Some(name) if DatabaseEngine::by_name(name).is_none() => {
                return bad(format!("there is no engine `{name}`; Web Deploy runs scripts for SQL and MySQL"));
            }
            None if engine_of(text.as_str()).is_none() => {
                return bad(format!(
                    "`{}` does not say whether it is for SQL Server or MySQL: give its `engine`, SQL or MySQL",
                    self.script
                ));
            }
            _ => {}
        }
        self.setting.as_deref().map_or(Ok(()), setting)
    }

    /// The engine that runs it.
    pub(super) fn engine(&self, text: &str) -> Option<DatabaseEngine> {
        self.engine.as_deref().map_or_else(|| engine_of(text), DatabaseEngine::by_name)
    }
}

/// What a script looks like.
pub(super) fn engine_of(text: &str) -> Option<DatabaseEngine> {
    match Script::read(text).looks_like()? {
        "MySQL" => Some(DatabaseEngine::MySql),
        _ => Some(DatabaseEngine::SqlServer),
    }
}

fn setting(key: &str) -> Checked<()> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | ':');
    if key.is_empty() || !key.chars().all(plain) {
        return bad(format!("`{key}` cannot be the key of a setting: use letters, digits and `_`"));
    }
    Ok(())
}

impl Asked {
    fn validate(&self, tree: &FileTree, engine: &Engine) -> Checked<()> {
        let name = &self.name;
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
        if name.trim().is_empty() || name.trim() != name || !name.chars().all(plain) {
            return bad(format!("`{name}` cannot be the name of a parameter: use letters, digits, `_`, `-`, `.`"));
        }
        if self.password && self.default.is_some() {
            return bad(format!(
                "`{name}` is a password, and gets no default: everybody with the package could read it"
            ));
        }
        if let Some((kind, text)) = &self.validation {
            self.validated(kind, text.as_deref(), engine)?;
        }
        match (&self.app_setting, &self.file, &self.xpath, &self.matching) {
            (Some(key), None, None, None) => setting(key),
            (None, Some(path), Some(xpath), None) => {
                self.replaceable(tree, path)?;
                XPath::read(xpath).map_or_else(
                    |_| bad(format!("`{xpath}` is no XPath that finds an element or an attribute")),
                    |_| Ok(()),
                )
            }
            (None, Some(path), None, Some(matching)) => {
                self.replaceable(tree, path)?;
                match Expression::read(matching, engine) {
                    Err(Trouble::Mistake(why)) => bad(format!("`{matching}` is no regular expression: {why}")),
                    Ok(expression) if expression.is_match("") => bad(format!(
                        "`{matching}` matches everywhere, also where nothing is: it would replace the whole file"
                    )),
                    _ => Ok(()),
                }
            }
            _ => bad(format!(
                "the parameter `{name}` needs one target: {{ appSetting }}, {{ file, xpath }} or {{ file, match }}"
            )),
        }
    }

    fn replaceable(&self, tree: &FileTree, path: &str) -> Checked<()> {
        if path.eq_ignore_ascii_case("web.config") {
            return Ok(()); // it is written when it is not there
        }
        file(tree, path, &format!("put the answer for `{}` into", self.name)).map(|_| ())
    }

    fn validated(&self, kinds: &str, text: Option<&str>, engine: &Engine) -> Checked<()> {
        const KNOWN: [&str; 4] = ["AllowEmpty", "Boolean", "Enumeration", "RegularExpression"];
        for kind in kinds.split(',').map(str::trim) {
            let Some(kind) = KNOWN.into_iter().find(|known| known.eq_ignore_ascii_case(kind)) else {
                return bad(format!("there is no validation `{kind}`; there is {}", KNOWN.join(", ")));
            };
            let text = text.map(str::trim).filter(|text| !text.is_empty());
            if matches!(kind, "Enumeration" | "RegularExpression") && text.is_none() {
                return bad(format!("the validation `{kind}` of `{}` needs a value to compare with", self.name));
            }
            if kind == "RegularExpression"
                && let Some(Err(Trouble::Mistake(why))) = text.map(|text| Expression::read(text, engine))
            {
                return bad(format!("the validation of `{}` is no regular expression: {why}", self.name));
            }
        }
        Ok(())
    }

    /// The question for a package in which its file lies here.
    pub(super) fn question(&self, place: impl Fn(&str) -> Option<PackagePath>) -> Option<Question> {
        let target = match (&self.app_setting, &self.file, &self.xpath, &self.matching) {
            (Some(key), ..) => Target::Setting(key.clone()),
            (None, Some(file), Some(xpath), _) => Target::Xml(place(file)?, xpath.clone()),
            (None, Some(file), None, Some(matching)) => Target::Text(place(file)?, matching.clone()),
            _ => return None,
        };
        let validation = self.validation.clone().map(|(kind, text)| Validation { kind, text });
        Some(Question {
            name: self.name.clone(),
            friendly_name: self.friendly_name.clone(),
            description: self.description.clone(),
            default: self.default.clone(),
            password: self.password,
            validation,
            target,
        })
    }
}
