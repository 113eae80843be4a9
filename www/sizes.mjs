// What a page loads, in bytes: as it is, as gzip and as brotli, by part; fails where the one script is
// larger than the budget. Usage: node www/sizes.mjs BUDGET [dist]

import fs from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const budget = Number(process.argv[2]);
const dist = process.argv[3] ?? path.join(import.meta.dirname, '../dist');

/** @param {string} name */
const read = (name) => fs.readFileSync(path.join(dist, name));

/** @param {Uint8Array} bytes */
const gzip = (bytes) => gzipSync(bytes, { level: 9 }).length;

/** @param {string} name @param {Uint8Array} bytes */
function row(name, bytes) {
  const sizes = [bytes.length, gzip(bytes), brotliCompressSync(bytes).length];
  console.log(name.padEnd(34) + sizes.map((size) => size.toLocaleString('en').padStart(12)).join(''));
}

/** The module is by far the longest word of base64. @param {string} script */
function parts(script) {
  const words = script.match(/[A-Za-z0-9+/=]{10000,}/g) ?? [];
  const module = words.reduce((longest, word) => (word.length > longest.length ? word : longest), '');
  return { module, rest: script.replace(module, '') };
}

console.log(' '.repeat(34) + ['bytes', 'gzip', 'brotli'].map((title) => title.padStart(12)).join(''));
const script = read('gallery-packager.js');
const { module, rest } = parts(script.toString());
row('gallery-packager.js', script);
row('  the module, packed', Buffer.from(module));
row('  scripts and styles', Buffer.from(rest));
for (const name of ['page.js', 'page.css', 'index.html', 'core_bg.wasm']) row(name, read(name));
console.log(`the one script: ${gzip(script)} bytes gzip, budget ${budget}, aim 409600`);
if (gzip(script) > budget) {
  console.error('over the budget');
  process.exitCode = 1;
}
