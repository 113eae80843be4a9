// @ts-check
// The module travels inside the script, so that a page with `connect-src 'none'` can load it.

import { XzReadableStream } from 'xz-decompress';
import { restore } from './streams.js';

/**
 * @param {string} packed  Base64 of the xz of the module's streams.
 * @returns {Promise<WebAssembly.Module>}
 */
export async function unpackModule(packed) {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const stream = new XzReadableStream(new Blob([bytes]).stream());
  return WebAssembly.compile(restore(new Uint8Array(await new Response(stream).arrayBuffer())));
}
