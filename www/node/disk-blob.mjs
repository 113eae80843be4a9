// @ts-check
// Bytes on a disk in the shape of a Blob, so that the workers' code is the browser's.

import fs from 'node:fs';
import { setImmediate as rest } from 'node:timers/promises';
import { promisify } from 'node:util';
import { PackagerError, changed } from '../core/errors.js';

/**
 * @typedef {{ path: string, place: string, size: number, modified: number }} FileOnDisk  `path`: as a person is told
 * @typedef {{ file: FileOnDisk | { path: string, descriptor: number }, from: number, to: number }} Range  A file that is
 *   still written to is open already.
 */

/** How much of a file is read at once. */
const READ_BYTES = 4 * 1024 * 1024;

/** Less is read before a thread could take turns. */
const WORTH_A_TURN_BYTES = 256 * 1024;

const readAside = promisify(fs.read);

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
  async bytes() {
    const bytes = new Uint8Array(this.size);
    let at = 0;
    for (const range of this.ranges) {
      await readRange(range, bytes.subarray(at, at + range.to - range.from));
      at += range.to - range.from;
    }
    return bytes;
  }

  async arrayBuffer() {
    return (await this.bytes()).buffer;
  }

  /** In chunks; whoever else uses the thread has a turn in between. */
  async *chunks() {
    for (let at = 0; at < this.size; at += READ_BYTES) {
      yield await this.slice(at, at + READ_BYTES).bytes();
      await rest();
    }
  }
}

/**
 * @param {Range} range
 * @param {Uint8Array} into
 */
async function readRange({ file, from }, into) {
  if ('descriptor' in file) return fill(file, file.descriptor, into, from).catch((error) => fail(error, file.path));
  let descriptor;
  try {
    descriptor = fs.openSync(file.place, 'r');
    checkUnchanged(fs.fstatSync(descriptor), file);
    await fill(file, descriptor, into, from);
    checkUnchanged(fs.fstatSync(descriptor), file);
  } catch (error) {
    fail(error, file.path);
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}

/**
 * @param {{ path: string }} file
 * @param {number} descriptor
 * @param {Uint8Array} into
 * @param {number} from
 */
async function fill({ path: shown }, descriptor, into, from) {
  for (let read = 0; read < into.length;) {
    const left = into.length - read;
    const got =
      left < WORTH_A_TURN_BYTES
        ? fs.readSync(descriptor, into, read, left, from + read)
        : (await readAside(descriptor, into, read, left, from + read)).bytesRead;
    if (got === 0) throw changed(shown);
    read += got;
  }
}

/**
 * @param {unknown} error
 * @param {string} shown
 * @returns {never}
 */
function fail(error, shown) {
  throw diskError(error, shown);
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
