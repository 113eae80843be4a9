// @ts-check
// Unpacks LZMA without a header, the packing that is in 7-Zip and xz. The names are those of its
// description in the LZMA SDK.

/**
 * How literals and positions are told apart, as the packer was told.
 * @typedef {{ lc: number, lp: number, pb: number }} Model
 */

// Where the probabilities of each thing begin.
const IS_MATCH = 0; // by state and position
const IS_REP = IS_MATCH + (12 << 4);
const IS_REP_0 = IS_REP + 12;
const IS_REP_1 = IS_REP_0 + 12;
const IS_REP_2 = IS_REP_1 + 12;
const IS_REP_0_LONG = IS_REP_2 + 12; // by state and position
const SLOT = IS_REP_0_LONG + (12 << 4); // of a distance, by length
const SPECIAL = SLOT + (4 << 6);
const ALIGN = SPECIAL + 128;
const LENGTH = ALIGN + 16;
const LOW = 2;
const MIDDLE = LOW + (16 << 3);
const HIGH = MIDDLE + (16 << 3);
const REP_LENGTH = LENGTH + HIGH + 256;
const LITERAL = REP_LENGTH + HIGH + 256;

const HALF = 1 << 10;
const RANGE = 0;
const CODE = 1;

/** Takes bits by how likely each was so far. */
class Coder {
  // In an array: as fields, numbers of 32 bits would be objects.
  #coder = Uint32Array.of(0xffffffff, 0);
  #at = 1; // the first byte is always 0

  /**
   * @param {Uint8Array} input
   * @param {number} count  Of probabilities.
   */
  constructor(input, count) {
    this.input = input;
    this.probabilities = new Uint16Array(count).fill(HALF);
    for (let i = 0; i < 4; i++) this.#shift();
  }

  #shift() {
    const code = /** @type {number} */ (this.#coder[CODE]);
    this.#coder[CODE] = (code << 8) | (this.input[this.#at++] ?? 0);
  }

  /** @param {number} index */
  bit(index) {
    const coder = this.#coder;
    const range = /** @type {number} */ (coder[RANGE]);
    const code = /** @type {number} */ (coder[CODE]);
    const probability = /** @type {number} */ (this.probabilities[index]);
    const bound = (range >>> 11) * probability;
    const one = code >= bound ? 1 : 0;
    const left = one ? range - bound : bound;
    this.probabilities[index] = one ? probability - (probability >>> 5) : probability + ((2048 - probability) >>> 5);
    if (one) coder[CODE] = code - bound;
    if (left < 0x1000000) {
      coder[RANGE] = left << 8;
      this.#shift();
    } else {
      coder[RANGE] = left;
    }
    return one;
  }

  /** @param {number} start @param {number} bits */
  tree(start, bits) {
    let node = 1;
    for (let i = 0; i < bits; i++) node = (node << 1) | this.bit(start + node);
    return node - (1 << bits);
  }

  /** @param {number} start @param {number} bits  The lowest comes first. */
  reverseTree(start, bits) {
    let value = 0;
    for (let i = 0, node = 1; i < bits; i++) {
      const one = this.bit(start + node);
      node = (node << 1) | one;
      value |= one << i;
    }
    return value;
  }

  /** @param {number} bits  As likely as not. */
  direct(bits) {
    const coder = this.#coder;
    let value = 0;
    for (; bits > 0; bits--) {
      const half = /** @type {number} */ (coder[RANGE]) >>> 1;
      const code = /** @type {number} */ (coder[CODE]);
      const one = code >= half ? 1 : 0;
      if (one) coder[CODE] = code - half;
      value = (value << 1) | one;
      coder[RANGE] = half;
      if (half < 0x1000000) {
        coder[RANGE] = half << 8;
        this.#shift();
      }
    }
    return value;
  }

  /** @param {number} start @param {number} position */
  length(start, position) {
    if (!this.bit(start)) return 2 + this.tree(start + LOW + (position << 3), 3);
    if (!this.bit(start + 1)) return 10 + this.tree(start + MIDDLE + (position << 3), 3);
    return 18 + this.tree(start + HIGH, 8);
  }

  /** Less one. @param {number} length */
  distance(length) {
    const slot = this.tree(SLOT + (Math.min(length - 2, 3) << 6), 6);
    if (slot < 4) return slot;
    const bits = (slot >>> 1) - 1;
    const base = (2 | (slot & 1)) << bits;
    if (slot < 14) return base + this.reverseTree(SPECIAL + base - slot, bits);
    return base + (this.direct(bits - 4) << 4) + this.reverseTree(ALIGN, 4);
  }

  /** @param {number} start @param {number} match  The byte that would be here if a match went on; less than 0 when none was. */
  literal(start, match) {
    let symbol = 1;
    if (match >= 0) {
      do {
        const hint = (match >>> 7) & 1;
        const one = this.bit(start + ((1 + hint) << 8) + symbol);
        match <<= 1;
        symbol = (symbol << 1) | one;
        if (hint !== one) break;
      } while (symbol < 0x100);
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.bit(start + symbol);
    return symbol;
  }
}

/** After so many bytes whoever else uses the thread may have a turn: some milliseconds. */
const TURN_BYTES = 1 << 15;

/**
 * @param {Uint8Array} input
 * @param {number} size  Of what was packed.
 * @param {Model} model
 * @returns {Generator<void, Uint8Array<ArrayBuffer>, void>}
 */
export function* unpack(input, size, { lc, lp, pb }) {
  const out = new Uint8Array(size);
  const coder = new Coder(input, LITERAL + (0x300 << (lc + lp)));
  let done = 0;
  let state = 0;
  /** The last distances, less one. */
  let rep0 = 0;
  let rep1 = 0;
  let rep2 = 0;
  let rep3 = 0;
  const back = () => out[done - rep0 - 1] ?? 0;

  let pause = TURN_BYTES;
  while (done < size) {
    if (done >= pause) {
      pause = done + TURN_BYTES;
      yield;
    }
    const position = done & ((1 << pb) - 1);
    if (!coder.bit(IS_MATCH + (state << 4) + position)) {
      const before = done > 0 ? /** @type {number} */ (out[done - 1]) : 0;
      const context = ((done & ((1 << lp) - 1)) << lc) + (before >>> (8 - lc));
      out[done] = coder.literal(LITERAL + 0x300 * context, state < 7 ? -1 : back());
      done++;
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      continue;
    }
    let length;
    if (!coder.bit(IS_REP + state)) {
      [rep3, rep2, rep1] = [rep2, rep1, rep0];
      length = coder.length(LENGTH, position);
      rep0 = coder.distance(length);
      state = state < 7 ? 7 : 10;
    } else {
      let long = 1;
      if (!coder.bit(IS_REP_0 + state)) long = coder.bit(IS_REP_0_LONG + (state << 4) + position);
      else if (!coder.bit(IS_REP_1 + state)) [rep1, rep0] = [rep0, rep1];
      else if (!coder.bit(IS_REP_2 + state)) [rep2, rep1, rep0] = [rep1, rep0, rep2];
      else [rep3, rep2, rep1, rep0] = [rep2, rep1, rep0, rep3];
      length = long ? coder.length(REP_LENGTH, position) : 1;
      state = state >= 7 ? 11 : long ? 8 : 9;
    }
    for (const end = Math.min(done + length, size); done < end; done++) out[done] = back();
  }
  return out;
}
