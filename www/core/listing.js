// @ts-check
// One listing in the making: what is pruned, what is given away while the walk goes on.

import { aborted } from './errors.js';
import { asked, markerReason, reasonFor } from './pruning.js';
import { each } from './turn.js';
import { wallClock } from './wall-clock.js';

/**
 * @import { Child, Directory } from './children.js'
 * @import { Entry, Listing, Skipped, WalkOptions } from './walk.js'
 */

/** Files whose size and time are asked for at once. */
const AT_ONCE = 64;

/** Entries that are given away together: each costs the page's thread about a tenth of a millisecond. */
const GIVEN_AT_ONCE = 100;

/** How often the walk says how far it is. */
const TOLD_EVERY_MS = 100;

/** One listing in the making. */
export class Walk {
  #options;
  /** @type {Set<string>} paths */
  #entries = new Set();
  /** @type {Map<string, Skipped>} */
  #skipped = new Map();
  /** @type {Skipped[]} */
  #unreadable = [];
  /** @type {Set<string>} */
  #partial = new Set();
  /** @type {Map<string, 'all' | 'part' | null>} how much of each folder of a flat list is walked */
  #depths = new Map();
  #files = 0;
  #bytes = 0;
  #told = -Infinity;
  /** @type {Entry[]} what was not given away */
  #kept = [];

  /**
   * @param {WalkOptions} options
   * @param {string | null} [name]  Of the folder, where it is known.
   */
  constructor(options, name = null) {
    this.#options = options;
    this.name = name;
  }

  get stopped() {
    return this.#options.signal?.aborted ?? false;
  }

  throwIfStopped() {
    if (this.stopped) throw aborted();
  }

  /**
   * A folder that the person named: never pruned itself, and an error when it cannot be listed.
   * @param {Directory} directory
   * @param {string} path
   */
  async top(directory, path) {
    const children = await directory.list();
    if (path) this.addFolder(path);
    await this.#children(children, path, false);
  }

  /**
   * @param {Directory} directory
   * @param {string} path
   * @param {boolean} partial  Only what was asked for counts.
   */
  async #folder(directory, path, partial) {
    this.throwIfStopped();
    let children;
    try {
      children = await directory.list();
    } catch (error) {
      return this.addUnreadable(path, error, true);
    }
    const files = children.filter(({ folder }) => !folder);
    const marker = markerReason(
      this.#options.junk.markers,
      files.map(({ name }) => name),
    );
    const depth = partial ? 'part' : this.#enter(path, marker);
    if (depth === null) return;
    this.addFolder(path);
    await this.#children(children, path, depth === 'part');
  }

  /**
   * @param {Child[]} children
   * @param {string} parent
   * @param {boolean} partial
   */
  async #children(children, parent, partial) {
    const at = (/** @type {Child} */ child) => (parent ? `${parent}/${child.name}` : child.name);
    // A marker stays: it says why the rest is left out.
    const counts = (/** @type {Child} */ child) =>
      !partial || this.#marks(child.name) !== undefined || this.#asked(at(child)) === 'all';
    const files = children.filter((child) => !child.folder && counts(child));
    for (let start = 0; start < files.length; start += AT_ONCE) {
      this.throwIfStopped();
      await Promise.all(files.slice(start, start + AT_ONCE).map((child) => this.#file(child, at(child))));
      this.tellSometimes();
    }
    for (const child of children) {
      if (!child.folder) continue;
      const path = at(child);
      const depth = partial ? this.#asked(path) : this.#enter(path, this.#junk(child.name));
      if (depth !== null) await this.#folder(child.open(), path, depth === 'part');
    }
  }

  /**
   * @param {Child} child
   * @param {string} path
   */
  async #file(child, path) {
    try {
      this.addFile(path, await child.file());
    } catch (error) {
      this.addUnreadable(path, error, false);
    }
  }

  /**
   * @param {string} path
   * @param {File} file
   */
  addFile(path, file) {
    if (this.#entries.has(path)) return this.#skip(path, 'another file has the same path', false);
    const { size, lastModified } = file;
    this.#add({ path, folder: false, size, modified: wallClock(lastModified), file });
    this.#files += 1;
    this.#bytes += size;
  }

  /** @param {string} path */
  addFolder(path) {
    if (!this.#entries.has(path)) this.#add({ path, folder: true, size: 0, modified: undefined });
  }

  /** @param {Entry} entry */
  #add(entry) {
    this.#entries.add(entry.path);
    this.#kept.push(entry);
    const { onEntries } = this.#options;
    if (onEntries && this.#kept.length >= GIVEN_AT_ONCE) onEntries(this.#kept.splice(0), this.name);
  }

  /**
   * @param {string} path
   * @param {unknown} error
   * @param {boolean} folder
   */
  addUnreadable(path, error, folder) {
    const reason = `could not be read (${error instanceof Error ? error.name : 'no access'})`;
    this.#unreadable.push({ path, reason, folder });
    this.#skip(path, reason, folder);
  }

  /**
   * Adds the folders above a file, or leaves out the first that is junk.
   * @param {string} path
   * @param {Map<string, string>} marked
   * @returns {boolean} whether the file belongs to the listing
   */
  addParents(path, marked) {
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      const folder = path.slice(0, end);
      let depth = this.#depths.get(folder);
      if (depth === undefined) {
        depth = this.#enter(folder, this.#junk(nameOf(folder)) ?? marked.get(folder));
        this.#depths.set(folder, depth);
        if (depth !== null) this.addFolder(folder);
      }
      if (depth === null) return false;
      if (depth === 'part' && this.#asked(path) !== 'all' && this.#marks(path.slice(folder.length + 1)) === undefined)
        return false;
    }
    return true;
  }

  /**
   * Folders in a flat list that hold a marker file, with the reasons.
   * @param {{ path: string }[]} files
   * @returns {Promise<Map<string, string>>}
   */
  async markedFolders(files) {
    /** @type {Map<string, string[]>} */
    const names = new Map();
    await each(files, ({ path }) => {
      if (folderOf(path) !== '' && this.#marks(nameOf(path)) !== undefined) names.set(folderOf(path), []);
    });
    if (names.size > 0) await each(files, ({ path }) => names.get(folderOf(path))?.push(nameOf(path)));
    const marked = new Map();
    for (const [folder, inside] of names) {
      const reason = markerReason(this.#options.junk.markers, inside);
      if (reason !== undefined) marked.set(folder, reason);
    }
    return marked;
  }

  /** @returns {Listing} */
  finish() {
    this.tell();
    // A folder in a folder that is left out was told by the outer one.
    const inside = (/** @type {string} */ path) => {
      for (let cut = path.indexOf('/'); cut > 0; cut = path.indexOf('/', cut + 1)) {
        if (this.#skipped.has(path.slice(0, cut))) return true;
      }
      return false;
    };
    return {
      entries: this.#kept.sort(byPath),
      files: this.#files,
      given: this.#entries.size - this.#kept.length,
      skipped: [...this.#skipped.values()].filter(({ path }) => !inside(path)).sort(byPath),
      unreadable: this.#unreadable,
      partial: [...this.#partial],
    };
  }

  /** @param {string} name  Of a folder. */
  #junk(name) {
    return reasonFor(this.#options.junk.names, name);
  }

  /** @param {string} name  Of a file. */
  #marks(name) {
    return reasonFor(this.#options.junk.markers, name);
  }

  /** @param {string} path */
  #asked(path) {
    return asked(this.#options.includes, path);
  }

  /**
   * How much of a folder is walked.
   * @param {string} path
   * @param {string | undefined} reason  Why it would be left out.
   */
  #enter(path, reason) {
    if (reason === undefined) return 'all';
    const depth = this.#asked(path);
    if (depth === 'part') this.#partial.add(path);
    if (depth === null) this.#skip(path, reason, true);
    return depth;
  }

  /**
   * @param {string} path
   * @param {string} reason
   * @param {boolean} folder
   */
  #skip(path, reason, folder) {
    if (!this.#skipped.has(path)) this.#skipped.set(path, { path, reason, folder });
  }

  /** Says how far the walk is; showing it costs more than a turn of the walk, so not each time. */
  tellSometimes() {
    if (performance.now() - this.#told >= TOLD_EVERY_MS) this.tell();
  }

  tell() {
    this.#told = performance.now();
    this.#options.onProgress?.({ files: this.#files, bytes: this.#bytes, skipped: [...this.#skipped.keys()] });
  }
}

/**
 * @param {{ path: string }} a
 * @param {{ path: string }} b
 */
export const byPath = (a, b) => (a.path < b.path ? -1 : Number(a.path > b.path));

/** @param {string} path */
const nameOf = (path) => path.slice(path.lastIndexOf('/') + 1);

/** @param {string} path */
const folderOf = (path) => path.slice(0, Math.max(path.lastIndexOf('/'), 0));
