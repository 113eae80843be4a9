//! The form of the installer.

use crate::model::install::{Field, FieldKind};
use crate::model::run::{Hit, Run};
use crate::wasm::types;

pub(super) fn parameter((field, order): (Field, u32)) -> types::Parameter {
    types::Parameter {
        label: field.label().to_owned(),
        field: field.kind.as_str(),
        name: field.name,
        friendly_name: field.friendly_name,
        description: field.description,
        choices: if let FieldKind::Choice(values) = field.kind { values } else { Vec::new() },
        default: field.default,
        tags: field.tags,
        required: field.required,
        order,
        entries: field.runs.into_iter().map(entry).collect(),
    }
}

fn entry(run: Run) -> types::ParameterEntry {
    types::ParameterEntry {
        kind: run.kind,
        scope: run.scope,
        matching: run.matching,
        hits: run.hits.into_iter().map(hit).collect(),
        more: run.more,
        note: run.unchecked,
    }
}

fn hit(hit: Hit) -> types::ParameterHit {
    types::ParameterHit {
        file: hit.file.to_string(),
        provider: hit.provider,
        line: hit.position.line,
        column: hit.position.column,
        text: hit.text,
    }
}
