//! Jobs, what came of them, and the parts of a package.

use super::{count, number};
use crate::archive::{Data, Job, Order, Part};
use crate::pipeline::Start;
use crate::tree::InputId;
use crate::wasm::types;

pub(in crate::wasm) fn start(start: Start) -> types::BuildStart {
    types::BuildStart { name: start.name, files: count(start.files), bytes: number(start.bytes) }
}

pub(in crate::wasm) fn job(job: Job) -> types::Job {
    types::Job {
        number: job.number,
        bytes: number(job.bytes()),
        files: job.files.iter().map(|(id, _)| id.0).collect(),
        sizes: job.files.iter().map(|(_, size)| number(*size)).collect(),
        records: job.records,
        large: job.large,
    }
}

pub(in crate::wasm) fn order(file: InputId, order: Order) -> types::VerifyOrder {
    types::VerifyOrder {
        number: order.number,
        file: file.0,
        from: number(order.from),
        to: number(order.to),
        records: order.records,
    }
}

pub(in crate::wasm) fn piece(part: Part) -> types::Piece {
    let empty = types::Piece {
        offset: number(part.offset),
        bytes: Vec::new(),
        job: None,
        file: None,
        from: 0.0,
        to: 0.0,
        files: part.files,
        read: number(part.read),
    };
    match part.data {
        Data::Bytes(bytes) => types::Piece { bytes, ..empty },
        Data::Made { job, from, to } => types::Piece { job: Some(job), from: number(from), to: number(to), ..empty },
        Data::File { file, from, to } => {
            types::Piece { file: Some(file.0), from: number(from), to: number(to), ..empty }
        }
    }
}
