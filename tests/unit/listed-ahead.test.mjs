import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ListedAhead } from '../../www/core/listed-ahead.js';

const junk = { names: { venv: 'virtual environment' }, markers: { 'pyvenv.cfg': 'virtual environment' } };

/** A tree as an object: objects are folders, errors folders that cannot be listed. `asked` notes who was listed. */
function child(name, content, asked) {
  const list = async () => {
    asked.push(name);
    if (content instanceof Error) throw content;
    return Object.entries(content).map(([inside, what]) => child(inside, what, asked));
  };
  return { name, folder: typeof content === 'object', file: async () => new File([], name), open: () => ({ list }) };
}

/** Everything that is listed by itself before anybody asks for a second folder. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 10));

async function below(tree) {
  const asked = [];
  const children = await new ListedAhead(junk).below(child('top', tree, asked).open()).list();
  await settled();
  return { asked, children };
}

test('folders are listed before they are asked for, and once', async () => {
  const { asked, children } = await below({ a: { inner: { 'x.py': '' } }, b: {}, 'c.py': '' });
  assert.deepEqual(asked.toSorted(), ['a', 'b', 'inner', 'top']);
  const [inner] = await children[0].open().list();
  assert.deepEqual(
    (await inner.open().list()).map(({ name }) => name),
    ['x.py'],
  );
  assert.deepEqual(await children[1].open().list(), []);
  assert.equal(asked.length, 4);
});

test('a folder that is asked for again is listed again', async () => {
  const { asked, children } = await below({ a: {} });
  await children[0].open().list();
  await children[0].open().list();
  assert.deepEqual(asked, ['top', 'a', 'a']);
});

test('no more than a few are listed ahead, however many there are, and all that are asked for', async () => {
  const tree = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`f${index}`, { inner: {} }]));
  const { asked, children } = await below(tree);
  assert.equal(asked.length, 1 + 16);
  for (const { open } of children) for (const inner of await open().list()) await inner.open().list();
  assert.equal(asked.length, 1 + 100 + 100);
  assert.equal(new Set(children).size, 100);
});

test('what is left out is not listed ahead, by its name or by a file in it', async () => {
  const { asked, children } = await below({ venv: { lib: {} }, env: { 'pyvenv.cfg': '', lib: {} }, a: {} });
  assert.deepEqual(asked.toSorted(), ['a', 'env', 'top']);
  assert.equal((await children[0].open().list()).length, 1, 'it is when somebody wants it');
});

test('a folder that cannot be listed fails for whoever asks for it, and for nobody else', async () => {
  const { children } = await below({ a: new DOMException('no', 'NotReadableError'), b: { 'x.py': '' } });
  await assert.rejects(children[0].open().list(), { name: 'NotReadableError' });
  assert.equal((await children[1].open().list()).length, 1);
});
