// @ts-check
// Does the jobs of one worker: reads, compresses, and gives back what came of it. The same code runs
// in a browser, where bytes are Blobs, and under Node, where they are on the disk.

import { Checker, Press, coreMemory, initSync } from 'core';
import { toWire } from '../core/errors.js';
import { turn } from '../core/turn.js';
import { Buffers, OTHER_LENGTH } from './buffers.js';
import { PART_BYTES } from './parts.js';
import { chunksOf, sum } from './sums.js';

/**
 * @import { Readable } from './sums.js'
 * @typedef {{ open(input: any): Readable, keep(parts: any[]): any, keepPart(bytes: Uint8Array<ArrayBuffer>): any }} Store
 *   `keepPart` takes bytes out of memory, before it returns; `keep` makes one of kept parts and bytes
 * @typedef {{ id: number, kind: 'pack' | 'large' | 'sum' | 'check', records: Uint8Array, input: any, how: 'sha256' | 'sha1',
 *   from?: number, to?: number }} Order  `from` and `to`: the bytes that are read, when not all are
 */

const buffers = new Buffers(PART_BYTES);

/** Blobs: in a browser. @type {Store} */
export const blobs = {
  open: (/** @type {Blob} */ blob) => ({
    size: blob.size,
    // Firefox reads a file that grew whole, which tells it; a part of it would look as it was.
    read: (from, to) => buffers.read(from === 0 && to === blob.size ? blob : blob.slice(from, to)),
    free: (bytes) => buffers.free(bytes),
  }),
  keep: (parts) => new Blob(parts),
  keepPart: (bytes) => new Blob([bytes]),
};

/** Answers orders one after another; the bytes of the next are read meanwhile. */
export class Compressor {
  #store;
  #post;
  #press;
  #checker;
  /** @type {Promise<unknown>} */
  #queue = Promise.resolve();

  /**
   * @param {Store} store
   * @param {(answer: object) => void} post
   * @param {WebAssembly.Module} [module]  Nothing where the core runs already.
   */
  constructor(store, post, module) {
    if (module) initSync({ module });
    this.#store = store;
    this.#post = post;
    this.#press = new Press();
    this.#checker = new Checker();
  }

  /** @param {Order} order */
  receive(order) {
    const input = this.#store.open(order.input);
    const { from = 0, to = input.size } = order;
    const first = input.read(from, Math.min(from + PART_BYTES, to));
    first.catch(() => {}); // told when it is its turn
    this.#queue = this.#queue.then(() => this.#answer(order, input, first));
  }

  /**
   * @param {Order} order
   * @param {Readable} input
   * @param {Promise<Uint8Array<ArrayBuffer>>} first
   */
  async #answer(order, input, first) {
    const { id, kind } = order;
    try {
      const result =
        kind === 'pack'
          ? this.#pack(order, input, sized(await first, input.size))
          : kind === 'large'
            ? await this.#large(order, chunksOf(input, first), (bytes) => this.#post({ id, bytes }))
            : kind === 'check'
              ? await this.#check(order, input, first, (bytes) => this.#post({ id, bytes }))
              : await sum(order.how, input.size, chunksOf(input, first));
      this.#post({ id, result });
    } catch (error) {
      this.#post({ id, error: toWire(error) });
    }
  }

  /**
   * @param {Order} order
   * @param {Readable} input
   * @param {Uint8Array<ArrayBuffer>} bytes
   */
  #pack(order, input, bytes) {
    const records = this.#press.pack(order.records, bytes);
    input.free?.(bytes);
    return { made: this.#store.keep([this.#made()]), records };
  }

  /** What the press made, where it lies: nothing else may be called before it is kept. */
  #made() {
    const { madeAt, madeLength } = this.#press;
    return new Uint8Array(/** @type {ArrayBuffer} */ (coreMemory().buffer), madeAt, madeLength);
  }

  /**
   * @param {Order} order
   * @param {AsyncIterable<Uint8Array<ArrayBuffer>>} chunks
   * @param {(bytes: number) => void} tell
   */
  async #large({ records }, chunks, tell) {
    const parts = [];
    let started = false;
    for await (const chunk of chunks) {
      if (!started) this.#press.start(records, chunk);
      started = true;
      this.#press.put(chunk);
      const data = this.#made();
      if (data.length > 0) parts.push(this.#store.keepPart(data));
      tell(chunk.length);
    }
    const written = this.#press.finish();
    return { made: this.#store.keep([this.#made(), ...parts]), records: written };
  }

  /**
   * @param {Order} order
   * @param {Readable} input
   * @param {Promise<Uint8Array<ArrayBuffer>>} first
   * @param {(bytes: number) => void} tell
   */
  async #check({ records, from = 0, to = Infinity }, input, first, tell) {
    const checker = this.#checker;
    checker.begin(records, input.size);
    let [next, at] = [first, from]; // what is being read, and where it begins
    let told = 0;
    while (!checker.step()) {
      const { from: wanted, to: end } = checker;
      if (wanted === undefined || end === undefined) {
        tell(checker.bytes - told);
        told = checker.bytes;
        await turn(); // where there are no workers, this is the thread of others
        continue;
      }
      const bytes = await (wanted === at && at < to ? next : input.read(wanted, end));
      if (bytes.length === 0 || wanted + bytes.length > input.size) throw new RangeError(OTHER_LENGTH);
      checker.put(wanted, bytes);
      at = wanted + bytes.length;
      input.free?.(bytes);
      if (at >= to) continue;
      next = input.read(at, Math.min(at + PART_BYTES, to));
      next.catch(() => {});
    }
    return { faults: checker.faults(), bytes: checker.bytes };
  }
}

/**
 * Files are told apart by their sizes: if one had grown, all behind it would get bytes of their neighbours.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {number} size
 */
function sized(bytes, size) {
  if (bytes.length !== size) throw new RangeError(OTHER_LENGTH);
  return bytes;
}
