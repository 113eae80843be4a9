// @ts-check
// The whole job, folder in and ZIP out, side by side: the product and the libraries that a page could use in
// Chromium, zip and Python on the disk. A time counts only when the ZIP is complete. Quote ratios of one run,
// not seconds: they are of this machine and this moment.
// Usage: node tests/bench/bench.mjs [ROUNDS] [CORPORA] [MINUTES]    as in: 3 ab 20

import { execFile, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { server } from '../../www/node/serve.mjs';
import { RUN_LIMIT_MS, inBrowser, start, verify } from './browser.mjs';
import { corpora, existing, sizesOf, smallFiles } from './corpora.mjs';
import { startTarget, targetsOf, told, zipTargets } from './targets.mjs';

/**
 * @import { Result } from './browser.mjs'
 * @typedef {Record<string, { title: string, once: () => Promise<Result> }>} Contenders
 */

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const work = path.join(root, 'target/bench');
const tools = createRequire(path.join(root, 'tests/browser/package.json'));
const run = promisify(execFile);

/** Of the ZIP that is opened. */
const ENTRIES = 20_000;

/** Fresh browsers whose first use is measured, and how long their page was loaded before, in milliseconds. */
const STARTS = 5;
const USES = { 'at once, fresh browser': 0, '2 s after it was loaded': 2000 };

const [rounds, wanted, minutes] = [
  Number(process.argv[2] ?? 3),
  process.argv[3] ?? 'ab',
  Number(process.argv[4] ?? 30),
];
if (!Number.isInteger(rounds) || rounds < 1 || !/^[abc]+$/.test(wanted) || !(minutes > 0)) {
  console.error('usage: ./build.sh bench [ROUNDS] [CORPORA] [MINUTES], as in: bench 3 ab 30');
  process.exit(2);
}
const deadline = Date.now() + minutes * 60_000;

fs.mkdirSync(work, { recursive: true });
const folders = corpora(work, process.env.SHARED ?? path.resolve(root, '../shared'), [...wanted]);
const serving = server(pageFolder());
await new Promise((resolve) => serving.listen(0, '127.0.0.1', () => resolve(undefined)));
const { port } = /** @type {import('node:net').AddressInfo} */ (serving.address());
const address = `http://127.0.0.1:${port}/page.html`;

const cpu = os.cpus()[0]?.model ?? 'unknown';
console.log(
  `${new Date().toISOString().slice(0, 10)}, ${os.availableParallelism()} cores (${cpu.trim()}), load ${os.loadavg()[0]?.toFixed(1)}`,
);
const gzip = execFileSync('gzip', ['-9', '-c', path.join(root, 'dist/gallery-packager.js')], { maxBuffer: 1e9 }).length;
console.log(`one script, gzip: ${gzip} bytes, ${gzip <= 409_600 ? 'met' : 'not met'} (at most 409600)`);

console.log('\nfirst use of a page          engine ready, ms  report of one file, ms');
for (const [when, settled] of Object.entries(USES)) {
  const starts = [];
  for (let count = 0; count < STARTS; count += 1) starts.push(await start(address, settled));
  const [ready, report] = [median(starts.map((one) => one.ready)), median(starts.map((one) => one.report))];
  console.log(when.padEnd(27) + ready.toFixed(0).padStart(18) + report.toFixed(0).padStart(24));
  if (settled > 0) console.log(told(startTarget(ready)));
}

for (const [corpus, folder] of Object.entries(folders)) {
  const sizes = sizesOf(folder);
  console.log(`\n## ${corpus}: ${sizes.length} files, ${megabytes(sizes.reduce((sum, size) => sum + size, 0))} MB\n`);
  const medians = await measured(packing(folder));
  for (const target of targetsOf(corpus, medians)) console.log(told(target));
}

const folder = folders.a ?? Object.values(folders)[0];
if (folder && Date.now() < deadline) {
  const zip = existing({ work, folder, root, entries: ENTRIES });
  console.log(`\n## an existing ZIP of ${ENTRIES} entries, ${megabytes(fs.statSync(zip).size)} MB\n`);
  const medians = await measured(ofZip(zip));
  for (const target of zipTargets(medians)) console.log(told(target));
}

console.log('\n## growth: small files\n');
console.log('   files   seconds   ms a file   of which reading alone   MB above idle');
for (const count of [1000, 10_000, 30_000, 60_000, 100_000]) {
  if (Date.now() > deadline) break;
  const folder = smallFiles(work, count);
  try {
    const { milliseconds, memory = NaN } = await inBrowser({ address, work, name: 'product', folder, checked: true });
    const floor = await inBrowser({ address, work, name: 'floor', folder });
    const cells = [
      seconds(milliseconds).padStart(8),
      (milliseconds / count).toFixed(3).padStart(10),
      (floor.milliseconds / count).toFixed(3).padStart(23),
      megabytes(memory).padStart(14),
    ];
    console.log(`${String(count).padStart(8)}  ${cells.join('  ')}`);
  } catch (error) {
    console.log(`${String(count).padStart(8)}  refused: ${firstLine(error)}`);
  }
}
serving.closeAllConnections();
serving.close();

/**
 * @param {string} folder
 * @returns {Contenders}
 */
function packing(folder) {
  const page = (/** @type {string} */ title, /** @type {string} */ name, checked = true) => ({
    title,
    once: () => inBrowser({ address, work, name, folder, checked }),
  });
  return {
    product: page('this packager', 'product'),
    ahead: page('this packager, Save alone', 'ahead'),
    dropped: {
      title: 'this packager, dropped',
      once: () => inBrowser({ address, work, name: 'product', folder, dropped: true, checked: true }),
    },
    floor: page('reading alone', 'floor', false),
    littlezipper: page(`littlezipper ${versionOf('littlezipper')}`, 'littlezipper'),
    fflate: page(`fflate ${versionOf('fflate')}`, 'fflate'),
    zipjs: page(`zip.js ${versionOf('@zip.js/zip.js')}`, 'zipjs'),
    clientzip: page(`client-zip ${versionOf('client-zip')}, stores`, 'clientzip'),
    jszip: page(`JSZip ${versionOf('jszip')}`, 'jszip'),
    zip: { title: 'zip -6, native', once: () => native(folder, 'zip', ['-6', '-q', '-r']) },
    python: { title: 'Python zipfile, native', once: () => native(folder, 'python3', ['-m', 'zipfile', '-c']) },
  };
}

/**
 * @param {string} zip
 * @returns {Contenders}
 */
function ofZip(zip) {
  const page = (/** @type {string} */ title, /** @type {string} */ name) => ({
    title,
    once: () => inBrowser({ address, work, name, zip }),
  });
  const unzip = (/** @type {string} */ title, /** @type {string[]} */ ...options) => ({
    title,
    once: async () => {
      const begin = performance.now();
      await run('unzip', [...options, zip], { maxBuffer: 1e9 });
      return { milliseconds: performance.now() - begin };
    },
  });
  return {
    zipReport: page('this packager, first report', 'zipReport'),
    zipSecond: page('this packager, a second input', 'zipSecond'),
    zipjsList: page('zip.js getEntries', 'zipjsList'),
    unzipList: unzip('unzip -Z1, native', '-Z1'),
    zipCheck: page('this packager, CRC of all entries', 'zipCheck'),
    unzipTest: unzip('unzip -t, native', '-t', '-qq'),
    zipRepack: page('this packager, written again', 'zipRepack'),
    zipCopy: page('the bytes copied in the page', 'zipCopy'),
  };
}

/**
 * Rounds of everybody, one after another, so that a busy moment hits all alike.
 * @param {Contenders} contenders
 */
async function measured(contenders) {
  /** @type {Record<string, Result[]>} */
  const results = {};
  const failed = new Set();
  for (let round = 1; round <= rounds; round += 1) {
    for (const [name, { title, once }] of Object.entries(contenders)) {
      if (Date.now() > deadline) {
        console.log(`out of time in round ${round}`);
        return table(contenders, results);
      }
      if (failed.has(name)) continue;
      try {
        (results[name] ??= []).push(await once());
      } catch (error) {
        failed.add(name); // it would fail again, and take the time of the others
        console.log(`${title} failed: ${firstLine(error)}`);
      }
    }
  }
  return table(contenders, results);
}

/**
 * @param {Contenders} contenders
 * @param {Record<string, Result[]>} results
 */
function table(contenders, results) {
  /** @type {Record<string, Record<string, number>>} */
  const medians = {};
  for (const [name, runs] of Object.entries(results)) {
    if (runs.length === 0) continue;
    const of = (/** @type {'milliseconds' | 'bytes' | 'longest' | 'memory' | 'reported'} */ key) =>
      median(runs.map((one) => one[key] ?? NaN));
    medians[name] = {
      milliseconds: of('milliseconds'),
      bytes: of('bytes'),
      longest: of('longest'),
      memory: of('memory'),
      reported: of('reported'),
    };
  }
  const base = Object.values(medians)[0]?.milliseconds ?? NaN;
  const known = (/** @type {number | undefined} */ value, /** @type {(value: number) => string} */ show) =>
    value === undefined || Number.isNaN(value) ? '-' : show(value);
  const rows = Object.entries(contenders).map(([name, { title }]) => {
    const of = medians[name];
    return [
      title,
      known(of?.milliseconds, seconds),
      known(of?.milliseconds, (value) => (value / base).toFixed(2)),
      known(of?.bytes || NaN, megabytes),
      known(of?.longest, (value) => value.toFixed(0)),
      known(of?.memory, megabytes),
      String(results[name]?.length ?? 0),
    ];
  });
  const head = ['', 'seconds', 'times', 'output MB', 'longest task ms', 'MB above idle', 'runs'];
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  for (const row of [head, ...rows])
    console.log(
      row.map((cell, column) => (column ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[0] ?? 0))).join('  '),
    );
  console.log();
  return medians;
}

/**
 * @param {string} folder
 * @param {string} command
 * @param {string[]} options
 * @returns {Promise<Result>}
 */
async function native(folder, command, options) {
  const file = path.join(work, `${command}.zip`);
  fs.rmSync(file, { force: true });
  const name = path.basename(folder);
  const begin = performance.now();
  await run(command, [...options, file, name], { cwd: path.dirname(folder), timeout: RUN_LIMIT_MS });
  const milliseconds = performance.now() - begin;
  await verify(file, folder, `${name}/`, []);
  return { milliseconds, bytes: fs.statSync(file).size };
}

/** What the browser is served: the product and the libraries side by side. */
function pageFolder() {
  const folder = path.join(work, 'page');
  fs.mkdirSync(folder, { recursive: true });
  const from = {
    'page.html': path.join(here, 'page.html'),
    'page.js': path.join(here, 'page.js'),
    'gallery-packager.js': path.join(root, 'dist/gallery-packager.js'),
    'fflate.js': path.join(packageOf('fflate'), 'umd/index.js'),
    'jszip.js': path.join(packageOf('jszip'), 'dist/jszip.min.js'),
    'zipjs.js': path.join(packageOf('@zip.js/zip.js'), 'dist/zip.min.js'),
    'client-zip.js': path.join(packageOf('client-zip'), 'index.js'),
    'littlezipper.js': path.join(packageOf('littlezipper'), 'index.mjs'),
  };
  for (const [name, file] of Object.entries(from)) fs.copyFileSync(file, path.join(folder, name));
  return folder;
}

/** @param {string} name */
function packageOf(name) {
  return path.join(root, 'tests/browser/node_modules', name);
}

/** @param {string} name */
function versionOf(name) {
  return JSON.parse(fs.readFileSync(path.join(packageOf(name), 'package.json'), 'utf8')).version;
}

/** @param {number[]} values */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** @param {unknown} error */
function firstLine(error) {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}

/** @param {number} bytes */
function megabytes(bytes) {
  return (bytes / 1e6).toFixed(1);
}

/** @param {number} milliseconds */
function seconds(milliseconds) {
  return (milliseconds / 1000).toFixed(2);
}
