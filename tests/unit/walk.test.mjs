import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayUseHandles, takeItems, walkFiles, walkHandle, walkTaken } from '../../www/core/walk.js';
import { dropped, droppedEntry, entry, file, handle, junk, paths } from './support/folders.mjs';

test('one dropped folder becomes the top and gives its name', async () => {
  const listing = await walkTaken(dropped(handle('mysite', { 'app.py': 'x', sub: { 'b.py': 'yy' } })), { junk });
  assert.equal(listing.name, 'mysite');
  assert.deepEqual(paths(listing), ['app.py', 'sub/', 'sub/b.py']);
  assert.equal(listing.entries[2].size, 2);
});

test('two folders and a file keep their names and have no common one', async () => {
  const listing = await walkTaken(dropped(handle('a', { x: '1' }), handle('b', { x: '2' }), handle('c.py', '3')), {
    junk,
  });
  assert.equal(listing.name, null);
  assert.deepEqual(paths(listing), ['a/', 'a/x', 'b/', 'b/x', 'c.py']);
});

test('a junk folder is told and never listed', async () => {
  handle.listed = [];
  const listing = await walkTaken(dropped(handle('mysite', { venv: { lib: { x: '1' } }, 'a.py': 'x' })), { junk });
  assert.deepEqual(handle.listed, ['mysite']);
  assert.deepEqual(listing.skipped, [{ path: 'venv', reason: 'virtual environment', folder: true }]);
});

test('a folder with a marker file is left out with everything in it', async () => {
  const tree = { env: { 'pyvenv.cfg': '', lib: { x: '1' } }, 'a.py': 'x' };
  const listing = await walkTaken(dropped(handle('mysite', tree)), { junk });
  assert.deepEqual(paths(listing), ['a.py']);
  assert.deepEqual(listing.skipped, [{ path: 'env', reason: 'virtual environment', folder: true }]);
});

test('the folder that the person chose is never pruned itself', async () => {
  const listing = await walkHandle(handle('venv', { 'pyvenv.cfg': '', 'a.py': 'x' }), { junk });
  assert.deepEqual(paths(listing), ['a.py', 'pyvenv.cfg']);
});

test('a junk folder that was asked for is walked', async () => {
  const listing = await walkHandle(handle('mysite', { venv: { x: '1' } }), { junk, includes: ['venv'] });
  assert.deepEqual(paths(listing), ['venv/', 'venv/x']);
});

test('a folder called like a property of every object is not junk', async () => {
  assert.deepEqual(paths(await walkHandle(handle('m', { constructor: { x: '1' } }), { junk })), [
    'constructor/',
    'constructor/x',
  ]);
});

test('empty folders are kept', async () => {
  assert.deepEqual(paths(await walkTaken(dropped(handle('mysite', { media: {} })), { junk })), ['media/']);
});

test('one unreadable file is named and the rest is kept', async () => {
  const bad = new DOMException('no', 'NotReadableError');
  const listing = await walkTaken(dropped(handle('mysite', { 'a.py': 'x', 'b.py': bad })), { junk });
  assert.deepEqual(paths(listing), ['a.py']);
  assert.deepEqual(listing.unreadable, [
    { path: 'b.py', reason: 'could not be read (NotReadableError)', folder: false },
  ]);
  assert.deepEqual(listing.skipped, listing.unreadable);
});

test('an entry lists everything, its handle gives the files that it knows', async () => {
  const fast = handle('mysite', { 'a.py': 'from the handle', sub: { 'b.py': 'of it too' } });
  const slow = entry('mysite', {
    'a.py': 'slow',
    'desktop.ini': 'of the entry',
    sub: { 'b.py': 'slow', '~c': 'alone' },
  });
  const listing = await walkTaken([{ handle: Promise.resolve(fast), entry: slow, file: null }], { junk });
  const texts = await Promise.all(
    listing.entries.filter(({ file }) => file).map(async ({ path, file }) => [path, await file.text()]),
  );
  assert.deepEqual(texts, [
    ['a.py', 'from the handle'],
    ['desktop.ini', 'of the entry'],
    ['sub/b.py', 'of it too'],
    ['sub/~c', 'alone'],
  ]);
});

test('the entry gives a file that the handle refuses, and one that a person has not allowed yet is not waited for', async () => {
  const bad = new DOMException('no', 'NotAllowedError');
  const tree = { 'a.py': 'x' };
  for (const known of [
    Promise.resolve(handle('mysite', { 'a.py': bad })),
    Promise.resolve({ kind: 'directory', name: 'mysite', values: () => assert.fail('no') }),
    Promise.resolve(handle('mysite', 'a file by now')),
    new Promise(() => {}),
  ]) {
    const listing = await walkTaken([{ handle: known, entry: entry('mysite', tree), file: null }], { junk });
    assert.deepEqual(paths(listing), ['a.py']);
    assert.deepEqual(listing.unreadable, []);
  }
});

test('250 entries in batches of 100 all arrive', async () => {
  const tree = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`f${index}`, 'x']));
  const listing = await walkTaken([droppedEntry(entry('mysite', tree))], { junk });
  assert.equal(listing.entries.length, 250);
});

test('the entry is tried when the handle cannot be listed', async () => {
  const broken = {
    kind: 'directory',
    name: 'mysite',
    values: () => {
      throw new DOMException('no', 'NotAllowedError');
    },
  };
  const taken = { handle: Promise.resolve(broken), entry: entry('mysite', { 'a.py': 'x' }), file: null };
  assert.deepEqual(paths(await walkTaken([taken], { junk })), ['a.py']);
});

test('the made-up file of a folder is never taken', async () => {
  const refused = entry('mysite', { failure: new DOMException('no', 'EncodingError') });
  const taken = { handle: Promise.resolve(null), entry: refused, file: new File(['x'.repeat(4096)], 'mysite') };
  const listing = await walkTaken([taken], { junk });
  assert.deepEqual(listing.entries, []);
  assert.equal(listing.unreadable[0].path, 'mysite');
});

test('an abort ends the walk', async () => {
  const controller = new AbortController();
  const onProgress = () => controller.abort();
  const walk = walkHandle(handle('m', { 'a.py': 'x', sub: { 'b.py': 'x' } }), {
    junk,
    signal: controller.signal,
    onProgress,
  });
  await assert.rejects(walk, { code: 'aborted' });
});

test('progress counts files and bytes and names what is left out', async () => {
  const seen = [];
  await walkHandle(handle('m', { 'a.py': 'xyz', venv: {} }), { junk, onProgress: (counted) => seen.push(counted) });
  assert.deepEqual(seen.at(-1), { files: 1, bytes: 3, skipped: ['venv'] });
});

test('picked files lose their common top and their junk', async () => {
  const files = ['m/a.py', 'm/venv/x', 'm/sub/env/pyvenv.cfg', 'm/sub/env/lib/y', 'm/sub/b.py'].map((path) =>
    file(path),
  );
  const listing = await walkFiles(files, { junk });
  assert.equal(listing.name, 'm');
  assert.deepEqual(paths(listing), ['a.py', 'sub/', 'sub/b.py']);
  assert.deepEqual(
    listing.skipped.map(({ path }) => path),
    ['sub/env', 'venv'],
  );
});

test('a second file with the same path is told, not lost', async () => {
  const listing = await walkFiles([file('a.py', '1'), file('a.py', '22')], { junk });
  assert.deepEqual(
    listing.entries.map(({ size }) => size),
    [1],
  );
  assert.equal(listing.skipped[0].path, 'a.py');
});

test('a drop and a picker list the same files in the same order', async () => {
  const drop = await walkTaken(dropped(handle('m', { z: { 'b.py': 'x' }, 'a.py': 'x' })), { junk });
  const picked = await walkFiles([file('m/a.py'), file('m/z/b.py')], { junk });
  assert.deepEqual(paths(drop), paths(picked));
});

test('no handle is asked for in a frame with an opaque origin', () => {
  const frame = { origin: 'null', location: { protocol: 'https:' } };
  assert.equal(mayUseHandles({ ...frame, top: 1, self: 2 }), false);
  let asked = 0;
  const item = {
    kind: 'file',
    getAsFileSystemHandle: () => asked++,
    webkitGetAsEntry: () => null,
    getAsFile: () => null,
  };
  takeItems({ items: [item] }, false);
  assert.equal(asked, 0);
});

test('a handle is asked for on a page that was opened from disk', () => {
  const page = { origin: 'null', location: { protocol: 'file:' } };
  assert.equal(mayUseHandles({ ...page, top: page, self: page }), true);
  assert.equal(mayUseHandles({ ...page, top: {}, self: page }), false);
});

test('everything is taken out of the drop before anything is awaited', () => {
  const calls = [];
  const item = {
    kind: 'file',
    getAsFileSystemHandle: async () => calls.push('handle'),
    webkitGetAsEntry: () => calls.push('entry'),
    getAsFile: () => calls.push('file'),
  };
  takeItems({ items: [item, { kind: 'string' }] }, true);
  assert.deepEqual(calls, ['handle', 'entry', 'file']);
});

test('names compare as Windows compares them', async () => {
  const tree = { VEnv: { x: '1' }, '.GIT': { y: '1' }, env: { 'PyVenv.CFG': '' }, 'a.py': 'x' };
  assert.deepEqual(paths(await walkHandle(handle('m', tree), { junk })), ['a.py']);
  const flat = ['m/VEnv/x', 'm/env/PyVenv.CFG', 'm/a.py'].map((path) => file(path));
  assert.deepEqual(paths(await walkFiles(flat, { junk })), ['a.py']);
});

const MODULES = { names: { node_modules: 'packages of Node' }, markers: {} };

test('a file that was asked for is reached in a junk folder, and nothing beside it', async () => {
  const tree = { node_modules: { x: { 'y.js': '1', 'z.js': '1' }, w: { 'v.js': '1' } }, 'a.py': 'x' };
  const includes = ['node_modules/x/y.js'];
  const wanted = ['a.py', 'node_modules/', 'node_modules/x/', 'node_modules/x/y.js'];
  handle.listed = [];
  const walked = await walkHandle(handle('m', tree), { junk: MODULES, includes });
  assert.deepEqual(paths(walked), wanted);
  assert.deepEqual(handle.listed, ['m', 'node_modules', 'x']);
  assert.deepEqual([walked.skipped, walked.partial], [[], ['node_modules']]);
  const flat = ['m/node_modules/w/v.js', 'm/node_modules/x/y.js', 'm/node_modules/x/z.js', 'm/a.py'];
  const picked = await walkFiles(
    flat.map((path) => file(path)),
    { junk: MODULES, includes },
  );
  assert.deepEqual(paths(picked), wanted);
  assert.deepEqual(picked.partial, ['node_modules']);
});

test('a pattern reaches into the folder that it begins with, and into no other', async () => {
  const tree = { node_modules: { x: { 'y.js': '1', 'z.css': '1' } }, venv: { 'a.js': '1' } };
  const all = { names: { ...MODULES.names, ...junk.names }, markers: {} };
  const walked = await walkHandle(handle('m', tree), { junk: all, includes: ['node_modules/x/*.js', '*.js'] });
  assert.deepEqual(paths(walked), ['node_modules/', 'node_modules/x/', 'node_modules/x/y.js']);
  assert.deepEqual(
    walked.skipped.map(({ path }) => path),
    ['venv'],
  );
});

test('an environment that is walked in part keeps the file that says what it is', async () => {
  const tree = { env: { 'pyvenv.cfg': '', lib: { 'x.py': '1' }, bin: { y: '1' } } };
  const walked = await walkHandle(handle('m', tree), { junk, includes: ['env/lib'] });
  assert.deepEqual(paths(walked), ['env/', 'env/lib/', 'env/lib/x.py', 'env/pyvenv.cfg']);
});

test('an entry that can be read needs no handle', async () => {
  const never = new Promise(() => {});
  const listing = await walkTaken([{ handle: never, entry: entry('etc', { 'a.py': 'x' }), file: null }], { junk });
  assert.deepEqual(paths(listing), ['a.py']);
});

test("a folder with a marker is the application's as well when modules lie beside it", async () => {
  const shared = { 'pyvenv.cfg': 'x', 'app.py': 'x', lib: { 'a.py': 'x' } };
  const walked = await walkTaken(dropped(handle('work', { shop: shared, env: { 'pyvenv.cfg': 'x', lib: {} } })), {
    junk,
  });
  assert.deepEqual(
    walked.skipped.map(({ path }) => path),
    ['env'],
  );
  assert.ok(paths(walked).includes('shop/lib/a.py'));
  const listed = await walkFiles(
    [file('w/shop/pyvenv.cfg'), file('w/shop/app.py'), file('w/env/pyvenv.cfg'), file('w/env/lib/x')],
    { junk },
  );
  assert.deepEqual(paths(listed), ['shop/', 'shop/app.py', 'shop/pyvenv.cfg']);
});

test('a large folder is given away while it is walked, and the rest at the end', async () => {
  const files = Array.from({ length: 250 }, (_, index) => file(`m/p${index % 7}/m${index}.py`));
  const given = [];
  const options = { junk, onEntries: (entries, top) => given.push([top, paths({ entries })]) };
  const picked = await walkFiles(files, options);
  assert.deepEqual(
    given.map(([top, list]) => [top, list.length]),
    [
      ['m', 100],
      ['m', 100],
    ],
  );
  const all = [...given.flatMap(([, list]) => list), ...paths(picked)];
  assert.deepEqual(all.toSorted(), paths(await walkFiles(files, { junk })).toSorted());
  given.length = 0;
  const tree = Object.fromEntries(files.map(({ path }) => [path.slice(2).replace('/', '-'), 'x']));
  const walked = await walkHandle(handle('m', tree), options);
  assert.equal(given.flatMap(([, list]) => list).length + walked.entries.length, 250);
  assert.equal(given[0][0], 'm');
});

test('a folder that the browser gives without permission is said so', async () => {
  const refused = { kind: 'directory', name: 'm', values: () => ({ [Symbol.asyncIterator]: () => ({ next: no }) }) };
  const no = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  await assert.rejects(walkHandle(refused, { junk }), { code: 'denied', path: 'm' });
});
