//! The rules of URL Rewrite that keep an application's own files unread: what may be fetched as a
//! file is named, everything else goes to Python.

use crate::path::PackagePath;
use crate::tree::FileTree;
use crate::xml::escape;

/// The name of the rule that lets requests for files pass.
pub const FILES: &str = "Static files";

/// Files that browsers and search engines ask for at the root of a site.
const ROOT_FILES: &[&str] = &[
    "favicon.ico",
    "robots.txt",
    "humans.txt",
    "sitemap.xml",
    "apple-touch-icon.png",
    "apple-touch-icon-precomposed.png",
    "browserconfig.xml",
    "site.webmanifest",
    "manifest.webmanifest",
    "crossdomain.xml",
];

/// Those of them that are there, as they are spelled.
#[must_use]
pub fn root_files(app: &FileTree) -> Vec<String> {
    ROOT_FILES.iter().filter_map(|name| app.file_ignoring_case(name)).map(|entry| entry.path.to_string()).collect()
}

/// Whether a folder holds files for browsers, and no sources; one that is not there yet holds none.
#[must_use]
pub fn is_harmless(app: &FileTree, folder: &PackagePath) -> bool {
    source_in(app, folder).is_none()
}

/// The first file below a folder, at any depth, that says that the folder is none for browsers.
#[must_use]
pub fn source_in<'t>(app: &'t FileTree, folder: &PackagePath) -> Option<&'t PackagePath> {
    app.files()
        .map(|entry| &entry.path)
        .find(|path| path.strip(folder).is_some_and(|below| is_source(app, path, &below)))
}

/// Whether a file, by its path in a static folder, says that the folder is none.
#[must_use]
pub fn is_source(app: &FileTree, path: &PackagePath, below: &PackagePath) -> bool {
    let name = path.name().to_ascii_lowercase();
    let of_windows = matches!(name.as_str(), "thumbs.db" | "desktop.ini");
    let source = matches!(path.extension().as_str(), "py" | "pyc" | "ini" | "cfg" | "sqlite3" | "db" | "env");
    let template = below.segments().next().is_some_and(|name| name == "templates");
    (source || name == ".env" || template) && !of_windows && !(below.depth() > 1 && is_tool(app, path))
}

/// Whether a script lies among the files for browsers that it makes: Django's own admin has
/// `js/compress.py`. IIS knows no type for it and never gives it out.
fn is_tool(app: &FileTree, path: &PackagePath) -> bool {
    let Some(folder) = path.parent().filter(|_| path.has_extension("py")) else { return false };
    let beside = || app.files().filter_map(|entry| entry.path.strip(&folder)).filter(|path| path.depth() == 1);
    beside().any(|path| matches!(path.extension().as_str(), "js" | "css"))
        && !beside().any(|path| path.name() == "__init__.py")
}

/// The rule that lets requests for files pass, in these folders and at the root.
#[must_use]
pub fn files(folders: &[&PackagePath], root_files: &[String]) -> Option<String> {
    let mut paths: Vec<String> = Vec::new();
    let folders = folders.iter().map(|folder| format!("{}/.+", literal(folder.as_str())));
    for path in folders.chain(root_files.iter().map(|name| literal(name))) {
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    let pattern = match paths.as_slice() {
        [] => return None,
        [only] => only.clone(),
        _ => format!("({})", paths.join("|")),
    };
    Some(format!(
        r#"<rule name="{FILES}" stopProcessing="true">
  <match url="^{pattern}$" />
  <conditions>
    <add input="{{REQUEST_FILENAME}}" matchType="IsFile" />
  </conditions>
  <action type="None" />
</rule>"#,
        pattern = escape(&pattern),
    ))
}

/// The rule that leads everything else to the file of a handler.
#[must_use]
pub fn python(name: &str, file: &str) -> String {
    format!(
        r#"<rule name="{name}" stopProcessing="true">
  <match url="(.*)" ignoreCase="false" />
  <action type="Rewrite" url="{file}/{{R:1}}" appendQueryString="true" />
</rule>"#,
        name = escape(name),
        file = escape(file),
    )
}

/// A text that a regular expression of ECMAScript takes to the letter.
#[must_use]
pub fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        if r"\^$.|?*+()[]{}".contains(char) {
            out.push('\\');
        }
        out.push(char);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::files;

    #[test]
    fn finds_sources_at_any_depth() {
        let of = |list: &[&str]| {
            let list: Vec<(&str, &str)> = list.iter().map(|name| (*name, "x")).collect();
            let files = files(&list);
            let contents = files.contents();
            is_harmless(contents.tree(), &PackagePath::new("pkg").unwrap())
        };
        assert!(of(&["pkg/a.css", "settings.py"]));
        assert!(!of(&["pkg/a.css", "pkg/inner/settings.py"]));
        assert!(!of(&["pkg/a.css", "pkg/inner/deep/site.db"]));
        assert!(!of(&["pkg/a.css", "pkg/inner/.env"]));
        // What Windows leaves behind, and the script that Django's admin has among its own.
        assert!(of(&["pkg/a.css", "pkg/img/Thumbs.db", "pkg/admin/js/core.js", "pkg/admin/js/compress.py"]));
        assert!(!of(&["pkg/admin/js/core.js", "pkg/admin/js/__init__.py", "pkg/admin/js/compress.py"]));
    }
}
