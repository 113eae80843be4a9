// @ts-check
// The module travels inside the script, so that a page with `connect-src 'none'` can load it.

import { unpack } from './lzma.js';
import { OTHER, STREAMS, modelOf, restore } from './streams.js';
import { TABLES, putBack } from './tables.js';
import { turn } from './turn.js';

/**
 * @param {string} packed  Base64 of what `pack` in www/streams.mjs made.
 * @returns {Promise<WebAssembly.Module>}
 */
export async function unpackModule(packed) {
  const text = atob(packed);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(at); // `from` takes ten times as long
  return WebAssembly.compile(await unpackBytes(bytes));
}

/**
 * @param {Uint8Array} packed
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function unpackBytes(packed) {
  const header = new DataView(packed.buffer, packed.byteOffset);
  let read = 0;
  const next = () => header.getUint32(4 * read++, true);
  const size = next();
  const places = TABLES.map(next);
  const streams = [];
  let at = 4 * (1 + TABLES.length + 2 * STREAMS);
  for (let stream = 0; stream < STREAMS; stream++) {
    const length = next();
    const end = at + next();
    const bytes = await inTurns(unpack(packed.subarray(at, end), length, modelOf(stream)));
    streams.push(stream === OTHER ? putBack(bytes, places) : bytes);
    at = end;
  }
  return inTurns(restore(size, streams));
}

/**
 * The page stays free.
 * @template T
 * @param {Generator<void, T, void>} work
 */
async function inTurns(work) {
  let step = work.next();
  for (; !step.done; step = work.next()) await turn();
  return step.value;
}
