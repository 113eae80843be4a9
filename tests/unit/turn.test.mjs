import assert from 'node:assert/strict';
import { test } from 'node:test';
import { each, sorted } from '../../www/core/turn.js';

test('others have their turn between many small things', async (t) => {
  let now = 0;
  t.mock.method(performance, 'now', () => (now += 5));
  const seen = [];
  setImmediate(() => seen.push('another'));
  await each(
    [1, 2, 3, 4, 5, 6],
    (item) => seen.push(item),
    () => seen.push('rest'),
  );
  assert.ok(seen.includes('rest'));
  assert.ok(seen.indexOf('another') < seen.indexOf(6), String(seen));
});

test('what is sorted in turns is what is sorted at once, and what is equal stays in its order', async () => {
  const byKey = (a, b) => a.key - b.key;
  let state = 1;
  const random = () => (state = (state * 1103515245 + 12345) % 2147483648) % 700;
  for (const length of [0, 1, 4096, 4097, 13_000]) {
    const items = Array.from({ length }, (_, index) => ({ key: random(), index }));
    assert.deepEqual(await sorted(items, byKey), items.toSorted(byKey), `${length}`);
  }
});
