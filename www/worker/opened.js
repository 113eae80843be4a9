// @ts-check
// One input, and who works on it.

import { Session } from 'core';
import { Builder } from './builder.js';
import { Verifier } from './verifier.js';

/**
 * @import { FileSource, MemorySource } from './source.js'
 * @import { Pool } from './pool.js'
 * @typedef {{ number: number, path: string, size: number, modified: number | undefined }} Added
 */

/** An input that is open, or is being opened. */
export class Opened {
  /** What lies on top of it. @type {Added[]} */
  added = [];
  /** What was read of it. */
  taken = { files: 0, bytes: 0 };

  /**
   * @param {FileSource | MemorySource} source
   * @param {Pool | null} pool  Nothing where everything is done on this thread.
   */
  constructor(source, pool) {
    this.source = source;
    this.session = new Session(source);
    this.verifier = new Verifier(this.session, source, pool);
    this.builder = new Builder(this.session, source, pool, this.verifier);
  }

  /** Files on top that count no more. @param {(added: Added) => boolean} goes */
  leave(goes) {
    const left = this.added.filter(goes).map(({ number }) => number);
    this.added = this.added.filter((own) => !goes(own));
    for (const number of left) this.builder.leave(number);
    this.source.leave(left);
  }

  stop() {
    this.verifier.stop();
    this.builder.stop();
  }
}
