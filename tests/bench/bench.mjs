// @ts-check
// The whole job, folder in and ZIP out, side by side: the product and two libraries in Chromium, zip
// and Python on the disk. A time counts only when the ZIP is complete. Quote ratios of one run, not
// seconds: they are of this machine and this moment.
// Usage: node tests/bench/bench.mjs [ROUNDS]

import { execFile, execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { server } from '../../www/node/serve.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const tools = createRequire(path.join(root, 'tests/browser/package.json'));
const { chromium } = tools('playwright-core');
const work = path.join(root, 'target/bench');
const run = promisify(execFile);

const LIMIT_MS = 7 * 60_000;
const RUN_LIMIT_MS = 120_000;
const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const rounds = Number(process.argv[2] ?? 3);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error('usage: ./build.sh bench [ROUNDS]');
  process.exit(2);
}

const deadline = Date.now() + LIMIT_MS;
const folder = corpus();
const sizes = filesOf(folder).map((file) => fs.readFileSync(file).length); // also warms the disk's cache
console.log(
  `${path.basename(folder)}: ${sizes.length} files, ${megabytes(sum(sizes))} MB; ${rounds} rounds, interleaved`,
);

const serving = server(pageFolder());
await new Promise((resolve) => serving.listen(0, '127.0.0.1', () => resolve(undefined)));
const { port } = /** @type {import('node:net').AddressInfo} */ (serving.address());
const address = `http://127.0.0.1:${port}/page.html`;

/**
 * @typedef {{ milliseconds: number, bytes: number, longest?: number, memory?: number, reported?: number, leftOut?: number }} Result
 * @type {Record<string, { title: string, once: () => Promise<Result> }>}
 */
const contenders = {
  product: { title: 'this packager', once: () => inBrowser('product') },
  fflate: { title: `fflate ${versionOf('fflate')}`, once: () => inBrowser('fflate') },
  jszip: { title: `JSZip ${versionOf('jszip')}`, once: () => inBrowser('jszip') },
  zip: { title: 'zip -6, native', once: () => native('zip', ['-6', '-q', '-r']) },
  python: { title: 'Python zipfile, native', once: () => native('python3', ['-m', 'zipfile', '-c']) },
};
/** @type {Record<string, Result[]>} */
const results = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));

outer: for (let round = 1; round <= rounds; round += 1) {
  for (const [name, { title, once }] of Object.entries(contenders)) {
    if (Date.now() > deadline) {
      console.log(`out of time: stopped in round ${round}`);
      break outer;
    }
    try {
      const result = await once();
      results[name]?.push(result);
      console.log(`  round ${round}  ${title.padEnd(24)} ${seconds(result.milliseconds)} s`);
    } catch (error) {
      console.log(
        `  round ${round}  ${title.padEnd(24)} failed: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
      );
    }
  }
}
serving.close();
table();
process.exitCode = results.product?.length ? 0 : 1;

/** The small corpus, or an application with Django in it. */
function corpus() {
  const script = path.resolve(root, '../shared/corpora/make_performance_corpora.sh');
  const folder = path.join(work, 'corpora');
  fs.mkdirSync(folder, { recursive: true });
  if (!fs.existsSync(script)) {
    console.log('../shared is not here: the input is Django alone, not corpus a');
    return django(path.join(folder, 'django'));
  }
  for (const other of ['b', 'c']) {
    // The script makes what is not marked as made.
    fs.mkdirSync(path.join(folder, other), { recursive: true });
    fs.writeFileSync(path.join(folder, other, '.done'), '');
  }
  execFileSync('bash', [script, folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  return path.join(folder, 'a/mysite');
}

/** @param {string} folder */
function django(folder) {
  if (!fs.existsSync(path.join(folder, 'manage.py'))) {
    const pip = ['-m', 'pip', 'install', '-q', '--no-compile', '--no-deps', '--disable-pip-version-check'];
    const vendor = path.join(folder, 'vendor');
    execFileSync('python3', [...pip, '--target', vendor, 'Django==5.2.8', 'asgiref==3.10.0', 'sqlparse==0.5.3']);
    const env = { ...process.env, PYTHONPATH: vendor, PYTHONDONTWRITEBYTECODE: '1' };
    execFileSync('python3', ['-m', 'django', 'startproject', 'mysite', folder], { env });
  }
  return folder;
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
  };
  for (const [name, file] of Object.entries(from)) fs.copyFileSync(file, path.join(folder, name));
  return folder;
}

/**
 * A fresh browser for every run.
 * @param {string} job
 * @returns {Promise<Result>}
 */
async function inBrowser(job) {
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
  const late = setTimeout(() => browser.close(), RUN_LIMIT_MS);
  try {
    const page = await browser.newPage();
    await page.goto(address);
    await page.locator('input').first().setInputFiles(folder);
    if (job === 'product') await page.evaluate("document.querySelector('gallery-packager').prepare()");
    await page.waitForTimeout(1000);
    const memory = watchMemory();
    const result = await page.evaluate(`runJob('${job}')`);
    const peak = memory.stop();
    const [download] = await Promise.all([page.waitForEvent('download'), page.evaluate('saveResult()')]);
    const file = path.join(work, `${job}.zip`);
    await download.saveAs(file);
    const compared = await verify(file, result.prefix ?? `${path.basename(folder)}/`, result.except ?? []);
    const leftOut = sizes.length - compared;
    return { ...result, memory: peak, leftOut };
  } finally {
    clearTimeout(late);
    await browser.close();
  }
}

/**
 * @param {string} command
 * @param {string[]} options
 * @returns {Promise<Result>}
 */
async function native(command, options) {
  const file = path.join(work, `${command}.zip`);
  fs.rmSync(file, { force: true });
  const name = path.basename(folder);
  const begin = performance.now();
  await run(command, [...options, file, name], { cwd: path.dirname(folder), timeout: RUN_LIMIT_MS });
  const milliseconds = performance.now() - begin;
  await verify(file, `${name}/`, []);
  return { milliseconds, bytes: fs.statSync(file).size };
}

/**
 * Whether a ZIP is complete; throws when it is not.
 * @param {string} file
 * @param {string} prefix
 * @param {string[]} except
 * @returns {Promise<number>} how many files were compared
 */
function verify(file, prefix, except) {
  return new Promise((resolve, reject) => {
    const child = spawn('python3', [path.join(here, 'verify.py'), file, folder, prefix], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (part) => (text += part));
    child.on('close', (status) =>
      status === 0 ? resolve(Number(text)) : reject(new Error(`the ZIP is wrong: ${text.trim()}`)),
    );
    child.stdin.end(JSON.stringify(except));
  });
}

/** The memory of all processes below this one, above what it is now. */
function watchMemory() {
  const idle = memoryBelow(process.pid);
  let peak = idle;
  const timer = setInterval(() => (peak = Math.max(peak, memoryBelow(process.pid))), 50);
  return {
    stop() {
      clearInterval(timer);
      return peak - idle;
    },
  };
}

/**
 * RssAnon of the processes that this one started, and of theirs, in bytes.
 * @param {number} ancestor
 */
function memoryBelow(ancestor) {
  /** @type {Map<number, number[]>} */
  const children = new Map();
  /** @type {Map<number, number>} */
  const memory = new Map();
  for (const name of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const status = fs.readFileSync(`/proc/${name}/status`, 'utf8');
      const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
      memory.set(Number(name), Number(/^RssAnon:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024);
    } catch {
      // It ended meanwhile.
    }
  }
  const below = (/** @type {number} */ id) =>
    (children.get(id) ?? []).reduce((total, child) => total + (memory.get(child) ?? 0) + below(child), 0);
  return below(ancestor);
}

/** Medians, and how many times as long as the product each took. */
function table() {
  const product = median(results.product?.map(({ milliseconds }) => milliseconds) ?? []);
  const head = ['', 'seconds', 'times product', 'output MB', 'longest task ms', 'memory above idle MB'];
  const rows = Object.entries(contenders).map(([name, { title }]) => {
    const runs = results[name] ?? [];
    if (runs.length === 0) return [title, 'no result', '', '', '', ''];
    const of = (/** @type {keyof Result} */ key) => median(runs.map((run) => run[key] ?? NaN));
    const time = of('milliseconds');
    const known = (/** @type {number} */ value, /** @type {string} */ text) => (Number.isNaN(value) ? '-' : text);
    return [
      title,
      seconds(time),
      (time / product).toFixed(2),
      megabytes(of('bytes')),
      known(of('longest'), of('longest').toFixed(0)),
      known(of('memory'), megabytes(of('memory'))),
    ];
  });
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  console.log();
  for (const row of [head, ...rows])
    console.log(
      row.map((cell, column) => (column ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[0] ?? 0))).join('  '),
    );
  const reported = median(results.product?.map(({ reported }) => reported ?? NaN) ?? []);
  if (results.product?.length)
    console.log(
      `\nof this packager's time, until the report: ${seconds(reported)} s; files left out, each named in the report: ${results.product[0]?.leftOut}`,
    );
}

/** @param {number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** @param {string} folder */
function filesOf(folder) {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
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
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

/** @param {number} bytes */
function megabytes(bytes) {
  return (bytes / 1e6).toFixed(1);
}

/** @param {number} milliseconds */
function seconds(milliseconds) {
  return (milliseconds / 1000).toFixed(2);
}
