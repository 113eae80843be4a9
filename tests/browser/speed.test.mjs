// What the workers promise: the same bytes for any number of them, nothing made twice, a page that stays free, and memory
// that does not grow.

import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { corpora } from '../bench/corpora.mjs';
import { watchMemory } from '../bench/memory.mjs';
import { open } from './support/page.mjs';
import { SKIPPED, hasShared, inShared, root } from './support/places.mjs';
import { WSGI, project } from './support/projects.mjs';
import { serve } from './support/server.mjs';
import { TASK_MS, mayBeBusy, tasksOf } from './support/tasks.mjs';

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
before(async () => (server = await serve()));
after(() => server.close());

/** Above an idle browser, all of its processes together; what goes through is seven times as much. */
const MEMORY_BYTES = 200e6;

/** 1,500 modules in 30 folders, pictures, and a file that is too large for a batch. */
function tree() {
  const modules = Array.from({ length: 1500 }, (_, index) => [
    `part${index % 30}/m${index}.py`,
    `def answer_${index}(request):\n    return ${index}\n`.repeat(1 + (index % 40)),
  ]);
  let state = 1;
  const noise = (/** @type {number} */ length) =>
    Uint8Array.from({ length }, () => (state = (state * 1103515245 + 12345) % 2147483648) >> 16);
  const pictures = Array.from({ length: 6 }, (_, index) => [`static/p${index}.png`, noise(30_000 * (index + 1))]);
  return project('shop', {
    ...WSGI,
    ...Object.fromEntries([...modules, ...pictures]),
    'data/large.txt': 'a line of a large file\n'.repeat(300_000),
    'data/large.bin': noise(5_000_000),
  });
}

/**
 * The page on a machine with so many cores.
 * @param {number} cores
 */
async function onCores(cores) {
  const packager = await open('about:blank');
  await packager.page.addInitScript((cores) => {
    Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => cores });
  }, cores);
  await packager.page.goto(server.origin);
  return packager;
}

/** @param {import('./support/page.mjs').PackagerPage} packager */
const built = (packager) =>
  packager.page.evaluate(async () => {
    const { sha256, compressed } = await document.querySelector('gallery-packager').build({ reproducible: true });
    return { sha256, compressed };
  });

/**
 * @param {import('./support/page.mjs').PackagerPage} packager
 * @param {object} answers
 */
const answer = (packager, answers) =>
  packager.page.evaluate((answers) => {
    const element = document.querySelector('gallery-packager');
    element.answers = { ...element.answers, ...answers };
    return element.check().then(({ files }) => files.length);
  }, answers);

test('One worker and four give the same package, and leaving out a folder makes nothing again', async () => {
  const folder = tree();
  const sums = [];
  for (const cores of [1, 4]) {
    const packager = await onCores(cores);
    await packager.report(() => packager.drop(folder));
    const whole = await built(packager);
    assert.ok(whole.compressed > 1500, `${whole.compressed} files`);
    await answer(packager, { excludes: ['part7'] });
    const less = await built(packager);
    await answer(packager, { excludes: [] });
    const again = await built(packager);
    await answer(packager, { appFolder: 'store' });
    const renamed = await built(packager);
    assert.deepEqual([less.compressed, again.compressed, renamed.compressed], [0, 0, 0]);
    assert.equal(again.sha256, whole.sha256);
    sums.push([whole.sha256, less.sha256, renamed.sha256]);
    await packager.close();
  }
  assert.deepEqual(sums[0], sums[1]);
  assert.equal(new Set(sums[0]).size, 3);
  // What was made for another package is what would have been made for this one.
  const packager = await onCores(2);
  await packager.page.evaluate(() => (document.querySelector('gallery-packager').answers = { appFolder: 'store' }));
  await packager.report(() => packager.drop(folder));
  const fresh = await built(packager);
  assert.equal(fresh.sha256, sums[0]?.[2]);
  await packager.close();
});

test('A folder that was left out and is included is all that is walked and compressed', async () => {
  const modules = Array.from({ length: 700 }, (_, index) => [`node_modules/p${index % 7}/m${index}.js`, `${index}\n`]);
  const folder = project('shop', {
    ...WSGI,
    ...Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`part/m${index}.py`, `x = ${index}\n`])),
    ...Object.fromEntries(modules),
    'venv/pyvenv.cfg': 'home = /usr\n',
    'venv/lib/a.py': 'a = 1\n',
  });
  const packager = await open(server.origin);
  const { page } = packager;
  await packager.report(() => packager.drop(folder));
  assert.ok((await built(packager)).compressed > 400);
  const steps = [
    [['node_modules/p0/m0.js'], 1],
    [['node_modules/p0'], 99],
    [['node_modules', 'venv'], 602],
  ];
  for (const [includes, files] of steps) {
    await answer(packager, { includes });
    assert.equal((await built(packager)).compressed, files, includes.join());
  }
  const grown = await built(packager);
  assert.equal(grown.compressed, 0);
  const report = await page.evaluate(() => document.querySelector('gallery-packager').report);
  await packager.close();

  const other = await open(server.origin);
  await other.page.evaluate(() => {
    document.querySelector('gallery-packager').answers = { includes: ['node_modules', 'venv'] };
  });
  const whole = await other.report(() => other.drop(folder));
  assert.equal((await built(other)).sha256, grown.sha256);
  assert.deepEqual(report, whole);
  await other.close();
});

test(
  'The application of the bench is the same package with one worker and four, and less of it is only put together',
  { skip: !hasShared && SKIPPED },
  async () => {
    const { a = '' } = corpora(path.join(root, 'target/bench'), inShared(''), ['a']);
    const sums = [];
    for (const cores of [1, 4]) {
      const packager = await onCores(cores);
      await packager.report(() => packager.drop(a));
      const whole = await built(packager);
      assert.ok(whole.compressed > 6000, `${whole.compressed} files`);
      const all = await answer(packager, {});
      assert.ok((await answer(packager, { excludes: ['vendor/rest_framework'] })) < all - 100);
      const less = await built(packager);
      assert.equal(less.compressed, 0);
      sums.push([whole.sha256, less.sha256]);
      await packager.close();
    }
    assert.deepEqual(sums[0], sums[1]);
    assert.notEqual(sums[0]?.[0], sums[0]?.[1]);
  },
);

test('The page stays free while thousands of files are listed, compressed and packed', async () => {
  const folder = tree();
  const packager = await open(server.origin);
  const { page } = packager;
  await page.evaluate(() => {
    const own = Object.assign(document.createElement('input'), { type: 'file', id: 'own', webkitdirectory: true });
    document.body.append(own);
  });
  mayBeBusy('choosing is the work of the browser');
  await page.locator('#own').setInputFiles(folder);
  const picked = () =>
    page.evaluate(async () => {
      await document.querySelector('gallery-packager').add(document.querySelector('#own').files);
    });
  for (const add of [picked, () => packager.report(() => packager.drop(folder))]) {
    const [longest = Infinity] = await tasksOf(page, async () => {
      await add();
      await built(packager);
      await answer(packager, { excludes: ['part7'] });
    });
    assert.ok(longest <= TASK_MS, `a task of ${longest} ms`);
  }
  await packager.close();
});

/**
 * Adds files that are made in the page, and builds. A large one is the same megabytes many times over.
 * @param {import('./support/page.mjs').PackagerPage} packager
 * @param {{ files: number, megabytes: number }} what  Of each file.
 */
const made = (packager, what) =>
  packager.page.evaluate(async ({ files, megabytes }) => {
    const noise = new Uint8Array(1 << 20);
    for (let at = 0; at < noise.length; at += 65536) crypto.getRandomValues(noise.subarray(at, at + 65536));
    const part = new Blob([noise]);
    const app = 'def application(environ, start_response):\n    return []\n';
    const list = [{ path: 'big/app.py', file: new File([app], 'app.py') }];
    for (let index = 0; index < files; index += 1) {
      const parts = megabytes > 0 ? Array.from({ length: megabytes }, () => part) : ['x'];
      list.push({ path: `big/d${index % 100}/f${index}.bin`, file: new File(parts, `f${index}.bin`) });
    }
    const element = document.querySelector('gallery-packager');
    const report = await element.add(list);
    const rules = report.diagnostics.map(({ rule }) => rule);
    try {
      const { blob } = await element.build({ sha256: false });
      return { bytes: blob.size, rules };
    } catch (error) {
      return { code: error.code, message: error.message, rules };
    }
  }, what);

test('Gigabytes go through without being held', async () => {
  const packager = await open(server.origin);
  const memory = watchMemory();
  const { bytes, message } = await made(packager, { files: 6, megabytes: 256 });
  assert.equal(message, undefined);
  assert.ok(bytes > 6 * 256 * 2 ** 20);
  const peak = memory.stop();
  assert.ok(peak < MEMORY_BYTES, `${(peak / 1e6).toFixed(0)} MB`);
  await packager.close();
});

test('What the format cannot hold is refused before the work, with what to do', async () => {
  const packager = await open(server.origin);
  const heavy = await made(packager, { files: 5, megabytes: 1024 });
  assert.ok(heavy.rules.includes('archive/beyond-zip32'), 'the report says so before Save');
  assert.equal(heavy.code, 'too-large');
  assert.match(heavy.message, /leave out what the application does not need/);
  const many = await made(packager, { files: 100_000, megabytes: 0 });
  assert.ok(many.rules.includes('archive/beyond-zip32'));
  assert.equal(many.code, 'too-many');
  assert.match(many.message, /leave out what the application does not need/);
  await packager.close();
});
