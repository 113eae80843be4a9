// @ts-check
// Gives the core the bytes of files, synchronously.

import { PackagerError, aborted, changed, readError } from '../core/errors.js';

/**
 * @typedef {{ path: string, file: Blob, size: number, lastModified: number | null, folder?: boolean }} Seen  As it was when added.
 * @typedef {(blob: Blob) => ArrayBuffer} ReadBlob
 */

/** One batch: reading each small file alone costs a round trip to the browser's own process. */
const BATCH_FILES = 256;
const BATCH_BYTES = 4 * 1024 * 1024;
/** Batches that are kept while their files wait to be read. */
const KEPT_BATCHES = 2;

/** Reads Files in a worker. */
export class FileSource {
  /** @type {Seen[]} */
  #files = [];
  #readBlob;
  /** @type {number[]} the hinted files, in the order of the hint */
  #hinted = [];
  /** @type {Map<number, number>} file -> its place in the hint */
  #places = new Map();
  /** @type {Map<number, Uint8Array>[]} */
  #batches = [];
  /** What the core copied when it asks for the next. @type {ArrayBuffer[]} */
  #used = [];

  /** @param {ReadBlob} [readBlob] */
  constructor(readBlob = (blob) => new FileReaderSync().readAsArrayBuffer(blob)) {
    this.#readBlob = readBlob;
  }

  /**
   * Numbers go on where they ended.
   * @param {Seen[]} files
   * @returns {number} that of the first of them
   */
  add(files) {
    const first = this.#files.length;
    for (const file of files) this.#files.push(file);
    return first;
  }

  /** Files are not held. @param {number[]} _numbers  Of files that count no more. */
  leave(_numbers) {}

  /** @param {Iterable<number>} numbers */
  prefetch(numbers) {
    this.#hinted = [...numbers];
    this.#places = new Map(this.#hinted.map((number, place) => [number, place]));
  }

  /**
   * @param {number} number
   * @param {number} offset
   * @param {number} length
   * @returns {Uint8Array}
   */
  read(number, offset, length) {
    const seen = this.#seen(number);
    const end = offset + length;
    if (end > seen.size) throw changed(seen.path);
    for (const buffer of this.#used.splice(0)) release(buffer);
    if (!this.#kept(number) && offset === 0 && this.#places.has(number)) this.#readBatch(number);
    const kept = this.#kept(number);
    if (!kept) return this.#readRange(seen, offset, end);
    if (end === seen.size) this.#forget(number);
    return kept.subarray(offset, end);
  }

  /**
   * Files one after another as one Blob, which is read at once.
   * @param {number[]} numbers
   * @returns {Blob}
   */
  whole(numbers) {
    this.checkUnchanged(numbers);
    const files = numbers.map((number) => this.#seen(number).file);
    const [only, ...others] = files;
    return only && others.length === 0 ? only : new Blob(files);
  }

  /** @param {number[]} numbers */
  checkUnchanged(numbers) {
    for (const number of numbers) checkUnchanged(this.#seen(number));
  }

  /**
   * A part of a file for later: several of them are read at once.
   * @param {number} number
   * @param {number} from
   * @param {number} to
   * @returns {Promise<Uint8Array<ArrayBuffer>>}
   */
  async later(number, from, to) {
    const seen = this.#seen(number);
    checkUnchanged(seen);
    const bytes = new Uint8Array(await seen.file.slice(from, to).arrayBuffer());
    checkUnchanged(seen);
    return bytes;
  }

  /**
   * Whether files still are what they were, and readable: one byte of each, together.
   * @param {number[]} numbers
   */
  async stillThere(numbers) {
    const wanted = numbers.filter((number) => this.#seen(number).size > 0);
    const ends = wanted.map((number) => this.#seen(number)).map(({ file, size }) => file.slice(size - 1, size));
    const read = await new Blob(ends).arrayBuffer().catch(() => null);
    if (read?.byteLength !== ends.length) throw (await this.guilty(wanted)) ?? changed(this.#seen(wanted[0] ?? 0).path);
  }

  /**
   * Which of some files cannot be read: one after another, at its end, where a file that was cut off
   * has nothing left. One that grew shows it, in Firefox, only when all of it is read, and not at once.
   * @param {number[]} numbers
   * @returns {Promise<PackagerError | null>}
   */
  async guilty(numbers) {
    for (const number of numbers) {
      const seen = this.#seen(number);
      try {
        this.#readRange(seen, Math.max(0, seen.size - 1), seen.size);
        if (seen.size <= BATCH_BYTES && (await seen.file.arrayBuffer()).byteLength !== seen.size)
          return changed(seen.path);
      } catch (error) {
        return error instanceof PackagerError ? error : changed(seen.path);
      }
    }
    return null;
  }

  /**
   * @param {Seen} seen
   * @param {number} start
   * @param {number} end
   */
  #readRange(seen, start, end) {
    checkUnchanged(seen);
    let bytes;
    try {
      bytes = new Uint8Array(this.#readBlob(seen.file.slice(start, end)));
    } catch (error) {
      throw readError(error, seen.path);
    }
    // A file that was cut off reads short, without an error, in every engine.
    if (bytes.length !== end - start) throw changed(seen.path);
    checkUnchanged(seen);
    this.#used.push(bytes.buffer);
    return bytes;
  }

  /**
   * Reads a file and those hinted after it as one Blob.
   * @param {number} first
   */
  #readBatch(first) {
    const numbers = this.#nextBatch(this.#places.get(first) ?? 0);
    const wanted = numbers.map((number) => this.#seen(number));
    const total = wanted.reduce((sum, { size }) => sum + size, 0);
    let bytes;
    try {
      for (const seen of wanted) checkUnchanged(seen);
      bytes = new Uint8Array(this.#readBlob(new Blob(wanted.map(({ file }) => file))));
      for (const seen of wanted) checkUnchanged(seen);
    } catch {
      return; // read one by one, which names the guilty one
    }
    if (bytes.length !== total) return;
    const batch = new Map();
    let start = 0;
    for (const [index, { size }] of wanted.entries()) {
      batch.set(numbers[index], bytes.subarray(start, start + size));
      start += size;
    }
    this.#batches.push(batch);
    const [old] = this.#batches.length > KEPT_BATCHES ? this.#batches.splice(0, 1) : [];
    const [left] = old?.values() ?? [];
    if (left) release(/** @type {ArrayBuffer} */ (left.buffer));
  }

  /** @param {number} place */
  #nextBatch(place) {
    const numbers = [];
    let bytes = 0;
    for (const number of this.#hinted.slice(place, place + BATCH_FILES)) {
      bytes += this.#seen(number).size;
      if (numbers.length > 0 && bytes > BATCH_BYTES) break;
      numbers.push(number);
      this.#places.delete(number);
    }
    return numbers;
  }

  /** @param {number} number */
  #kept(number) {
    return this.#batches.find((batch) => batch.has(number))?.get(number);
  }

  /** @param {number} number */
  #forget(number) {
    for (const batch of this.#batches) {
      const buffer = batch.get(number)?.buffer;
      batch.delete(number);
      if (buffer && batch.size === 0) this.#used.push(/** @type {ArrayBuffer} */ (buffer));
    }
    this.#batches = this.#batches.filter(({ size }) => size > 0);
  }

  /** @param {number} number */
  #seen(number) {
    const seen = this.#files[number];
    if (!seen) throw new PackagerError('internal', `there is no file number ${number}`);
    return seen;
  }
}

/**
 * Gives memory back at once: left to the collector, what is read adds up before it looks.
 * @param {ArrayBuffer} buffer  Of which no view is used any more.
 */
export function release(buffer) {
  buffer.transfer?.(0); // not every browser has it
}

/** More than this in memory ends a tab. */
export const MOST_IN_MEMORY = 256 * 1024 * 1024;

/** Holds the bytes, where no worker may read them. */
export class MemorySource {
  /** @type {{ path: string, bytes: Uint8Array }[]} */
  #files = [];
  #bytes = 0;

  /**
   * Reads files beforehand; numbers go on where they ended.
   * @param {Seen[]} files
   * @param {{ stopped(): boolean, tell(files: number, bytes: number): void }} watch
   * @returns {Promise<number>} that of the first of them
   */
  async add(files, watch) {
    const first = this.#files.length;
    const more = files.reduce((sum, { size }) => sum + size, 0);
    if (this.#bytes + more > MOST_IN_MEMORY) {
      throw new PackagerError(
        'too-large',
        'The packager gets no worker here, so everything has to fit into memory, and this is more than 256 MB. Open the packager in its own page, from a server.',
      );
    }
    const read = [];
    let [count, bytes] = [0, 0];
    for (const seen of files) {
      if (watch.stopped()) throw aborted();
      read.push({ path: seen.path, bytes: await readWhole(seen) });
      if (!seen.folder) count += 1;
      bytes += seen.size;
      watch.tell(count, bytes);
    }
    for (const file of read) this.#files.push(file);
    this.#bytes += more;
    return first;
  }

  /** Gives the bytes back. @param {number[]} numbers  Of files that count no more. */
  leave(numbers) {
    for (const number of numbers) {
      const file = this.#files[number];
      if (!file) continue;
      this.#bytes -= file.bytes.length;
      file.bytes = new Uint8Array();
    }
  }

  prefetch() {}

  /**
   * @param {number} number
   * @param {number} offset
   * @param {number} length
   */
  read(number, offset, length) {
    const file = this.#files[number];
    if (!file) throw new PackagerError('internal', `there is no file number ${number}`);
    if (offset + length > file.bytes.length) throw changed(file.path);
    return file.bytes.subarray(offset, offset + length);
  }
}

/** @param {Seen} seen */
async function readWhole(seen) {
  checkUnchanged(seen);
  const bytes = await seen.file.arrayBuffer().catch((error) => {
    throw readError(error, seen.path);
  });
  if (bytes.byteLength !== seen.size) throw changed(seen.path);
  return new Uint8Array(bytes);
}

/** @param {Seen} seen */
function checkUnchanged({ path, file, size, lastModified }) {
  const now = file instanceof File ? file.lastModified : null;
  if (file.size !== size || (lastModified !== null && now !== null && now !== lastModified)) throw changed(path);
}
