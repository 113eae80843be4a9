// Packs a module while it is bundled: sorts its bytes into streams, which core/streams.js explains, and
// packs each. core/module.js undoes it.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  Bytes,
  CONSTANT,
  I32_CONST,
  LONG,
  OFFSET,
  OP,
  OTHER,
  SHORT,
  STREAMS,
  UNUSUAL,
  atOnce,
  modelOf,
  restore,
  touchesMemory,
  usualAlignment,
  walk,
} from './core/streams.js';
import { NOWHERE, TABLES, putBack } from './core/tables.js';

/** @import { Model } from './core/lzma.js' */

/**
 * @param {Uint8Array} module
 * @returns {Uint8Array[]}
 */
export function sort(module) {
  const input = new Bytes(module);
  /** @type {number[][]} */
  const streams = Array.from({ length: STREAMS }, () => []);
  const put = (/** @type {number} */ name, /** @type {Iterable<number>} */ bytes) => streams[name]?.push(...bytes);
  /** @type {number[]} where what was opened ends */
  const ends = [];

  /** A number in LEB128, and its bytes. */
  const read = () => {
    const start = input.at;
    let value = 0;
    let shift = 0;
    let byte;
    do {
      byte = input.next();
      value |= (byte & 127) << shift;
      shift += 7;
    } while (byte > 127);
    return { value, bytes: module.subarray(start, input.at) };
  };
  const number = (/** @type {number} */ name) => {
    const { value, bytes } = read();
    put(name, bytes);
    return value;
  };

  const hand = {
    number,
    /** @param {number} name @param {number} count */
    bytes(name, count) {
      for (; count > 0; count--) put(name, [input.next()]);
    },
    done: () => input.done,
    op() {
      const op = input.next();
      if (op === I32_CONST) {
        const { bytes } = read();
        put(OP, [bytes.length > 1 ? CONSTANT + bytes.length : op]);
        put(bytes.length > 1 ? LONG + bytes.length : SHORT, bytes);
      } else if (touchesMemory(op)) {
        const alignment = read().value;
        put(OP, alignment === usualAlignment(op) ? [op] : [UNUSUAL + alignment, op]);
        number(OFFSET);
      } else {
        put(OP, [op]);
      }
      return op;
    },
    open() {
      const size = read().value;
      ends.push(input.at + size);
    },
    close: () => assert.equal(input.at, ends.pop(), 'the module has an instruction that core/streams.js does not know'),
  };
  atOnce(walk(hand));

  const sorted = streams.map((stream) => Uint8Array.from(stream));
  assert.ok(
    Buffer.from(atOnce(restore(module.length, sorted))).equals(Buffer.from(module)),
    'the module cannot be restored',
  );
  return sorted;
}

/**
 * Takes out the tables that can be computed.
 * @param {Uint8Array} bytes
 * @returns {{ rest: Buffer, places: number[] }}
 */
export function takeOut(bytes) {
  let rest = Buffer.from(bytes);
  const places = TABLES.map((table) => {
    const content = table();
    const place = rest.indexOf(content);
    if (place < 0) return NOWHERE;
    rest = Buffer.concat([rest.subarray(0, place), rest.subarray(place + content.length)]);
    return place;
  });
  assert.ok(Buffer.from(putBack(rest, places)).equals(Buffer.from(bytes)), 'a table cannot be put back');
  return { rest, places };
}

/**
 * The size of the module, the places of the tables, the size of each stream unpacked and packed, 4 bytes
 * each; then the packed streams.
 * @param {Uint8Array} module
 * @returns {Buffer}
 */
export function pack(module) {
  const streams = sort(module);
  const { rest, places } = takeOut(/** @type {Uint8Array} */ (streams[OTHER]));
  streams[OTHER] = rest;
  const packed = streams.map((stream, name) => lzma(stream, modelOf(name)));
  const sizes = streams.flatMap((stream, name) => [stream.length, packed[name]?.length ?? 0]);
  return Buffer.concat([Buffer.from(Uint32Array.from([module.length, ...places, ...sizes]).buffer), ...packed]);
}

/**
 * @param {Uint8Array} input
 * @param {Model} model
 * @returns {Buffer}
 */
export function lzma(input, { lc, lp, pb }) {
  const filter = `{"id": lzma.FILTER_LZMA1, "preset": 9 | lzma.PRESET_EXTREME, "lc": ${lc}, "lp": ${lp}, "pb": ${pb}}`;
  const program = `import lzma, sys
sys.stdout.buffer.write(lzma.compress(sys.stdin.buffer.read(), lzma.FORMAT_RAW, filters=[${filter}]))`;
  return execFileSync('python3', ['-c', program], { input, maxBuffer: 1 << 26 });
}
