// @ts-check
// Handles, entries and files, all in one shape.

import { PackagerError } from './errors.js';

/**
 * @typedef {{ held: number, size: number, lastModified: number }} Held  A file that is with the engine, by its number there.
 * @typedef {{ name: string, folder: boolean, file(): Promise<File | Held>, open(): Directory }} Child
 * @typedef {{ list(): Promise<Child[]> }} Directory
 */

/**
 * @param {FileSystemHandle} handle
 * @returns {Child}
 */
export function fromHandle(handle) {
  return {
    name: handle.name,
    folder: handle.kind === 'directory',
    file: () => /** @type {FileSystemFileHandle} */ (handle).getFile(),
    open: () => ({
      list: async () => [...(await handlesIn(handle)).values()].map(fromHandle),
    }),
  };
}

/**
 * @param {FileSystemHandle} handle
 * @returns {Promise<Map<string, FileSystemHandle>>} by name
 */
export async function handlesIn(handle) {
  const children = new Map();
  // @ts-ignore values() is missing from some versions of the DOM types
  for await (const child of handle.values()) children.set(child.name, child);
  return children;
}

/**
 * @param {FileSystemEntry} entry
 * @returns {Child}
 */
export function fromEntry(entry) {
  return {
    name: entry.name,
    folder: entry.isDirectory,
    file: () => new Promise((resolve, reject) => /** @type {FileSystemFileEntry} */ (entry).file(resolve, reject)),
    open: () => ({
      list: async () => (await entriesIn(entry)).map(fromEntry),
    }),
  };
}

/**
 * @param {FileSystemEntry} entry
 * @returns {Promise<FileSystemEntry[]>}
 */
async function entriesIn(entry) {
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  const children = [];
  // Chromium gives 100 at a time; only an empty answer is the end.
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return children;
    children.push(...batch);
  }
}

/**
 * An entry lists everything, a handle gives files in a fraction of the time.
 * @param {FileSystemEntry} entry
 * @param {Child | null} fast  The same by its handle.
 * @returns {Child}
 */
export function fromBoth(entry, fast) {
  const slow = fromEntry(entry);
  if (fast?.folder !== slow.folder) return slow;
  return {
    ...slow,
    file: () => fast.file().catch(() => slow.file()),
    open: () => ({
      async list() {
        /** @type {Promise<Child[]>} */
        const known = fast
          .open()
          .list()
          .catch(() => []);
        const entries = await entriesIn(entry);
        const byName = new Map((await known).map((child) => [child.name, child]));
        return entries.map((child) => fromBoth(child, byName.get(child.name) ?? null));
      },
    }),
  };
}

/**
 * @param {File} file
 * @returns {Child}
 */
export function fromFile(file) {
  return {
    name: file.name,
    folder: false,
    file: async () => file,
    open: wrongKind,
  };
}

/** @returns {never} */
export function wrongKind() {
  throw new PackagerError('internal', 'a file has no listing, and a folder no bytes');
}
