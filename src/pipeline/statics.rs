//! What of an application anyone may fetch as a file.

use crate::detect;
use crate::generate::web_config::StaticFolder;
use crate::model::static_rule;
use crate::path::PackagePath;
use crate::tree::FileTree;

/// The static folders that were found, without those that hold sources as well.
pub(super) fn folders(app: &FileTree, found: &[detect::StaticFolder]) -> Vec<StaticFolder> {
    let known = found.iter().filter_map(|own| {
        let url = own.url.trim_matches('/').to_owned();
        // The whole site cannot be a folder: the application answers there.
        (!url.is_empty() && static_rule::is_harmless(app, &own.folder))
            .then(|| StaticFolder { url, folder: own.folder.clone() })
    });
    known.collect()
}

/// The static folders that a person named, without those that hold sources as well.
pub(super) fn said(app: &FileTree, said: &[(String, String)]) -> Vec<StaticFolder> {
    let known = said.iter().filter_map(|(url, folder)| {
        let folder = PackagePath::new(folder.trim_end_matches('/')).ok()?;
        static_rule::is_harmless(app, &folder).then(|| StaticFolder { url: url.trim_matches('/').to_owned(), folder })
    });
    known.collect()
}
