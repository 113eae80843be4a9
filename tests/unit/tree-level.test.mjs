// One level of the tree of files at a time.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { levelOf } from '../../www/ui/tree-level.js';

const file = (path, size = 1, more = {}) => ({ path, folder: false, size, state: 'input', ...more });
const folder = (path) => file(path, 0, { folder: true });
const all = (files) => ({ from: 0, to: files.length });
const brief = (level) => level.map(({ name, folder, from, to }) => `${name}${folder ? '/' : ''} ${to - from}`);

test('Folders come first, whether or not they are listed, each with how much lies below', () => {
  const files = [
    file('a.py', 5, { state: 'new', wheel: 'a.whl' }),
    folder('b'),
    file('b/x.py'),
    file('b/y/z.py'),
    file('b-c/x.py'),
    folder('d'),
    file('e'),
  ];
  const level = levelOf(files, all(files));
  assert.deepEqual(brief(level), ['b/ 2', 'b-c/ 1', 'd/ 0', 'a.py 0', 'e 0']);
  assert.deepEqual(level[3], {
    from: 1,
    to: 1,
    name: 'a.py',
    path: 'a.py',
    folder: false,
    size: 5,
    state: 'new',
    wheel: 'a.whl',
  });
  assert.deepEqual(brief(levelOf(files, level[0], 'b')), ['y/ 1', 'x.py 0']);
  assert.deepEqual(levelOf(files, level[2], 'd'), []);
});

test('A hundred thousand files are passed in few steps', () => {
  let asked = 0;
  const files = [];
  for (let at = 0; at < 50; at += 1)
    for (let own = 1000; own < 3000; own += 1) files.push(file(`top/d${at + 10}/f${own}`));
  const counted = new Proxy(files, {
    get: (list, key) => {
      asked += Number(key !== 'length');
      return list[key];
    },
  });
  const [top] = levelOf(counted, all(files));
  assert.deepEqual(brief([top]), ['top/ 100000']);
  const level = levelOf(counted, top, 'top');
  assert.equal(level.length, 50);
  assert.ok(level.every(({ from, to }) => to - from === 2000));
  assert.ok(asked < 2000, `${asked} files looked at`);
  asked = 0;
  assert.equal(levelOf(counted, level[7], 'top/d17').length, 2000);
  assert.ok(asked < 3 * 2000, `${asked} files of a flat folder looked at`);
});
