import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayUseHandles, takeItems, walkFiles, walkHandle, walkTaken } from '../../www/core/walk.js';

const junk = {
  names: { venv: 'virtual environment', '.git': 'version control' },
  markers: { 'pyvenv.cfg': 'virtual environment' },
};

/** A tree as an object: strings are files, objects folders, errors what cannot be read. */
function handle(name, content) {
  if (content instanceof Error || typeof content === 'string') {
    const getFile = async () => {
      if (content instanceof Error) throw content;
      return new File([content], name, { lastModified: 0 });
    };
    return { kind: 'file', name, getFile };
  }
  const values = async function* () {
    handle.listed.push(name);
    for (const [child, inside] of Object.entries(content)) yield handle(child, inside);
  };
  return { kind: 'directory', name, values };
}
handle.listed = [];

/** The older kind, which gives its children in batches. */
function entry(name, content, batchSize = 100) {
  if (typeof content === 'string') {
    return { name, isDirectory: false, file: (resolve) => resolve(new File([content], name)) };
  }
  const createReader = () => {
    const left = Object.entries(content);
    const readEntries = (resolve, reject) => {
      if (content.failure) return reject(content.failure);
      resolve(left.splice(0, batchSize).map(([child, inside]) => entry(child, inside, batchSize)));
    };
    return { readEntries };
  };
  return { name, isDirectory: true, createReader };
}

const dropped = (...roots) => roots.map((root) => ({ handle: Promise.resolve(root), entry: null, file: null }));
const droppedEntry = (root) => ({ handle: Promise.resolve(null), entry: root, file: null });
const paths = ({ entries }) => entries.map(({ path, folder }) => (folder ? `${path}/` : path));
const file = (path, text = 'x') => ({ path, file: new File([text], path.split('/').at(-1)) });

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

const MANY = { names: { ...MODULES.names, ...junk.names }, markers: junk.markers };
const TREE = {
  'a.py': 'x',
  env: { 'pyvenv.cfg': '', lib: { 'e.py': 'x' } },
  node_modules: { x: { 'y.js': 'xx', 'z.js': 'x' }, w: { 'v.js': 'x' } },
  sub: { venv: { 'b.py': 'x' }, 'c.py': 'x' },
};
const FLAT = [
  'a.py',
  'env/lib/e.py',
  'env/pyvenv.cfg',
  'node_modules/w/v.js',
  'node_modules/x/y.js',
  'node_modules/x/z.js',
  'sub/c.py',
  'sub/venv/b.py',
];
/** The same folder as it is dropped, in both kinds, and as it is chosen. */
const WAYS = {
  'a handle': (options) => walkHandle(handle('m', TREE), options),
  'an entry': (options) => walkTaken([droppedEntry(entry('m', TREE))], options),
  'a list': (options) =>
    walkFiles(
      FLAT.map((path) => file(`m/${path}`, path.endsWith('y.js') ? 'xx' : path.endsWith('.cfg') ? '' : 'x')),
      options,
    ),
};

for (const [way, walk] of Object.entries(WAYS)) {
  test(`${way} is walked on step by step to what one walk gives`, async () => {
    const steps = [['node_modules/x/y.js'], ['node_modules/x'], ['sub/venv', 'env'], ['node_modules']];
    let listing = await walk({ junk: MANY });
    assert.deepEqual(paths(listing), ['a.py', 'sub/', 'sub/c.py']);
    const all = [...listing.entries];
    const includes = [];
    const told = [];
    const came = [];
    for (const step of steps) {
      includes.push(...step);
      listing = await listing.more({ junk: MANY, includes, onProgress: ({ files }) => told.push(files) });
      came.push(paths(listing));
      all.push(...listing.entries);
      const whole = await walk({ junk: MANY, includes });
      assert.deepEqual(paths({ entries: all }).toSorted(), paths(whole).toSorted(), step.join());
      assert.deepEqual([listing.skipped, listing.partial], [whole.skipped, whole.partial]);
      assert.equal(told.at(-1), whole.files);
    }
    assert.deepEqual(came, [
      ['node_modules/', 'node_modules/x/', 'node_modules/x/y.js'],
      ['node_modules/x/z.js'],
      ['env/', 'env/lib/', 'env/lib/e.py', 'env/pyvenv.cfg', 'sub/venv/', 'sub/venv/b.py'],
      ['node_modules/w/', 'node_modules/w/v.js'],
    ]);
  });

  test(`${way} that was walked in part stays so when other things are asked for`, async () => {
    const first = await walk({ junk: MANY, includes: ['node_modules/x/y.js'] });
    const second = await first.more({ junk: MANY, includes: ['env'] });
    assert.deepEqual(
      second.skipped.map(({ path }) => path),
      ['sub/venv'],
    );
    assert.deepEqual(second.partial, ['node_modules']);
    assert.deepEqual(paths(second), ['env/', 'env/lib/', 'env/lib/e.py', 'env/pyvenv.cfg']);
    const third = await second.more({ junk: MANY, includes: ['node_modules/x'] });
    assert.deepEqual(paths(third), ['node_modules/x/z.js']);
  });

  test(`${way} that is not walked on to its end can be walked on again`, async () => {
    const first = await walk({ junk: MANY });
    const controller = new AbortController();
    const onProgress = () => controller.abort();
    const options = { junk: MANY, includes: ['node_modules', 'env'] };
    await assert.rejects(first.more({ ...options, signal: AbortSignal.abort() }), { code: 'aborted' });
    await first.more({ ...options, signal: controller.signal, onProgress }).catch(() => {});
    const again = await first.more(options);
    assert.equal(again.entries.length, 10);
    assert.deepEqual(
      again.skipped.map(({ path }) => path),
      ['sub/venv'],
    );
  });
}

test('walking on lists the folders that were left out, and no others', async () => {
  const first = await walkHandle(handle('m', TREE), { junk: MANY });
  handle.listed = [];
  await first.more({ junk: MANY, includes: ['node_modules'] });
  assert.deepEqual(handle.listed, ['node_modules', 'x', 'w']);
});

test('a file that could not be read is told once, however often its folder is walked', async () => {
  const bad = new DOMException('no', 'NotReadableError');
  const tree = { node_modules: { 'a.js': bad, 'b.js': 'x', 'c.js': 'x' } };
  const includes = ['node_modules/a.js', 'node_modules/b.js'];
  const first = await walkHandle(handle('m', tree), { junk: MANY, includes });
  const second = await first.more({ junk: MANY, includes: ['node_modules'] });
  assert.deepEqual(paths(second), ['node_modules/c.js']);
  assert.deepEqual(
    second.unreadable.map(({ path }) => path),
    ['node_modules/a.js'],
  );
  assert.deepEqual(second.skipped, second.unreadable);
});

test('two folders of one name that were left out are both walked on', async () => {
  const roots = dropped(handle('a', { venv: { x: '1' } }), handle('a', { venv: { x: '1', y: '2' } }));
  const first = await walkTaken(roots, { junk });
  const second = await first.more({ junk, includes: ['a/venv'] });
  assert.deepEqual(paths(second), ['a/venv/', 'a/venv/x', 'a/venv/y']);
  assert.deepEqual(
    second.skipped.map(({ path, folder }) => [path, folder]),
    [['a/venv/x', false]],
  );
});

test('a folder that the browser gives without permission is said so', async () => {
  const refused = { kind: 'directory', name: 'm', values: () => ({ [Symbol.asyncIterator]: () => ({ next: no }) }) };
  const no = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  await assert.rejects(walkHandle(refused, { junk }), { code: 'denied', path: 'm' });
});
