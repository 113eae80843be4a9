import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { Saver } from '../../www/core/saver.js';

let live;
let clicked;
let saver;

beforeEach(() => {
  mock.reset();
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
  live = new Set();
  clicked = [];
  let made = 0;
  mock.method(URL, 'createObjectURL', () => {
    const url = `blob:${++made}`;
    live.add(url);
    return url;
  });
  mock.method(URL, 'revokeObjectURL', (url) => live.delete(url));
  saver = new Saver((url, name) => clicked.push([url, name]));
});

test('saving follows a link with the name of the file', () => {
  saver.save(new Blob(['x']), 'mysite.zip');
  assert.deepEqual(clicked, [['blob:1', 'mysite.zip']]);
});

test('the address lives long enough for Safari and no longer', () => {
  saver.save(new Blob(['x']), 'mysite.zip');
  mock.timers.tick(39_999);
  assert.equal(live.size, 1);
  mock.timers.tick(1);
  assert.equal(live.size, 0);
});

test('a newer file ends the address of the older', () => {
  saver.save(new Blob(['x']), 'a.zip');
  saver.save(new Blob(['y']), 'b.zip');
  assert.deepEqual([...live], ['blob:2']);
});

test('saving again works after the address has ended', () => {
  saver.save(new Blob(['x']), 'a.zip');
  mock.timers.tick(60_000);
  saver.again();
  assert.deepEqual(clicked.at(-1), ['blob:2', 'a.zip']);
});

test('nothing is saved again after it was released', () => {
  saver.save(new Blob(['x']), 'a.zip');
  saver.release();
  saver.again();
  assert.deepEqual([clicked.length, live.size], [1, 0]);
});
