// A walk that goes on when more is asked for.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { walkFiles, walkHandle, walkTaken } from '../../www/core/walk.js';
import { dropped, droppedEntry, entry, file, handle, junk, paths } from './support/folders.mjs';

const MANY = { names: { node_modules: 'packages of Node', ...junk.names }, markers: junk.markers };
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
