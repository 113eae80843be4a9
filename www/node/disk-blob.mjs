// @ts-check
// Bytes on a disk in the shape of a Blob, so that the workers' code is the browser's.

import fs from 'node:fs';
import { setImmediate as rest } from 'node:timers/promises';
import { PackagerError, changed } from '../core/errors.js';

/**
 * @typedef {{ path: string, place: string, size: number, modified: number }} FileOnDisk  `path`: as a person is told
 * @typedef {{ file: FileOnDisk | { path: string, place: string }, from: number, to: number }} Range  Of a file that is
 *   still written to nothing else is known.
 */

/** How much of a file is read at once. */
const READ_BYTES = 4 * 1024 * 1024;

/** Parts of files, one after another. Of a thread's message only `ranges` comes through. */
export class DiskBlob {
  /** @param {Range[]} ranges */
  constructor(ranges) {
    this.ranges = ranges;
  }

  get size() {
    return this.ranges.reduce((sum, { from, to }) => sum + to - from, 0);
  }

  /**
   * @param {number} start
   * @param {number} end
   */
  slice(start, end) {
    const ranges = [];
    let at = 0;
    for (const { file, from, to } of this.ranges) {
      const [first, last] = [Math.max(start - at, 0), Math.min(end - at, to - from)];
      if (first < last) ranges.push({ file, from: from + first, to: from + last });
      at += to - from;
    }
    return new DiskBlob(ranges);
  }

  /** Everything in memory; throws when a file is not what it was. */
  bytes() {
    const bytes = new Uint8Array(this.size);
    let at = 0;
    for (const range of this.ranges) {
      readRange(range, bytes.subarray(at, at + range.to - range.from));
      at += range.to - range.from;
    }
    return bytes;
  }

  async arrayBuffer() {
    return this.bytes().buffer;
  }

  /** In chunks; whoever else uses the thread has a turn in between. */
  async *chunks() {
    for (let at = 0; at < this.size; at += READ_BYTES) {
      yield this.slice(at, at + READ_BYTES).bytes();
      await rest();
    }
  }
}

/**
 * @param {Range} range
 * @param {Uint8Array} into
 */
function readRange({ file, from }, into) {
  let descriptor;
  try {
    descriptor = fs.openSync(file.place, 'r');
    if ('size' in file) checkUnchanged(fs.fstatSync(descriptor), file);
    for (let read = 0; read < into.length;) {
      const got = fs.readSync(descriptor, into, read, into.length - read, from + read);
      if (got === 0) throw changed(file.path);
      read += got;
    }
    if ('size' in file) checkUnchanged(fs.fstatSync(descriptor), file);
  } catch (error) {
    throw diskError(error, file.path);
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}

/**
 * @param {fs.Stats} now
 * @param {FileOnDisk} file
 */
export function checkUnchanged(now, { path: shown, size, modified }) {
  if (now.size !== size || now.mtimeMs !== modified) throw changed(shown);
}

/**
 * @param {unknown} error
 * @param {string} shown
 */
export function diskError(error, shown) {
  if (error instanceof PackagerError) return error;
  const code = Reflect.get(Object(error), 'code');
  if (code === 'ENOENT' || code === 'ENOTDIR') return new PackagerError('missing', `${shown} does not exist.`, shown);
  if (code === 'EACCES' || code === 'EPERM') return new PackagerError('denied', `${shown} may not be opened.`, shown);
  return new PackagerError('internal', `${shown}: ${error instanceof Error ? error.message : error}`, shown);
}
