// @ts-check
// Pieces of a ZIP become one Blob; what is finished leaves this thread's memory.

import { PackagerError } from '../core/errors.js';

/** Small pieces are gathered up to this size before they leave for a Blob. */
export const PART_BYTES = 4 * 1024 * 1024;

/** Takes pieces in any order and lays them at their offsets. */
export class Parts {
  /** @type {{ start: number, end: number, blob: Blob }[]} */
  #parts = [];
  /** @type {Uint8Array<ArrayBuffer>[]} */
  #run = [];
  #start = 0;
  #end = 0;

  /**
   * @param {number} offset
   * @param {Uint8Array} bytes
   */
  add(offset, bytes) {
    if (bytes.length === 0) return; // it only told the progress
    if (offset !== this.#end || this.#end - this.#start >= PART_BYTES) this.#flush(offset);
    this.#run.push(/** @type {Uint8Array<ArrayBuffer>} */ (bytes));
    this.#end += bytes.length;
  }

  /**
   * Lays what is a Blob already.
   * @param {number} offset
   * @param {Blob} blob
   */
  addBlob(offset, blob) {
    this.#flush(offset + blob.size);
    this.#parts.push({ start: offset, end: offset + blob.size, blob });
  }

  /** @returns {Blob} */
  finish() {
    this.#flush(this.#end);
    let end = 0;
    for (const part of this.#parts.sort((a, b) => a.start - b.start)) {
      if (part.start !== end) throw new PackagerError('internal', `the package has a gap at byte ${end}`);
      end = part.end;
    }
    return new Blob(
      this.#parts.map(({ blob }) => blob),
      { type: 'application/zip' },
    );
  }

  /** @param {number} next  Where the next run begins. */
  #flush(next) {
    if (this.#run.length > 0) this.#parts.push({ start: this.#start, end: this.#end, blob: new Blob(this.#run) });
    this.#run = [];
    this.#start = next;
    this.#end = next;
  }
}
