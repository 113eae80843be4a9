// @ts-check
// The module travels inside the script, so that a page with `connect-src 'none'` can load it.

import { TABLES, putBack } from './tables.js';
import { turn } from './turn.js';
import { Unpacker } from './unpacker.js';

/** The stream in which tables were. */
export const OTHER = 0;

/**
 * @param {string} packed  Base64 of what `pack` in www/streams.mjs made.
 * @param {string} unpacker  Base64 of the module that unpacks it.
 * @returns {Promise<WebAssembly.Module>}
 */
export async function unpackModule(packed, unpacker) {
  const { instance } = await WebAssembly.instantiate(fromBase64(unpacker));
  return WebAssembly.compile(await unpackBytes(fromBase64(packed), new Unpacker(instance.exports)));
}

/** @param {string} text */
function fromBase64(text) {
  const bytes = atob(text);
  const out = new Uint8Array(bytes.length);
  for (let at = 0; at < out.length; at++) out[at] = bytes.charCodeAt(at); // `from` takes ten times as long
  return out;
}

/**
 * Others have their turn after each stream: where there is no worker, this runs on the page.
 * @param {Uint8Array} packed
 * @param {Unpacker} unpacker
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function unpackBytes(packed, unpacker) {
  const header = new DataView(packed.buffer, packed.byteOffset);
  let read = 0;
  const next = () => header.getUint32(4 * read++, true);
  const [size, count] = [next(), next()];
  const places = TABLES.map(next);
  let at = 4 * (2 + TABLES.length + 3 * count);
  const streams = [];
  for (let stream = 0; stream < count; stream++) {
    const [length, properties, end] = [next(), next(), at + next()];
    const bytes = unpacker.unpack(packed.subarray(at, end), length, properties);
    streams.push(stream === OTHER ? putBack(bytes, places) : bytes);
    at = end;
    await turn();
  }
  return unpacker.join(streams, size);
}
