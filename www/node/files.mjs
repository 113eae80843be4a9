// @ts-check
// Folders and files on a disk: listing, reading, and writing where nothing is harmed.

import fs from 'node:fs';
import path from 'node:path';
import { PackagerError, changed } from '../core/errors.js';
import { asked, markerReason, reasonFor } from '../core/pruning.js';
import { wallClock } from '../core/wall-clock.js';
import { DiskBlob, checkUnchanged, diskError } from './disk-blob.mjs';

/**
 * @import { ListedEntry } from 'core'
 * @import { Junk } from '../core/messenger.js'
 * @import { FileOnDisk } from './disk-blob.mjs'
 * @typedef {{ entries: ListedEntry[], files: (FileOnDisk | null)[], skipped: { path: string, reason: string, folder: boolean }[] }} Listing
 * @typedef {{ root: string, junk: Junk, includes: readonly string[], listing: Listing }} Walk
 */

/** Reads the listed files; keeps the last one open. */
export class DiskSource {
  #files;
  #open = { number: -1, descriptor: -1 };

  /** @param {(FileOnDisk | null)[]} files */
  constructor(files) {
    this.#files = files;
  }

  prefetch() {}

  /**
   * Files one after another, for a thread, which looks whether they are what they were.
   * @param {number[]} numbers
   */
  whole(numbers) {
    return new DiskBlob(
      numbers.map((number) => {
        const file = this.#file(number);
        return { file, from: 0, to: file.size };
      }),
    );
  }

  checkUnchanged() {} // a thread did, when it had read them

  /**
   * Which of some files is not what it was.
   * @param {number[]} numbers
   * @returns {PackagerError | null}
   */
  guilty(numbers) {
    for (const number of numbers) {
      const file = this.#file(number);
      try {
        checkUnchanged(fs.statSync(file.place), file);
      } catch (error) {
        return diskError(error, file.path);
      }
    }
    return null;
  }

  /** @param {number[]} numbers */
  async stillThere(numbers) {
    const guilty = this.guilty(numbers);
    if (guilty) throw guilty;
  }

  /** @param {number} number */
  #file(number) {
    const file = this.#files[number];
    if (!file) throw new PackagerError('internal', `there is no file number ${number}`);
    return file;
  }

  /**
   * @param {number} number
   * @param {number} offset
   * @param {number} length
   * @returns {Uint8Array}
   */
  read(number, offset, length) {
    const file = this.#file(number);
    try {
      const descriptor = this.#descriptor(number, file);
      const bytes = new Uint8Array(length);
      let read = 0;
      while (read < length) {
        const got = fs.readSync(descriptor, bytes, read, length - read, offset + read);
        if (got === 0) throw changed(file.path);
        read += got;
      }
      if (offset + length === file.size) checkUnchanged(fs.fstatSync(descriptor), file);
      return bytes;
    } catch (error) {
      throw diskError(error, file.path);
    }
  }

  close() {
    if (this.#open.descriptor >= 0) fs.closeSync(this.#open.descriptor);
    this.#open = { number: -1, descriptor: -1 };
  }

  /**
   * @param {number} number
   * @param {FileOnDisk} file
   */
  #descriptor(number, file) {
    if (this.#open.number === number) return this.#open.descriptor;
    this.close();
    const descriptor = fs.openSync(file.place, 'r');
    this.#open = { number, descriptor };
    checkUnchanged(fs.fstatSync(descriptor), file);
    return descriptor;
  }
}

/**
 * @param {string} place
 * @param {string} [shown]
 * @returns {FileOnDisk}
 */
export function fileOnDisk(place, shown = path.basename(place)) {
  const { size, mtimeMs } = fs.statSync(place);
  return { path: shown, place, size, modified: mtimeMs };
}

/**
 * Lists a folder, pruned before it is descended, in the order of the names. What cannot be read is
 * left out, as on the page; only the folder itself has to be readable.
 * @param {string} root
 * @param {Junk} junk
 * @param {readonly string[]} [includes]  What is walked although it would be pruned.
 * @returns {Listing}
 */
export function listFolder(root, junk, includes = []) {
  /** @type {Listing} */
  const listing = { entries: [], files: [], skipped: [] };
  const children = namesIn(root);
  if (children instanceof Error) throw diskError(children, root);
  walk({ root, junk, includes, listing }, '', children, false);
  return listing;
}

/**
 * @param {Walk} on
 * @param {string} folder
 * @param {fs.Dirent[]} children
 * @param {boolean} partial  Only what was asked for counts.
 */
function walk(on, folder, children, partial) {
  for (const child of children) {
    const shown = folder ? `${folder}/${child.name}` : child.name;
    if (child.isDirectory()) walkFolder(on, shown, child.name, partial);
    // A marker stays: it says why the rest is left out.
    else if (!partial || reasonFor(on.junk.markers, child.name) !== undefined || asked(on.includes, shown) === 'all')
      addFile(on, shown, child);
  }
}

/**
 * @param {Walk} on
 * @param {string} shown
 * @param {string} name
 * @param {boolean} partial
 */
function walkFolder(on, shown, name, partial) {
  const { root, junk, includes, listing } = on;
  const skip = (/** @type {string} */ reason) => void listing.skipped.push({ path: shown, reason, folder: true });
  const depth = (/** @type {string | undefined} */ reason) => (reason === undefined ? 'all' : asked(includes, shown));
  const junkReason = reasonFor(junk.names, name);
  const wanted = partial ? asked(includes, shown) : depth(junkReason);
  if (wanted === null) return partial || skip(junkReason ?? ''); // of a folder in part, the folder itself is told
  const children = namesIn(path.join(root, shown));
  if (children instanceof Error) return skip(unreadable(children));
  const files = children.filter((child) => !child.isDirectory());
  const marker = markerReason(
    junk.markers,
    files.map((child) => child.name),
  );
  const inside = wanted === 'part' ? 'part' : depth(marker);
  if (inside === null) return skip(marker ?? '');
  listing.entries.push({ path: shown, folder: true, size: 0, modified: undefined });
  listing.files.push(null);
  walk(on, shown, children, inside === 'part');
}

/**
 * @param {Walk} on
 * @param {string} shown
 * @param {fs.Dirent} child
 */
function addFile({ root, listing }, shown, child) {
  const skip = (/** @type {string} */ reason) => void listing.skipped.push({ path: shown, reason, folder: false });
  if (child.isSymbolicLink()) return skip('symbolic link');
  if (!child.isFile()) return skip('not a regular file');
  const place = path.join(root, shown);
  try {
    fs.accessSync(place, fs.constants.R_OK);
    const file = fileOnDisk(place, shown);
    listing.entries.push({
      path: shown,
      folder: false,
      size: file.size,
      modified: wallClock(Math.floor(file.modified)),
    });
    listing.files.push(file);
  } catch (error) {
    skip(unreadable(error));
  }
}

/** @param {unknown} error */
const unreadable = (error) => `could not be read (${Reflect.get(Object(error), 'code') ?? 'no access'})`;

/**
 * @param {string} place
 * @returns {fs.Dirent[] | Error}
 */
function namesIn(place) {
  try {
    return fs.readdirSync(place, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/**
 * A file that appears under its name only when it is whole.
 */
export class NewFile {
  #out;
  #temporary;
  /** Nothing once it is closed: another file may have the number then. @type {number | null} */
  #descriptor;

  /** @param {string} out */
  constructor(out) {
    this.#out = out;
    this.#temporary = `${out}.${process.pid}.part`;
    try {
      this.#descriptor = fs.openSync(this.#temporary, 'wx');
    } catch (error) {
      throw diskError(error, this.#temporary);
    }
  }

  /**
   * @param {number} offset
   * @param {Uint8Array} bytes
   */
  write(offset, bytes) {
    const descriptor = this.#descriptor ?? -1;
    let written = 0;
    while (written < bytes.length) {
      written += fs.writeSync(descriptor, bytes, written, bytes.length - written, offset + written);
    }
  }

  /** Gives the file its name. */
  finish() {
    try {
      fs.fsyncSync(this.#descriptor ?? -1);
    } catch (error) {
      if (Reflect.get(Object(error), 'code') !== 'ERR_ACCESS_DENIED') throw error; // Node, when it was told to allow little
    }
    this.#close();
    fs.renameSync(this.#temporary, this.#out);
  }

  discard() {
    this.#close();
    fs.rmSync(this.#temporary, { force: true });
  }

  #close() {
    const descriptor = this.#descriptor;
    this.#descriptor = null;
    if (descriptor !== null) fs.closeSync(descriptor);
  }
}

/**
 * Whether a file would lie in a folder, links resolved.
 * @param {string} file
 * @param {string} folder
 */
export function liesIn(file, folder) {
  const parent = fs.realpathSync(path.dirname(path.resolve(file)));
  const inside = path.relative(fs.realpathSync(folder), parent);
  return inside === '' || (!inside.startsWith('..') && !path.isAbsolute(inside));
}
