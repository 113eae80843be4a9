// @ts-check
// From a drop, a picker or a handle to one flat list of files and folders. Folders that are never
// packed are pruned before they are entered, so a virtual environment costs nothing.

import { fromEntry, fromFile, fromHandle } from './children.js';
import { aborted } from './errors.js';

/**
 * @import { Child, Directory } from './children.js'
 * @import { Junk } from './messenger.js'
 * @typedef {{ path: string, folder: boolean, size: number, modified: number | undefined, file?: File }} Entry
 * @typedef {{ path: string, reason: string }} Skipped
 * @typedef {{ entries: Entry[], skipped: Skipped[], unreadable: Skipped[] }} Listing
 * @typedef {{ files: number, bytes: number, skipped: string[] }} Counted
 * @typedef {{ junk: Junk, keep?: Set<string>, signal?: AbortSignal, onProgress?: (counted: Counted) => void }} WalkOptions
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
  const handle = await item.handle;
  const ways = [
    // A handle's listing silently lacks the names that Chromium thinks unsafe: desktop.ini, a.lnk, ~x.
    item.entry && fromEntry(item.entry),
    // On a page that was opened from disk an entry cannot be read.
    handle && fromHandle(handle),
    // For a folder this would be a made-up file of 4096 bytes.
    item.file && !item.entry?.isDirectory && handle?.kind !== 'directory' && fromFile(item.file),
  ].filter((way) => !!way);
  /** @type {unknown} */
  let failure = null;
  for (const way of ways) {
    try {
      if (way.folder) await walk.top(way.open(), alone ? '' : way.name);
      else walk.addFile(way.name, await way.file());
      return way.folder ? way.name : null;
    } catch (error) {
      if (walk.stopped) throw error;
      failure ??= error;
    }
  }
  walk.addUnreadable(ways[0]?.name ?? 'unknown', failure);
  return null;
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
    if (!walk.addParents(path, marked)) continue;
    walk.addFile(path, file);
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
    await this.#children(children, path);
  }

  /**
   * @param {Directory} directory
   * @param {string} path
   */
  async #folder(directory, path) {
    this.throwIfStopped();
    let children;
    try {
      children = await directory.list();
    } catch (error) {
      return this.addUnreadable(path, error);
    }
    if (
      this.#isMarked(
        path,
        children.map(({ name }) => name),
      )
    )
      return;
    this.addFolder(path);
    await this.#children(children, path);
  }

  /**
   * @param {Child[]} children
   * @param {string} parent
   */
  async #children(children, parent) {
    const at = (/** @type {Child} */ child) => (parent ? `${parent}/${child.name}` : child.name);
    const files = children.filter(({ folder }) => !folder);
    for (let start = 0; start < files.length; start += AT_ONCE) {
      this.throwIfStopped();
      await Promise.all(files.slice(start, start + AT_ONCE).map((child) => this.#file(child, at(child))));
      this.#tell();
    }
    for (const child of children) {
      if (child.folder && !this.#isJunk(at(child), child.name)) await this.#folder(child.open(), at(child));
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
      this.addUnreadable(path, error);
    }
  }

  /**
   * @param {string} path
   * @param {File} file
   */
  addFile(path, file) {
    if (this.#entries.has(path)) return this.#skip(path, 'another file has the same path');
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
   */
  addUnreadable(path, error) {
    const reason = `could not be read (${error instanceof Error ? error.name : 'no access'})`;
    this.#unreadable.push({ path, reason });
    this.#skip(path, reason);
  }

  /**
   * Adds the folders above a file, or leaves out the first that is junk.
   * @param {string} path
   * @param {Set<string>} marked
   * @returns {boolean} whether the file belongs to the listing
   */
  addParents(path, marked) {
    const folders = path.split('/').slice(0, -1);
    for (const [index, name] of folders.entries()) {
      const folder = folders.slice(0, index + 1).join('/');
      if (this.#isJunk(folder, name) || marked.has(folder)) return false;
      this.addFolder(folder);
    }
    return true;
  }

  /**
   * Folders in a flat list that hold a marker file.
   * @param {string[]} paths
   */
  markedFolders(paths) {
    const { markers } = this.#options.junk;
    const marked = new Set();
    for (const path of paths) {
      const cut = path.lastIndexOf('/');
      const folder = path.slice(0, Math.max(cut, 0));
      if (folder && Object.hasOwn(markers, path.slice(cut + 1)) && this.#isMarked(folder, [path.slice(cut + 1)])) {
        marked.add(folder);
      }
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
    };
  }

  /**
   * @param {string} path
   * @param {string} name
   */
  #isJunk(path, name) {
    const { junk, keep } = this.#options;
    const known = [name, name.toLowerCase()].find((key) => Object.hasOwn(junk.names, key));
    if (known === undefined || keep?.has(path)) return false;
    this.#skip(path, junk.names[known] ?? '');
    return true;
  }

  /**
   * @param {string} path
   * @param {string[]} names
   */
  #isMarked(path, names) {
    const { junk, keep } = this.#options;
    const marker = names.find((name) => Object.hasOwn(junk.markers, name));
    if (marker === undefined || keep?.has(path)) return false;
    this.#skip(path, junk.markers[marker] ?? '');
    return true;
  }

  /**
   * @param {string} path
   * @param {string} reason
   */
  #skip(path, reason) {
    if (!this.#skipped.has(path)) this.#skipped.set(path, { path, reason });
  }

  #tell() {
    this.#options.onProgress?.({ files: this.#files, bytes: this.#bytes, skipped: [...this.#skipped.keys()] });
  }
}

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
