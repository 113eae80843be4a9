// @ts-check
// Reads what was added and hands it to the engine, part by part; walks on in a folder when more of it is asked for.

import { aborted } from './errors.js';
import { NAMELESS } from './inputs.js';
import { ListedApart } from './listed-apart.js';
import { asked } from './pruning.js';

/**
 * @import { PathAndFile, ReadInput, Reader } from './inputs.js'
 * @import { Junk, Messenger, Progress } from './messenger.js'
 * @import { Entry, Listing, Skipped, WalkOptions } from './walk.js'
 * @typedef {(progress: Progress, skipped?: string[]) => void} Tell
 * @typedef {{ action: string, argument: object }} Order
 */

/**
 * What a walk is for.
 * @template {{ files?: number }} Walked
 * @typedef {{ walk: (options: WalkOptions) => Promise<Walked>, part: (entries: Entry[], first: boolean, top: string | null) => Order,
 *   end: (walked: Walked, first: boolean) => Order, done: (walked: Walked) => void }} Purpose
 *   `part`: what the engine is told while the walk goes on, `end`: and when it is over; `first`: it was told nothing
 *   before; `done`: it has taken all of it
 */

/** Of what is no folder there is no more. */
const NO_FOLDER = { more: null, unreadable: [], partial: [], skipped: [] };

/** What is open, as far as it was read. */
export class Reading {
  #messenger;
  #tell;
  /** The walk that is under way. @type {AbortController | null} */
  #walking = null;
  /** Until the engine has taken what was walked last; never fails. @type {Promise<unknown>} */
  #taking = Promise.resolve();
  /** @type {Listing['more'] | null} */
  #more = null;
  /** @type {Set<string>} folders that were not walked, or only in part */
  #skipped = new Set();
  /** @type {string[]} what was asked for */
  #included = [];
  /** @type {Skipped[]} */
  unreadable = [];

  /**
   * @param {Messenger} messenger
   * @param {Tell} tell
   */
  constructor(messenger, tell) {
    this.#messenger = messenger;
    this.#tell = tell;
  }

  /** Nothing is open any more. */
  forget() {
    this.#walking?.abort();
    this.#walking = null;
    this.#more = null;
    this.#skipped = new Set();
    this.#included = [];
    this.unreadable = [];
  }

  /** Whether it can be walked when it is asked for. @param {string} path */
  isSkipped(path) {
    return this.#skipped.has(path);
  }

  /** What was asked for, and was walked as far as it is there. @param {string[]} includes */
  walked(includes) {
    return includes.filter((path) => this.#included.includes(path));
  }

  /** Whether more is asked for than was walked. @param {string[]} includes */
  lacks(includes) {
    const more = includes.filter((path) => !this.#included.includes(path));
    return [...this.#skipped].some((folder) => asked(more, folder));
  }

  /**
   * Opens an input; where that fails, what was open before stays.
   * @param {Reader} read
   * @param {{ includes: string[], added: PathAndFile[] }} how  `added` lies on top of it
   * @param {AbortSignal} signal
   */
  async open(read, { includes, added }, signal) {
    /** @type {Purpose<ReadInput & { files?: number }>} */
    const purpose = {
      walk: read,
      part: (entries, first, top) => ({ action: 'list', argument: { first, name: top ?? NAMELESS, entries } }),
      end: (input) => ({ action: 'open', argument: { ...sent(input), added } }),
      done: (input) => {
        this.#note(input.kind === 'folder' ? input : NO_FOLDER);
        this.#included = includes;
      },
    };
    const { junk } = await this.#messenger.start();
    await this.#walk(purpose, { junk, includes, signal });
  }

  /**
   * Walks the folders that are asked for now and were left out. What is open stays open: it is neither walked nor made
   * again. Whoever changed a file of it meanwhile hears of it when the package is saved.
   * @param {string[]} includes
   * @param {AbortSignal} signal
   */
  async goOn(includes, signal) {
    const { junk } = await this.#messenger.start();
    // What the engine takes at the moment is walked, and must not be walked twice.
    let taking;
    do await (taking = this.#taking);
    while (taking !== this.#taking);
    if (!this.#more || !this.lacks(includes)) return;
    /** @type {Purpose<Listing>} */
    const purpose = {
      walk: this.#more,
      part: (entries, first) => ({ action: 'grow', argument: { first, entries, skipped: null } }),
      end: ({ entries, skipped }, first) => ({ action: 'grow', argument: { first, entries, skipped } }),
      done: (listing) => {
        this.#note(listing);
        this.#included = [...this.#included, ...includes];
      },
    };
    await this.#walk(purpose, { junk, includes, signal });
  }

  /**
   * @template {{ files?: number }} Walked
   * @param {Purpose<Walked>} purpose
   * @param {{ junk: Junk, includes: string[], signal: AbortSignal }} how
   */
  async #walk({ walk, part, end, done }, { junk, includes, signal }) {
    if (signal.aborted) throw aborted();
    this.#walking?.abort(); // the same folder, with less that is asked for
    const walking = (this.#walking = new AbortController());
    // What was asked for before may be answered afterwards, and is of nobody's folder then.
    const stale = () => signal.aborted || walking.signal.aborted;
    /** How many files there are, when the walk is over. @type {number | null} */
    let total = null;
    /** @type {Promise<unknown>[]} */
    const told = [];
    try {
      const walked = await walk({
        junk,
        includes,
        apart: (handle, how) => new ListedApart(this.#messenger, handle, how).child,
        signal: AbortSignal.any([signal, walking.signal]),
        onProgress: ({ files, bytes, skipped }) => {
          if (!stale()) this.#tell({ phase: 'reading', files, totalFiles: null, bytes }, skipped);
        },
        // The last files of a large folder are still being looked for when the first are compressed.
        onEntries: (entries, top) => {
          if (stale()) return;
          const { action, argument } = part(entries, told.length === 0, top);
          // Until then the walk itself says how far it is.
          const onProgress = (/** @type {Progress} */ progress) =>
            total !== null && !stale() && this.#tell({ ...progress, totalFiles: total });
          const call = this.#messenger.call(action, argument, { signal, onProgress });
          call.catch(() => {}); // told when the walk is over
          told.push(call);
        },
      });
      if (stale()) throw aborted();
      total = walked.files ?? null;
      await Promise.all(told);
      if (stale()) throw aborted();
      const { action, argument } = end(walked, told.length === 0);
      const onProgress = (/** @type {Progress} */ progress) => this.#tell(progress);
      const taken = this.#messenger.call(action, argument, { signal, onProgress }).then(() => done(walked));
      this.#taking = taken.catch(() => {});
      await taken;
    } catch (error) {
      if (!signal.aborted && walking === this.#walking)
        this.#messenger.call('giveUp', null, { beside: true }).catch(() => {});
      throw error;
    }
  }

  /** @param {Pick<Listing, 'unreadable' | 'partial' | 'skipped'> & { more: Listing['more'] | null }} listing */
  #note({ more, unreadable, partial, skipped }) {
    this.#more = more;
    this.unreadable = unreadable;
    this.#skipped = new Set(partial);
    for (const { path, folder } of skipped) if (folder) this.#skipped.add(path);
    for (const { path } of unreadable) this.#skipped.delete(path); // would fail again
  }
}

/**
 * What another thread can be told of an input.
 * @param {ReadInput} input
 */
function sent(input) {
  if (input.kind !== 'folder') return input;
  const { more, unreadable, partial, ...rest } = input;
  return rest;
}
