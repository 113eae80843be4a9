// @ts-check
// Lists folders before they are asked for: a question about a folder takes its time to the browser's own process and back,
// and while one is on its way others can be.

import { markerReason, reasonFor } from './pruning.js';

/**
 * @import { Child, Directory } from './children.js'
 * @import { Junk } from './messenger.js'
 * @typedef {{ listing: Promise<Child[]> | null, directory: Directory }} Waiting
 */

/** So many folders are listed, or being listed, that nobody asked for yet. */
const AT_MOST = 16;

/** The folders below one, listed in about the order in which they are walked. */
export class ListedAhead {
  #junk;
  /** The next one last. @type {Waiting[]} */
  #waiting = [];
  #ahead = 0;

  /** @param {Junk} junk  What is never walked, unless it is asked for: it is not listed ahead either. */
  constructor(junk) {
    this.#junk = junk;
  }

  /**
   * @param {Directory} directory
   * @returns {Directory}  The same, and those below it are listed ahead.
   */
  below(directory) {
    return { list: () => this.#list(directory) };
  }

  /**
   * @param {Directory} directory
   * @returns {Promise<Child[]>}
   */
  async #list(directory) {
    const children = await directory.list();
    const names = children.filter(({ folder }) => !folder).map(({ name }) => name);
    if (markerReason(this.#junk.markers, names) !== undefined) return children;
    /** @type {Waiting[]} */
    const below = [];
    const known = children.map((child) => {
      if (!child.folder || reasonFor(this.#junk.names, child.name) !== undefined) return child;
      const waiting = { listing: null, directory: child.open() };
      below.push(waiting);
      return { ...child, open: () => ({ list: () => this.#take(waiting) }) };
    });
    this.#waiting.push(...below.reverse());
    this.#goOn();
    return known;
  }

  /** @param {Waiting} waiting */
  #take(waiting) {
    const { listing } = waiting;
    waiting.listing = null; // who asks again wants to know what is there by then
    if (!listing) {
      this.#waiting = this.#waiting.filter((other) => other !== waiting);
      return this.#list(waiting.directory);
    }
    this.#ahead -= 1;
    this.#goOn();
    return listing;
  }

  #goOn() {
    while (this.#ahead < AT_MOST) {
      const next = this.#waiting.pop();
      if (!next) return;
      this.#ahead += 1;
      const listing = this.#list(next.directory);
      listing.catch(() => {}); // told to whoever asks
      next.listing = listing;
    }
  }
}
