//! What of an application anyone may fetch as a file.

use crate::detect;
use crate::generate::web_config::StaticFolder;
use crate::path::PackagePath;
use crate::tree::FileTree;

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
pub(super) fn root_files(app: &FileTree) -> Vec<String> {
    ROOT_FILES.iter().filter_map(|name| app.file_ignoring_case(name)).map(|entry| entry.path.to_string()).collect()
}

/// The static folders that were found, without those that hold sources as well.
pub(super) fn folders(app: &FileTree, found: &[detect::StaticFolder]) -> Vec<StaticFolder> {
    let known = found.iter().filter_map(|own| {
        let url = own.url.trim_matches('/').to_owned();
        // The whole site cannot be a folder: the application answers there.
        (!url.is_empty() && is_harmless(app, &own.folder)).then(|| StaticFolder { url, folder: own.folder.clone() })
    });
    known.collect()
}

/// The static folders that a person named, without those that hold sources as well.
pub(super) fn said(app: &FileTree, said: &[(String, String)]) -> Vec<StaticFolder> {
    let known = said.iter().filter_map(|(url, folder)| {
        let folder = PackagePath::new(folder.trim_end_matches('/')).ok()?;
        is_harmless(app, &folder).then(|| StaticFolder { url: url.trim_matches('/').to_owned(), folder })
    });
    known.collect()
}

/// Whether a folder holds files for browsers, and no sources; one that is not there yet holds none.
fn is_harmless(app: &FileTree, folder: &PackagePath) -> bool {
    !app.files().filter_map(|entry| entry.path.strip(folder)).any(|path| is_source(&path))
}

/// Whether a file, by its path in a static folder, says that the folder is none.
pub(super) fn is_source(path: &PackagePath) -> bool {
    let source = matches!(path.extension().as_str(), "py" | "pyc" | "ini" | "cfg" | "sqlite3" | "db" | "env");
    let template = path.segments().next().is_some_and(|name| name == "templates");
    path.depth() == 1 && source || template
}
