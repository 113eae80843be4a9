// @ts-check
// Folders and files on a disk: listing, reading, and writing where nothing is harmed.

import fs from 'node:fs';
import path from 'node:path';
import { PackagerError, changed } from '../core/errors.js';
import { wallClock } from '../core/walk.js';

/**
 * @import { ListedEntry } from 'core'
 * @import { Junk } from '../core/messenger.js'
 * @typedef {{ path: string, place: string, size: number, modified: number }} FileOnDisk
 * @typedef {{ entries: ListedEntry[], files: (FileOnDisk | null)[], skipped: { path: string, reason: string }[] }} Listing
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
   * @param {number} number
   * @param {number} offset
   * @param {number} length
   * @returns {Uint8Array}
   */
  read(number, offset, length) {
    const file = this.#files[number];
    if (!file) throw new PackagerError('internal', `there is no file number ${number}`);
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
 * @param {fs.Stats} now
 * @param {FileOnDisk} file
 */
function checkUnchanged(now, { path: shown, size, modified }) {
  if (now.size !== size || now.mtimeMs !== modified) throw changed(shown);
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
 * Lists a folder, pruned before it is descended, in the order of the names.
 * @param {string} root
 * @param {Junk} junk
 * @returns {Listing}
 */
export function listFolder(root, junk) {
  /** @type {Listing} */
  const listing = { entries: [], files: [], skipped: [] };
  walk(root, '', junk, listing);
  return listing;
}

/**
 * @param {string} root
 * @param {string} folder
 * @param {Junk} junk
 * @param {Listing} listing
 */
function walk(root, folder, junk, listing) {
  const { entries, files, skipped } = listing;
  const children = readFolder(path.join(root, folder), folder).sort((a, b) => (a.name < b.name ? -1 : 1));
  const marker = folder && children.find(({ name }) => Object.hasOwn(junk.markers, name));
  if (marker) {
    skipped.push({ path: folder, reason: junk.markers[marker.name] ?? '' });
    return;
  }
  if (folder) {
    entries.push({ path: folder, folder: true, size: 0, modified: undefined });
    files.push(null);
  }
  for (const child of children) {
    const shown = folder ? `${folder}/${child.name}` : child.name;
    const known = [child.name, child.name.toLowerCase()].find((name) => Object.hasOwn(junk.names, name));
    if (child.isSymbolicLink()) skipped.push({ path: shown, reason: 'symbolic link' });
    else if (child.isDirectory() && known !== undefined) skipped.push({ path: shown, reason: junk.names[known] ?? '' });
    else if (child.isDirectory()) walk(root, shown, junk, listing);
    else if (!child.isFile()) skipped.push({ path: shown, reason: 'not a regular file' });
    else {
      const file = fileOnDisk(path.join(root, shown), shown);
      entries.push({ path: shown, folder: false, size: file.size, modified: wallClock(Math.floor(file.modified)) });
      files.push(file);
    }
  }
}

/**
 * @param {string} place
 * @param {string} shown
 */
function readFolder(place, shown) {
  try {
    return fs.readdirSync(place, { withFileTypes: true });
  } catch (error) {
    throw diskError(error, shown || place);
  }
}

/**
 * A file that appears under its name only when it is whole.
 */
export class NewFile {
  #out;
  #temporary;
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
    let written = 0;
    while (written < bytes.length) {
      written += fs.writeSync(this.#descriptor, bytes, written, bytes.length - written, offset + written);
    }
  }

  /** Gives the file its name. */
  finish() {
    fs.fsyncSync(this.#descriptor);
    fs.closeSync(this.#descriptor);
    fs.renameSync(this.#temporary, this.#out);
  }

  discard() {
    try {
      fs.closeSync(this.#descriptor);
    } catch {
      // closed already
    }
    fs.rmSync(this.#temporary, { force: true });
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

/**
 * @param {unknown} error
 * @param {string} shown
 */
export function diskError(error, shown) {
  if (error instanceof PackagerError) return error;
  const code = Reflect.get(Object(error), 'code');
  if (code === 'ENOENT' || code === 'ENOTDIR') return new PackagerError('missing', `${shown} does not exist.`, shown);
  if (code === 'EACCES' || code === 'EPERM') return new PackagerError('denied', `${shown} may not be opened.`, shown);
  return new PackagerError('internal', `${shown}: ${error instanceof Error ? error.message : error}`, shown);
}
