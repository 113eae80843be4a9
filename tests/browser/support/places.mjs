// Where things are, and folders that go away again.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
export const dist = path.join(root, 'dist');
export const cli = path.join(dist, 'node/cli.mjs');

/** Material that several projects share; tests that need it are skipped where it is not. A checkout elsewhere names it. */
const shared = path.resolve(root, process.env['SHARED'] ?? '../shared');
export const hasShared = fs.existsSync(path.join(shared, 'README.md'));
export const inShared = (/** @type {string} */ name) => path.join(shared, name);
export const SKIPPED = '../shared is not here';

/** @type {string[]} */
const folders = [];
process.once('exit', () => folders.forEach((folder) => fs.rmSync(folder, { recursive: true, force: true })));

/** @returns {string} an empty folder, which the process removes when it ends */
export function temporary() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gallery-packager-'));
  folders.push(folder);
  return folder;
}

/**
 * Writes files; a path that ends in `/` is a folder.
 * @param {string} folder
 * @param {Record<string, string | Uint8Array>} files
 */
export function write(folder, files) {
  for (const [name, content] of Object.entries(files)) {
    const place = path.join(folder, name);
    fs.mkdirSync(name.endsWith('/') ? place : path.dirname(place), { recursive: true });
    if (!name.endsWith('/')) fs.writeFileSync(place, content);
  }
  return folder;
}
