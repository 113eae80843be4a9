// @ts-check
// A folder that the engine lists by its handle, ahead of the page, which learns names and sizes. A handle has an end in the
// browser's own process, and those of thousands of files are given up all at once when they are collected: a page would
// stand still meanwhile.

import { fromHandle, wrongKind } from './children.js';
import { aborted } from './errors.js';

/**
 * @import { Child, Held } from './children.js'
 * @import { Junk, Messenger } from './messenger.js'
 * @typedef {{ path: string, children?: { name: string, folder: boolean }[], more?: boolean, files?: (Held | Refused)[],
 *   refused?: Refused }} Part  Of a listing: first the `children`, or why there are none; where there are `more` of them, the
 *   next part goes on. Then the files of them in the same order, some at a time
 * @typedef {{ name: string, message: string }} Refused  The error of who cannot read something.
 * @typedef {{ resolve(file: Held): void, reject(error: unknown): void }} Coming
 * @typedef {{ children: Promise<Child[]>, resolve(children: Child[]): void, reject(error: unknown): void, named: Child[],
 *   came: boolean, asked: boolean, coming: Coming[] }} Listing  `named`: the children of whom is known so far; `came`: all
 *   did; `coming`: files of them that did not yet
 * @typedef {{ junk: Junk, signal?: AbortSignal }} How
 */

/** By which number an engine knows it. */
let roots = 0;

/** One folder, and those below it. */
export class ListedApart {
  #messenger;
  #root = ++roots;
  /** What came with the walk, or is waited for, by path. @type {Map<string, Listing>} */
  #listings = new Map();
  #walking = true;
  /** Why the walk ended before it was over. @type {unknown} */
  #ended = null;
  /** @type {Child} */
  child;

  /**
   * @param {Pick<Messenger, 'call'>} messenger
   * @param {FileSystemHandle} handle  Of a folder.
   * @param {How} how  What is never walked is only listed when somebody asks for it.
   */
  constructor(messenger, handle, { junk, signal }) {
    this.#messenger = messenger;
    // Safari does not let a handle leave the page.
    const here = (/** @type {unknown} */ error) => {
      if (!(error instanceof DOMException && error.name === 'DataCloneError')) throw error;
      return fromHandle(handle).open().list();
    };
    this.child = { ...this.#folder(handle.name, ''), open: () => ({ list: () => this.#list('').catch(here) }) };
    const take = (/** @type {Part} */ part) => {
      const listing = this.#listings.get(part.path) ?? this.#wait(part.path);
      this.#take(part, listing);
      this.#release(part.path, listing);
    };
    const over = () => {
      this.#walking = false;
      // What did not come was left out; somebody wants it all the same.
      for (const [path, listing] of this.#listings) {
        if (listing.came) {
          fail(listing, aborted());
          continue;
        }
        this.#listings.delete(path);
        this.#ask(path, listing);
      }
    };
    const failed = (/** @type {unknown} */ error) => {
      this.#ended = error;
      for (const listing of this.#listings.values()) fail(listing, error);
      this.#listings.clear();
    };
    this.#call('walk', { root: this.#root, handle, junk }, take, signal).then(over, failed);
  }

  /**
   * @param {string} name
   * @param {string} path
   * @returns {Child}
   */
  #folder(name, path) {
    return { name, folder: true, file: wrongKind, open: () => ({ list: () => this.#list(path) }) };
  }

  /** Who asks again wants to know what is there by then. @param {string} path */
  async #list(path) {
    if (this.#ended) throw this.#ended;
    const known = this.#listings.get(path);
    if (known?.asked || (!known && !this.#walking)) return this.#ask(path, newListing());
    const listing = known ?? this.#wait(path);
    listing.asked = true;
    this.#release(path, listing);
    return listing.children;
  }

  /**
   * @param {string} path
   * @param {Listing} listing
   */
  #ask(path, listing) {
    const take = (/** @type {Part} */ part) => this.#take(part, listing);
    const over = () => fail(listing, aborted()); // what did not come when the folder was forgotten
    this.#call('children', { root: this.#root, path }, take).then(over, (error) => fail(listing, error));
    return listing.children;
  }

  /**
   * @param {string} action
   * @param {object} argument
   * @param {(part: Part) => void} take
   * @param {AbortSignal} [signal]
   */
  #call(action, argument, take, signal) {
    const onProgress = (/** @type {Part[]} */ parts) => parts.forEach(take);
    return this.#messenger.call(action, argument, { beside: true, gentle: true, signal, onProgress });
  }

  /** @param {string} path */
  #wait(path) {
    const listing = newListing();
    this.#listings.set(path, listing);
    return listing;
  }

  /**
   * @param {Part} part
   * @param {Listing} listing
   */
  #take({ path, children = [], more = false, files, refused }, listing) {
    for (const child of children) listing.named.push(this.#child(child, path, listing));
    if (refused) listing.reject(errorOf(refused));
    else if (!more) listing.resolve(listing.named);
    listing.came = !more;
    if (!files) return;
    for (const [at, { resolve, reject }] of listing.coming.splice(0, files.length).entries()) {
      const file = files[at];
      if (file && 'held' in file) resolve(file);
      else reject(errorOf(file));
    }
  }

  /**
   * @param {{ name: string, folder: boolean }} child
   * @param {string} parent
   * @param {Listing} listing
   * @returns {Child}
   */
  #child({ name, folder }, parent, { coming }) {
    if (folder) return this.#folder(name, parent ? `${parent}/${name}` : name);
    const file = new Promise((resolve, reject) => coming.push({ resolve, reject }));
    file.catch(() => {}); // told to whoever asks
    return { name, folder, file: () => file, open: wrongKind };
  }

  /**
   * @param {string} path
   * @param {Listing} listing
   */
  #release(path, { came, asked, coming }) {
    if (came && asked && coming.length === 0) this.#listings.delete(path);
  }
}

/** @returns {Listing} */
function newListing() {
  /** @type {Pick<Listing, 'resolve' | 'reject'>} */
  let settle = { resolve() {}, reject() {} };
  const children = new Promise((resolve, reject) => (settle = { resolve, reject }));
  children.catch(() => {}); // told to whoever asks
  return { ...settle, children, named: [], came: false, asked: false, coming: [] };
}

/**
 * Of what has not come.
 * @param {Listing} listing
 * @param {unknown} error
 */
function fail({ reject, coming }, error) {
  for (const one of [{ reject }, ...coming]) one.reject(error);
}

/** @param {Refused | undefined} refused */
const errorOf = (refused) => new DOMException(refused?.message, refused?.name);
