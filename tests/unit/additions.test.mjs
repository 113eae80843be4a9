import assert from 'node:assert/strict';
import { test } from 'node:test';
import { additions, tooEarly, withMore } from '../../www/core/additions.js';

const file = (name) => new File(['x'], name);
const names = (input) => additions(input)?.map(({ path }) => path) ?? null;

test('wheels and scripts are additions, and nothing else is', () => {
  const wheel = file('flask-3.0.3-py3-none-any.whl');
  assert.deepEqual(names([wheel, file('tables.SQL')]), ['flask-3.0.3-py3-none-any.whl', 'tables.SQL']);
  assert.deepEqual(names(wheel), ['flask-3.0.3-py3-none-any.whl']);
  assert.deepEqual(names([{ path: 'wheels/a.whl', file: wheel }]), ['a.whl']);
  for (const other of [
    [wheel, file('app.py')],
    file('shop.zip'),
    [],
    { sample: 'polls' },
    [{ path: 1 }],
    null,
    'x.whl',
  ])
    assert.equal(names(/** @type {any} */ (other)), null);
});

test('a drop of files is an addition, a folder is not', () => {
  const drop = (directory) => ({
    types: ['Files'],
    items: [{ kind: 'file', webkitGetAsEntry: () => ({ isDirectory: directory }) }],
    files: [file('a.whl')],
  });
  assert.deepEqual(names(/** @type {any} */ (drop(false))), ['a.whl']);
  assert.equal(names(/** @type {any} */ (drop(true))), null);
});

test('a file of a name takes the place of the one before it', () => {
  const [a, b, again] = ['a.whl', 'b.sql', 'a.whl'].map((path) => ({ path, file: file(path) }));
  assert.deepEqual(withMore([a, b], [again, again]), [b, again]);
  assert.equal(withMore([a, b], [again]).at(-1), again);
});

test('without an application wheels and scripts are refused in the same words', () => {
  const [wheel, script] = ['a.whl', 'b.sql'].map((path) => tooEarly([{ path, file: file(path) }]).message);
  assert.match(wheel, /^`a\.whl` is a wheel, .* Add the application first, then drop its wheels and scripts on it\.$/);
  assert.equal(script.replace('`b.sql` is a script for a database', ''), wheel.replace(/^[^.]*\.[^.]*/, ''));
});
