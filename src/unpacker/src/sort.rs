//! Puts the parts of a module apart.

use crate::restore;
use crate::streams::{CONSTANT, Hand, I32_CONST, LONG, OFFSET, OP, SHORT, STREAMS, UNUSUAL, usual_alignment, walk};

/// The streams of a module; nothing where it has an instruction that is not known.
pub fn sort(module: &[u8]) -> Option<[Vec<u8>; STREAMS]> {
    let mut sorted = Sorted { module, at: 0, streams: Default::default(), ends: Vec::new(), known: true };
    walk(&mut sorted);
    let mut restored = vec![0; module.len()];
    restore(sorted.streams.each_ref().map(Vec::as_slice), &mut restored);
    (sorted.known && restored == module).then_some(sorted.streams)
}

struct Sorted<'a> {
    module: &'a [u8],
    at: usize,
    streams: [Vec<u8>; STREAMS],
    /// Where what was opened ends.
    ends: Vec<usize>,
    known: bool,
}

impl<'a> Sorted<'a> {
    fn take(&mut self, count: usize) -> &'a [u8] {
        let end = self.module.len().min(self.at.saturating_add(count));
        let bytes = self.module.get(self.at..end).unwrap_or_default();
        self.at = end;
        bytes
    }

    fn put(&mut self, stream: usize, bytes: &[u8]) {
        if let Some(stream) = self.streams.get_mut(stream) {
            stream.extend(bytes);
        }
    }

    /// A number, and its bytes.
    fn read(&mut self) -> (u32, &'a [u8]) {
        let left = self.module.get(self.at..).unwrap_or_default();
        let length = left.iter().position(|byte| *byte < 128).map_or(left.len(), |last| last + 1);
        let bytes = self.take(length);
        let value = (0..).step_by(7).zip(bytes).map(|(shift, byte)| u32::from(byte & 127).unbounded_shl(shift));
        (value.fold(0, |all, bits| all | bits), bytes)
    }
}

impl Hand for Sorted<'_> {
    fn done(&self) -> bool {
        self.at == self.module.len()
    }

    fn number(&mut self, stream: usize) -> u32 {
        let (value, bytes) = self.read();
        self.put(stream, bytes);
        value
    }

    fn bytes(&mut self, stream: usize, count: usize) {
        let bytes = self.take(count);
        self.put(stream, bytes);
    }

    fn op(&mut self) -> Option<u8> {
        let op = *self.take(1).first()?;
        if op == I32_CONST {
            match self.read().1 {
                short @ [_] => {
                    self.put(OP, &[op]);
                    self.put(SHORT, short);
                }
                long @ ([_, _] | [_, _, _] | [_, _, _, _] | [_, _, _, _, _]) => {
                    self.put(OP, &[CONSTANT + long.len() as u8]);
                    self.put(LONG + long.len(), long);
                }
                _ => self.known = false,
            }
        } else if let Some(usual) = usual_alignment(op) {
            match self.read().1 {
                [alignment] if *alignment == usual => self.put(OP, &[op]),
                [alignment @ 0..8] => self.put(OP, &[UNUSUAL + alignment, op]),
                _ => self.known = false,
            }
            self.number(OFFSET);
        } else {
            self.put(OP, &[op]);
        }
        Some(op)
    }

    fn open(&mut self) {
        let size = self.read().0 as usize;
        self.ends.push(self.at.saturating_add(size));
    }

    fn close(&mut self) {
        self.known &= self.ends.pop() == Some(self.at);
    }
}
