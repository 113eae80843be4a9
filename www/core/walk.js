// @ts-check
// From a drop, a picker or a handle to one flat list of files and folders. Folders that are never
// packed are pruned before they are entered, so a virtual environment costs nothing.

import { fromEntry, fromFile, fromHandle } from './children.js';
import { aborted } from './errors.js';
import { asked, markerReason, reasonFor } from './pruning.js';

/**
 * @import { Child, Directory } from './children.js'
 * @import { Junk } from './messenger.js'
 * @typedef {{ path: string, folder: boolean, size: number, modified: number | undefined, file?: File }} Entry
 * @typedef {{ path: string, reason: string, folder: boolean }} Skipped
 * @typedef {{ entries: Entry[], skipped: Skipped[], unreadable: Skipped[], partial: string[] }} Listing  `partial`: folders
 *   that only hold what was asked for
 * @typedef {{ files: number, bytes: number, skipped: string[] }} Counted
 * @typedef {{ junk: Junk, includes?: string[], signal?: AbortSignal, onProgress?: (counted: Counted) => void }} WalkOptions
 * @typedef {{ handle: Promise<FileSystemHandle | null>, entry: FileSystemEntry | null, file: File | null }} Taken
 */

/** Files whose size and time are asked for at once. */
const AT_ONCE = 64;

/**
 * Takes everything out of a drop. Must run inside the event: afterwards the items are empty.
 * @param {DataTransfer} transfer
 * @param {boolean} [withHandles]
 * @returns {Taken[]}
 */
export function takeItems(transfer, withHandles = mayUseHandles()) {
  return [...transfer.items]
    .filter((item) => item.kind === 'file')
    .map((item) => ({
      handle: withHandles ? askForHandle(item) : Promise.resolve(null),
      entry: item.webkitGetAsEntry?.() ?? null,
      file: item.getAsFile(),
    }));
}

/**
 * Asking for a handle crashes Chromium in a frame with an opaque origin. A page opened from disk
 * has one too, but there it works, and is the only way that does.
 */
export function mayUseHandles(scope = globalThis) {
  return scope.origin !== 'null' || (scope.location?.protocol === 'file:' && scope.top === scope.self);
}

/**
 * @param {DataTransferItem} item
 * @returns {Promise<FileSystemHandle | null>}
 */
async function askForHandle(item) {
  try {
    return (await Reflect.get(item, 'getAsFileSystemHandle')?.call(item)) ?? null;
  } catch {
    return null; // the entry is tried next
  }
}

/**
 * Walks what was taken from a drop. One folder alone becomes the top of the list.
 * @param {Taken[]} taken
 * @param {WalkOptions} options
 * @returns {Promise<Listing & { name: string | null }>}
 */
export async function walkTaken(taken, options) {
  const walk = new Walk(options);
  const alone = taken.length === 1;
  let name = null;
  for (const item of taken) name = await walkOne(walk, item, alone);
  return { ...walk.finish(), name: alone ? name : null };
}

/**
 * @param {Walk} walk
 * @param {Taken} item
 * @param {boolean} alone
 * @returns {Promise<string | null>} its name, if it is a folder
 */
async function walkOne(walk, item, alone) {
  /** @type {{ name: string, folder: boolean, error: unknown } | null} */
  let failure = null;
  for await (const way of waysTo(item)) {
    try {
      if (way.folder) await walk.top(way.open(), alone ? '' : way.name);
      else walk.addFile(way.name, await way.file());
      return way.folder ? way.name : null;
    } catch (error) {
      if (walk.stopped) throw error;
      failure ??= { name: way.name, folder: way.folder, error };
    }
  }
  walk.addUnreadable(failure?.name ?? 'unknown', failure?.error, failure?.folder ?? false);
  return null;
}

/**
 * @param {Taken} item
 * @returns {AsyncGenerator<Child>}
 */
async function* waysTo({ entry, handle, file }) {
  // A handle's listing silently lacks the names that Chromium thinks unsafe: desktop.ini, a.lnk, ~x.
  if (entry) yield fromEntry(entry);
  // On a page that was opened from disk an entry cannot be read. Awaited only now: for a folder of
  // the system Chromium asks the person first.
  const known = await handle;
  if (known) yield fromHandle(known);
  // For a folder this would be a made-up file of 4096 bytes.
  if (file && !entry?.isDirectory && known?.kind !== 'directory') yield fromFile(file);
}

/**
 * @param {FileSystemDirectoryHandle} handle
 * @param {WalkOptions} options
 * @returns {Promise<Listing & { name: string | null }>}
 */
export async function walkHandle(handle, options) {
  const walk = new Walk(options);
  await walk.top(fromHandle(handle).open(), '');
  return { ...walk.finish(), name: handle.name };
}

/**
 * Files that came with their paths, as a folder picker gives them.
 * @param {{ path: string, file: File }[]} files
 * @param {WalkOptions} options
 * @returns {Listing & { name: string | null }}
 */
export function walkFiles(files, options) {
  const name = sharedTop(files.map(({ path }) => path));
  const walk = new Walk(options);
  const inside = files.map(({ path, file }) => ({ path: name === null ? path : path.slice(name.length + 1), file }));
  const marked = walk.markedFolders(inside.map(({ path }) => path));
  for (const { path, file } of inside) {
    walk.throwIfStopped();
    if (walk.addParents(path, marked)) walk.addFile(path, file);
  }
  return { ...walk.finish(), name };
}

/** One listing in the making. */
class Walk {
  #options;
  /** @type {Map<string, Entry>} */
  #entries = new Map();
  /** @type {Map<string, Skipped>} */
  #skipped = new Map();
  /** @type {Skipped[]} */
  #unreadable = [];
  /** @type {Set<string>} */
  #partial = new Set();
  #files = 0;
  #bytes = 0;

  /** @param {WalkOptions} options */
  constructor(options) {
    this.#options = options;
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
      this.#tell();
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
    this.#entries.set(path, { path, folder: false, size: file.size, modified: wallClock(file.lastModified), file });
    this.#files += 1;
    this.#bytes += file.size;
  }

  /** @param {string} path */
  addFolder(path) {
    if (!this.#entries.has(path)) this.#entries.set(path, { path, folder: true, size: 0, modified: undefined });
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
    const folders = path.split('/').slice(0, -1);
    for (const [index, name] of folders.entries()) {
      const folder = folders.slice(0, index + 1).join('/');
      const depth = this.#enter(folder, this.#junk(name) ?? marked.get(folder));
      if (depth === null) return false;
      this.addFolder(folder);
      if (depth === 'part' && this.#asked(path) !== 'all' && this.#marks(path.slice(folder.length + 1)) === undefined)
        return false;
    }
    return true;
  }

  /**
   * Folders in a flat list that hold a marker file, with the reasons.
   * @param {string[]} paths
   * @returns {Map<string, string>}
   */
  markedFolders(paths) {
    /** @type {Map<string, string[]>} */
    const names = new Map();
    const folders = new Set(paths.filter((path) => this.#marks(nameOf(path)) !== undefined).map(folderOf));
    for (const path of paths) {
      const folder = folderOf(path);
      if (folder === '' || !folders.has(folder)) continue;
      const inside = names.get(folder);
      if (inside) inside.push(nameOf(path));
      else names.set(folder, [nameOf(path)]);
    }
    const marked = new Map();
    for (const [folder, inside] of names) {
      const reason = markerReason(this.#options.junk.markers, inside);
      if (reason !== undefined) marked.set(folder, reason);
    }
    return marked;
  }

  /** @returns {Listing} */
  finish() {
    this.#tell();
    const byPath = (/** @type {{ path: string }} */ a, /** @type {{ path: string }} */ b) =>
      a.path < b.path ? -1 : Number(a.path > b.path);
    // A folder in a folder that is left out was told by the outer one.
    const inside = (/** @type {string} */ path) => {
      for (let cut = path.indexOf('/'); cut > 0; cut = path.indexOf('/', cut + 1)) {
        if (this.#skipped.has(path.slice(0, cut))) return true;
      }
      return false;
    };
    return {
      entries: [...this.#entries.values()].filter(({ path }) => !inside(path)).sort(byPath),
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

  #tell() {
    this.#options.onProgress?.({ files: this.#files, bytes: this.#bytes, skipped: [...this.#skipped.keys()] });
  }
}

/** @param {string} path */
const nameOf = (path) => path.slice(path.lastIndexOf('/') + 1);

/** @param {string} path */
const folderOf = (path) => path.slice(0, Math.max(path.lastIndexOf('/'), 0));

/**
 * The one folder that all paths begin with, if there is one.
 * @param {string[]} paths
 */
function sharedTop(paths) {
  const first = paths[0]?.split('/')[0];
  return first !== undefined && paths.every((path) => path.startsWith(`${first}/`)) ? first : null;
}

/**
 * ZIP files keep local wall-clock time, and the core has no time zone.
 * @param {number} instant
 */
export const wallClock = (instant) => instant - new Date(instant).getTimezoneOffset() * 60_000;
