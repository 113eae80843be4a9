// Sorts the bytes of a module into streams while it is bundled; core/streams.js says why, and undoes it.

import assert from 'node:assert/strict';
import {
  Bytes,
  CONSTANT,
  I32_CONST,
  LONG,
  OFFSET,
  OP,
  SHORT,
  STREAMS,
  UNUSUAL,
  restore,
  touchesMemory,
  usualAlignment,
  walk,
} from './core/streams.js';

/**
 * @param {Uint8Array} module
 * @returns {Uint8Array}
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

  walk({
    number,
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
  });

  const sizes = Buffer.alloc(4 * (STREAMS + 1));
  [module.length, ...streams.map((stream) => stream.length)].forEach((size, i) => sizes.writeUInt32LE(size, 4 * i));
  const sorted = Buffer.concat([sizes, ...streams.map((stream) => Buffer.from(stream))]);
  assert.ok(Buffer.from(restore(sorted)).equals(Buffer.from(module)), 'the module cannot be restored');
  return sorted;
}
