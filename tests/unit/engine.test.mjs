import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engineOpener } from '../../www/core/engine.js';

const compiled = /** @type {WebAssembly.Module} */ ({});

/** Workers that answer with what is next in the list, and an opener that tells where it opened the engine. */
function opener(t, ...answers) {
  const workers = [];
  /** @type {any} */ (globalThis).navigator ??= {}; // Node 20 has none
  t.after(() => delete (/** @type {any} */ (globalThis).Worker));
  /** @type {any} */ (globalThis).Worker = class {
    ended = false;
    /** @type {unknown} */
    start = null;
    constructor() {
      workers.push(this);
    }
    postMessage({ start }) {
      this.start = start;
      for (const answer of [answers.shift()].flat()) {
        if (answer) queueMicrotask(() => /** @type {any} */ (this).onmessage({ data: answer }));
      }
    }
    terminate() {
      this.ended = true;
    }
  };
  let refused = false;
  let count = 0;
  const open = engineOpener({
    workerSource: '',
    packed: 'packed',
    unpack: async (packed) => {
      count += 1;
      assert.equal(packed, 'packed');
      if (refused) throw new Error('refused');
      return compiled;
    },
    local: async (module) => {
      assert.equal(module, compiled);
      return /** @type {any} */ ({ hello: 'on this thread' });
    },
  });
  return { open, workers, refuse: () => (refused = true), unpacked: () => count };
}

test('a worker that may read files is used', async (t) => {
  const { open, workers } = opener(t, { ready: 'in a worker' });
  assert.equal((await open()).hello, 'in a worker');
  assert.equal(workers[0].ended, false);
});

test('the first worker unpacks the core, and those after it have it', async (t) => {
  const { open, workers } = opener(t, [{ unpacking: true }, { module: compiled }, { ready: 'first' }], {
    ready: 'second',
  });
  assert.equal((await open()).hello, 'first');
  assert.equal((await open()).hello, 'second');
  assert.deepEqual(
    workers.map(({ start }) => start),
    ['packed', compiled],
  );
});

test('a worker that says nothing once the core is unpacked leaves it to the next', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { open, workers } = opener(t, { module: compiled }, { ready: 'second' });
  const opened = open();
  await new Promise(setImmediate);
  t.mock.timers.tick(3000);
  assert.equal((await opened).hello, 'second');
  assert.deepEqual(
    workers.map(({ start, ended }) => [start, ended]),
    [
      ['packed', true],
      [compiled, false],
    ],
  );
});

test('a slow machine has time to unpack the core', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { open, workers } = opener(t, { unpacking: true }, { ready: 'second' });
  const opened = open();
  await new Promise(setImmediate);
  t.mock.timers.tick(14_999);
  assert.equal(workers.length, 1);
  t.mock.timers.tick(1);
  assert.equal((await opened).hello, 'second');
  assert.equal(workers[1].start, 'packed');
});

test('engines that start at once on this thread unpack the core once', async (t) => {
  const refused = { error: { code: 'internal', message: 'The I/O read operation failed.' } };
  const { open, unpacked } = opener(t, refused, refused);
  await Promise.all([open(), open()]);
  assert.equal(unpacked(), 1);
});

test('a page that may not run WebAssembly says so', async (t) => {
  const { open, refuse } = opener(t, { error: { code: 'internal', message: 'refused' } });
  refuse();
  await assert.rejects(open(), {
    name: 'PackagerError',
    code: 'blocked',
    message: 'This page may not run WebAssembly (refused).',
  });
});

test('a worker that may not read files is ended, and none is tried again', async (t) => {
  const { open, workers } = opener(t, { error: { code: 'internal', message: 'The I/O read operation failed.' } });
  assert.equal((await open()).hello, 'on this thread');
  assert.equal((await open()).hello, 'on this thread');
  assert.deepEqual(
    workers.map(({ ended }) => ended),
    [true],
  );
});

test('a worker that says nothing is ended, and another is tried', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { open, workers } = opener(t, null, { ready: 'in a worker' });
  const opened = open();
  await new Promise(setImmediate);
  t.mock.timers.tick(3000);
  assert.equal((await opened).hello, 'in a worker');
  assert.deepEqual(
    workers.map(({ ended }) => ended),
    [true, false],
  );
});

test('where no worker ever says anything, the page works by itself', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { open, workers } = opener(t);
  const opened = open();
  for (let time = 0; time < 3; time++) {
    await new Promise(setImmediate);
    t.mock.timers.tick(12_000);
  }
  assert.equal((await opened).hello, 'on this thread');
  assert.equal(workers.length, 3);
});
