//! What an application needs of others, and the wheels that came with it.

use super::{count, types};
use crate::report::{Dependencies, DependencyItem, WheelItem, advice};

pub(super) fn wheel(wheel: WheelItem) -> types::Wheel {
    let WheelItem { file, project, version, added, files, problem } = wheel;
    types::Wheel { file, project, version, added, files: count(files), problem }
}

pub(super) fn dependencies(own: Dependencies) -> types::Dependencies {
    let Dependencies { python, list, download, install, notes } = own;
    types::Dependencies {
        python: python.map(|python| python.to_string()),
        list: list.into_iter().map(dependency).collect(),
        advice: python.filter(|_| download.is_some()).map(advice),
        download,
        install,
        notes,
    }
}

fn dependency(item: DependencyItem) -> types::Dependency {
    let DependencyItem { project, requirement, addressed, evidence, bundled } = item;
    types::Dependency {
        project,
        requirement,
        addressed,
        file: evidence.file.to_string(),
        line: evidence.line,
        text: evidence.text,
        bundled: bundled.is_some(),
        version: bundled.and_then(|bundled| bundled.version),
    }
}
