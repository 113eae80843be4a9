// @ts-check
// Handles, entries and files, all in one shape.

import { PackagerError } from './errors.js';

/**
 * @typedef {{ name: string, folder: boolean, file(): Promise<File>, open(): Directory }} Child
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
async function handlesIn(handle) {
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
 * @param {FileSystemHandle | null} handle  Of the same.
 * @returns {Child}
 */
export function fromBoth(entry, handle) {
  const slow = fromEntry(entry);
  if (!handle || (handle.kind === 'directory') !== slow.folder) return slow;
  const fast = fromHandle(handle);
  return {
    ...slow,
    file: () => fast.file().catch(() => slow.file()),
    open: () => ({
      async list() {
        const handles = handlesIn(handle).catch(() => new Map());
        const entries = await entriesIn(entry);
        const byName = await handles;
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
    open() {
      throw new PackagerError('internal', 'a file has no listing');
    },
  };
}
