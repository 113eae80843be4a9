//! LZMA without a header, the packing that is in 7-Zip and xz. The names are those of its description in the
//! LZMA SDK. Our own, for with the crate `lzma-rs` the download would be 10 KB larger.

/// How literals and positions are told apart, as the packer was told.
#[derive(Clone, Copy)]
struct Model {
    lc: u32,
    lp: u32,
    pb: u32,
}

impl Model {
    /// From what a file of LZMA begins with.
    fn of(properties: u32) -> Self {
        Self { lc: properties % 9, lp: properties / 9 % 5, pb: properties / 45 }
    }
}

// Where the probabilities of each thing begin.
const IS_MATCH: usize = 0; // by state and position
const IS_REP: usize = IS_MATCH + (12 << 4);
const IS_REP_0: usize = IS_REP + 12;
const IS_REP_1: usize = IS_REP_0 + 12;
const IS_REP_2: usize = IS_REP_1 + 12;
const IS_REP_0_LONG: usize = IS_REP_2 + 12; // by state and position
const SLOT: usize = IS_REP_0_LONG + (12 << 4); // of a distance, by length
const SPECIAL: usize = SLOT + (4 << 6);
const ALIGN: usize = SPECIAL + 128;
const LENGTH: usize = ALIGN + 16;
const LOW: usize = 2;
const MIDDLE: usize = LOW + (16 << 3);
const HIGH: usize = MIDDLE + (16 << 3);
const REP_LENGTH: usize = LENGTH + HIGH + 256;
const LITERAL: usize = REP_LENGTH + HIGH + 256;

/// Of a model with `lc + lp` of 4 at most.
const PROBABILITIES: usize = LITERAL + (0x300 << 4);
const HALF: u16 = 1 << 10;

/// Takes bits by how likely each was so far.
struct Coder<'a> {
    input: &'a [u8],
    probabilities: &'a mut [u16; PROBABILITIES],
    range: u32,
    code: u32,
}

impl Coder<'_> {
    fn normalize(&mut self) {
        if self.range < 1 << 24 {
            self.range <<= 8;
            self.shift();
        }
    }

    fn shift(&mut self) {
        let next = match self.input {
            [first, rest @ ..] => {
                self.input = rest;
                *first
            }
            [] => 0,
        };
        self.code = self.code << 8 | u32::from(next);
    }

    #[inline(never)] // 2 KB less, and as fast once the browser has compiled it well
    fn bit(&mut self, index: usize) -> usize {
        let Some(probability) = self.probabilities.get_mut(index) else { return 0 };
        let bound = (self.range >> 11) * u32::from(*probability);
        let one = self.code >= bound;
        if one {
            self.range -= bound;
            self.code -= bound;
            *probability -= *probability >> 5;
        } else {
            self.range = bound;
            *probability += (2048 - *probability) >> 5;
        }
        self.normalize();
        usize::from(one)
    }

    fn tree(&mut self, start: usize, bits: u32) -> usize {
        let mut node = 1;
        for _ in 0..bits {
            node = node << 1 | self.bit(start + node);
        }
        node - (1 << bits)
    }

    /// The lowest comes first.
    fn reverse_tree(&mut self, start: usize, bits: u32) -> usize {
        let (mut value, mut node) = (0, 1);
        for at in 0..bits {
            let one = self.bit(start + node);
            node = node << 1 | one;
            value |= one << at;
        }
        value
    }

    /// As likely as not.
    fn direct(&mut self, bits: u32) -> usize {
        let mut value = 0;
        for _ in 0..bits {
            self.range >>= 1;
            let one = self.code >= self.range;
            if one {
                self.code -= self.range;
            }
            value = value << 1 | usize::from(one);
            self.normalize();
        }
        value
    }

    fn length(&mut self, start: usize, position: usize) -> usize {
        if self.bit(start) == 0 {
            return 2 + self.tree(start + LOW + (position << 3), 3);
        }
        if self.bit(start + 1) == 0 {
            return 10 + self.tree(start + MIDDLE + (position << 3), 3);
        }
        18 + self.tree(start + HIGH, 8)
    }

    /// Less one.
    fn distance(&mut self, length: usize) -> usize {
        let slot = self.tree(SLOT + ((length - 2).min(3) << 6), 6);
        if slot < 4 {
            return slot;
        }
        let bits = (slot >> 1) as u32 - 1;
        let base = (2 | slot & 1) << bits;
        if slot < 14 {
            return base + self.reverse_tree(SPECIAL + base - slot, bits);
        }
        base + (self.direct(bits - 4) << 4) + self.reverse_tree(ALIGN, 4)
    }

    /// `hint`: the byte that would be here if a match went on; nothing when none was.
    fn literal(&mut self, start: usize, hint: Option<usize>) -> u8 {
        let mut symbol = 1;
        if let Some(mut hint) = hint {
            while symbol < 0x100 {
                let expected = hint >> 7 & 1;
                let one = self.bit(start + ((1 + expected) << 8) + symbol);
                hint <<= 1;
                symbol = symbol << 1 | one;
                if expected != one {
                    break;
                }
            }
        }
        while symbol < 0x100 {
            symbol = symbol << 1 | self.bit(start + symbol);
        }
        symbol as u8
    }
}

struct Unpacker<'a> {
    coder: Coder<'a>,
    model: Model,
    output: &'a mut [u8],
    done: usize,
    state: usize,
    /// The last distances, less one.
    reps: [usize; 4],
}

/// Fills `output` with what was packed; zeros where there was less.
pub(crate) fn unpack(packed: &[u8], output: &mut [u8], properties: u32) {
    let mut probabilities = [HALF; PROBABILITIES];
    let mut coder = Coder {
        input: packed.get(1..).unwrap_or_default(), // the first byte is always 0
        probabilities: &mut probabilities,
        range: u32::MAX,
        code: 0,
    };
    for _ in 0..4 {
        coder.shift();
    }
    let model = Model::of(properties);
    let mut unpacker = Unpacker { coder, model, output, done: 0, state: 0, reps: [0; 4] };
    while unpacker.done < unpacker.output.len() {
        unpacker.step();
    }
}

impl Unpacker<'_> {
    fn back(&self) -> u8 {
        self.output.get(self.done.wrapping_sub(self.reps[0] + 1)).copied().unwrap_or(0)
    }

    fn put(&mut self, byte: u8) {
        if let Some(place) = self.output.get_mut(self.done) {
            *place = byte;
        }
        self.done += 1;
    }

    /// A literal or a match. Not a part of the loop: a browser puts better code in place of a function when it is
    /// called the next time.
    #[inline(never)]
    fn step(&mut self) {
        let Model { lc, lp, pb } = self.model;
        let position = self.done & ((1 << pb) - 1);
        let state = self.state;
        if self.coder.bit(IS_MATCH + (state << 4) + position) == 0 {
            let before = self.output.get(self.done.wrapping_sub(1)).map_or(0, |byte| usize::from(*byte));
            let context = ((self.done & ((1 << lp) - 1)) << lc) + (before >> (8 - lc));
            let hint = (state >= 7).then(|| usize::from(self.back()));
            let byte = self.coder.literal(LITERAL + 0x300 * context, hint);
            self.put(byte);
            self.state = match state {
                0..4 => 0,
                4..10 => state - 3,
                _ => state - 6,
            };
            return;
        }
        let length;
        if self.coder.bit(IS_REP + state) == 0 {
            length = self.coder.length(LENGTH, position);
            let [first, second, third, _] = self.reps;
            self.reps = [self.coder.distance(length), first, second, third];
            self.state = if state < 7 { 7 } else { 10 };
        } else {
            let mut long = true;
            let [first, second, third, fourth] = self.reps;
            if self.coder.bit(IS_REP_0 + state) == 0 {
                long = self.coder.bit(IS_REP_0_LONG + (state << 4) + position) == 1;
            } else if self.coder.bit(IS_REP_1 + state) == 0 {
                self.reps = [second, first, third, fourth];
            } else if self.coder.bit(IS_REP_2 + state) == 0 {
                self.reps = [third, first, second, fourth];
            } else {
                self.reps = [fourth, first, second, third];
            }
            length = if long { self.coder.length(REP_LENGTH, position) } else { 1 };
            self.state = if state >= 7 {
                11
            } else if long {
                8
            } else {
                9
            };
        }
        let end = (self.done + length).min(self.output.len());
        while self.done < end {
            self.put(self.back());
        }
    }
}
