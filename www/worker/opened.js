// @ts-check
// One input, and who works on it.

import { Session } from 'core';
import { Builder } from './builder.js';
import { Verifier } from './verifier.js';

/**
 * @import { FileSource, MemorySource } from './source.js'
 * @import { Pool } from './pool.js'
 * @import { SkippedFolder } from 'core'
 * @import { Entry } from '../core/walk.js'
 * @typedef {{ number: number, path: string, size: number, modified: number | undefined }} Added
 * @typedef {{ number: number, listed: Omit<Entry, 'file'> }} Coming
 */

/** An input that is open, or is being opened. */
export class Opened {
  /** What lies on top of it. @type {Added[]} */
  added = [];
  /** What the page walks besides, and is no part of it yet. @type {Coming[]} */
  coming = [];
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

  /** Takes what has come. @param {SkippedFolder[]} skipped  All that is not read now. */
  grow(skipped) {
    const coming = this.coming.splice(0);
    const [listed, numbers] = [coming.map(({ listed }) => listed), coming.map(({ number }) => number)];
    this.session.grow(listed, Uint32Array.from(numbers), skipped);
  }

  /** What has come will not be whole. */
  giveUp() {
    this.source.leave(this.coming.splice(0).map(({ number }) => number));
  }

  /** Ends all work on it, and gives its memory back as soon as nobody works at it. */
  async stop() {
    await Promise.all([this.verifier.stop(), this.builder.stop()]);
    try {
      this.session.free();
    } catch {
      // A core that failed does not give itself back; the collector has it.
    }
  }
}
