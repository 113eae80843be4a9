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
      async list() {
        const children = [];
        // @ts-ignore values() is missing from some versions of the DOM types
        for await (const child of handle.values()) children.push(fromHandle(child));
        return children;
      },
    }),
  };
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
      async list() {
        const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
        const children = [];
        // Chromium gives 100 at a time; only an empty answer is the end.
        for (;;) {
          /** @type {FileSystemEntry[]} */
          const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
          if (batch.length === 0) return children;
          children.push(...batch.map(fromEntry));
        }
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
