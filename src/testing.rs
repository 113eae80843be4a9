//! What the unit tests share.

use crate::contents::{Contents, ReadError, Source};
use crate::tree::{FileTree, InputId, RawEntry};

/// A tree in memory.
pub(crate) struct Files {
    tree: FileTree,
    bytes: Vec<Vec<u8>>,
}

/// A tree of these paths and texts.
pub(crate) fn files(list: &[(&str, &str)]) -> Files {
    let raw = list.iter().zip(0..).map(|((name, text), id)| RawEntry {
        name: (*name).to_owned(),
        folder: false,
        size: text.len() as u64,
        modified: None,
        id: InputId(id),
    });
    let bytes = list.iter().map(|(_, text)| text.as_bytes().to_vec()).collect();
    Files { tree: FileTree::from_raw(raw.collect()), bytes }
}

impl Files {
    pub(crate) fn contents(&self) -> Contents<'_> {
        Contents::new(&self.tree, self)
    }
}

impl Source for Files {
    fn read(&self, id: InputId, offset: u64, length: u64) -> Result<Vec<u8>, ReadError> {
        let bytes = &self.bytes[id.0 as usize];
        let start = usize::try_from(offset).unwrap();
        Ok(bytes.iter().copied().skip(start).take(usize::try_from(length).unwrap()).collect())
    }
}
