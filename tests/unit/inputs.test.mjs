import assert from 'node:assert/strict';
import { test } from 'node:test';
import { take } from '../../www/core/inputs.js';

const junk = { names: {}, markers: {} };
const read = (input) => take(input)({ junk });
const named = (name, text = 'x') => new File([text], name);

test('a list of files is a folder without a name', async () => {
  const input = await read([named('app.py'), named('web.config')]);
  assert.deepEqual([input.kind, input.name, input.entries.length], ['folder', 'application', 2]);
});

test('files from a folder picker give the name of the folder', async () => {
  const picked = ['m/app.py', 'm/sub/x'].map((path) =>
    Object.defineProperty(named(path), 'webkitRelativePath', { value: path }),
  );
  const input = await read(picked);
  assert.deepEqual([input.name, input.entries.map(({ path }) => path)], ['m', ['app.py', 'sub', 'sub/x']]);
});

test('paths given with files count', async () => {
  const input = await read([
    { path: 'm/a.py', file: named('a.py') },
    { path: 'm/b.py', file: named('b.py') },
  ]);
  assert.deepEqual([input.name, input.entries.map(({ path }) => path)], ['m', ['a.py', 'b.py']]);
});

test('one file called .ZIP is a package', async () => {
  assert.deepEqual([(await read([named('Site.ZIP')])).kind, (await read(named('x.zip'))).kind], ['zip', 'zip']);
});

test('one file that begins like a ZIP is a package under any name', async () => {
  assert.equal((await read([named('download', 'PK\x03\x04')])).kind, 'zip');
  const fetched = new Blob(['PK\x03\x04']);
  assert.equal((await read([{ path: 'package.zip', file: fetched }])).kind, 'zip', 'a Blob without a name as well');
});

test('a ZIP beside other files is a file', async () => {
  assert.equal((await read([named('x.zip'), named('app.py')])).kind, 'folder');
});

test('a folder that holds one ZIP is a folder', async () => {
  assert.equal((await read([{ path: 'm/x.zip', file: named('x.zip') }])).kind, 'folder');
});

test('a file handle is read like its file', async () => {
  assert.equal((await read({ kind: 'file', name: 'x.zip', getFile: async () => named('x.zip') })).kind, 'zip');
});

test('a sample is known by its id', async () => {
  assert.deepEqual(await read({ sample: 'flask' }), { kind: 'sample', name: 'flask' });
});

test('nothing at all is said so', async () => {
  await assert.rejects(read([]), { code: 'empty' });
});

test('a drop that the browser refuses names what it refused', async () => {
  const entry = {
    isDirectory: true,
    name: 'mysite',
    createReader: () => ({ readEntries: (_, reject) => reject(new Error('no')) }),
  };
  const item = { kind: 'file', webkitGetAsEntry: () => entry, getAsFile: () => null };
  await assert.rejects(read({ items: [item], types: ['Files'] }), { code: 'denied', path: 'mysite' });
});

test('a drop is taken at once, even when it is read later', async () => {
  const items = [{ kind: 'file', webkitGetAsEntry: () => null, getAsFile: () => named('x.zip') }];
  const reader = take({ items, types: ['Files'] });
  items.length = 0;
  assert.equal((await reader({ junk })).kind, 'zip');
});

test('what cannot be added is refused in words', () => {
  for (const input of [null, undefined, 'x', 5, {}, [null], [1], [{ path: 'a' }], { sample: 5 }, { kind: 'moon' }])
    assert.throws(() => take(input), { name: 'PackagerError', code: 'unknown-input' }, JSON.stringify(input));
});

for (const count of [99, 100, 101, 200, 201]) {
  test(`${count} files are a folder with all of them, whatever was given away before the end`, async () => {
    for (const top of ['', 'm/']) {
      const files = Array.from({ length: count }, (_, index) => ({
        path: `${top}m${String(index).padStart(3, '0')}.py`,
        file: named('a.py'),
      }));
      const given = [];
      const input = await take(files)({ junk, onEntries: (entries) => given.push(...entries) });
      assert.equal(input.kind, 'folder');
      assert.equal(given.length + input.entries.length, count);
    }
  });
}

test('a large folder that ends with empty folders is a folder', async () => {
  const listed = [];
  const file = (name) => ({ kind: 'file', name, getFile: async () => named(name) });
  const folder = (name, children) => ({
    kind: 'directory',
    name,
    async *values() {
      yield* children;
    },
  });
  const files = Array.from({ length: 100 }, (_, index) => file(`m${index}.py`));
  const input = await take(folder('m', [...files, folder('z', [])]))({
    junk,
    onEntries: (entries) => listed.push(...entries),
  });
  assert.deepEqual([input.kind, listed.length, input.entries.map(({ path }) => path)], ['folder', 100, ['z']]);
});
