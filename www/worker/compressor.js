// @ts-check
// Does the jobs of one worker: reads, compresses, and gives back what came of it. The same code runs
// in a browser, where bytes are Blobs, and under Node, where they are on the disk.

import { Checker, Press, initSync } from 'core';
import { toWire } from '../core/errors.js';
import { turn } from '../core/turn.js';
import { PART_BYTES } from './parts.js';
import { chunksOf, sum } from './sums.js';

/**
 * @import { Readable } from './sums.js'
 * @typedef {{ open(input: any): Readable, keep(parts: any[]): any, keepPart(bytes: Uint8Array<ArrayBuffer>): any }} Store
 *   `keepPart` takes bytes out of memory; `keep` makes one of kept parts and bytes
 * @typedef {{ id: number, kind: 'pack' | 'large' | 'sum' | 'check', records: Uint8Array, input: any, how: 'sha256' | 'sha1',
 *   from?: number, to?: number }} Order  `from` and `to`: the bytes that are read, when not all are
 */

/** Blobs: in a browser. @type {Store} */
export const blobs = {
  open: (/** @type {Blob} */ blob) => ({
    size: blob.size,
    read: async (from, to) => new Uint8Array(await blob.slice(from, to).arrayBuffer()),
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
          ? this.#pack(order, await first)
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
   * @param {Uint8Array} bytes
   */
  #pack({ records }, bytes) {
    const pressed = this.#press.pack(records, bytes);
    return { made: this.#store.keep([pressed.bytes]), records: pressed.records };
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
      const data = this.#press.put(chunk);
      if (data.length > 0) parts.push(this.#store.keepPart(/** @type {Uint8Array<ArrayBuffer>} */ (data)));
      tell(chunk.length);
    }
    const header = this.#press.finish();
    return { made: this.#store.keep([header.bytes, ...parts]), records: header.records };
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
      if (bytes.length === 0) throw new RangeError('a file is shorter than it was');
      checker.put(wanted, bytes);
      at = wanted + bytes.length;
      if (at >= to) continue;
      next = input.read(at, Math.min(at + PART_BYTES, to));
      next.catch(() => {});
    }
    return { faults: checker.faults(), bytes: checker.bytes };
  }
}
