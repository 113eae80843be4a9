// @ts-check
// A module with like put beside like: all its instructions, then all the numbers of locals, all offsets,
// and so on. LZMA finds more in them than in the module itself, a twelfth of the download. `restore`
// undoes what www/streams.mjs did while bundling; both go through the module with `walk`.

/** @import { Model } from './lzma.js' */

/** The streams. A constant of more than one byte has the stream `LONG` and its length. */
export const OTHER = 0;
export const OP = 1;
const LOCALS = 2;
const LOCAL = 3;
const CALL = 4;
const BRANCH = 5;
const BLOCK = 6;
const REST = 7;
export const OFFSET = 8;
export const SHORT = 9;
export const LONG = 8;
export const STREAMS = 14;

/**
 * How a stream is packed: positions count in data and in constants of 2 or 4 bytes, and nowhere else in code.
 * @param {number} stream
 * @returns {Model}
 */
export function modelOf(stream) {
  if (stream === OTHER) return { lc: 3, lp: 0, pb: 2 };
  if (stream === LONG + 2) return { lc: 2, lp: 1, pb: 1 };
  if (stream === LONG + 4) return { lc: 0, lp: 2, pb: 2 };
  return { lc: 2, lp: 0, pb: 0 };
}

/** Two marks among the instructions, of values that no instruction has. */
export const UNUSUAL = 0xe8; // an alignment that is not the usual one of the instruction that follows
export const CONSTANT = 0xf0; // an i32.const of this many bytes

const CODE = 10; // the section
const END = 0x0b;
const BRANCH_TABLE = 0x0e;
const SELECT = 0x1c;
const LOADS = 0x28;
const STORES_END = 0x3e;
export const I32_CONST = 0x41;
const BULK = 0xfc;
const VECTOR = 0xfd;
/** Of the loads and stores in their order, as powers of two. */
const USUAL = [2, 3, 2, 3, 0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 2, 3, 2, 3, 0, 1, 0, 1, 2];

/** What follows an instruction: numbers, by their stream. */
const NUMBERS = new Map([
  ...of([BLOCK], 0x02, 0x03, 0x04),
  ...of([BRANCH], 0x0c, 0x0d),
  ...of([CALL], 0x10),
  ...of([REST, REST], 0x11),
  ...of([LOCAL], 0x20, 0x21, 0x22),
  ...of([REST], 0x23, 0x24, 0x25, 0x26, 0x3f, 0x40, 0x42, 0xd0, 0xd2),
]);

/**
 * @param {number[]} streams
 * @param {...number} ops
 * @returns {[number, number[]][]}
 */
function of(streams, ...ops) {
  return ops.map((op) => [op, streams]);
}

/**
 * Takes one thing after another, and says what it was.
 * @typedef {object} Hand
 * @property {() => boolean} done
 * @property {(stream: number) => number} number  One in LEB128.
 * @property {(stream: number, count: number) => void} bytes
 * @property {() => number} op  An instruction; constants, loads and stores with what follows them.
 * @property {() => void} open  What comes has its size before it.
 * @property {() => void} close
 */

/**
 * Rests after each function.
 * @param {Hand} hand
 * @returns {Generator<void, void, void>}
 */
export function* walk(hand) {
  hand.bytes(OTHER, 8);
  while (!hand.done()) {
    if (hand.number(OTHER) !== CODE) {
      hand.bytes(OTHER, hand.number(OTHER));
      continue;
    }
    hand.open();
    for (let left = hand.number(OTHER); left > 0; left--) {
      hand.open();
      body(hand);
      hand.close();
      yield;
    }
    hand.close();
  }
}

/** @param {Hand} hand */
function body(hand) {
  for (let left = hand.number(LOCALS); left > 0; left--) {
    hand.number(LOCALS);
    hand.number(LOCALS);
  }
  for (let depth = 1; depth > 0;) {
    const op = hand.op();
    if (op >= 0x02 && op <= 0x04) depth++;
    const numbers = NUMBERS.get(op);
    if (numbers) for (const stream of numbers) hand.number(stream);
    else if (op === END) depth--;
    else if (op === BRANCH_TABLE) for (let left = hand.number(BRANCH); left >= 0; left--) hand.number(BRANCH);
    else if (op === SELECT) hand.bytes(REST, hand.number(REST));
    else if (op === 0x43) hand.bytes(REST, 4);
    else if (op === 0x44) hand.bytes(REST, 8);
    else if (op === BULK) numbersOf(hand, bulkNumbers(hand.number(REST)));
    else if (op === VECTOR) vector(hand, hand.number(REST));
  }
}

/** @param {Hand} hand @param {number} count */
function numbersOf(hand, count) {
  for (; count > 0; count--) hand.number(REST);
}

/** @param {number} op  Saturating conversions have none. */
const bulkNumbers = (op) => (op < 8 ? 0 : [8, 10, 12, 14].includes(op) ? 2 : 1);

/** @param {Hand} hand @param {number} op */
function vector(hand, op) {
  const lane = op >= 0x54 && op <= 0x5b;
  if (op <= 0x0b || lane || op === 0x5c || op === 0x5d) numbersOf(hand, 2);
  if (lane || (op >= 0x15 && op <= 0x22)) hand.bytes(REST, 1);
  else if (op === 0x0c || op === 0x0d) hand.bytes(REST, 16);
}

/** @param {number} op */
export const touchesMemory = (op) => op >= LOADS && op <= STORES_END;

/** Bytes that are taken one after another. */
export class Bytes {
  at = 0;

  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
  }

  get done() {
    return this.at >= this.bytes.length;
  }

  next() {
    return /** @type {number} */ (this.bytes[this.at++]);
  }

  /** @param {number} count */
  take(count) {
    return this.bytes.subarray(this.at, (this.at += count));
  }
}

/** @param {number} op  A load or a store. */
export const usualAlignment = (op) => /** @type {number} */ (USUAL[op - LOADS]);

/** After so many bytes whoever else uses the thread may have a turn: some milliseconds. */
const TURN_BYTES = 1 << 17;

/**
 * @param {number} size  Of the module.
 * @param {Uint8Array[]} sorted
 * @returns {Generator<void, Uint8Array<ArrayBuffer>, void>}
 */
export function* restore(size, sorted) {
  const out = new Uint8Array(size);
  const streams = sorted.map((bytes) => new Bytes(bytes));
  const stream = (/** @type {number} */ name) => /** @type {Bytes} */ (streams[name]);
  const ops = stream(OP);
  /** @type {number[]} */
  const opened = [];
  let length = 0;

  const number = (/** @type {number} */ name) => {
    const from = stream(name);
    let value = 0;
    let shift = 0;
    let byte;
    do {
      byte = from.next();
      out[length++] = byte;
      value |= (byte & 127) << shift;
      shift += 7;
    } while (byte > 127);
    return value;
  };
  const bytes = (/** @type {number} */ name, /** @type {number} */ count) => {
    out.set(stream(name).take(count), length);
    length += count;
  };

  const hand = {
    number,
    bytes,
    done: () => stream(OTHER).done,
    op() {
      let op = ops.next();
      if (op > CONSTANT && op < BULK) {
        out[length++] = I32_CONST;
        bytes(LONG + op - CONSTANT, op - CONSTANT);
        return I32_CONST;
      }
      let alignment = -1;
      if (op >= UNUSUAL && op < CONSTANT) {
        alignment = op - UNUSUAL;
        op = ops.next();
      }
      out[length++] = op;
      if (op === I32_CONST) number(SHORT);
      else if (touchesMemory(op)) {
        out[length++] = alignment < 0 ? usualAlignment(op) : alignment;
        number(OFFSET);
      }
      return op;
    },
    open: () => opened.push(length),
    close() {
      const start = /** @type {number} */ (opened.pop());
      let size = length - start;
      const width = size < 1 << 7 ? 1 : size < 1 << 14 ? 2 : size < 1 << 21 ? 3 : size < 1 << 28 ? 4 : 5;
      out.copyWithin(start + width, start, length);
      length += width;
      for (let i = 0; i < width; i++, size >>>= 7) out[start + i] = (size & 127) | (i < width - 1 ? 128 : 0);
    },
  };
  let pause = TURN_BYTES;
  for (const _ of walk(hand)) {
    if (length < pause) continue;
    pause = length + TURN_BYTES;
    yield;
  }
  return out;
}

/**
 * Work that rests, without a rest.
 * @template T
 * @param {Generator<void, T, void>} work
 * @returns {T}
 */
export function atOnce(work) {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
