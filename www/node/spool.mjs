// @ts-check
// Where a worker keeps what it made until the package is put together: on the disk, so that memory stays flat.

import fs from 'node:fs';
import { DiskBlob } from './disk-blob.mjs';

/**
 * @import { Store } from '../worker/compressor.js'
 * @import { Range } from './disk-blob.mjs'
 */

/**
 * @param {string} place  A file that is this worker's own.
 * @returns {Store}
 */
export function spool(place) {
  const descriptor = fs.openSync(place, 'wx');
  let end = 0;
  const keepPart = (/** @type {Uint8Array} */ bytes) => {
    const from = end;
    while (end - from < bytes.length)
      end += fs.writeSync(descriptor, bytes, end - from, bytes.length - (end - from), end);
    return { file: { path: place, place }, from, to: end };
  };
  return {
    open(/** @type {{ ranges: Range[] }} */ { ranges }) {
      const blob = new DiskBlob(ranges);
      return { size: blob.size, read: async (from, to) => blob.slice(from, to).bytes() };
    },
    keepPart,
    keep: (parts) => ({ ranges: parts.map((part) => (part instanceof Uint8Array ? keepPart(part) : part)) }),
  };
}
