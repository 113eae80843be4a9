//! The form of the installer.

use crate::model::install::FieldKind;
use crate::report::questions::{Question, Replaced, Target};
use crate::wasm::types;

pub(super) fn parameter((question, order): (Question, u32)) -> types::Parameter {
    types::Parameter {
        label: question.label().to_owned(),
        field: question.kind.as_str(),
        name: question.name,
        friendly_name: question.friendly_name,
        description: question.description,
        choices: if let FieldKind::Choice(values) = question.kind { values } else { Vec::new() },
        default: question.default,
        tags: question.tags,
        required: question.required,
        order,
        entries: question.targets.into_iter().map(entry).collect(),
    }
}

fn entry(target: Target) -> types::ParameterEntry {
    types::ParameterEntry {
        kind: target.kind,
        scope: target.scope,
        matching: target.matching,
        hits: target.places.into_iter().map(hit).collect(),
        more: target.more,
        note: target.note,
    }
}

fn hit(place: Replaced) -> types::ParameterHit {
    types::ParameterHit {
        file: place.file.to_string(),
        provider: place.provider,
        line: place.position.line,
        column: place.position.column,
        text: place.text,
    }
}
