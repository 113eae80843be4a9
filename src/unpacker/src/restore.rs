//! Puts a module together from its streams.

use crate::streams::{
    BULK, CONSTANT, Hand, I32_CONST, LONG, OFFSET, OP, SHORT, STREAMS, UNUSUAL, usual_alignment, walk,
};

/// Undoes what `sort` did. What does not fit into the module is left out.
pub(crate) fn restore(streams: [&[u8]; STREAMS], module: &mut [u8]) {
    walk(&mut Restored { streams, module, length: 0, opened: [0; 2], depth: 0 });
}

struct Restored<'a> {
    /// What is left of each.
    streams: [&'a [u8]; STREAMS],
    module: &'a mut [u8],
    length: usize,
    /// Where the section begins, and the function.
    opened: [usize; 2],
    depth: usize,
}

impl Restored<'_> {
    fn next(&mut self, stream: usize) -> Option<u8> {
        let stream = self.streams.get_mut(stream)?;
        let (first, rest) = stream.split_first()?;
        *stream = rest;
        Some(*first)
    }

    fn put(&mut self, byte: u8) {
        if let Some(place) = self.module.get_mut(self.length) {
            *place = byte;
            self.length += 1;
        }
    }
}

impl Hand for Restored<'_> {
    fn done(&self) -> bool {
        let [other, ..] = self.streams;
        other.is_empty()
    }

    fn number(&mut self, stream: usize) -> u32 {
        let (mut value, mut shift) = (0, 0);
        while let Some(byte) = self.next(stream) {
            self.put(byte);
            value |= u32::from(byte & 127).unbounded_shl(shift);
            shift += 7;
            if byte < 128 {
                break;
            }
        }
        value
    }

    fn bytes(&mut self, stream: usize, count: usize) {
        for _ in 0..count {
            let Some(byte) = self.next(stream) else { return };
            self.put(byte);
        }
    }

    fn op(&mut self) -> Option<u8> {
        let mut op = self.next(OP)?;
        if op > CONSTANT && op < BULK {
            let length = usize::from(op - CONSTANT);
            self.put(I32_CONST);
            self.bytes(LONG + length, length);
            return Some(I32_CONST);
        }
        let mut unusual = None;
        if (UNUSUAL..CONSTANT).contains(&op) {
            unusual = Some(op - UNUSUAL);
            op = self.next(OP)?;
        }
        self.put(op);
        if op == I32_CONST {
            self.number(SHORT);
        } else if let Some(usual) = usual_alignment(op) {
            self.put(unusual.unwrap_or(usual));
            self.number(OFFSET);
        }
        Some(op)
    }

    fn open(&mut self) {
        if let Some(opened) = self.opened.get_mut(self.depth) {
            *opened = self.length;
        }
        self.depth += 1;
    }

    fn close(&mut self) {
        self.depth -= 1;
        let start = self.opened.get(self.depth).copied().unwrap_or_default();
        let mut size = self.length - start;
        let width = (1..5).find(|width| size < 1 << (7 * width)).unwrap_or(5);
        let end = self.length + width;
        if end > self.module.len() {
            return;
        }
        self.module.copy_within(start..self.length, start + width);
        self.length = start;
        for _ in 1..width {
            self.put((size & 127) as u8 | 128);
            size >>= 7;
        }
        self.put(size as u8);
        self.length = end;
    }
}
