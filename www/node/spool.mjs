// @ts-check
// Where a thread keeps what it made until the package is put together: on the disk, so that memory stays flat.

import fs from 'node:fs';
import { DiskBlob, diskError } from './disk-blob.mjs';

/**
 * @import { Store } from '../worker/compressor.js'
 * @import { Range } from './disk-blob.mjs'
 * @typedef {{ path: string, descriptor: number }} SpoolFile  Descriptors belong to all threads of a process.
 */

/** A file that is open and has no name any more, so that nothing of it stays however the process ends. */
export class Spool {
  /** Where a file that is open cannot lose its name, it keeps it until the end. @type {string | null} */
  #place = null;
  #open = true;

  /** @param {string} place */
  constructor(place) {
    try {
      this.file = /** @type {SpoolFile} */ ({ path: place, descriptor: fs.openSync(place, 'wx+') });
    } catch (error) {
      throw diskError(error, place);
    }
    try {
      fs.unlinkSync(place);
    } catch {
      this.#place = place;
    }
  }

  close() {
    if (!this.#open) return;
    this.#open = false;
    fs.closeSync(this.file.descriptor);
    if (this.#place !== null) fs.rmSync(this.#place, { force: true, maxRetries: 3 });
  }
}

/**
 * @param {SpoolFile} file  A file that is this worker's own.
 * @returns {Store}
 */
export function storeIn(file) {
  let end = 0;
  const keepPart = (/** @type {Uint8Array} */ bytes) => {
    const from = end;
    while (end - from < bytes.length)
      end += fs.writeSync(file.descriptor, bytes, end - from, bytes.length - (end - from), end);
    return { file, from, to: end };
  };
  return {
    open(/** @type {{ ranges: Range[] }} */ { ranges }) {
      const blob = new DiskBlob(ranges);
      return { size: blob.size, read: (from, to) => blob.slice(from, to).bytes() };
    },
    keepPart,
    keep: (parts) => ({ ranges: parts.map((part) => (part instanceof Uint8Array ? keepPart(part) : part)) }),
  };
}
