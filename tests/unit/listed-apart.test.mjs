// A folder that the engine lists, and the page as it learns of it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ListedApart } from '../../www/core/listed-apart.js';
import { Messenger } from '../../www/core/messenger.js';
import { Lister } from '../../www/worker/lister.js';
import { handle, junk } from './support/folders.mjs';

/** A folder, listed by a lister behind a messenger; `sent` are the messages to the page. */
function listed(tree, { signal, gate = Promise.resolve() } = {}) {
  const lister = new Lister();
  const sent = [];
  const cancelled = new Set();
  let receive = () => {};
  const post = async ({ id, action, argument, cancel }) => {
    if (cancel) return cancelled.add(cancel);
    await gate;
    const tell = (progress) => sent.push(progress) && receive({ id, progress: structuredClone(progress) });
    if (action === 'walk') await lister.walk(argument, { stopped: () => cancelled.has(id), tell });
    else await lister.list(argument, { stopped: () => false, tell });
    receive({ id, result: null });
  };
  const port = { post, listen: (own) => (receive = own), close() {} };
  const messenger = new Messenger(async () => ({ port, hello: { junk, samples: [], rules: [] } }));
  const top = handle('m', tree);
  handle.listed.splice(0);
  return { top: new ListedApart(messenger, top, { junk, signal }).child.open(), lister, sent };
}

const names = (children) => children.map(({ name }) => name);
const find = (children, name) => children.find((child) => child.name === name);
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

test('everything below is listed before anybody asks, and told in few messages', async () => {
  const folders = Array.from({ length: 40 }, (_, index) => [`d${index}`, { 'a.py': 'x', inner: { 'b.py': 'yy' } }]);
  const { top, lister, sent } = listed(Object.fromEntries(folders));
  await settled();
  assert.equal(handle.listed.length, 81);
  assert.ok(sent.length < 5, `${sent.length} messages`);
  const children = await top.list();
  assert.equal(children.length, 40);
  const inner = await find(await children[7].open().list(), 'inner')
    .open()
    .list();
  const file = await inner[0].file();
  assert.deepEqual([file.size, file.lastModified], [2, 0]);
  const entries = [{ path: 'd7/inner/b.py', file }, { path: 'd7' }];
  lister.handOver(entries);
  assert.equal(await entries[0].file.text(), 'yy');
  assert.equal(handle.listed.length, 81, 'nothing was listed twice');
});

test('the names of a large folder come in parts, and in order', async () => {
  const files = Array.from({ length: 5000 }, (_, index) => [`f${index}.txt`, 'x'.repeat(index % 7)]);
  const { top, sent } = listed({ large: Object.fromEntries(files), empty: {} });
  const [large, empty] = await top.list();
  const children = await large.open().list();
  assert.deepEqual(
    names(children),
    files.map(([name]) => name),
  );
  for (const at of [0, 2047, 2048, 4999]) assert.equal((await children[at].file()).size, at % 7, String(at));
  assert.deepEqual(await empty.open().list(), []);
  const most = Math.max(...sent.flat().map((part) => part.children?.length ?? 0));
  assert.equal(most, 2048);
});

test('who asks while the walk is on its way has what comes', async () => {
  let open = () => {};
  const gate = new Promise((resolve) => (open = resolve));
  const { top } = listed({ a: { 'x.py': '' } }, { gate });
  const asked = top.list();
  open();
  const [a] = await asked;
  assert.deepEqual(names(await a.open().list()), ['x.py']);
});

test('what is left out is listed only for who wants it, by its name or by a file in it', async () => {
  const { top } = listed({ venv: { lib: { x: '' } }, env: { 'pyvenv.cfg': '', lib: { y: '' } }, a: {} });
  const children = await top.list();
  await settled();
  assert.deepEqual(handle.listed.toSorted(), ['a', 'env', 'm']);
  const [lib] = await find(children, 'venv').open().list();
  assert.deepEqual(names(await lib.open().list()), ['x']);
  const env = await find(children, 'env').open().list();
  assert.deepEqual(names(await find(env, 'lib').open().list()), ['y']);
});

test('a folder that is asked for again is listed again', async () => {
  const tree = { a: { 'x.py': '' } };
  const { top } = listed(tree);
  const [a] = await top.list();
  assert.deepEqual(names(await a.open().list()), ['x.py']);
  tree.a['y.py'] = '';
  assert.deepEqual(names(await a.open().list()), ['x.py', 'y.py']);
});

test('a file that cannot be read fails by itself, and a folder as well', async () => {
  const { top } = listed({ 'a.py': new DOMException('no', 'NotAllowedError'), 'b.py': 'x', gone: {} });
  const children = await top.list();
  await assert.rejects(find(children, 'a.py').file(), { name: 'NotAllowedError', message: 'no' });
  assert.equal((await find(children, 'b.py').file()).size, 1);
  const broken = listed({
    bad: {
      get failure() {
        throw new DOMException('gone', 'NotFoundError');
      },
    },
    c: {},
  });
  const [bad, c] = await broken.top.list();
  await assert.rejects(bad.open().list(), { name: 'NotFoundError', message: 'gone' });
  assert.deepEqual(await c.open().list(), []);
});

test('files of a large folder come some at a time, each its own', async () => {
  const tree = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`f${index}`, 'x'.repeat(index)]));
  const { top, sent } = listed(tree);
  const children = await top.list();
  const sizes = await Promise.all(children.map(({ file }) => file().then(({ size }) => size)));
  assert.deepEqual(sizes, [...sizes.keys()]);
  assert.ok(sent.length > 2);
});

test('a walk that is stopped lists nothing more, and whoever waits is told', async () => {
  let open = () => {};
  const gate = new Promise((resolve) => (open = resolve));
  const work = new AbortController();
  const { top } = listed({ a: {} }, { gate, signal: work.signal });
  const asked = top.list();
  await settled();
  work.abort();
  open();
  await assert.rejects(asked, { code: 'aborted' });
  await settled();
  assert.deepEqual(handle.listed, []);
});

test('files that nobody took are not kept, and missed by whoever wants them afterwards', async () => {
  const { top, lister } = listed({ 'a.py': 'x' });
  const [child] = await top.list();
  const file = await child.file();
  lister.clear();
  assert.throws(() => lister.handOver([{ path: 'a.py', file }]), { code: 'changed', path: 'a.py' });
});

test('a walk that is stopped in a large folder keeps nothing more', async () => {
  const lister = new Lister();
  const tree = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`f${index}`, 'x']));
  const files = [];
  const tell = (parts) => {
    files.push(...parts.flatMap((part) => part.files ?? []));
    if (files.length > 0) lister.forget();
  };
  await lister.walk({ root: 7, handle: handle('m', tree), junk }, { stopped: () => false, tell });
  assert.ok(files.length > 0 && files.length < 1000, `${files.length} files`);
});

test('a number of another engine names no file of this one', async () => {
  const [first, second] = [new Lister(), new Lister()];
  const told = [];
  const watch = { stopped: () => false, tell: (parts) => told.push(...parts.flatMap((part) => part.files ?? [])) };
  await first.walk({ root: 1, handle: handle('one', { 'a.py': 'one' }), junk }, watch);
  await second.walk({ root: 2, handle: handle('two', { 'b.py': 'two' }), junk }, watch);
  assert.throws(() => second.handOver([{ path: 'a.py', file: told[0] }]), { code: 'changed', path: 'a.py' });
});

test('where a handle cannot leave the page, the page lists it', async () => {
  const post = () => {
    throw new DOMException('a handle cannot be cloned', 'DataCloneError');
  };
  const port = { post, listen() {}, close() {} };
  const messenger = new Messenger(async () => ({ port, hello: { junk, samples: [], rules: [] } }));
  const { child } = new ListedApart(messenger, handle('m', { 'a.py': 'x', sub: { 'b.py': 'yy' } }), { junk });
  for (let time = 0; time < 2; time += 1) {
    const [a, sub] = await child.open().list();
    assert.equal(await (await a.file()).text(), 'x');
    assert.deepEqual(names(await sub.open().list()), ['b.py']);
  }
});

test('whoever waits for a file of a folder that is forgotten hears of it', async () => {
  const venv = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`f${index}`, 'x']));
  const { top, lister } = listed({ venv });
  const [folder] = await top.list();
  const children = await folder.open().list();
  lister.forget();
  const files = await Promise.allSettled(children.map(({ file }) => file()));
  const refused = files.filter(({ status }) => status === 'rejected');
  assert.ok(refused.length > 0 && refused.length < 1000, `${refused.length} files`);
  assert.ok(refused.every(({ reason }) => reason.code === 'aborted'));
});
