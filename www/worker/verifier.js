// @ts-check
// Lets workers unpack every file of a ZIP, to see whether it is whole; without workers it is done here.

import { aborted } from '../core/errors.js';
import { turn } from '../core/turn.js';
import { SLICE_MS } from './builder.js';

/**
 * @import { Session, Verified, VerifyOrder } from 'core'
 * @import { Pool } from './pool.js'
 * @import { Files } from './builder.js'
 * @import { MemorySource } from './source.js'
 * @typedef {{ stopped(): boolean, end: Promise<void>, tell(verified: Verified): void }} Watch
 */

/** The check of every byte of one input. */
export class Verifier {
  #session;
  /** Nothing where everything is in memory. @type {Files | null} */
  #files;
  #pool;
  /** @type {Set<Watch>} */
  #watches = new Set();
  /** What all who ask wait for. @type {Promise<Verified> | null} */
  #end = null;
  #running = 0;
  /** Bytes of orders that are under way. @type {Map<number, number>} */
  #ahead = new Map();
  /** @type {Verified | null} the last that the session said */
  #verified = null;
  #stopped = false;

  /**
   * @param {Session} session
   * @param {Files | MemorySource} source
   * @param {Pool | null} pool  Nothing where everything is done on this thread.
   */
  constructor(session, source, pool) {
    this.#session = session;
    this.#files = 'whole' in source ? source : null;
    this.#pool = pool;
  }

  /**
   * Who asks while it is under way waits for the same work.
   * @param {Watch} watch
   * @returns {Promise<Verified>}
   */
  async verify(watch) {
    this.#watches.add(watch);
    this.#tell();
    try {
      const end = (this.#end ??= this.#all());
      end.catch(() => this.#end === end && (this.#end = null)); // who asks again tries again
      const verified = await Promise.race([end, watch.end]);
      if (!verified || watch.stopped()) throw aborted();
      return verified;
    } finally {
      this.#watches.delete(watch);
    }
  }

  /** Ends the work of the workers; done when nobody uses the session any more. */
  async stop() {
    this.#stopped = true;
    if (this.#running > 0) this.#pool?.stop();
    await this.#end?.catch(() => {});
  }

  /** @returns {Promise<Verified>} */
  async #all() {
    const [pool, files] = [this.#pool, this.#files];
    const orders = pool && files ? this.#session.verifyOrders() : [];
    const ends = orders.map((order) => pool && files && this.#finish(order, pool, files, true));
    // All of them end, so that who asks again finds none that somebody works at.
    const failed = (await Promise.allSettled(ends)).find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
    return this.#rest();
  }

  /** What no worker does. */
  async #rest() {
    for (let began = performance.now(); ;) {
      if (this.#stopped) throw aborted();
      const verified = (this.#verified = this.#session.verifyNext());
      if (verified.done) return verified;
      if (performance.now() - began < SLICE_MS) continue;
      this.#tell();
      await turn();
      began = performance.now();
    }
  }

  /**
   * @param {VerifyOrder} order
   * @param {Pool} pool
   * @param {Files} files
   * @param {boolean} again  Whether a failure that has no reason is tried once more.
   * @returns {Promise<void>}
   */
  async #finish(order, pool, files, again) {
    const { number, file, from, to, records } = order;
    const message = () => ({ kind: 'check', records, from, to, input: files.whole([file]) });
    const advance = (/** @type {number} */ bytes) => {
      this.#ahead.set(number, (this.#ahead.get(number) ?? 0) + bytes);
      this.#tell();
    };
    this.#running += 1;
    try {
      const { faults, bytes } = await pool.run(message, advance, { later: true });
      files.checkUnchanged([file]);
      if (this.#stopped) throw aborted();
      this.#ahead.delete(number);
      this.#verified = this.#session.verifyDone(number, faults, bytes);
      this.#tell();
    } catch (error) {
      this.#ahead.delete(number);
      if (this.#stopped) throw aborted();
      const guilty = await files.guilty([file]);
      if (this.#stopped) throw aborted();
      if (!guilty && again) return await this.#finish(order, pool, files, false);
      this.#session.verifyFailed(number);
      throw guilty ?? error;
    } finally {
      this.#running -= 1;
    }
  }

  #tell() {
    const verified = this.#verified;
    if (!verified) return;
    const ahead = [...this.#ahead.values()].reduce((sum, bytes) => sum + bytes, 0);
    for (const { tell } of this.#watches) tell({ ...verified, bytes: verified.bytes + ahead });
  }
}
