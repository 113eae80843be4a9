// @ts-check
// Lists folders for the page by their handles, and keeps the files until the page says which are the input's; see
// core/listed-apart.js.

import { handlesIn } from '../core/children.js';
import { changed } from '../core/errors.js';
import { markerReason, reasonFor } from '../core/pruning.js';

/**
 * @import { Held } from '../core/children.js'
 * @import { Part, Refused } from '../core/listed-apart.js'
 * @import { Junk } from '../core/messenger.js'
 * @import { Entry } from '../core/walk.js'
 * @typedef {{ root: number, path: string, handle: FileSystemDirectoryHandle }} Folder
 * @typedef {(parts: Part[]) => void} Tell
 */

/** Folders that are listed at once. */
const FOLDERS = 16;

/** Files of a folder that are asked for, and told of, at once. */
const FILES = 64;

/** Names of a folder that are told of at once: more would take the page's thread for longer than a person notices. */
const NAMES = 2048;

/** The page is told of so many files and folders at once: a message costs it as much as some of them. */
const TOLD = 256;

export class Lister {
  /** @type {Map<number, FileSystemDirectoryHandle>} */
  #roots = new Map();
  /** By a number that no other engine of the page gives. @type {Map<number, File>} */
  #held = new Map();
  #last = 0;

  /**
   * Everything below a folder, in about the order in which the page walks it.
   * @param {{ root: number, handle: FileSystemDirectoryHandle, junk: Junk }} what
   * @param {{ stopped(): boolean, tell: Tell }} watch
   */
  async walk({ root, handle, junk }, { stopped, tell }) {
    this.#roots.set(root, handle);
    /** @type {Folder[]} the next one last */
    const waiting = [{ root, path: '', handle }];
    /** @type {Part[]} */
    const parts = [];
    let told = 0;
    const add = (/** @type {Part} */ part) => {
      parts.push(part);
      told += 1 + (part.files?.length ?? 0) + (part.children?.length ?? 0);
      if (told < TOLD) return;
      told = 0;
      tell(parts.splice(0));
    };
    let busy = 0;
    await /** @type {Promise<void>} */ (
      new Promise((resolve, reject) => {
        const goOn = () => {
          while (busy < FOLDERS && waiting.length > 0 && !stopped()) {
            busy += 1;
            const below = (/** @type {Folder[]} */ folders) => {
              waiting.push(...folders.reverse());
              goOn();
            };
            this.#list(/** @type {Folder} */ (waiting.pop()), stopped, add, { junk, below }).then(() => {
              busy -= 1;
              goOn();
            }, reject);
          }
          if (busy === 0) resolve();
        };
        goOn();
      })
    );
    tell(parts);
  }

  /**
   * One folder that was not walked.
   * @param {{ root: number, path: string }} folder
   * @param {{ stopped(): boolean, tell: Tell }} watch
   */
  async list({ root, path }, { stopped, tell }) {
    try {
      let handle = this.#roots.get(root) ?? gone(path);
      for (const name of path.split('/').filter(Boolean)) handle = await handle.getDirectoryHandle(name);
      await this.#list({ root, path, handle }, stopped, (part) => tell([part]));
    } catch (error) {
      tell([{ path, refused: refused(error) }]);
    }
  }

  /**
   * Gives the files that were kept to the entries that name them.
   * @param {Entry[]} entries
   */
  handOver(entries) {
    for (const entry of entries) {
      const { file } = entry;
      if (!file || !('held' in file)) continue;
      entry.file = this.#held.get(file.held) ?? gone(entry.path);
      this.#held.delete(file.held);
    }
  }

  /** Nobody asks for the files that are left. */
  clear() {
    this.#held.clear();
  }

  /** Nobody asks for the folders either. */
  forget() {
    this.#roots.clear();
    this.clear();
  }

  /**
   * @param {Folder} folder
   * @param {() => boolean} stopped
   * @param {(part: Part) => void} add
   * @param {{ junk: Junk, below: (folders: Folder[]) => void }} [more]  `below` is given the folders that are walked too.
   */
  async #list({ root, path, handle }, stopped, add, more) {
    /** @type {FileSystemHandle[]} */
    let children;
    try {
      children = [...(await handlesIn(handle)).values()];
    } catch (error) {
      return add({ path, refused: refused(error) });
    }
    const named = children.map(({ name, kind }) => ({ name, folder: kind === 'directory' }));
    do add({ path, children: named.splice(0, NAMES), more: named.length > 0 });
    while (named.length > 0);
    const files = children.filter(({ kind }) => kind === 'file');
    const names = files.map(({ name }) => name);
    if (more && markerReason(more.junk.markers, names) === undefined)
      more.below(
        children
          .filter(({ name, kind }) => kind === 'directory' && reasonFor(more.junk.names, name) === undefined)
          .map((child) => folderOf(root, path, child)),
      );
    // Whoever forgot the folder stopped it too.
    const over = () => stopped() || !this.#roots.has(root);
    for (let start = 0; start < files.length && !over(); start += FILES)
      add({ path, files: await Promise.all(files.slice(start, start + FILES).map((file) => this.#hold(root, file))) });
  }

  /**
   * @param {number} root
   * @param {FileSystemHandle} handle
   * @returns {Promise<Held | Refused>}
   */
  async #hold(root, handle) {
    try {
      const file = await /** @type {FileSystemFileHandle} */ (handle).getFile();
      const held = root * 2 ** 32 + ++this.#last;
      this.#held.set(held, file);
      return { held, size: file.size, lastModified: file.lastModified };
    } catch (error) {
      return refused(error);
    }
  }
}

/**
 * @param {number} root
 * @param {string} parent
 * @param {FileSystemHandle} handle
 * @returns {Folder}
 */
const folderOf = (root, parent, handle) => ({
  root,
  path: parent ? `${parent}/${handle.name}` : handle.name,
  handle: /** @type {FileSystemDirectoryHandle} */ (handle),
});

/**
 * @param {unknown} error
 * @returns {Refused}
 */
function refused(error) {
  const { name, message } = /** @type {Error} */ (error);
  return { name, message };
}

/**
 * @param {string} path
 * @returns {never}
 */
function gone(path) {
  throw changed(path);
}
