import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAhead } from '../../www/worker/ahead.js';
import { FileSource } from '../../www/worker/source.js';

const never = () => false;

/** A session that wants pieces of ten bytes, and what it was given. */
function session(count) {
  const given = [];
  const pieces = Float64Array.from(
    Array.from({ length: count }, (_, index) => [index * 10, index * 10 + 10, 2]).flat(),
  );
  return {
    given,
    ahead: () => pieces,
    putAhead: (from, bytes, entries) => given.push([from, bytes.length, entries]),
  };
}

/** A source whose pieces come in another order than they were asked for. */
function source(read = async (from, to) => new Uint8Array(to - from)) {
  const state = { open: 0, most: 0 };
  const later = async (number, from, to) => {
    assert.equal(number, 0);
    state.most = Math.max(state.most, (state.open += 1));
    await new Promise((resolve) => setTimeout(resolve, (from * 7) % 13));
    state.open -= 1;
    return read(from, to);
  };
  return Object.assign(state, { later });
}

test('pieces are read several at once and given in their order', async () => {
  const [own, from] = [session(11), source()];
  await readAhead(own, from, never);
  assert.deepEqual(
    own.given,
    Array.from({ length: 11 }, (_, index) => [index * 10, 10, 2]),
  );
  assert.equal(from.most, 4, 'no more than four are in memory');
});

test('what cannot be read, and all after it, is left to who looks at it', async () => {
  const own = session(9);
  const from = source(async (at, to) => (at === 30 ? Promise.reject(new Error('gone')) : new Uint8Array(to - at)));
  await readAhead(own, from, never);
  assert.deepEqual(own.given, [
    [0, 10, 2],
    [10, 10, 2],
    [20, 10, 2],
  ]);
});

test('nothing is given to who does not wait any more, and nothing is asked where all is in memory', async () => {
  const own = session(3);
  await readAhead(own, source(), () => true);
  assert.deepEqual(own.given, []);
  await readAhead({ ahead: () => assert.fail() }, { read: () => assert.fail() }, never);
  await readAhead(session(0), source(), never);
});

test('a file that changed is not read ahead', async () => {
  const file = new File(['0123456789'], 'a.zip', { lastModified: 5 });
  const files = new FileSource();
  files.add([
    { path: 'a.zip', file, size: 10, lastModified: 5 },
    { path: 'b.zip', file, size: 11, lastModified: 5 },
  ]);
  assert.equal(new TextDecoder().decode(await files.later(0, 2, 5)), '234');
  await assert.rejects(files.later(1, 2, 5), { code: 'changed', path: 'b.zip' });
});
