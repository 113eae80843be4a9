import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PART_BYTES, Parts } from '../../www/worker/parts.js';

const bytes = (text) => new TextEncoder().encode(text);
const lay = (pieces) => {
  const parts = new Parts();
  for (const [offset, text] of pieces) parts.add(offset, bytes(text));
  return parts.finish();
};

test('pieces in order become one file', async () => {
  const blob = lay([
    [0, 'one'],
    [3, 'two'],
    [6, ''],
    [6, '!'],
  ]);
  assert.deepEqual([await blob.text(), blob.type], ['onetwo!', 'application/zip']);
});

test('pieces out of order are laid at their offsets', async () => {
  assert.equal(
    await lay([
      [4, 'data'],
      [0, 'head'],
      [0, ''],
      [8, 'end'],
    ]).text(),
    'headdataend',
  );
});

test('a gap or an overlap is never saved', () => {
  assert.throws(
    () =>
      lay([
        [0, 'one'],
        [4, 'two'],
      ]),
    { code: 'internal' },
  );
  assert.throws(
    () =>
      lay([
        [0, 'one'],
        [2, 'two'],
      ]),
    { code: 'internal' },
  );
});

test('pieces that are larger than a part arrive whole', async () => {
  const parts = new Parts();
  for (let index = 0; index < 3; index += 1) parts.add(index * PART_BYTES, new Uint8Array(PART_BYTES).fill(index));
  const all = new Uint8Array(await parts.finish().arrayBuffer());
  assert.deepEqual([all.length, all[0], all.at(-1)], [3 * PART_BYTES, 0, 2]);
});
