// @ts-check
// One listing in the making: what is pruned, what is given away while the walk goes on.

import { aborted } from './errors.js';
import { asked, markerReason, reasonFor } from './pruning.js';
import { each, turnIfDue } from './turn.js';
import { wallClock } from './wall-clock.js';

/**
 * @import { Child, Directory, Held } from './children.js'
 * @import { Entry, Skipped, WalkOptions } from './walk.js'
 */

/** Files whose size and time are asked for at once. */
const AT_ONCE = 64;

/** Entries that are given away together: each costs the page's thread about a tenth of a millisecond. */
const GIVEN_AT_ONCE = 100;

/** How often the walk says how far it is. */
const TOLD_EVERY_MS = 100;

/** @typedef {{ path: string, reason: string | undefined, open: () => Directory }} Rest  `reason`: why it is left out */

/** One listing in the making. */
export class Walk {
  #options;
  /** The walk that this one goes on with. @type {Walk | null} */
  #before = null;
  /** @type {Set<string>} paths */
  #folders = new Set();
  /** @type {Set<string>} paths */
  #files = new Set();
  /** Folders of which more can be walked. @type {Rest[]} */
  #rest = [];
  /** @type {Map<string, Skipped>} */
  #skipped = new Map();
  /** @type {Skipped[]} */
  #unreadable = [];
  /** @type {Set<string>} */
  #partial = new Set();
  /** @type {Map<string, 'all' | 'part' | null>} how much of each folder of a flat list is walked */
  #depths = new Map();
  #count = 0;
  #bytes = 0;
  #told = -Infinity;
  /** @type {Entry[]} what was not given away */
  #kept = [];
  /** How many entries there are, with those that were. */
  #added = 0;

  /**
   * @param {WalkOptions} options
   * @param {string | null} [name]  Of the folder, where it is known.
   */
  constructor(options, name = null) {
    this.#options = options;
    this.name = name;
  }

  /**
   * One that goes on where this one ended, for more is asked for. This one stays as it is, so that what fails can be
   * tried again.
   * @param {WalkOptions} options
   */
  next(options) {
    const next = new Walk(options, this.name);
    next.#before = this;
    next.#skipped = new Map(this.#skipped);
    next.#unreadable = [...this.#unreadable];
    next.#partial = new Set(this.#partial);
    [next.#count, next.#bytes] = [this.#count, this.#bytes];
    return next;
  }

  /** Walks the folders that were left out, or walked in part, as far as they are asked for now. */
  async goOn() {
    for (const rest of this.#before ? this.#before.#rest : []) {
      this.throwIfStopped();
      const depth = this.#enter(rest.path, rest.reason);
      if (depth !== 'all') this.#rest.push(rest);
      if (depth !== null) await this.#folder(rest.open(), rest.path, depth === 'part');
    }
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
    if (!partial && depth !== 'all') this.#rest.push({ path, reason: marker, open: () => directory });
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
    const before = this.#before;
    const isNew = (/** @type {Child} */ child) =>
      !before || !(before.#knows(at(child)) || before.#skipped.has(at(child)));
    const files = children.filter((child) => !child.folder && counts(child) && isNew(child));
    for (let start = 0; start < files.length; start += AT_ONCE) {
      this.throwIfStopped();
      await Promise.all(files.slice(start, start + AT_ONCE).map((child) => this.#file(child, at(child))));
      this.tellSometimes();
      await turnIfDue(); // what was listed ahead is there at once
    }
    for (const child of children) {
      if (!child.folder) continue;
      const path = at(child);
      const reason = this.#junk(child.name);
      const depth = partial ? this.#asked(path) : this.#enter(path, reason);
      if (!partial && depth !== 'all') this.#rest.push({ path, reason, open: () => child.open() });
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
   * @param {File | Held} file
   */
  addFile(path, file) {
    if (this.#knows(path)) return this.#skip(path, 'another file has the same path', false);
    this.#files.add(path);
    const { size, lastModified } = file;
    this.#add({ path, folder: false, size, modified: wallClock(lastModified), file });
    this.#count += 1;
    this.#bytes += size;
  }

  /** @param {string} path */
  addFolder(path) {
    if (this.#knows(path)) return;
    this.#folders.add(path);
    this.#add({ path, folder: true, size: 0, modified: undefined });
  }

  /**
   * @param {string} path
   * @returns {boolean}
   */
  #knows(path) {
    return this.#files.has(path) || this.#folders.has(path) || (this.#before !== null && this.#before.#knows(path));
  }

  /** @param {Entry} entry */
  #add(entry) {
    this.#kept.push(entry);
    this.#added += 1;
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

  finish() {
    this.tell();
    // Only a folder that was walked in part is walked once more, and has files that are known then.
    if (this.#partial.size === 0) this.#files.clear();
    // A folder in a folder that is left out was told by the outer one.
    const inside = (/** @type {string} */ path) => {
      for (let cut = path.indexOf('/'); cut > 0; cut = path.indexOf('/', cut + 1)) {
        if (this.#skipped.has(path.slice(0, cut))) return true;
      }
      return false;
    };
    return {
      entries: this.#kept.sort(byPath),
      files: this.#count,
      given: this.#added - this.#kept.length,
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
    if (depth === null) {
      // What was walked in part stays so when nothing more of it is asked for.
      if (!this.#partial.has(path)) this.#skip(path, reason, true);
      return null;
    }
    this.#skipped.delete(path); // by a walk before this one
    if (depth === 'part') this.#partial.add(path);
    else this.#partial.delete(path);
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
    this.#options.onProgress?.({ files: this.#count, bytes: this.#bytes, skipped: [...this.#skipped.keys()] });
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
