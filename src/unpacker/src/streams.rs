//! A module with like put beside like: all its instructions, then all the numbers of locals, all offsets,
//! and so on. LZMA finds more in them than in the module itself, a twelfth of the download. `sort` puts them
//! apart and `restore` together again; both go through the module with [`walk`].

/// What is in none of the others.
pub(crate) const OTHER: usize = 0;
/// Instructions.
pub(crate) const OP: usize = 1;
const LOCALS: usize = 2;
const LOCAL: usize = 3;
const CALL: usize = 4;
const BRANCH: usize = 5;
const BLOCK: usize = 6;
const REST: usize = 7;
/// Of loads and stores.
pub(crate) const OFFSET: usize = 8;
/// Constants of one byte.
pub(crate) const SHORT: usize = 9;
/// A constant of more than one byte has this stream and its length.
pub(crate) const LONG: usize = 8;
/// How many streams there are.
pub(crate) const STREAMS: usize = 14;

// Two marks among the instructions, of values that no instruction has.
/// An alignment that is not the usual one of the instruction that follows.
pub(crate) const UNUSUAL: u8 = 0xe8;
/// An `i32.const` of this many bytes.
pub(crate) const CONSTANT: u8 = 0xf0;

/// `i32.const`.
pub(crate) const I32_CONST: u8 = 0x41;
/// The first of the prefixes, after which a number says which instruction it is.
pub(crate) const BULK: u8 = 0xfc;
const VECTOR: u8 = 0xfd;

const CODE_SECTION: u32 = 10;
const END: u8 = 0x0b;
const BRANCH_TABLE: u8 = 0x0e;
const SELECT: u8 = 0x1c;
const F32_CONST: u8 = 0x43;
const F64_CONST: u8 = 0x44;
const LOADS: u8 = 0x28;
/// Of the loads and stores in their order, as powers of two.
const USUAL: [u8; 23] = [2, 3, 2, 3, 0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 2, 3, 2, 3, 0, 1, 0, 1, 2];

/// The alignment that a load or a store mostly has; nothing for other instructions.
pub(crate) fn usual_alignment(op: u8) -> Option<u8> {
    USUAL.get(usize::from(op.checked_sub(LOADS)?)).copied()
}

/// Takes one thing after another, and says what it was.
pub(crate) trait Hand {
    /// Whether nothing is left.
    fn done(&self) -> bool;
    /// A number in LEB128; 0 where nothing is left.
    fn number(&mut self, stream: usize) -> u32;
    /// So many bytes.
    fn bytes(&mut self, stream: usize, count: usize);
    /// An instruction; constants, loads and stores with what follows them. Nothing where nothing is left.
    fn op(&mut self) -> Option<u8>;
    /// What comes has its size before it.
    fn open(&mut self);
    /// What was opened ends.
    fn close(&mut self);
}

/// From the first byte of the module to the last.
pub(crate) fn walk(hand: &mut impl Hand) {
    hand.bytes(OTHER, 8);
    while !hand.done() {
        if hand.number(OTHER) != CODE_SECTION {
            let size = hand.number(OTHER) as usize;
            hand.bytes(OTHER, size);
            continue;
        }
        hand.open();
        for _ in 0..hand.number(OTHER) {
            hand.open();
            body(hand);
            hand.close();
        }
        hand.close();
    }
}

/// A function.
#[inline(never)] // as `Unpacker::step`
fn body(hand: &mut impl Hand) {
    for _ in 0..hand.number(LOCALS) {
        numbers(hand, LOCALS, 2);
    }
    let mut depth = 1;
    while depth > 0 {
        let Some(op) = hand.op() else { return };
        match op {
            // block, loop, if
            0x02..=0x04 => {
                depth += 1;
                numbers(hand, BLOCK, 1);
            }
            END => depth -= 1,
            // br, br_if
            0x0c | 0x0d => numbers(hand, BRANCH, 1),
            BRANCH_TABLE => {
                let count = hand.number(BRANCH) + 1;
                numbers(hand, BRANCH, count);
            }
            // call, call_indirect
            0x10 => numbers(hand, CALL, 1),
            0x11 => numbers(hand, REST, 2),
            SELECT => {
                let count = hand.number(REST) as usize;
                hand.bytes(REST, count);
            }
            // local.get, local.set, local.tee
            0x20..=0x22 => numbers(hand, LOCAL, 1),
            // globals, tables, the size of the memory, i64.const, ref.null, ref.func
            0x23..=0x26 | 0x3f | 0x40 | 0x42 | 0xd0 | 0xd2 => numbers(hand, REST, 1),
            F32_CONST => hand.bytes(REST, 4),
            F64_CONST => hand.bytes(REST, 8),
            BULK => bulk(hand),
            VECTOR => vector(hand),
            _ => {}
        }
    }
}

fn numbers(hand: &mut impl Hand, stream: usize, count: u32) {
    for _ in 0..count {
        hand.number(stream);
    }
}

fn bulk(hand: &mut impl Hand) {
    let count = match hand.number(REST) {
        0..8 => 0, // conversions
        8 | 10 | 12 | 14 => 2,
        _ => 1,
    };
    numbers(hand, REST, count);
}

fn vector(hand: &mut impl Hand) {
    let op = hand.number(REST);
    let lane = matches!(op, 0x54..=0x5b); // loads and stores of one lane
    if matches!(op, 0x00..=0x0b | 0x5c | 0x5d) || lane {
        numbers(hand, REST, 2);
    }
    // What takes a lane out or puts one in; v128.const and i8x16.shuffle.
    if lane || matches!(op, 0x15..=0x22) {
        hand.bytes(REST, 1);
    } else if matches!(op, 0x0c | 0x0d) {
        hand.bytes(REST, 16);
    }
}
