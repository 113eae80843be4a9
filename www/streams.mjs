// Packs a module while it is bundled: sorts its bytes into streams, which src/unpacker/src/streams.rs explains,
// and packs each. core/module.js undoes it.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { OTHER } from './core/module.js';
import { NOWHERE, TABLES, putBack } from './core/tables.js';

/**
 * How literals and positions of LZMA are told apart, the length of a match that is taken without looking for a
 * longer one, and how matches are found.
 * @typedef {{ lc: number, lp: number, pb: number, nice_len: number, mf: number }} Model
 */

/** As the `lzma` of Python has them: matches from 3 or 4 bytes on. */
const BINARY_TREE_3 = 0x13;
const BINARY_TREE_4 = 0x14;

const root = path.join(import.meta.dirname, '..');
const MOST = 1 << 26;

/** Of the streams of src/unpacker/src/streams.rs, in their order: what made each smallest when all were tried. */
export const MODELS = [
  model(3, 0, 2, 128, BINARY_TREE_3), // data, and what else there is
  model(3, 0, 0, 192), // instructions
  model(0, 0, 0, 273), // the locals of functions
  model(0, 0, 0, 273, BINARY_TREE_3), // locals that are used
  model(1, 0, 1, 32), // functions that are called
  model(4, 0, 0, 48), // branches
  model(0, 0, 0, 273), // types of blocks
  model(1, 0, 0, 128), // other numbers
  model(1, 0, 0, 160), // offsets of loads and stores
  model(0, 0, 0, 192), // constants of one byte
  model(2, 0, 1, 24), // of two
  model(0, 0, 0, 273), // of three
  model(0, 2, 2, 24), // of four
  model(1, 0, 0, 273), // of five
];

/**
 * @param {number} lc @param {number} lp @param {number} pb @param {number} nice_len @param {number} [mf]
 * @returns {Model}
 */
function model(lc, lp, pb, nice_len, mf = BINARY_TREE_4) {
  return { lc, lp, pb, nice_len, mf };
}

/** As a file of LZMA begins with. @param {Pick<Model, "lc" | "lp" | "pb">} model */
export const propertiesOf = ({ lc, lp, pb }) => (pb * 5 + lp) * 9 + lc;

/**
 * Fails where the module has an instruction that the unpacker does not know.
 * @param {Uint8Array} module
 * @returns {Buffer[]}
 */
export function sort(module) {
  const command = ['run', '--quiet', '--package', 'unpacker', '--example', 'sort'];
  const sorted = execFileSync('cargo', command, { cwd: root, input: module, maxBuffer: MOST });
  let at = 4 * MODELS.length;
  const streams = MODELS.map((_, stream) => {
    const start = at;
    at += sorted.readUInt32LE(4 * stream);
    return sorted.subarray(start, at);
  });
  assert.equal(at, sorted.length, 'MODELS has as many streams as src/unpacker/src/streams.rs');
  return streams;
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
 * Numbers of 4 bytes: the size of the module, how many streams there are, the places of the tables, and of each stream
 * its size, its properties and how long it is when packed. Then the packed streams.
 * @param {Uint8Array} module
 * @returns {Buffer}
 */
export function pack(module) {
  const streams = sort(module);
  const { rest, places } = takeOut(/** @type {Buffer} */ (streams[OTHER]));
  streams[OTHER] = rest;
  const packed = lzma(streams, MODELS);
  const each = MODELS.flatMap((model, stream) => [
    streams[stream]?.length ?? 0,
    propertiesOf(model),
    packed[stream]?.length ?? 0,
  ]);
  return Buffer.concat([
    Buffer.from(Uint32Array.from([module.length, MODELS.length, ...places, ...each]).buffer),
    ...packed,
  ]);
}

const LZMA = `import json, lzma, struct, sys
for size, model in json.loads(sys.argv[1]):
    filters = [{"id": lzma.FILTER_LZMA1, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 1 << 22, **model}]
    packed = lzma.compress(sys.stdin.buffer.read(size), lzma.FORMAT_RAW, filters=filters)
    sys.stdout.buffer.write(struct.pack("<I", len(packed)) + packed)`;

/**
 * @param {Uint8Array[]} streams
 * @param {Model[]} models
 * @returns {Buffer[]}
 */
export function lzma(streams, models) {
  const argument = JSON.stringify(streams.map(({ length }, index) => [length, models[index]]));
  const input = Buffer.concat(streams);
  let left = execFileSync('python3', ['-c', LZMA, argument], { input, maxBuffer: MOST });
  return streams.map(() => {
    const end = 4 + left.readUInt32LE();
    const packed = left.subarray(4, end);
    left = left.subarray(end);
    return packed;
  });
}
