//! What a person could ask for.

use super::{evidence, types};
use crate::report::Suggestions;

pub(super) fn suggestions(own: Suggestions) -> types::Suggestions {
    let writable = own.writable.iter().map(|own| types::WritableFolder {
        folder: own.folder.as_ref().map_or_else(String::new, ToString::to_string),
        code: own.code,
        evidence: evidence(&own.evidence),
    });
    let scripts = own.scripts.iter().map(|own| types::SqlScript {
        script: own.path.to_string(),
        engine: own.engine,
        added: own.added,
    });
    let static_folders = own.static_folders.iter().map(|own| types::StaticFolder {
        url: own.url.clone(),
        folder: own.folder.to_string(),
        evidence: evidence(&own.evidence),
    });
    types::Suggestions {
        writable: writable.collect(),
        scripts: scripts.collect(),
        settings: own.settings,
        static_folders: static_folders.collect(),
        runtime: types::Runtime { text: own.runtime.clone().ok(), why: own.runtime.err() },
    }
}
